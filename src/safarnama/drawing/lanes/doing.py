"""Doing: what the customer does, in a few words a step."""

from __future__ import annotations

from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.frame import Frame
from safarnama.drawing.pen import Pen
from safarnama.maps.model import Lane, Map
from safarnama.maps.words import say


def draw(pen: Pen, document: Map, lane: Lane, frame: Frame, y: float) -> float:
    tallest = 0.0
    for card in lane.cards:
        x, wide = frame.span(document, card)
        text = say(card.text, pen.language)
        used = 9 + pen.block(x + 9, y + 9, text, wide - 16, 10.5, lines=4)
        found = document.evidence(card)
        if not found:
            evidence.line(pen, found, x + 9, y + used + 10, wide - 16)
            used += 14
        tallest = max(tallest, used)
    return tallest + 7
