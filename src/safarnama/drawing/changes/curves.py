"""The hero: what customers felt before and feel now, as two curves on one scale; where neither map knows a feeling, the chance
of reaching the goal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from safarnama.core.words import Text
from safarnama.drawing.changes.passage import arrow
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.frame import Frame
from safarnama.drawing.parts.journey import rail_name
from safarnama.drawing.parts.labels import Labels
from safarnama.drawing.parts.strokes import runs, stretch
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Gradient, points, smooth
from safarnama.drawing.shaping import fit, width
from safarnama.maps.derived import Curve, Point
from safarnama.maps.diff.union import Union
from safarnama.maps.model import Map
from safarnama.maps.words import say

BEFORE, NOW = Text(en="before", fa="پیش‌تر"), Text(en="now", fa="اکنون")
_FEELING, _CHANCE = Text(en="Feeling", fa="احساس"), Text(en="Chance of reaching the goal", fa="بخت رسیدن به هدف")
_LEVELS = (
    (2, Text(en="very good", fa="بسیار خوب"), "gain"),
    (1, Text(en="good", fa="خوب"), "ink-2"),
    (0, Text(en="neutral", fa="بی‌طرف"), "ink-2"),
    (-1, Text(en="bad", fa="بد"), "ink-2"),
    (-2, Text(en="very bad", fa="بسیار بد"), "pain"),
)
_ROSE, _FELL = Text(en="{step} rose by {by}", fa="{step} {by} بالا رفت"), Text(en="{step} fell by {by}", fa="{step} {by} پایین آمد")  # fmt: skip
_FEET, _LEAST = 44.0, {"feeling": 0.25, "chance": 0.02}
_NEUTRAL = {"feeling": "signed.1", "chance": "percent"}
At = dict[int, tuple[float, float]]


@dataclass(frozen=True)
class _Side:
    """The curve of one of the maps: its points by the map's own places, and where those stand on the grid."""

    known: dict[int, Point]
    columns: list[int]

    def at(self, column: int) -> Point | None:
        return self.known.get(self.columns.index(column)) if column in self.columns else None


def kind_of(union: Union) -> str | None:
    """Which curve there is to draw."""
    for kind in ("feeling", "chance"):
        if any(curve.points for document in (union.old, union.new) for curve in document.curves_of(kind)):
            return kind
    return None


def shown(union: Union) -> frozenset[str]:
    """The ids of the curves that the sheet draws."""
    kind = kind_of(union)
    return frozenset(curve.id for curve in _chosen(union, kind) if curve) if kind else frozenset()


def curves(pen: Pen, union: Union, frame: Frame, y: float, high: float) -> None:
    """Both curves in a lane of that height."""
    kind = kind_of(union)
    assert kind is not None
    was, now = _chosen(union, kind)
    old, new = _side(union, union.old, was), _side(union, union.new, now)
    top, bottom = y + 26, y + high - _FEET - 6
    level = _scale(pen, frame, kind, (old, new), y, high, top, bottom)
    name = _FEELING if kind == "feeling" else _CHANCE
    rail_name(pen, frame, y + 2, pen.say(name), "", "activity" if kind == "feeling" else "target", frame.rail - 50)
    _named(pen, frame, y + high - 36)
    there = {place: (frame.middle(column), level(old.known[place].value)) for place, column in enumerate(old.columns) if place in old.known}  # fmt: skip
    here = {place: (frame.middle(column), level(new.known[place].value)) for place, column in enumerate(new.columns) if place in new.known}  # fmt: skip
    for run in runs(sorted(new.known)):
        stretch(pen, run, new.known, here, level)
    for run in runs(sorted(old.known)):
        if len(run) > 1:
            pen.path(smooth([there[place] for place in run]), stroke="ink-3", width=1.75, dash="5 4")
    _moves(pen, union, frame, kind, old, new, level, (y + 4, y + high - _FEET + 10), (there, here))
    for place, (x, at) in there.items():
        with pen.within(union.columns[old.columns[place]].step.id, "before"):  # type: ignore[union-attr]
            pen.path(points((x, at - 4.5), (x + 4.5, at), (x, at + 4.5), (x - 4.5, at), close=True), fill="surface", stroke="ink-3", width=1.5)  # fmt: skip
    for place, (x, at) in here.items():
        with pen.within(union.columns[new.columns[place]].step.id, "dot"):  # type: ignore[union-attr]
            assumed = not new.known[place].evidence
            pen.disc(x, at, 4.8, "surface", "lapis", stroke_width=2, dash="2.6 2.2" if assumed else None)
    _feet(pen, union, frame, kind, old, new, y + high)


def _chosen(union: Union, kind: str) -> tuple[Curve | None, Curve | None]:
    """The same curve of both maps: the first of the new one, and of the old one that of the same id, else its first."""
    was, now = ([curve for curve in document.curves_of(kind) if curve.points] for document in (union.old, union.new))
    first = now[0] if now else None
    same = next((curve for curve in was if first and curve.id == first.id), None)
    return same or (was[0] if was else None), first


def _side(union: Union, document: Map, curve: Curve | None) -> _Side:
    mine = {step.id for step in document.steps}
    columns = [place for place, column in enumerate(union.columns) if column.step and column.step.id in mine]
    at = {union.columns[column].step.id: place for place, column in enumerate(columns)}  # type: ignore[union-attr]
    return _Side({at[point.step]: point for point in (curve.points if curve else []) if point.step in at}, columns)


def _scale(
    pen: Pen, frame: Frame, kind: str, sides: Sequence[_Side], y: float, high: float, top: float, bottom: float
) -> Callable[[float], float]:
    """The ground with its levels; returns where a value stands."""
    if kind == "feeling":
        ground = Gradient(((0, "mood-high"), (0.5, "surface"), (1, "mood-low")))
        low, full = -2.0, 4.0
        marks = [(float(value), pen.say(name), colour, abs(value) == 2) for value, name, colour in _LEVELS]
    else:
        ground = Gradient(((0, "mood-high"), (0.6, "surface"), (1, "surface")))
        tops = [point.high or point.value for side in sides for point in side.known.values()]
        low, full = 0.0, min(1.0, max(0.1, ceil(max(tops, default=1.0) * 10.5) / 10))
        marks = [(full * part / 4, pen.form(full * part / 4, "percent"), "ink-2", False) for part in range(5)]

    def level(value: float) -> float:
        return bottom - (value - low) / full * (bottom - top)

    pen.box(frame.left, y, frame.right - frame.left, high, ground)
    for value, said, colour, strong in marks:
        at = level(value)
        pen.line(frame.left, at, frame.right, at, "ink-3" if value == 0 else "rule", 0.75)
        pen.text(frame.left - 8, at + 3.3, said, 9.5, 700 if strong else 400, colour, anchor="end")
    return level


def _named(pen: Pen, frame: Frame, y: float) -> None:
    """Which line is which, in the rail."""
    x = frame.margin + 2
    for text, number in ((BEFORE, 0), (NOW, 1)):
        line = y + 8 + number * 16
        sample(pen, "now" if number else "before", x, line)
        pen.text(x + 34, line + 3.3, pen.say(text), 9.5, 600, "lapis" if number else "ink-2", room=frame.rail - 44)


def sample(pen: Pen, name: str, x: float, y: float) -> None:
    """A piece of the old or the new line with its point, 28 wide."""
    if name == "before":
        pen.line(x, y, x + 28, y, "ink-3", 1.75, dash="5 4")
        pen.path(points((x + 14, y - 4.5), (x + 18.5, y), (x + 14, y + 4.5), (x + 9.5, y), close=True), fill="surface", stroke="ink-3", width=1.5)  # fmt: skip
    else:
        pen.line(x, y, x + 28, y, "lapis", 3)
        pen.disc(x + 14, y, 4.8, "surface", "lapis", stroke_width=2)


def _moves(
    pen: Pen, union: Union, frame: Frame, kind: str, old: _Side, new: _Side, level: Callable[[float], float],
    edges: tuple[float, float], lines: tuple[At, At],
) -> None:  # fmt: skip
    """The largest rise and the largest fall: an arrow from what was to what is, and what it is by."""
    both = [(new.at(column).value - old.at(column).value, column) for column in new.columns if new.at(column) and old.at(column)]  # type: ignore[union-attr]  # fmt: skip
    chosen = {max(both, default=(0.0, -1)), min(both, default=(0.0, -1))}
    labels = Labels(pen, frame.left + 2, edges[0], frame.right - 2, edges[1])
    for at in lines:
        for x, here in at.values():
            labels.take(x - 6, here - 6, x + 6, here + 6)
        for run in runs(sorted(at)):
            if len(run) > 1:
                labels.keep_off(smooth([at[place] for place in run]))
    for by, column in sorted(chosen, key=lambda each: -abs(each[0])):
        if abs(by) < _LEAST[kind]:
            continue
        x, was, now = frame.middle(column), level(old.at(column).value), level(new.at(column).value)  # type: ignore[union-attr]
        hue = "gain" if by > 0 else "pain"
        toward = 8 if now > was else -8
        if abs(now - was) > 22:
            pen.arrow(x, was + toward, x, now - toward, hue, 1.75, 4.5)
        step = union.columns[column].step
        assert step is not None
        name = fit(say(step.name, pen.language), 200, 11, 700)
        moved = pen.form(abs(by), "number.1" if kind == "feeling" else "percent.1")
        said = pen.say(_ROSE if by > 0 else _FELL, step=name, by=moved)
        half = width(said, 11, 700) / 2
        middle = (was + now) / 2 - 7
        places = [(x + side * (half + 14), middle) for side in (1, -1)]
        for far in range(0, 90, 6):
            over, under = (x, min(was, now) - 26 - far), (x, max(was, now) + 12 + far)
            places += [under, over] if by < 0 else [over, under]
            places += [(x + side * (half + 14), middle + turn * far) for side in (1, -1) for turn in (1, -1)]
        labels.put([(said, 11, 700, hue)], places, 320)


def _feet(pen: Pen, union: Union, frame: Frame, kind: str, old: _Side, new: _Side, end: float) -> None:
    """Under every step the value before and now, and what the new one rests on."""
    form, size = _NEUTRAL[kind], 9.0
    for number, column in enumerate(union.columns):
        was, now = old.at(number), new.at(number)
        if column.step is None or not (was or now):
            continue
        x, base = frame.middle(number), end - 22
        shown = [pen.form(point.value, form) if point else "–" for point in (was, now)]
        changed = shown[0] != shown[1]
        wide = width(shown[1], size, 700) + (width(shown[0], size) + 13 if changed else 0)
        with pen.within(column.step.id, "felt"):
            at = x - wide / 2
            if changed:
                at += pen.text(at, base, shown[0], size, 400, "ink-3") + 6.5
                arrow(pen, at, base - 3, 8)
                at += 6.5
            pen.text(at, base, shown[1], size, 700, "ink" if changed else "ink-2")
            if now:
                room = frame.column - 10
                found = evidence.line_width(pen, now.evidence)
                evidence.line(pen, now.evidence, x - min(found, room) / 2, end - 8, room)
