"""Touchpoints: a token with its icon (its outline says the kind), the name, the share of customers, who gives to whom and where."""

from __future__ import annotations

from collections import defaultdict

from safarnama.drawing.parts import evidence, parties, whose
from safarnama.drawing.parts.frame import Frame
from safarnama.drawing.parts.token import icon_of, token
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width, wrap
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import say

_TOKEN = 23.0
_AT_MOST = 3


def draw(pen: Pen, document: Map, lane: Lane, frame: Frame, y: float) -> float:
    places: dict[tuple[int, int], list[Card]] = defaultdict(list)
    for card in lane.cards:
        places[document.columns(card)].append(card)
    # Each place stacks its own tokens below whatever already stands in its columns.
    depth = [y + 8.0] * frame.columns
    for (first, after), cards in places.items():
        x, room = frame.x(first) + 9, (after - first) * frame.column - 16
        at = max(depth[first:after])
        shown = len(cards) if frame.all else _AT_MOST
        for card in cards[:shown]:
            with pen.within(card.id):
                at += _token(pen, document, card, x, at, room)
                at += parties.line(pen, card, x + _TOKEN + 7, at - 6, room - _TOKEN - 7)
                at += whose.subject(pen, document, card, x + _TOKEN + 7, at - 6, room - _TOKEN - 7)
        if len(cards) > shown:
            pen.text(x + _TOKEN + 7, at + 8, f"+ {pen.form(len(cards) - _AT_MOST, 'count')}", 9, 600, "ink-3")
            at += 12
        depth[first:after] = [at] * (after - first)
    return max(depth) - y + 5


def _token(pen: Pen, document: Map, card: Card, x: float, y: float, room: float) -> float:
    found = document.evidence(card)
    assumed = not found
    edge = "assumed-edge" if assumed else "lapis"
    token(
        pen, card.kind, x, y, _TOKEN, "paper" if assumed else "surface", edge, dash="3 2" if assumed else None,
    )  # fmt: skip
    pen.icon(icon_of(card), x + _TOKEN / 2, y + _TOKEN / 2, 13, "ink-3" if assumed else "lapis")
    name = say(card.text, pen.language)
    figure = document.figure(card)
    share = pen.form(figure.value, figure.form) if figure else ""
    left = x + _TOKEN + 7
    space = room - _TOKEN - 7
    beside = width(name, 10) + 5 + width(share, 9)
    if beside <= space or not share:
        lines = wrap(name, space, 10, 400, 2)
        if len(lines) < 2:
            wide = pen.text(left, y + 15, name, 10, room=space)
            pen.text(left + wide + 5, y + 15, share, 9, 400, "ink-3")
        else:
            pen.block(left, y + 11.5 - pen.leading(10, True), name, space, 10, lines=2, tight=True)
    else:
        lines = wrap(name, space, 10, 400, 2)
        if len(lines) == 1:
            pen.text(left, y + 10, name, 10, room=space)
            pen.text(left, y + 21, share, 9, 400, "ink-3")
        else:
            step = pen.leading(10, True)
            pen.block(left, y - 1, name, space, 10, lines=2, tight=True)
            pen.text(left, y + 2 * step + 8, share, 9, 400, "ink-3")
            return 2 * step + 16
    if assumed:
        evidence.mark(pen, "assumed", x + _TOKEN, y + 2, 8)
    return _TOKEN + 5
