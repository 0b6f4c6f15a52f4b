"""What a map knows of a persona: what is written of them, or else what its lanes say of them or of nobody in particular."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safarnama.core.words import Text
from safarnama.drawing.parts.content import cards_of
from safarnama.drawing.pen import Pen
from safarnama.maps.evidence import Evidence
from safarnama.maps.model import Map
from safarnama.maps.people import DecisionRole, Persona
from safarnama.maps.words import Bilingual, say

ROLES: dict[DecisionRole, Text] = {
    "initiator": Text(en="Starts it", fa="آغازگر است"),
    "influencer": Text(en="Influences it", fa="بر آن اثر می‌گذارد"),
    "decider": Text(en="Decides", fa="تصمیم می‌گیرد"),
    "buyer": Text(en="Buys", fa="می‌خرد"),
    "user": Text(en="Uses it", fa="به کارش می‌برد"),
    "gatekeeper": Text(en="Lets others in or not", fa="راه می‌دهد یا نمی‌دهد"),
}


@dataclass(frozen=True)
class Item:
    """One thing that is said, what it rests on (None: what everything around it rests on), the figure beside that, and the
    card it leads back to."""

    said: str
    found: Sequence[Evidence] | None = None
    figure: str = ""
    card: str = ""


def written(pen: Pen, words: Sequence[str | Bilingual]) -> list[Item]:
    """What somebody wrote, thing by thing."""
    return [Item(said) for each in words if (said := say(each, pen.language))]


def told(pen: Pen, document: Map, persona: Persona | None, kinds: Sequence[str]) -> list[Item]:
    """What the cards of lanes of these kinds say of the persona or of nobody in particular; first what rests on evidence."""
    found = []
    for card in cards_of(document, kinds):
        if card.subject and persona and card.subject != persona.id:
            continue
        figure = document.figure(card)
        said = say(card.text, pen.language) or (say(figure.label, pen.language) if figure else "")
        shown = pen.form(figure.value, figure.form) if figure else ""
        found.append(Item(said or "–", document.evidence(card), shown, card.id))
    return sorted(found, key=lambda item: not item.found)
