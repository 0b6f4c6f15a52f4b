"""Cards can be read in passing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import LANGUAGES, Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map
from safarnama.maps.spoken import shortened
from safarnama.maps.words import say


class LongCard(Rule):
    """Cards can be read in passing."""

    code: ClassVar[str] = "M602"
    severity: ClassVar[Severity] = "info"
    title: ClassVar[Text] = Text(
        en="The card “{text}” has {n:count} letters.",
        fa="کارت «{text}» {n:count} حرف دارد.",
    )
    why: ClassVar[Text] = Text(
        en="A card is read in passing; what is long is cut in the drawing and read by nobody.",
        fa="کارت را گذرا می‌خوانند؛ متن دراز در نقشه بریده می‌شود و کسی نمی‌خواندش.",
    )
    fix: ClassVar[Text] = Text(
        en="Say it in one sentence; the rest belongs in the evidence's note.",
        fa="در یک جمله بگویید؛ باقی جایش در یادداشت شواهد است.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        for lane in document.lanes:
            for card in lane.cards:
                longest = max((say(card.text, language) for language in LANGUAGES), key=len)
                if len(longest) > 220:
                    yield Place(card.id, {"text": shortened(longest), "n": len(longest)})
