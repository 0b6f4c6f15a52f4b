"""No feeling is imagined."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class FeelingWithoutEvidence(Rule):
    """No feeling is imagined."""

    code: ClassVar[str] = "M401"
    severity: ClassVar[Severity] = "error"
    title: ClassVar[Text] = Text(
        en="The feeling at {name} has no evidence.",
        fa="احساس در {name} شواهدی ندارد.",
    )
    why: ClassVar[Text] = Text(
        en="An imagined feeling looks exactly like a measured one, and people decide by it.",
        fa="احساس خیالی درست مانند احساس مستند دیده می‌شود و با آن تصمیم می‌گیرند.",
    )
    fix: ClassVar[Text] = Text(
        en="Add evidence (a survey, comments, interviews with n), or take the point away.",
        fa="شواهد بیفزایید (نظرسنجی، نظر، مصاحبه با تعداد) یا نقطه را بردارید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        if document.kind in ("planned", "template"):
            return
        names = {stage.id: stage.name for stage in document.stages} | {step.id: step.name for step in document.steps}
        for curve in document.curves_of("feeling"):
            for point in curve.points:
                if not point.evidence:
                    yield Place(point.step, {"name": names[point.step]})
        for lane in document.lanes:
            if lane.kind == "feelings":
                for card in lane.cards:
                    if not document.evidence(card):
                        yield Place(card.id, {"name": names[card.at]})
