"""Spans: how times spread, a line from the tenth to the ninetieth percentile, a bar over the middle half, a mark at the median."""

from __future__ import annotations

import math
from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label, step
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width, wrap

_MOST, _ROW, _TALL = 16, 29.0, 38.0
_KINDS = {
    "in": (
        Text(en="Time in", fa="زمان در"),
        Text(en="from the first to the last event of a stay", fa="از نخستین تا آخرین رویداد هر ماندن"),
    ),
    "between": (
        Text(en="Time between", fa="زمان میان"),
        Text(
            en="from the last event of a stay to the first of the next",
            fa="از آخرین رویداد یک ماندن تا نخستین رویداد بعدی",
        ),
    ),
}
_KEY = Text(
    en="line: 10% to 90% · bar: the middle half · mark: median",
    fa="خط: ۱۰٪ تا ۹۰٪ · نوار: نیمه میانی · نشان: میانه",
)
_MEDIAN, _TIMES = Text(en="median", fa="میانه"), Text(en="times", fa="دفعات")
_MORE = Text(en="and {n:rows} more in the table", fa="و {n:rows} دیگر در جدول")
# Where the axis may be marked, in seconds.
_TICKS = (1, 10, 120, 900, 7200, 12 * 3600, 3 * 86400, 14 * 86400, 91.3125 * 86400, 730.5 * 86400, 3652.5 * 86400)
_COLUMNS = (84.0, 58.0)


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    rows = finding.rows()
    parts = _parts(rows)
    drawn = [row for part in parts for row in _shown(part[2])]
    names = {id(row): _name(pen, row) for row in drawn}
    rail = min(0.36 * room, max(width(name, 12.5, 600) for name in names.values()) + 16)
    start, full = x + rail, room - rail - sum(_COLUMNS) - 14
    top = max(1.0, *(row["p90_seconds"] for row in drawn))

    def place(seconds: float) -> float:
        # The scale is that of logarithms, so that seconds and weeks have room beside each other; 0 stands at its beginning.
        return start + full * min(1.0, math.log1p(seconds) / math.log1p(top))

    pen.text(x, y + 11, pen.say(_KEY), 11, 400, "ink-3")
    at = y + 26
    segment = None
    for mine, kind, part in parts:
        if mine is not None and mine != segment:
            segment = mine
            pen.text(x, at + 15, label(pen, "segment", mine), 14, 800, "lapis")
            at += 28
        title, said = _KINDS[kind]
        wide = pen.text(x, at + 13, pen.say(title), 13, 800, "lapis")
        pen.text(x + wide + 10, at + 13, pen.say(said), 11, 400, "ink-3", room=room - sum(_COLUMNS) - wide - 20)
        for head, edge in zip((_MEDIAN, _TIMES), (x + room - _COLUMNS[1], x + room), strict=True):
            pen.text(edge, at + 13, pen.say(head), 10.5, 400, "ink-3", anchor="end")
        at += 20
        pen.line(x, at, x + room, at, "rule")
        shown = _shown(part)
        heights = [_ROW if len(wrap(names[id(row)], rail - 12, 12.5, 600, 2)) < 2 else _TALL for row in shown]
        bottom = at + 4 + sum(heights)
        _scale(pen, place, top, start, at, bottom)
        at += 4
        for row, high in zip(shown, heights, strict=True):
            _row(pen, row, names[id(row)], x, at + high / 2, room, rail, place)
            at += high
        at += 20
        if len(part) > len(shown):
            pen.text(x, at - 6, pen.say(_MORE, n=len(part) - len(shown)), 11, 400, "ink-3")
        at += 16
    return at - y - 16


def _scale(pen: Pen, place: Any, top: float, start: float, y: float, bottom: float) -> None:
    after = start - 100
    for tick in (0, *_TICKS):
        if tick > top:
            break
        pen.line(place(tick), y, place(tick), bottom, "hair", 0.75)
        said = pen.form(0, "count") if not tick else pen.form(tick, "duration")
        if place(tick) - width(said, 10) / 2 > after + 8:
            pen.text(place(tick), bottom + 12, said, 10, 400, "ink-3", anchor="middle")
            after = place(tick) + width(said, 10) / 2


def _row(
    pen: Pen, row: dict[str, Any], name: str, x: float, middle: float, room: float, rail: float, place: Any
) -> None:
    high = pen.height(name, rail - 12, 12.5, 600, 2, tight=True)
    pen.block(x, middle - high / 2, name, rail - 12, 12.5, 600, lines=2, tight=True)
    low, first, median, third, high = (
        place(row[column]) for column in ("p10_seconds", "p25_seconds", "median_seconds", "p75_seconds", "p90_seconds")
    )
    pen.line(low, middle, high, middle, "lapis", 1.5)
    pen.box(first, middle - 6, max(2.0, third - first), 12, "lapis-2", radius=2)
    pen.box(median - 2, middle - 8.5, 4, 17, "ink", radius=1.5)
    pen.text(x + room - _COLUMNS[1], middle + 4.5, pen.form(row["median_seconds"], "duration"), 12.5, 800, anchor="end")
    pen.text(x + room, middle + 4.5, pen.form(row["times"], "count"), 11.5, 400, "ink-3", anchor="end")


def _parts(rows: list[dict[str, Any]]) -> list[tuple[str | None, str, list[dict[str, Any]]]]:
    """The rows of every segment and kind."""
    segments = dict.fromkeys(row.get("segment") for row in rows)
    parts = [
        (segment, kind, [row for row in rows if row.get("segment") == segment and row["kind"] == kind])
        for segment in segments
        for kind in _KINDS
    ]
    return [part for part in parts if part[2]]


def _shown(part: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows there is room for; of many, not those where nearly no time passes."""
    slow = [row for row in part if row["p90_seconds"]] if len(part) > _MOST else part
    return (slow or part)[:_MOST]


def _name(pen: Pen, row: dict[str, Any]) -> str:
    name = step(pen, row["touchpoint"])
    return name if row["next"] is None else f"{name} › {step(pen, row['next'])}"
