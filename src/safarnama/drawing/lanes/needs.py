"""What customers want: a few words a step, and under them whether it is functional or emotional and whether it is met."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence, whose
from safarnama.drawing.parts.frame import Frame, rows_of
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import say

NEEDS = {
    "functional": (Text(en="functional", fa="کارکردی"), "settings"),
    "emotional": (Text(en="emotional", fa="عاطفی"), "heart"),
}
MET = {
    True: (Text(en="met", fa="برآورده"), "circle-check", "gain"),
    False: (Text(en="not met", fa="برآورده نشده"), "circle-x", "pain"),
}
_TAG = 9.0


def draw(pen: Pen, document: Map, lane: Lane, frame: Frame, y: float) -> float:
    at = y
    for row in rows_of(document, lane.cards):
        at += max(_want(pen, document, card, frame, at) for card in row)
    return at - y + 7


def _want(pen: Pen, document: Map, card: Card, frame: Frame, y: float) -> float:
    x, wide = frame.span(document, card)
    room = wide - 16
    found = document.evidence(card)
    with pen.within(card.id):
        ink = "ink" if found else "ink-2"
        used = 9 + pen.block(x + 9, y + 9, say(card.text, pen.language), room, 10.5, 400, ink, lines=4)
        used += whose.subject(pen, document, card, x + 9, y + used, room)
        tags = [(*NEEDS[card.need], "ink-3")] if card.need else []
        if card.met is not None:
            tags.append(MET[card.met])
        at = 0.0
        for number, (text, icon, tone) in enumerate(tags):
            wanted = _TAG + 4 + width(pen.say(text), _TAG, 600)
            if not number or at + wanted > room:
                at, used = 0.0, used + 14
            pen.icon(icon, x + 9 + at + _TAG / 2, y + used - 3, _TAG + 1, tone)
            at += (
                _TAG
                + 4
                + pen.text(x + 9 + at + _TAG + 4, y + used, pen.say(text), _TAG, 600, tone, room=room - at - _TAG - 4)
                + 8
            )
        if not found:
            evidence.line(pen, found, x + 9, y + used + 14, room)
            used += 16
    return used + 3
