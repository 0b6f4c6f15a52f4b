"""Lifts: for every sequence how many of those who have it reach the goal, as times as many as of all, with its interval."""

from __future__ import annotations

from math import log
from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label, lines, written
from safarnama.drawing.charts.rows import room_for
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width

_MOST, _SIDE = 24, 176.0
_ROWS = {1: 30.0, 2: 38.0, 3: 50.0}
_LIFT = Text(en="× {lift:number.2}", fa="{lift:number.2} برابر")
_ALL = Text(en="all customers: {share:percent}", fa="همه مشتریان: {share:percent}")
_EVERYONE = Text(en="all customers", fa="همه مشتریان")
_REACH = Text(en="{share:percent} of {n:count} reach it", fa="{share:percent} از {n:count} نفر می‌رسند")
_MORE = Text(en="and {n:rows} more in the table", fa="و {n:rows} دیگر در جدول")
_TICKS = (0.1, 0.2, 0.3, 0.5, 0.7, 1.5, 2.0, 3.0, 5.0, 10.0)


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    rows = [row for row in finding.rows() if row["lift"] is not None]
    if not rows:
        return 0.0
    # Of as many as are shown, what goes with the goal stands before what goes against it.
    segments = list(dict.fromkeys(row.get("segment") for row in rows))
    shown = sorted(room_for(rows, _MOST), key=lambda row: (segments.index(row.get("segment")), row["lift"] < 1))
    names = [label(pen, "path", row["path"]) for row in shown]
    rail = min(0.42 * room, max(width(name, 12.5, 600) for name in names) + 16)
    start, full = x + rail, room - rail - _SIDE
    ends = [end for row in shown for end in (row["lift_low"], row["lift_high"]) if end > 0]
    # A third less is as far from one as half more: the scale is that of ratios.
    reach = max(log(1.25), *(abs(log(end)) for end in ends))

    def across(lift: float) -> float:
        return start + full / 2 * (1 + max(-1.0, log(lift) / reach if lift > 0 else -1.0))

    told = [lines(name, rail - 12, 12.5, 600, 3) for name in names]
    bottom = y + 22 + sum(_ROWS[len(each)] for each in told) + 26 * _segments(shown)
    pen.text(across(1), y + 11, _everyone(pen, shown), 11, 700, "ink-2", anchor="middle")
    for tick in _TICKS:
        if abs(log(tick)) < reach:
            pen.line(across(tick), y + 18, across(tick), bottom, "hair", 0.75)
    pen.line(across(1), y + 18, across(1), bottom, "ink-3", 1.25)
    at, segment = y + 22, None
    for row, name in zip(shown, told, strict=True):
        if row.get("segment") is not None and row["segment"] != segment:
            segment = row["segment"]
            pen.text(x, at + 17, label(pen, "segment", segment), 13, 800, "lapis")
            at += 26
        high = _ROWS[len(name)]
        written(pen, x, at + high / 2, name, 12.5, 600)
        _line(pen, row, across, at + high / 2, x + room)
        at += high
    _axis(pen, across, reach, at)
    at += 20
    if len(rows) > len(shown):
        pen.text(x, at + 14, pen.say(_MORE, n=len(rows) - len(shown)), 11, 400, "ink-3")
        at += 20
    return at - y


def _everyone(pen: Pen, rows: list[dict[str, Any]]) -> str:
    """What all are held against: the share of all who reach the goal, where it is one."""
    known = [row["goal_share"] / row["lift"] for row in rows if row["lift"]]
    return pen.say(_ALL, share=known[0]) if known and not _segments(rows) else pen.say(_EVERYONE)


def _segments(rows: list[dict[str, Any]]) -> int:
    return len({row["segment"] for row in rows if row.get("segment") is not None})


def _line(pen: Pen, row: dict[str, Any], across: Any, middle: float, end: float) -> None:
    surely = "gain" if row["lift_low"] > 1 else "pain" if row["lift_high"] < 1 else "ink-3"
    pen.line(across(1), middle, across(row["lift"]), middle, surely, 3, opacity=0.25)
    pen.line(across(row["lift_low"]), middle, across(row["lift_high"]), middle, surely, 1.5, round=True)
    pen.disc(across(row["lift"]), middle, 5, surely)
    pen.text(end, middle - 1, pen.say(_LIFT, lift=row["lift"]), 13, 800, anchor="end")
    said = pen.say(_REACH, share=row["goal_share"], n=row["customers"])
    pen.text(end, middle + 12, said, 10, 400, "ink-3", anchor="end")


def _axis(pen: Pen, across: Any, reach: float, y: float) -> None:
    """Names of the ticks, those nearest to one first; one that has no room is left out."""
    taken: list[tuple[float, float]] = []
    for tick in sorted((1.0, *_TICKS), key=lambda tick: abs(log(tick))):
        said = pen.form(tick, "number")
        half = width(said, 10) / 2
        at = across(tick)
        if abs(log(tick)) < 0.97 * reach and all(abs(at - other) > half + far + 8 for other, far in taken):
            taken.append((at, half))
            pen.text(at, y + 14, said, 10, 400, "ink-3", anchor="middle")
