"""What the company does: icon and a few words a step."""

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
        at += max(30.0, *(_task(pen, document, card, frame, at) for card in row))
    return at - y + 8


def _task(pen: Pen, document: Map, card: Card, frame: Frame, y: float) -> float:
    x, wide = frame.span(document, card)
    found = document.evidence(card)
    with pen.within(card.id):
        pen.icon(card.icon or "circle-help", x + 18, y + 17, 17, "ink-2" if found else "ink-3")
        ink = "ink" if found else "ink-3"
        used = 8 + pen.block(x + 33, y + 8, say(card.text, pen.language), wide - 41, 10.3, 400, ink, lines=3)
        used += whose.subject(pen, document, card, x + 33, y + used, wide - 41)
        if not found:
            evidence.line(pen, found, x + 33, y + used + 10, wide - 41)
            used += 13
    return used
