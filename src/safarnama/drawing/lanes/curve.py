"""The hero of a sheet: what customers felt from step to step; where nobody asked them, how likely they reach the goal.

Solid where it was measured or surveyed, dashed where it is assumed, broken where nothing is known: never a bridge.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.evidence import count
from safarnama.drawing.parts.frame import Frame
from safarnama.drawing.parts.journey import rail_name
from safarnama.drawing.parts.strokes import runs, stretch
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Gradient
from safarnama.drawing.shaping import width
from safarnama.maps.derived import Curve, Point
from safarnama.maps.model import Map
from safarnama.maps.words import say

_FEELING = Text(en="Feeling", fa="احساس")
_BAND = Text(en="band: 95% interval", fa="نوار: بازه ۹۵٪")
_CHANCE = Text(en="Chance of reaching the goal", fa="بخت رسیدن به هدف")
_CHANCE_NOTE = Text(
    en="of those seen at the step; band: 95% interval", fa="از کسانی که به گام رسیده‌اند؛ نوار: بازه ۹۵٪"
)
_LEVELS = (
    (2, Text(en="very good", fa="بسیار خوب"), "gain"),
    (1, Text(en="good", fa="خوب"), "ink-2"),
    (0, Text(en="neutral", fa="بی‌طرف"), "ink-2"),
    (-1, Text(en="bad", fa="بد"), "ink-2"),
    (-2, Text(en="very bad", fa="بسیار بد"), "pain"),
)
_NO_DATA = Text(en="no data", fa="بدون داده")
_PEAK, _VALLEY = (
    Text(en="Peak · {step} {value}", fa="اوج · {step} {value}"),
    Text(en="Low · {step} {value}", fa="کمینه · {step} {value}"),
)
_TRUTH = Text(en="Moment of truth", fa="لحظه حقیقت")
_FEET = 44.0


def feeling(pen: Pen, document: Map, frame: Frame, y: float, high: float) -> None:
    """The feeling curve in a lane of that height."""
    curves = [curve for curve in document.curves_of("feeling") if curve.points]
    top, bottom = y + 30 + _truths(document), y + high - _FEET - 8
    per_level = (bottom - top) / 4

    def level(value: float) -> float:
        return top + (2 - value) * per_level

    _ground(pen, frame, y, high, Gradient(((0, "mood-high"), (0.5, "surface"), (1, "mood-low"))))
    for value, name, colour in _LEVELS:
        at = level(value)
        pen.line(frame.left, at, frame.right, at, "ink-3" if value == 0 else "rule", 0.75)
        pen.text(
            frame.left - 8,
            at + 3.3,
            pen.say(name),
            9.5,
            700 if abs(value) == 2 else 400,
            colour,
            anchor="end",
        )
    rail_name(pen, frame, y + 2, pen.say(_FEELING), pen.say(_BAND), "activity", room=frame.rail - 50)
    _plot(pen, document, frame, y, high, curves, level, lambda value: pen.form(value, "signed.1"), faces=True)


def chance(pen: Pen, document: Map, frame: Frame, y: float, high: float) -> None:
    """The chance of reaching the goal from each step."""
    curves = [curve for curve in document.curves_of("chance") if curve.points]
    tops = [point.high if point.high is not None else point.value for curve in curves for point in curve.points]
    full = min(1.0, max(0.1, ceil(max(tops, default=1.0) * 10.5) / 10))
    top, bottom = y + 26 + _truths(document), y + high - _FEET + 4

    def level(value: float) -> float:
        return bottom - value / full * (bottom - top)

    _ground(pen, frame, y, high, Gradient(((0, "mood-high"), (0.6, "surface"), (1, "surface"))))
    for part in range(5):
        value = full * part / 4
        pen.line(frame.left, level(value), frame.right, level(value), "ink-3" if part == 0 else "rule", 0.75)
        pen.text(frame.left - 8, level(value) + 3.3, pen.form(value, "percent"), 9.5, 400, "ink-2", anchor="end")
    rail_name(pen, frame, y + 2, pen.say(_CHANCE), pen.say(_CHANCE_NOTE), "target", room=frame.rail - 34)
    _plot(pen, document, frame, y, high, curves, level, lambda value: pen.form(value, "percent"), faces=False)


def _ground(pen: Pen, frame: Frame, y: float, high: float, gradient: Gradient) -> None:
    pen.box(frame.left, y, frame.right - frame.left, high, gradient)


def _plot(
    pen: Pen,
    document: Map,
    frame: Frame,
    y: float,
    high: float,
    curves: list[Curve],
    level: Callable[[float], float],
    shown: Callable[[float], str],
    faces: bool,
) -> None:
    places = {step.id: number for number, step in enumerate(document.steps)}
    # A curve has one point a step; a point at a stage stands in the middle of its steps.
    known: dict[int, Point] = {}
    for curve in curves[:1]:
        for point in curve.points:
            if point.step in places:
                known[places[point.step]] = point
    at = {number: (frame.middle(number), level(point.value)) for number, point in known.items()}
    for run in runs(sorted(known)):
        stretch(pen, run, known, at, level)
    named = _dots(pen, document, frame, y, known, at, shown, faces)
    _feet(pen, document, frame, y, high, known, level, named)


def _feet(
    pen: Pen,
    document: Map,
    frame: Frame,
    y: float,
    high: float,
    known: dict[int, Point],
    level: Callable[[float], float],
    named: list[tuple[float, float, float]],
) -> None:
    """n under every step; a hollow ring where there is nothing, and the words where no name of a peak stands."""
    base = y + high - 11
    for number, _ in enumerate(document.steps):
        x = frame.middle(number)
        point = known.get(number)
        if point is None:
            pen.disc(x, level(0), 4, "surface", "nodata", stroke_width=1.5)
            half = min(width(pen.say(_NO_DATA), 9.5), frame.column - 6) / 2 + 2
            for base_line in (level(0) + 18, level(0) - 10):
                if all(
                    x + half < left or right < x - half or abs(line - base_line) > 13 for left, right, line in named
                ):
                    pen.text(x, base_line, pen.say(_NO_DATA), 9.5, 400, "ink-3", anchor="middle", room=2 * half)
                    break
            continue
        if not point.evidence:
            said, state = pen.say(evidence.WORDS["assumed"]), "assumed"
        else:
            best = point.evidence[0]
            said = count(pen, best.n or 0, best.unit)
            state = "stale" if best.stale(pen.today) else best.kind
        size = 9.0
        wide = width(said, size) + 13
        if wide > frame.column - 4:
            said = pen.form(point.evidence[0].n or 0, "count") if point.evidence else said
            wide = width(said, size) + 13
        with pen.within(document.steps[number].id, "felt"):
            evidence.mark(pen, state, x - wide / 2 + 5, base - 3)
            pen.text(x - wide / 2 + 13, base, said, size, 400, "ink-3")


def _dots(
    pen: Pen,
    document: Map,
    frame: Frame,
    y: float,
    known: dict[int, Point],
    at: dict[int, tuple[float, float]],
    shown: Callable[[float], str],
    faces: bool,
) -> list[tuple[float, float, float]]:
    """The points; returns where the names of peak and valley stand: left, right and baseline."""
    steps = document.steps
    named: list[tuple[float, float, float]] = []
    numbers = sorted(known)
    firm = [number for number in numbers if known[number].evidence]
    peak = max(firm, key=lambda number: known[number].value, default=None)
    low = min(firm, key=lambda number: known[number].value, default=None)
    for number in numbers:
        x, here = at[number]
        point = known[number]
        with pen.within(steps[number].id, "dot"):
            special = faces and len(firm) > 1 and number in (peak, low) and peak != low
            if not point.evidence:
                pen.disc(x, here, 5, "surface", "ink-3", stroke_width=1.75, dash="2.6 2.2")
            elif special and ((number == peak and point.value >= 0.5) or (number == low and point.value <= 0)):
                colour = "gain" if number == peak else "pain"
                pen.disc(x, here, 9.5, "surface")
                pen.icon(
                    "smile" if number == peak else "frown" if point.value > -1.2 else "angry",
                    x,
                    here,
                    20,
                    colour,
                    1.9,
                )
            else:
                pen.disc(x, here, 4.8, "surface", "lapis", stroke_width=2)
            labelled = number in (peak, low) and len(firm) > 1
            if labelled:
                up = number == peak
                said = pen.say(
                    _PEAK if up else _VALLEY, step=say(steps[number].name, pen.language), value=shown(point.value)
                )
                named.append(_label(pen, frame, x, here, said, up, ("gain" if up else "pain")))
        if steps[number].moment_of_truth:
            pen.line(x, y + 20, x, here - 13, "opportunity", 1.25, dash="1.5 3.5")
    for number, step in enumerate(steps):
        if step.moment_of_truth:
            follows = number > 0 and steps[number - 1].moment_of_truth
            _truth(pen, frame, frame.middle(number), y + 12, named=not follows)
    return named


def _truths(document: Map) -> float:
    """Room above the curve for the stars of moments of truth."""
    return 16.0 if any(step.moment_of_truth for step in document.steps) else 0.0


def _truth(pen: Pen, frame: Frame, x: float, y: float, named: bool) -> None:
    """A star, and its name where the star before it has not said it already."""
    pen.icon("star", x, y, 12, "opportunity")
    said = pen.say(_TRUTH)
    if not named:
        return
    if x + 10 + width(said, 10, 600) <= frame.right:
        pen.text(x + 10, y + 4, said, 10, 600, "opportunity")
    else:
        pen.text(x - 10, y + 4, said, 10, 600, "opportunity", anchor="end")


def _label(
    pen: Pen,
    frame: Frame,
    x: float,
    here: float,
    said: str,
    up: bool,
    colour: str,
) -> tuple[float, float, float]:
    room = min(3 * frame.column, 300)
    half = min(width(said, 11, 700), room) / 2
    x = min(max(x, frame.left + half + 6), frame.right - half - 6)
    line = here - 16 if up else here + 25
    pen.text(x, line, said, 11, 700, colour, anchor="middle", room=room, halo="surface")
    return x - half, x + half, line
