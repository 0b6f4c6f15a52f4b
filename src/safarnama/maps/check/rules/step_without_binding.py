"""Steps are bound to data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class StepWithoutBinding(Rule):
    """Steps are bound to data."""

    code: ClassVar[str] = "M407"
    severity: ClassVar[Severity] = "info"
    title: ClassVar[Text] = Text(
        en="The step {name} is bound to no touchpoint.",
        fa="گام {name} به هیچ نقطه تماسی وصل نیست.",
    )
    why: ClassVar[Text] = Text(
        en="Nothing that customers do can ever confirm or refute it.",
        fa="هیچ رفتار مشتری نمی‌تواند آن را تأیید یا رد کند.",
    )
    fix: ClassVar[Text] = Text(
        en="List the touchpoints that make the step under touchpoints.",
        fa="نقاط تماسی را که گام را می‌سازند زیر touchpoints بنویسید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        if document.kind == "template" or not any(step.touchpoints for step in document.steps):
            return
        for step in document.steps:
            if not step.touchpoints:
                yield Place(step.id, {"name": step.name})
