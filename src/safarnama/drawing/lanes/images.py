"""Pictures: what it looks like there, with a caption."""

from __future__ import annotations

from safarnama.drawing.parts import whose
from safarnama.drawing.parts.frame import Frame, rows_of
from safarnama.drawing.pen import Pen
from safarnama.drawing.pictures import picture
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import say

_TALLEST = 96.0


def draw(pen: Pen, document: Map, lane: Lane, frame: Frame, y: float) -> float:
    at = y + 3
    for row in rows_of(document, lane.cards):
        at += max(_image(pen, document, card, frame, at) for card in row)
    return at - y + 6


def _image(pen: Pen, document: Map, card: Card, frame: Frame, y: float) -> float:
    x, wide = frame.span(document, card)
    room = wide - 16
    with pen.within(card.id):
        used = 6 + picture(pen, card.image, x + 9, y + 6, room, _TALLEST)
        text = say(card.text, pen.language)
        if text:
            used += 2 + pen.block(x + 9, y + used + 2, text, room, 9.5, 400, "ink-2", lines=2)
        used += whose.subject(pen, document, card, x + 9, y + used, room)
    return used + 4
