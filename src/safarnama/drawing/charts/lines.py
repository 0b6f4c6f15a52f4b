"""Lines: a series over time with its level, where the level changes and what stands out; a panel for every segment."""

from __future__ import annotations

from math import floor, log10
from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label, period
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import band, points
from safarnama.drawing.shaping import width

_HIGH, _SMALL, _RAIL = 240.0, 130.0, 58.0
_LEVEL = Text(en="level", fa="سطح")
_OUT = Text(en="stands out", fa="نامعمول")
_CHANGE = Text(en="from here on another level", fa="از اینجا سطح عوض شده است")
_INTERVAL = Text(en="95% interval", fa="بازه ۹۵٪")

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    name = _series(finding)
    at = y + _legend(pen, finding, name, x, y) + 12
    for segment, rows in _segments(finding).items():
        if segment is not None:
            pen.text(x, at + 14, label(pen, "segment", segment), 13, 800, "lapis")
            at += 26
        at += _panel(pen, name, rows, x, at, room, _HIGH if segment is None else _SMALL) + 14
    return at - y - 8


def _series(finding: Finding) -> str:
    """The column that is drawn: what the question looked at."""
    asked = finding.parameters.get("measure")
    steps = str(finding.parameters.get("steps") or "")
    return str(asked or ("share" if "," in steps else "customers"))


def _segments(finding: Finding) -> dict[str | None, list[dict[str, Any]]]:
    parts: dict[str | None, list[dict[str, Any]]] = {}
    for row in finding.rows():
        parts.setdefault(row.get("segment"), []).append(row)
    return parts


def _legend(pen: Pen, finding: Finding, name: str, x: float, y: float) -> float:
    rows = finding.rows()
    if any(row["level"] is not None for row in rows):
        pen.line(x, y + 8, x + 18, y + 8, "second", 2)
        x += 24 + pen.text(x + 24, y + 12, pen.say(_LEVEL), 11, 600, "ink-2") + 18
    if any(row["stands_out"] for row in rows):
        pen.disc(x + 5, y + 8, 4.5, "paper", "pain", stroke_width=2)
        x += 15 + pen.text(x + 15, y + 12, pen.say(_OUT), 11, 600, "ink-2") + 18
    if any(row["change"] for row in rows):
        pen.line(x + 5, y + 1, x + 5, y + 15, "second", 1.5, dash="3 3")
        x += 13 + pen.text(x + 13, y + 12, pen.say(_CHANGE), 11, 600, "ink-2") + 18
    if name == "share":
        pen.box(x, y + 3, 16, 10, "lapis-tint", radius=2)
        x += 22 + pen.text(x + 22, y + 12, pen.say(_INTERVAL), 11, 600, "ink-2") + 18
    return 16.0


def _panel(pen: Pen, name: str, rows: list[dict[str, Any]], x: float, y: float, room: float, high: float) -> float:
    values = [row[name] for row in rows]
    known = [value for value in values if value is not None]
    most = max([*known, *(row["expected"] or 0 for row in rows), 1e-9])
    ticks = _ticks(most, whole=name != "share")
    top = ticks[-1]
    form = "percent" if name == "share" else "count"
    left, wide = x + _RAIL, room - _RAIL
    step = wide / max(1, len(rows))

    def across(place: float) -> float:
        return left + (place + 0.5) * step

    def down(value: float) -> float:
        return y + 14 + (1 - value / top) * high

    for tick in ticks:
        pen.line(left, down(tick), left + wide, down(tick), "rule", 1 if tick else 1.5)
        pen.text(left - 8, down(tick) + 4, pen.form(tick, form), 10.5, 400, "ink-3", anchor="end")
    if name == "share":
        for run in _runs(rows, name):
            if len(run) > 1:
                upper = [(across(place), down(min(top, rows[place]["high"]))) for place in run]
                lower = [(across(place), down(rows[place]["low"])) for place in run]
                pen.path(band(upper, lower), fill="lapis-tint")
    levels = _levels(pen, rows, form, across, down, step, y + 14)
    for run in _runs(rows, name):
        places = [(across(place), down(values[place])) for place in run]
        last_open = rows[run[-1]]["level"] is None and any(row["level"] is not None for row in rows)
        solid = places[:-1] if last_open and len(places) > 1 else places
        pen.path(points(*solid), stroke="lapis", width=1.75)
        if last_open and len(places) > 1:
            pen.path(points(*places[-2:]), stroke="lapis", width=1.75, dash="2.5 3")
        if step >= 9:
            for place in run:
                pen.disc(across(place), down(values[place]), 2.6, "lapis")
    taken: list[Rectangle] = []
    for at, figure in levels:
        half = pen.text(at, y + 9, figure, 11, 800, "second-text", anchor="middle") / 2
        taken.append((at - half, y, at + half, y + 12))
    _marks(pen, rows, values, form, across, down, x + room, y, taken)
    _names(pen, rows, across, y + 14 + high + 16, step, left, x + room)
    return high + 38


def _runs(rows: list[dict[str, Any]], name: str) -> list[list[int]]:
    """Places that follow each other with a value: the line breaks where there is none."""
    runs: list[list[int]] = [[]]
    for place, row in enumerate(rows):
        if row[name] is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]


def _levels(
    pen: Pen, rows: list[dict[str, Any]], form: str, across: Any, down: Any, step: float, y: float
) -> list[tuple[float, str]]:
    """The levels as lines and their changes; returns the value of each, to stand over the middle of its stretch."""
    said: list[tuple[float, str]] = []
    begin = 0
    for place in range(1, len(rows) + 1):
        ends = place == len(rows) or rows[place]["change"] or rows[place]["level"] is None
        if ends and begin < place and rows[begin]["level"] is not None:
            at = down(rows[begin]["level"])
            pen.line(across(begin) - step / 2, at, across(place - 1) + step / 2, at, "second", 2, opacity=0.85)
            # As the headline says it.
            value = rows[begin]["level"] if form == "percent" else round(rows[begin]["level"])
            figure = pen.form(value, "percent.1" if form == "percent" else form)
            if step * (place - begin) >= width(figure, 11, 800) + 6:
                said.append((across((begin + place - 1) / 2), figure))
        if ends:
            begin = place
    for place, row in enumerate(rows):
        if row["change"]:
            at = across(place) - step / 2
            pen.line(at, down(0), at, y, "second", 1.25, dash="3 3")
    return said


def _marks(
    pen: Pen,
    rows: list[dict[str, Any]],
    values: list[Any],
    form: str,
    across: Any,
    down: Any,
    end: float,
    y: float,
    taken: list[Rectangle],
) -> None:
    """Rings about what stands out; the words of as many as find room beside what is ``taken``."""
    out = [place for place, row in enumerate(rows) if row["stands_out"]]
    for place in out:
        middle, at = across(place), down(values[place])
        pen.disc(middle, at, 5, "paper", "pain", stroke_width=2)
        taken.append((middle - 6, at - 6, middle + 6, at + 6))
    far = sorted(out, key=lambda place: -abs(values[place] - rows[place]["expected"]))
    for place in far[:8]:
        said = f"{period(rows[place]['period'], pen.language)} · {pen.form(values[place], form)}"
        wide = width(said, 10, 600)
        at = min(max(across(place), across(0) + wide / 2 - 4), end - wide / 2 - 2)
        bases = [down(values[place]) - 10, down(values[place]) + 18]
        for base in bases if rows[place]["stands_out"] == "high" else reversed(bases):
            here = (at - wide / 2 - 4, base - 9, at + wide / 2 + 4, base + 3)
            # Neither over the top nor among the names of the axis.
            if base < y + 8 or base > down(0) - 3 or any(_meet(here, other) for other in taken):
                continue
            taken.append(here)
            pen.text(at, base, said, 10, 600, "pain", anchor="middle", halo="paper")
            break


def _meet(a: Rectangle, b: Rectangle) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _names(pen: Pen, rows: list[dict[str, Any]], across: Any, y: float, step: float, left: float, end: float) -> None:
    names = [period(row["period"], pen.language) for row in rows]
    widest = max((width(name, 10.5) for name in names), default=0)
    every = max(1, int(-(-(widest + 14) // step)))
    free = left
    for place in range(0, len(rows), every):
        wide = width(names[place], 10.5)
        at = min(max(across(place), left + wide / 2), end - wide / 2)
        # The first and the last keep within the panel, so they may come too near to their neighbours.
        if at - wide / 2 < free:
            continue
        pen.text(at, y, names[place], 10.5, 400, "ink-3", anchor="middle")
        free = at + wide / 2 + 12


def _ticks(most: float, whole: bool) -> list[float]:
    """Round numbers from 0 to above the most."""
    raw = most / 4
    size = 10 ** floor(log10(raw)) if raw > 0 else 1.0
    step = next(factor * size for factor in (1, 2, 2.5, 5, 10) if factor * size >= raw - 1e-12)
    step = max(1.0, float(round(step))) if whole else max(0.01, step)
    count = max(1, int(-(-most // step)))
    return [tick * step for tick in range(count + 1)]
