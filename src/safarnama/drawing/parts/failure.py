"""Where a service breaks: a tag on a box, and the dashed way back to the customer."""

from __future__ import annotations

from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width, wrap
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map
from safarnama.maps.words import say

_HIGH, _SIDES, _LINES = 21.0, 34.0, 5


def told(pen: Pen, document: Map, card: Card) -> str:
    """What a tag says of a pain point: its figure and what that is of, else its words."""
    figure = document.figure(card)
    if figure is None:
        return say(card.text, pen.language)
    return " ".join(filter(None, [pen.form(figure.value, figure.form), say(figure.label, pen.language)]))


def tag_height(pen: Pen, document: Map, card: Card, room: float) -> float:
    """The height of a tag that is at most so wide."""
    lines = len(wrap(told(pen, document, card), room - _SIDES, 11, 700, _LINES))
    return _HIGH + (max(1, lines) - 1) * pen.leading(11, True)


def tag(pen: Pen, document: Map, card: Card, x: float, y: float, room: float) -> None:
    """What hurts, in a few words; dashed where it is only assumed."""
    backed = bool(document.evidence(card))
    said = told(pen, document, card)
    lines = wrap(said, room - _SIDES, 11, 700, _LINES)
    wide = max((width(line, 11, 700) for line in lines), default=0.0) + _SIDES
    high = tag_height(pen, document, card, room)
    colour = "pain" if backed else "ink-3"
    with pen.within(card.id, title=say(card.text, pen.language)):
        pen.box(
            x,
            y,
            wide,
            high,
            "surface",
            colour if backed else "assumed-edge",
            stroke_width=1.2,
            radius=_HIGH / 2,
            dash=None if backed else "3 2",
        )
        pen.icon("zap" if backed else "evidence-assumed", x + 13, y + _HIGH / 2, 12, colour, 2.2)
        # Lines one by one, so that all keep the start of a tag, whatever their script.
        for number, line in enumerate(lines):
            pen.text(x + 23, y + 14.5 + number * pen.leading(11, True), line, 11, 700, colour)


def returned(pen: Pen, end: float, gap: float, low: float, customer: float, x: float) -> None:
    """From the side of a box at ``low``, up between the columns, and to the customer's box, whose bottom is ``customer``."""
    at, bend, r = end + gap / 2 - 2, customer + 12, 5.0
    pen.path(
        (
            ("M", (end + 2, low)),
            ("L", (at - r, low)),
            ("C", (at - r / 2, low, at, low - r / 2, at, low - r)),
            ("L", (at, bend + r)),
            ("C", (at, bend + r / 2, at - r / 2, bend, at - r, bend)),
            ("L", (x, bend)),
        ),
        stroke="pain",
        width=1.75,
        dash="5 4",
    )
    pen.arrow(x, bend, x, customer + 4, "pain", 1.75)
