"""The channels of a stage, and the part each plays there: it opens, assists or closes."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence, whose
from safarnama.drawing.parts.frame import Frame, rows_of
from safarnama.drawing.pen import Pen
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import say

ROLES = {
    "opens": (Text(en="opens", fa="آغازگر"), "log-in"),
    "assists": (Text(en="assists", fa="یاری‌رسان"), "hand"),
    "closes": (Text(en="closes", fa="پایان‌دهنده"), "badge-check"),
}
_DISC = 22.0


def draw(pen: Pen, document: Map, lane: Lane, frame: Frame, y: float) -> float:
    at = y + 2
    for row in rows_of(document, lane.cards):
        at += max(_channel(pen, document, card, frame, at) for card in row)
    return at - y + 6


def _channel(pen: Pen, document: Map, card: Card, frame: Frame, y: float) -> float:
    x, wide = frame.span(document, card)
    found = document.evidence(card)
    tone = "lapis" if found else "ink-3"
    left, room = x + 9 + _DISC + 7, wide - 16 - _DISC - 7
    with pen.within(card.id):
        pen.disc(x + 9 + _DISC / 2, y + 6 + _DISC / 2, _DISC / 2, "lapis-tint" if found else "sunk")
        pen.icon(card.icon or "share-2", x + 9 + _DISC / 2, y + 6 + _DISC / 2, 12, tone)
        used = 6 + pen.block(left, y + 5, say(card.text, pen.language) or card.channel or "", room, 10.3, 600, lines=2)
        figure = document.figure(card)
        said = [pen.say(ROLES[card.role][0])] if card.role else []
        if figure:
            said.append(pen.form(figure.value, figure.form))
        if said:
            pen.text(left, y + used + 9, " · ".join(said), 9.5, 400, "ink-2", room=room)
            used += 13
        used += whose.subject(pen, document, card, left, y + used - 2, room)
        if not found:
            evidence.line(pen, found, left, y + used + 9, room)
            used += 13
    return max(used, 6 + _DISC) + 4
