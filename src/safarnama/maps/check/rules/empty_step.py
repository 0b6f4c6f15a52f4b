"""Every step holds something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class EmptyStep(Rule):
    """Every step holds something."""

    code: ClassVar[str] = "M305"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="Nothing stands at the step {name}.",
        fa="در گام {name} چیزی نیست.",
    )
    why: ClassVar[Text] = Text(
        en="An empty column is either not known yet or not needed; readers cannot tell.",
        fa="ستون خالی یا هنوز شناخته نشده یا لازم نیست؛ خواننده نمی‌داند کدام.",
    )
    fix: ClassVar[Text] = Text(
        en="Fill it, or remove the step.",
        fa="پُرش کنید یا گام را بردارید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        filled = {at for lane in document.lanes for card in lane.cards for at in range(*document.columns(card))}
        filled |= {
            at
            for at, step in enumerate(document.steps)
            for curve in document.curves_of("feeling")
            if any(point.step == step.id for point in curve.points)
        }
        for at, step in enumerate(document.steps):
            if at not in filled:
                yield Place(step.id, {"name": step.name})
