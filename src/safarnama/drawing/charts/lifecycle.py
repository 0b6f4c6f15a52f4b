"""Lifecycle: a column a period, those who are there above the line and those who fell silent below it."""

from __future__ import annotations

from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label, period
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width

_MOST, _HIGH = 60, 250.0
# From the line upwards, and the one below it.
_KINDS = (
    ("returning", "lapis", Text(en="also there in the period before", fa="ماندگار از دوره پیش")),
    ("back", "lapis-2", Text(en="back after a silence", fa="بازگشته پس از سکوت")),
    ("new", "gain", Text(en="new", fa="تازه")),
)
# People who are gone are never red.
_DORMANT = ("dormant", "gone", Text(en="fell silent", fa="خاموش شده"))
_EARLIER = Text(en="{n:rows} before these are in the table", fa="{n:rows} پیش از اینها در جدول است")
_UNFINISHED = Text(en="not over", fa="ناتمام")


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    at = y + _legend(pen, x, y) + 14
    for segment, rows in _segments(finding).items():
        if segment is not None:
            pen.text(x, at + 14, label(pen, "segment", segment), 13, 800, "lapis")
            at += 26
        at += _columns(pen, rows[-_MOST:], x, at, room, 140.0 if segment is not None else _HIGH) + 12
        if len(rows) > _MOST:
            pen.text(x, at + 8, pen.say(_EARLIER, n=len(rows) - _MOST), 11, 400, "ink-3")
            at += 22
    return at - y - 12


def _legend(pen: Pen, x: float, y: float) -> float:
    for _, colour, said in (*reversed(_KINDS), _DORMANT):
        pen.box(x, y + 2, 10, 10, colour, radius=2)
        x += 15 + pen.text(x + 15, y + 11, pen.say(said), 11, 600, "ink-2") + 20
    return 16.0


def _segments(finding: Finding) -> dict[str | None, list[dict[str, Any]]]:
    parts: dict[str | None, list[dict[str, Any]]] = {}
    for row in finding.rows():
        parts.setdefault(row.get("segment"), []).append(row)
    return parts


def _columns(pen: Pen, rows: list[dict[str, Any]], x: float, y: float, room: float, full: float) -> float:
    top = max(row["customers"] for row in rows) or 1
    deep = max(row["dormant"] or 0 for row in rows)
    scale = full / (top + deep)
    step = room / len(rows)
    wide = min(46.0, step * 0.72)
    figure = max(width(pen.form(max(top, deep), "count"), 10.5, 700), 1.0)
    numbered = step >= figure + 3
    line = y + 16 + top * scale
    names = [period(row["period"], pen.language) for row in rows]
    # So many names as have room beside each other.
    every = 1 + int((max(width(name, 10.5) for name in names) + 14) / step)
    for place, (row, name) in enumerate(zip(rows, names, strict=True)):
        middle = x + (place + 0.5) * step
        left = middle - wide / 2
        unfinished = row["dormant"] is None
        at = line
        for kind, colour, _ in _KINDS:
            high = row[kind] * scale
            if high:
                at -= high
                pen.box(left, at, wide, max(0.6, high - 0.8), colour, opacity=0.45 if unfinished else 1)
        if numbered and row["customers"]:
            pen.text(middle, at - 5, pen.form(row["customers"], "count"), 10.5, 700, anchor="middle")
        if row["dormant"]:
            pen.box(left, line + 1.4, wide, max(0.6, row["dormant"] * scale - 1.4), _DORMANT[1])
            if numbered:
                below = line + row["dormant"] * scale + 13
                pen.text(middle, below, pen.form(row["dormant"], "count"), 10.5, 700, "ink-2", anchor="middle")
        elif unfinished:
            pen.text(middle, line + 14, pen.say(_UNFINISHED), 10, 400, "ink-3", anchor="middle")
        if place % every == 0:
            half = width(name, 10.5) / 2
            centre = min(max(middle, x + half), x + room - half)
            pen.text(centre, line + deep * scale + 34, name, 10.5, 400, "ink-3", anchor="middle")
    pen.line(x, line, x + room, line, "ink", 1)
    return 16 + (top + deep) * scale + 38
