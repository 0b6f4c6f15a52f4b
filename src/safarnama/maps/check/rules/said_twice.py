"""No card says what another said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.core.words.normalise import key
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map
from safarnama.maps.naming import lane_title
from safarnama.maps.words import say

_REPEATABLE = ("touchpoints", "channels", "measures", "systems", "support")


class SaidTwice(Rule):
    """No card says what another said."""

    code: ClassVar[str] = "M307"
    severity: ClassVar[Severity] = "info"
    title: ClassVar[Text] = Text(
        en="The same words stand twice in the row {lane}: “{text}”.",
        fa="در ردیف {lane} یک جمله دو بار آمده است: «{text}».",
    )
    why: ClassVar[Text] = Text(
        en="A reader takes them for two findings.",
        fa="خواننده آن را دو یافته می‌پندارد.",
    )
    fix: ClassVar[Text] = Text(
        en="Let one card reach over both places with until, or say what is different.",
        fa="بگذارید یک کارت با until هر دو جا را بگیرد، یا تفاوت را بگویید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        for lane in document.lanes:
            if lane.kind in _REPEATABLE:
                continue
            seen: set[str] = set()
            # What discovery could not know it asks in the same words everywhere; that is no finding said twice.
            for card in (card for card in lane.cards if document.kind != "actual" or document.evidence(card)):
                words = key(say(card.text, "en"))
                if len(words) > 12 and words in seen:
                    yield Place(card.id, {"lane": lane_title(lane), "text": card.text})
                seen.add(words)
