"""Customers speak on the map."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class NumbersWithoutVoices(Rule):
    """Customers speak on the map."""

    code: ClassVar[str] = "M403"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="The map counts but lets no customer speak.",
        fa="نقشه می‌شمارد ولی هیچ مشتری‌ای در آن حرف نمی‌زند.",
    )
    why: ClassVar[Text] = Text(
        en="Numbers say where it hurts, words say why.",
        fa="عدد می‌گوید کجا درد دارد، گفته می‌گوید چرا.",
    )
    fix: ClassVar[Text] = Text(
        en="Import reviews, chats or survey comments, or add quotes from interviews.",
        fa="نظرها، چت‌ها یا پاسخ‌های نظرسنجی را وارد کنید یا از مصاحبه‌ها نقل قول بیاورید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        cards = [(lane, document.evidence(card)) for lane in document.lanes for card in lane.cards]
        counted = any(each.kind in ("measured", "surveyed") for _, evidence in cards for each in evidence)
        # What nobody has heard is no voice; what was observed in reviews, chats and interviews was heard.
        spoken = any(
            (evidence and lane.kind in ("thinking", "quotes")) or any(each.kind == "observed" for each in evidence)
            for lane, evidence in cards
        )
        if counted and not spoken and not any(persona.quotes for persona in document.personas):
            yield Place()
