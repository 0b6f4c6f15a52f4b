"""Saying: customers' own words, with a rule at their side."""

from __future__ import annotations

from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.frame import Frame
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import is_persian, wrap
from safarnama.maps.model import Lane, Map
from safarnama.maps.words import say


def draw(pen: Pen, document: Map, lane: Lane, frame: Frame, y: float) -> float:
    boxes = []
    for card in lane.cards:
        x, wide = frame.span(document, card)
        text = say(card.text, pen.language)
        found = document.evidence(card)
        size = 11.5 if wide > 180 else 10.8
        spoken = quoted(text) if found else text
        room = wide - 20
        high = 9 + len(wrap(spoken, room, size, 500, 4)) * pen.leading(size) + 3 + 13
        boxes.append((x, room, spoken, size, found, high))
    tallest = max((box[-1] for box in boxes), default=0.0)
    for x, room, spoken, size, found, _ in boxes:
        used = pen.block(x + 10, y + 9, spoken, room, size, 500, "ink" if found else "ink-3", lines=4)
        evidence.line(pen, found, x + 10, y + 9 + used + 12, room)
        pen.box(x, y + 11, 2, tallest - 14, "lapis-2" if found else "rule", radius=1)
    return tallest + 5


def quoted(text: str) -> str:
    """Words in the quotation marks of their own language.

    >>> quoted("خوب بود"), quoted("fine")
    ('«خوب بود»', '“fine”')
    """
    return f"«{text}»" if is_persian(text) else f"“{text}”"
