"""What the company does: icon and a few words a step."""

from __future__ import annotations

from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.frame import Frame
from safarnama.drawing.pen import Pen
from safarnama.maps.model import Lane, Map
from safarnama.maps.words import say


def draw(pen: Pen, document: Map, lane: Lane, frame: Frame, y: float) -> float:
    tallest = 30.0
    for card in lane.cards:
        x, wide = frame.span(document, card)
        found = document.evidence(card)
        colour = "ink-2" if found else "ink-3"
        pen.icon(card.icon or "circle-help", x + 18, y + 17, 17, colour)
        used = 8 + pen.block(
            x + 33,
            y + 8,
            say(card.text, pen.language),
            wide - 41,
            10.3,
            400,
            "ink" if found else "ink-3",
            lines=3,
        )
        if not found:
            evidence.line(pen, found, x + 33, y + used + 10, wide - 41)
            used += 13
        tallest = max(tallest, used)
    return tallest + 8
