"""Who starts a touchpoint and who receives it, on which device and where."""

from __future__ import annotations

from safarnama.core.words import LANGUAGES, Text
from safarnama.drawing.parts.whose import short
from safarnama.drawing.pen import Pen
from safarnama.maps.lanes import Card, Side
from safarnama.maps.model import Map
from safarnama.maps.words import say

_BOTH = Text(en="{initiator} to {receiver}", fa="{initiator} به {receiver}")
_RECEIVES = Text(en="to {receiver}", fa="به {receiver}")
_SIZE = 9.0


def parties(card: Card, language: str, labels: bool = False) -> str:
    """Both sides in a line, with what it looks like from each if ``labels``; nothing where none is named."""
    initiator, receiver = (_side(side, language, labels) for side in (card.initiator, card.receiver))
    if not receiver:
        return initiator
    return (_BOTH if initiator else _RECEIVES).say(language, initiator=initiator, receiver=receiver)


def _side(side: Side | None, language: str, labels: bool) -> str:
    if side is None:
        return ""
    label = say(side.label, language) if labels else ""
    return say(side.actor, language) + (f" ({label})" if label else "")


def line(pen: Pen, card: Card, x: float, y: float, room: float) -> float:
    """Both in at most two lines each below ``y``; returns their height."""
    used = 0.0
    for said in (parties(card, pen.language), whereabouts(card, pen.language)):
        if said:
            used += pen.block(x, y + used + 1, said, room, _SIZE, 400, "ink-3", lines=2, tight=True) + 2
    return used


def whereabouts(card: Card, language: str) -> str:
    """On which device and where it happens; nothing where neither is said."""
    return " · ".join(filter(None, [say(card.device, language), say(card.place, language)]))


def from_customer(document: Map, card: Card) -> bool:
    """Whether something passes from the customer to the business: an action or decision, or what a persona of the map starts."""
    if card.initiator is None:
        return card.kind in ("action", "decision")
    who = {say(card.initiator.actor, language) for language in LANGUAGES}
    for persona in document.personas:
        if who & {said for language in LANGUAGES for said in (say(persona.name, language), short(persona, language))}:
            return True
    return card.kind in ("action", "decision")
