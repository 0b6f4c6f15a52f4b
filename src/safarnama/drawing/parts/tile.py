"""A card on its own: what it says, its figure, its evidence. One that is only assumed is hatched and dashed and says so."""

from __future__ import annotations

from safarnama.drawing.parts import evidence
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map
from safarnama.maps.words import say

_PAD = 11.0


def tile(
    pen: Pen, document: Map, card: Card, x: float, y: float, wide: float, hue: str, high: float = 0.0, icon: str = ""
) -> float:
    """Draw a card in a hue (pain, gain, opportunity), at least ``high``; returns the height it needs."""
    blind = Pen(pen.language, pen.today)
    needed = _inside(blind, document, card, x, y, wide, hue, 0.0, icon)
    high = max(high, needed)
    with pen.within(card.id, title=say(card.text, pen.language)):
        if document.evidence(card):
            pen.box(x, y, wide, high, f"{hue}-tint", f"{hue}-edge", radius=5)
        else:
            pen.box(x, y, wide, high, "paper", "assumed-edge", radius=5, dash="3 2.5", hatched=True)
        _inside(pen, document, card, x, y, wide, hue, high, icon)
    return needed


def empty(pen: Pen, said: str, x: float, y: float, wide: float, high: float) -> None:
    """A cell where nothing is known, and the words for it."""
    pen.box(x, y, wide, high, None, "assumed-edge", radius=5, dash="3 2.5")
    pen.text(x + wide / 2, y + high / 2 + 4, said, 11, 400, "ink-3", anchor="middle", room=wide - 16)


def _inside(
    pen: Pen, document: Map, card: Card, x: float, y: float, wide: float, hue: str, high: float, icon: str
) -> float:
    found, figure = document.evidence(card), document.figure(card)
    ink = "ink" if found else "ink-2"
    left, room = x + _PAD, wide - 2 * _PAD
    used = 8.0
    text = say(card.text, pen.language)
    if text:
        at = left
        if icon:
            pen.icon(card.icon or icon, left + 8, y + used + 9, 16, hue if found else "ink-3")
            at += 24
        used += pen.block(at, y + used, text, left + room - at, 13, 600, ink, lines=3, tight=True) + 4
    if figure:
        shown, label = pen.form(figure.value, figure.form), say(figure.label, pen.language)
        colour = hue if found else "ink-2"
        taken = pen.text(left, y + used + 13, shown, 13, 800, colour, room=room)
        if label and taken + 6 + width(label, 12) <= room:
            pen.text(left + taken + 6, y + used + 13, label, 12, 400, "ink-2")
        elif label:
            used += 17 + pen.block(left, y + used + 17, label, room, 12, 400, "ink-2", lines=2, tight=True) - 15
        used += 20
    evidence.line(pen, found, left, max(y + used + 11, y + high - 9), room, 11)
    return used + 20
