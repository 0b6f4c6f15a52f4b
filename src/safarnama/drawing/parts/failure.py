"""Where a service breaks: a tag on a box, and the dashed way back to the customer."""

from __future__ import annotations

from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import fit, width
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map
from safarnama.maps.words import say

_HIGH = 21.0


def tag(pen: Pen, document: Map, card: Card, said: str, x: float, y: float, room: float) -> None:
    """What hurts, in a few words; dashed where it is only assumed."""
    backed = bool(document.evidence(card))
    said = fit(said, room - 34, 11, 700)
    wide = width(said, 11, 700) + 34
    colour = "pain" if backed else "ink-3"
    with pen.within(card.id, title=say(card.text, pen.language)):
        pen.box(
            x,
            y,
            wide,
            _HIGH,
            "surface",
            colour if backed else "assumed-edge",
            stroke_width=1.2,
            radius=_HIGH / 2,
            dash=None if backed else "3 2",
        )
        pen.icon("zap" if backed else "evidence-assumed", x + 13, y + _HIGH / 2, 12, colour, 2.2)
        pen.text(x + 23, y + 14.5, said, 11, 700, colour)


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
