"""Evidence is of more than a handful."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map

# Rows about the company: one who knows is enough.
_OURS = ("frontstage", "backstage", "support", "systems", "resources", "opportunities", "notes", "images")


class FewAsked(Rule):
    """Evidence is of more than a handful."""

    code: ClassVar[str] = "M405"
    severity: ClassVar[Severity] = "info"
    title: ClassVar[Text] = Text(
        en="The card “{text}” rests on {n:people} only.",
        fa="کارت «{text}» تنها بر {n:people} استوار است.",
    )
    why: ClassVar[Text] = Text(
        en="With so few, the next few may say the opposite.",
        fa="با این شمار اندک، چند نفر بعدی شاید خلافش را بگویند.",
    )
    fix: ClassVar[Text] = Text(
        en="Ask more customers, or say on the card that it is a first hint.",
        fa="از مشتریان بیشتری بپرسید یا روی کارت بگویید که نشانه‌ای نخستین است.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        for lane in document.lanes:
            if lane.kind in _OURS:
                continue
            for card in lane.cards:
                counts = [each.n for each in document.evidence(card) if each.n is not None]
                if counts and max(counts) < 5:
                    yield Place(card.id, {"text": card.text or card.id, "n": max(counts)})
