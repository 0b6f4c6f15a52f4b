"""Somebody belongs to every persona."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class PersonaNobody(Rule):
    """Somebody belongs to every persona."""

    code: ClassVar[str] = "M203"
    severity: ClassVar[Severity] = "error"
    title: ClassVar[Text] = Text(
        en="Nobody belongs to {name}: the segment finds no customer.",
        fa="کسی در گروه {name} نیست: فیلترش مشتری‌ای پیدا نمی‌کند.",
    )
    why: ClassVar[Text] = Text(
        en="The map would be about people who do not exist.",
        fa="نقشه درباره کسانی می‌شود که وجود ندارند.",
    )
    fix: ClassVar[Text] = Text(
        en="Correct the filter under segment; ask overview --by shows what values there are.",
        fa="فیلتر زیر segment را درست کنید؛ ask overview --by مقدارهای موجود را نشان می‌دهد.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        for persona in document.personas:
            nobody = persona.share == 0
            if persona.segment and data is not None:
                nobody = data.customers(persona.segment) == 0
            if nobody:
                yield Place(persona.id, {"name": persona.name})
