"""The hero of a sheet: what customers felt from step to step; where nobody asked them, how likely they reach the goal.

Up to five curves, each named at its end: the first is the hero. Solid where it was measured or surveyed, dashed where it is
assumed, broken where nothing is known: never a bridge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence, whose
from safarnama.drawing.parts.evidence import count
from safarnama.drawing.parts.frame import Frame
from safarnama.drawing.parts.journey import rail_name
from safarnama.drawing.parts.labels import Labels
from safarnama.drawing.parts.strokes import runs, stretch
from safarnama.drawing.parts.whose import Felt
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Gradient, smooth
from safarnama.drawing.shaping import fit, width
from safarnama.maps.derived import Point
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
_FEET, _NAME_ROOM = 44.0, 150.0


def feeling(pen: Pen, document: Map, frame: Frame, y: float, high: float) -> None:
    """The feeling curve in a lane of that height."""
    curves = whose.curves(document, "feeling", pen.language)
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
    curves = whose.curves(document, "chance", pen.language)
    known = [point for felt in curves for point in felt.every.values()]
    tops = [point.high if point.high is not None else point.value for point in known]
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
    curves: list[Felt],
    level: Callable[[float], float],
    shown: Callable[[float], str],
    faces: bool,
) -> None:
    labels = Labels(pen, frame.left, y, frame.right, y + high - 20)
    places = [
        {step: (frame.middle(step), level(point.value)) for step, point in felt.points.items()} for felt in curves
    ]
    edges = {-1: frame.left, frame.columns: frame.right}
    # The hero lies on top.
    for felt in reversed(curves):
        on = {step: (edges.get(step) or frame.middle(step), level(point.value)) for step, point in felt.drawn.items()}
        for run in runs(sorted(on)):
            labels.keep_off(smooth([on[step] for step in run]))
            stretch(pen, run, felt.drawn, on, level, whose.INKS[felt.number][0], 3 if felt is curves[0] else 2.75)
    _truths_of(pen, document, frame, y, places, labels)
    for felt, at in reversed(list(zip(curves[1:], places[1:], strict=True))):
        _markers(pen, document, felt, at, labels)
    if curves:
        special = _dots(pen, document, curves[0], places[0], labels, faces)
        # A lone curve needs a name only where it is of somebody else than the one in the head of the sheet.
        if len(curves) > 1 or curves[0].number:
            for felt, at in zip(curves, places, strict=True):
                if at:
                    _named(pen, felt, at, labels)
        for step, up in special:
            _label(pen, document, *places[0][step], step, shown(curves[0].points[step].value), up, labels)
    _feet(pen, document, frame, y, high, curves, level, labels)


def _named(pen: Pen, felt: Felt, at: Mapping[int, tuple[float, float]], labels: Labels) -> None:
    """Whose a curve is, at its end: beside its last point, else above or below it, else at the point before; where all that
    is taken, at the edge of the lane nearest to its end, behind its marker."""
    said = fit(felt.name, _NAME_ROOM, 11, 700)
    wide = 13 + width(said, 11, 700)
    left, top, right, bottom = labels.edges
    ends = sorted(at.values(), reverse=True)
    beside = [
        (x + 11, y + down) for x, y in ends[:1] for down in (0.0, -9.0, 9.0, -18.0, 18.0) if x + 14 + wide < right
    ]
    around = [(x - wide / 2, y + down) for x, y in ends for down in (-20.0, 20.0, -34.0, 34.0, -50.0, 50.0)]
    edge = [(left + part / 40 * (right - left), y) for part in range(40) for y in (top + 10, top + 28, bottom - 10)]
    edge.sort(key=lambda place: abs(place[0] - ends[0][0]))
    for x, y in (*beside, *around, *edge):
        x = min(max(x, left + 4), right - wide - 4)
        box = (x - 3, y - 9, x + wide + 3, y + 9)
        if labels.free(*box):
            labels.take(*box)
            whose.marker(pen, felt.number, x + 4, y, 3.8, whose.INKS[felt.number][0], wide=0.75)
            pen.text(x + 13, y + 4, said, 11, 700, whose.INKS[felt.number][1], halo="surface")
            return


def _feet(
    pen: Pen,
    document: Map,
    frame: Frame,
    y: float,
    high: float,
    curves: list[Felt],
    level: Callable[[float], float],
    labels: Labels,
) -> None:
    """n of the first curve under every step; where no curve knows anything a hollow ring, and the words where there is room."""
    base = y + high - 11
    for number, step in enumerate(document.steps):
        x = frame.middle(number)
        point = next((felt.points[number] for felt in curves if number in felt.points), None)
        if point is None:
            pen.disc(x, level(0), 4, "surface", "nodata", stroke_width=1.5)
            words = [(pen.say(_NO_DATA), 9.5, 400, "ink-3")]
            labels.put(words, ((x, level(0) + 8.5), (x, level(0) - 19.5)), frame.column - 6, halo=None)
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
        with pen.within(step.id, "felt"):
            evidence.mark(pen, state, x - wide / 2 + 5, base - 3)
            pen.text(x - wide / 2 + 13, base, said, size, 400, "ink-3")


def _markers(pen: Pen, document: Map, felt: Felt, at: Mapping[int, tuple[float, float]], labels: Labels) -> None:
    """The points of a curve beside the hero."""
    for step, (x, y) in sorted(at.items()):
        with pen.within(f"{document.steps[step].id}-{felt.number}", "dot"):
            dash = None if felt.points[step].evidence else "2.6 2.2"
            whose.marker(pen, felt.number, x, y, 4.4, wide=1.9, dash=dash)
        labels.take(x - 6, y - 6, x + 6, y + 6)


def _dots(
    pen: Pen, document: Map, felt: Felt, at: Mapping[int, tuple[float, float]], labels: Labels, faces: bool
) -> list[tuple[int, bool]]:
    """The points of the hero; returns its peak (True) and its valley, which get their names."""
    known = felt.points
    peak, low = _extremes(felt.every) or (None, None)
    for step, (x, y) in sorted(at.items()):
        point = known[step]
        half = 6.0
        with pen.within(document.steps[step].id, "dot"):
            special = faces and step in (peak, low) and peak != low
            if not point.evidence:
                dashed = "ink-3" if felt.number == 0 else None
                whose.marker(pen, felt.number, x, y, 5, stroke=dashed, wide=1.75, dash="2.6 2.2")
            elif special and ((step == peak and point.value >= 0.5) or (step == low and point.value <= 0)):
                half = 9.5
                name = "smile" if step == peak else "frown" if point.value > -1.2 else "angry"
                pen.disc(x, y, half, "surface")
                pen.icon(name, x, y, 20, "gain" if step == peak else "pain", 1.9)
            else:
                whose.marker(pen, felt.number, x, y, 4.8)
        labels.take(x - half, y - half, x + half, y + half)
    return [(step, step == peak) for step in sorted(known) if step in (peak, low)]


def _extremes(every: Mapping[int, Point]) -> tuple[int, int] | None:
    """Where the curve is highest and lowest, of what rests on evidence; None where that is one point or none."""
    firm = [number for number in sorted(every) if every[number].evidence]
    if len(firm) < 2:
        return None
    return max(firm, key=lambda number: every[number].value), min(firm, key=lambda number: every[number].value)


def _truths(document: Map) -> float:
    """Room above the curve for the stars of moments of truth."""
    return 16.0 if any(step.moment_of_truth for step in document.steps) else 0.0


def _truths_of(
    pen: Pen,
    document: Map,
    frame: Frame,
    y: float,
    places: Sequence[Mapping[int, tuple[float, float]]],
    labels: Labels,
) -> None:
    """A star over each moment of truth with a dotted line down to the curves; its name where the star before has not said it."""
    for number, step in enumerate(document.steps):
        if not step.moment_of_truth:
            continue
        x, named = frame.middle(number), not (number and document.steps[number - 1].moment_of_truth)
        heights = [at[number][1] for at in places if number in at]
        if heights:
            pen.line(x, y + 20, x, min(heights) - 13, "opportunity", 1.25, dash="1.5 3.5")
        pen.icon("star", x, y + 12, 12, "opportunity")
        said = pen.say(_TRUTH) if named else ""
        wide = 10 + width(said, 10, 600) if said else 6.0
        after = x + wide <= frame.right
        pen.text(x + 10 if after else x - 10, y + 16, said, 10, 600, "opportunity", anchor="start" if after else "end")
        labels.take(x - (6 if after else wide), y + 5, x + (wide if after else 6), y + 19)


def _label(pen: Pen, document: Map, x: float, y: float, step: int, value: str, up: bool, labels: Labels) -> None:
    """The name of a peak above it, of a valley below it, or as near as there is room."""
    said = pen.say(_PEAK if up else _VALLEY, step=say(document.steps[step].name, pen.language), value=value)
    above = [(x + aside, y - away) for away in (28, 40) for aside in (0, -60, 60)]
    below = [(x + aside, y + away) for away in (14, 26) for aside in (0, -60, 60)]
    line = [(said, 11.0, 700, "gain" if up else "pain")]
    labels.put(line, above + below if up else below + above, 300.0)
