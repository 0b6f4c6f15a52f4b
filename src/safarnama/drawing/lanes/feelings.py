"""Feelings by name: a face, the name, how many feel so, and the evidence."""

from __future__ import annotations

from safarnama.drawing.parts import evidence, whose
from safarnama.drawing.parts.frame import Frame, rows_of
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import say

LOOKS = {"positive": ("smile", "gain"), "neutral": ("meh", "ink-2"), "negative": ("frown", "pain")}
_FACE = 15.0


def draw(pen: Pen, document: Map, lane: Lane, frame: Frame, y: float) -> float:
    at = y + 2
    for row in rows_of(document, lane.cards):
        at += max(_feeling(pen, document, card, frame, at) for card in row)
    return at - y + 7


def _feeling(pen: Pen, document: Map, card: Card, frame: Frame, y: float) -> float:
    x, wide = frame.span(document, card)
    icon, tone = LOOKS[card.polarity or "neutral"]
    found = document.evidence(card)
    figure = document.figure(card)
    left = x + 9 + _FACE + 6
    room = wide - 16 - _FACE - 6
    name = say(card.text, pen.language)
    with pen.within(card.id):
        pen.icon(icon, x + 9 + _FACE / 2, y + 6 + _FACE / 2, _FACE, tone)
        shown = pen.form(figure.value, figure.form) if figure else ""
        if shown and width(name, 10.8, 700) + 6 + width(shown, 10, 400) <= room:
            taken = pen.text(left, y + 17, name, 10.8, 700, tone, room=room)
            pen.text(left + taken + 6, y + 17, shown, 10, 400, "ink-2")
            used = 22.0
        else:
            used = 6 + pen.block(left, y + 6, name, room, 10.8, 700, tone, lines=3)
            if shown:
                pen.text(left, y + used + 9, shown, 10, 400, "ink-2", room=room)
                used += 13
        used += whose.subject(pen, document, card, left, y + used - 3, room)
        evidence.line(pen, found, left, y + used + 9, room)
    return used + 16
