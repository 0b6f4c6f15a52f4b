"""Saying: customers' own words, with a rule at their side."""

from __future__ import annotations

from safarnama.drawing.parts import evidence, whose
from safarnama.drawing.parts.frame import Frame, rows_of
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import is_persian
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import say


def draw(pen: Pen, document: Map, lane: Lane, frame: Frame, y: float) -> float:
    at = y
    for row in rows_of(document, lane.cards):
        blind = Pen(pen.language, pen.today)
        tallest = max(_saying(blind, document, card, frame, at) for card in row)
        for card in row:
            with pen.within(card.id):
                _saying(pen, document, card, frame, at)
                rule = "lapis-2" if document.evidence(card) else "rule"
                pen.box(frame.span(document, card)[0], at + 11, 2, tallest - 14, rule, radius=1)
        at += tallest
    return at - y + 5


def _saying(pen: Pen, document: Map, card: Card, frame: Frame, y: float) -> float:
    x, wide = frame.span(document, card)
    room = wide - 20
    found = document.evidence(card)
    text = say(card.text, pen.language)
    spoken = quoted(text) if found and text else text
    size = 11.5 if wide > 180 else 10.8
    used = 9 + pen.block(x + 10, y + 9, spoken, room, size, 500, "ink" if found else "ink-3", lines=4)
    used += whose.subject(pen, document, card, x + 10, y + used, room)
    evidence.line(pen, found, x + 10, y + used + 12, room)
    return used + 16


def quoted(text: str) -> str:
    """Words in the quotation marks of their own language.

    >>> quoted("خوب بود"), quoted("fine")
    ('«خوب بود»', '“fine”')
    """
    return f"«{text}»" if is_persian(text) else f"“{text}”"
