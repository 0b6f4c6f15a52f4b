"""Every step that is bound to touchpoints has one that exists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class UnknownTouchpoint(Rule):
    """Every step that is bound to touchpoints has one that exists; of several names that one thing may have, one is enough."""

    code: ClassVar[str] = "M408"
    severity: ClassVar[Severity] = "error"
    title: ClassVar[Text] = Text(
        en="The step {name} is bound to what never happens in the data: {touchpoints:list}.",
        fa="گام {name} به چیزی وصل است که در داده هیچ‌گاه رخ نمی‌دهد: {touchpoints:list}.",
    )
    why: ClassVar[Text] = Text(
        en="The step would look as if nobody came there.",
        fa="انگار کسی به این گام نمی‌رسد.",
    )
    fix: ClassVar[Text] = Text(
        en="Correct the name; ask overview lists the touchpoints.",
        fa="نام را درست کنید؛ ask overview نقاط تماس را فهرست می‌کند.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        if data is None:
            return
        for step in document.steps:
            if step.touchpoints and not set(step.touchpoints) & set(data.touchpoints):
                yield Place(step.id, {"name": step.name, "touchpoints": list(step.touchpoints)})
