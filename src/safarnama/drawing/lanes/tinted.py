"""Pain points and barriers, strengths and enablers, risks, opportunities and moments of truth: tinted cards with a figure, a bar on one scale, a sentence and its evidence.

A card that is only assumed is not tinted: paper, hatched, with a dashed edge and the word.
"""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence, whose
from safarnama.drawing.parts.aims import odds
from safarnama.drawing.parts.frame import Frame, roomy, rows_of
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.maps.derived import Figure
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import say

_COLOURS = {
    "pains": "pain", "barriers": "pain", "objections": "pain", "risks": "pain",
    "strengths": "gain", "enablers": "gain",
    "opportunities": "opportunity", "moments": "opportunity",
}  # fmt: skip
_UNKNOWN = Text(en="?", fa="؟")
_BAR = 80.0  # pixels for the whole scale, in every card alike
_FULL = {"pain": 0.5, "gain": 1.0, "opportunity": 1.0}


def draw(pen: Pen, document: Map, lane: Lane, frame: Frame, y: float) -> float:
    at = y + 7
    for row in rows_of(document, lane.cards):
        room = roomy(document, [document.columns(card) for card in row])
        mine = [(card, room[document.columns(card)]) for card in row]
        blind = Pen(pen.language, pen.today)
        high = max(_card(blind, document, lane, frame, card, place, at, 0) for card, place in mine)
        for card, place in mine:
            with pen.within(card.id):
                _card(pen, document, lane, frame, card, place, at, high)
        at += high + 7
    return at - y


def _card(
    pen: Pen, document: Map, lane: Lane, frame: Frame, card: Card, place: tuple[int, int], y: float, high: float
) -> float:
    x, wide = frame.x(place[0]) + 4, (place[1] - place[0]) * frame.column - 8
    room = wide - 20
    found = document.evidence(card)
    figure = document.figure(card)
    hue = _COLOURS[lane.kind]
    assumed = not found
    if assumed:
        pen.box(x, y, wide, high, "paper", "assumed-edge", radius=5, dash="3 2.5", hatched=True)
    else:
        pen.box(x, y, wide, high, f"{hue}-tint", f"{hue}-edge", radius=5)
    first, after = document.columns(card)
    if (first, after) != place:
        # It only borrows the room beside it: the edge above its own step says whose it is.
        own = (after - first) * frame.column
        pen.box(frame.x(first) + 14, y - 1, own - 28, 3, "assumed-edge" if assumed else hue, radius=1.5)
    used = 8.0
    if figure or assumed:
        shown = pen.form(figure.value, figure.form) if figure else pen.say(_UNKNOWN)
        label = say(figure.label, pen.language) if figure else ""
        size = next((size for size in (17, 15, 13, 11.5) if width(shown, size, 800) <= room), 10)
        taken = pen.text(x + 10, y + used + 14, shown, size, 800, "ink-3" if assumed else hue, room=room)
        space = room - taken - 7
        if label and width(label, 9.5) <= space:
            pen.text(x + 10 + taken + 7, y + used + 14, label, 9.5, 400, "ink-2")
            used += 20
        elif label:
            used += 18
            used += pen.block(x + 10, y + used, label, room, 9.5, 400, "ink-2", lines=2, tight=True) + 2
        else:
            used += 20
        if figure and figure.form == "percent":
            _bar(pen, figure, x + 10, y + used, hue, min(_BAR, room))
            used += 8
    text = say(card.text, pen.language)
    if text:
        used += pen.block(x + 10, y + used, text, room, 10.8, 600, "ink" if not assumed else "ink-2", lines=5) + 3
    for said in odds(card, pen.language):
        used += pen.block(x + 10, y + used, said, room, 9.5, 600, "ink-2" if assumed else hue, lines=1, tight=True) + 2
    used += whose.subject(pen, document, card, x + 10, y + used - 3, room)
    end = max(high - 8, used + 10)
    evidence.line(pen, found, x + 10, y + end, room)
    return used + 18


def _bar(pen: Pen, figure: Figure, x: float, y: float, hue: str, room: float) -> None:
    full = _FULL[hue]
    pen.box(x, y, room, 4, f"{hue}-track", radius=2)
    pen.box(x, y, max(4.0, min(1.0, figure.value / full) * room), 4, hue, radius=2)
    if figure.low is not None and figure.high is not None:
        low, high = (min(1.0, max(0.0, end / full)) * room for end in (figure.low, figure.high))
        pen.line(x + low, y + 2, x + high, y + 2, "ink", 1)
