"""How long steps take: the median with n and a bar on one logarithmic scale; planned ones are hatched."""

from __future__ import annotations

from math import log10

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.columns import Columns
from safarnama.drawing.parts.content import by_step
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map

_TIME, _NOTE = Text(en="Time", fa="زمان"), Text(en="bars: logarithmic", fa="میله‌ها: لگاریتمی")
_PLANNED = Text(en="planned", fa="برنامه")
_BAR = 5.0


def times(pen: Pen, document: Map, columns: Columns, y: float) -> float:
    """Draw them below ``y``; returns the height, none where no step has a time."""
    measured, planned = _known(document)
    # One scale on all pages.
    every = _known(document.whole)
    longest = max([*(value for _, value in every[0].values()), *every[1].values()], default=0.0)
    if not measured and not planned:
        return 0.0
    high = columns.name(pen, y + 8, "clock", pen.say(_TIME), pen.say(_NOTE))
    for place in range(columns.count):
        x, wide = columns.start(place), columns.wide
        if place in measured:
            card, value = measured[place]
            with pen.within(card.id):
                taken = pen.text(x, y + 22, pen.form(value, "duration"), 16, 800, room=wide)
                found = document.evidence(card)
                if taken + 8 + evidence.line_width(pen, found, 11) <= wide:
                    evidence.line(pen, found, x + wide - evidence.line_width(pen, found, 11), y + 21, wide, 11)
            _bar(pen, x, y + 31, wide, value, longest, False)
        elif place in planned:
            taken = pen.text(x, y + 22, pen.form(planned[place], "duration"), 16, 800, "ink-2", room=wide)
            said = pen.say(_PLANNED)
            if taken + 8 + width(said, 11) <= wide:
                pen.text(x + wide, y + 21, said, 11, 400, "ink-3", anchor="end")
            _bar(pen, x, y + 31, wide, planned[place], longest, True)
        else:
            pen.text(x, y + 22, "–", 13, 400, "ink-3")
    return max(44.0, high + 12)


def _known(document: Map) -> tuple[dict[int, tuple[Card, float]], dict[int, float]]:
    """Step → the measure of its time, in seconds; and step → how long it is planned to take, where nobody measured."""
    measured: dict[int, tuple[Card, float]] = {}
    for place, cards in enumerate(by_step(document, ("measures",))):
        for card in cards:
            figure = document.figure(card)
            if figure and figure.form == "duration" and place not in measured:
                measured[place] = (card, figure.value)
    planned = {
        place: step.wait for place, step in enumerate(document.steps) if step.wait is not None and place not in measured
    }
    return measured, planned


def _bar(pen: Pen, x: float, y: float, wide: float, value: float, longest: float, planned: bool) -> None:
    long = max(4.0, log10(max(value, 0) + 1) / (log10(longest + 1) or 1) * wide)
    pen.box(x, y, wide, _BAR, "lapis-tint", radius=_BAR / 2)
    if planned:
        pen.box(x, y, long, _BAR, "paper", "assumed-edge", radius=_BAR / 2, dash="3 2", hatched=True)
    else:
        pen.box(x, y, long, _BAR, "lapis", radius=_BAR / 2)
