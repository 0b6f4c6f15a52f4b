"""A number says of how many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class NumberWithoutN(Rule):
    """A number says of how many."""

    code: ClassVar[str] = "M410"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="The number on “{text}” does not say of how many it was counted.",
        fa="عدد روی «{text}» نمی‌گوید از چند نفر یا چند مورد شمرده شده است.",
    )
    why: ClassVar[Text] = Text(
        en="Half of four people and half of four thousand look the same.",
        fa="نیمی از چهار نفر و نیمی از چهار هزار نفر یک شکل دیده می‌شود.",
    )
    fix: ClassVar[Text] = Text(
        en="Give the card or link evidence with n, or take the number away.",
        fa="به کارت یا پیوند شواهدی با n بدهید، یا عدد را بردارید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        if document.kind in ("planned", "template"):
            return
        for lane in document.lanes:
            for card in lane.cards:
                figure = document.figure(card)
                if figure and all(each.n is None for each in document.evidence(card)):
                    yield Place(card.id, {"text": card.text or figure.label or card.id})
        names = {step.id: step.name for step in document.steps}
        for link in document.links:
            if link.share is not None and all(each.n is None for each in link.evidence):
                yield Place(link.from_, {"text": link.label or names[link.to]})
