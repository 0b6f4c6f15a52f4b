"""Somebody belongs to every persona."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map

_NO_SHARE = Text(en="its share of all customers is 0.", fa="سهم او از همه مشتریان صفر است.")
_NO_CUSTOMER = Text(en="the segment finds no customer.", fa="فیلترش مشتری‌ای پیدا نمی‌کند.")


class PersonaNobody(Rule):
    """Somebody belongs to every persona."""

    code: ClassVar[str] = "M203"
    severity: ClassVar[Severity] = "error"
    title: ClassVar[Text] = Text(
        en="Nobody belongs to {name}: {reason}",
        fa="کسی در گروه {name} نیست: {reason}",
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
            reason = _NO_SHARE if persona.share == 0 else None
            if persona.segment and data is not None:
                try:
                    reason = None if data.customers(persona.segment) else _NO_CUSTOMER
                except Mistake as mistake:
                    # A filter that the data cannot answer finds nobody, and says why.
                    reason = Text(en=mistake.say("en"), fa=mistake.say("fa"))
            if reason:
                yield Place(persona.id, {"name": persona.name, "reason": reason})
