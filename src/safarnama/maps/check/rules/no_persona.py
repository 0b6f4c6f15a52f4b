"""The map is about somebody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class NoPersona(Rule):
    """The map is about somebody."""

    code: ClassVar[str] = "M201"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="The map is about nobody: it has no persona.",
        fa="نقشه درباره کسی نیست: پرسونا ندارد.",
    )
    why: ClassVar[Text] = Text(
        en="An average customer does not exist, and nobody can feel with one.",
        fa="مشتری میانگین وجود ندارد و کسی با او همدل نمی‌شود.",
    )
    fix: ClassVar[Text] = Text(
        en="Add a persona with a name, a goal and the segment it stands for.",
        fa="پرسونایی با نام، هدف و گروه مشتری‌اش بیفزایید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        if not document.personas:
            yield Place()
