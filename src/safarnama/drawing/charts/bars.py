"""Bars: one a row, from the reading side, with interval and n; the rest of the rows in a word."""

from __future__ import annotations

from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label, lines, share, written
from safarnama.drawing.charts.rows import room_for
from safarnama.drawing.charts.whisker import whisker
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Segment
from safarnama.drawing.shaping import width

_MOST = 24
_MORE = Text(en="and {n:rows} more in the table", fa="و {n:rows} دیگر در جدول")
_HEIGHTS = {1: 27.0, 2: 38.0, 3: 51.0}  # of a row, by the lines of its name


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    roles = dict(finding.chart.roles) if finding.chart else {}
    columns = finding.table.column_names
    name = roles.get("label", columns[0])
    value = "share" if "share" in columns else roles.get("count", columns[1])
    counted = roles.get("count", "")
    rows = [row for row in finding.rows() if row.get(value) is not None]
    per = str(finding.parameters.get("per", "touchpoint"))
    shown = room_for(rows, _MOST)
    if not shown:
        return 0.0
    names = [label(pen, name, row[name], per) for row in shown]
    rail = min(0.46 * room, max(width(each, 12.5, 600) for each in names) + 16)
    start, full = x + rail, room - rail - 150
    # What is together as other is no row among others: it does not set the scale.
    others = [row for row in shown if not _folded(row)] or shown
    top = max(max(row.get("high") or 0, row[value]) for row in others) or 1.0
    at = y
    segment = None
    for row, said in zip(shown, names, strict=True):
        if row.get("segment") is not None and row["segment"] != segment:
            segment = row["segment"]
            at += 10 if at > y else 0
            pen.text(x, at + 17, label(pen, "segment", segment), 13, 800, "lapis")
            at += 26
        told = lines(said, rail - 12, 12.5, 600, 3)
        high = _HEIGHTS[len(told)]
        middle = at + high / 2
        folded = _folded(row)
        written(pen, x, middle, told, 12.5, 400 if folded else 600, "ink-2" if folded else "ink")
        pen.box(start, middle - 7, full, 14, "track", radius=2)
        end = start + max(2.0, min(1.0, row[value] / top) * full)
        pen.box(start, middle - 7, end - start, 14, "ink-3" if folded else "lapis", radius=2)
        if row[value] > top:
            _broken(pen, start + 0.78 * full, middle)
        elif row.get("low") is not None and value == "share":
            low, high_end = (start + min(1.0, row[edge] / top) * full for edge in ("low", "high"))
            whisker(pen, low, end, high_end, middle)
        figure = share(pen, row[value]) if value == "share" else pen.form(row[value], "count")
        pen.text(start + full + 12, middle + 4.5, figure, 13, 800)
        if counted and counted in row and counted != value:
            pen.text(x + room, middle + 4.5, pen.form(row[counted], "count"), 11.5, 400, "ink-3", anchor="end")
        at += high
    if len(rows) > len(shown):
        pen.text(x, at + 16, pen.say(_MORE, n=len(rows) - len(shown)), 11, 400, "ink-3")
        at += 22
    return at - y


def _folded(row: dict[str, Any]) -> bool:
    """Whether a row is what is together as other."""
    return row.get("path") == "other" and row.get("steps", 0) is None


def _broken(pen: Pen, x: float, middle: float) -> None:
    """Two cuts through a bar that is longer than the scale."""
    for left in (x, x + 9):
        cut: tuple[Segment, ...] = (
            ("M", (left, middle + 9)),
            ("L", (left + 6, middle - 9)),
            ("L", (left + 10, middle - 9)),
            ("L", (left + 4, middle + 9)),
            ("Z", ()),
        )
        pen.path(cut, fill="paper")
