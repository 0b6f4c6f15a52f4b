"""Doing: what the customer does, in a few words a step."""

from __future__ import annotations

from safarnama.drawing.parts import evidence, whose
from safarnama.drawing.parts.frame import Frame, rows_of
from safarnama.drawing.pen import Pen
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import say


def draw(pen: Pen, document: Map, lane: Lane, frame: Frame, y: float) -> float:
    at = y
    for row in rows_of(document, lane.cards):
        at += max(_words(pen, document, card, frame, at) for card in row)
    return at - y + 7


def _words(pen: Pen, document: Map, card: Card, frame: Frame, y: float) -> float:
    x, wide = frame.span(document, card)
    found = document.evidence(card)
    with pen.within(card.id):
        used = 9 + pen.block(x + 9, y + 9, say(card.text, pen.language), wide - 16, 10.5, lines=4)
        used += whose.subject(pen, document, card, x + 9, y + used, wide - 16)
        if not found:
            evidence.line(pen, found, x + 9, y + used + 10, wide - 16)
            used += 14
    return used
