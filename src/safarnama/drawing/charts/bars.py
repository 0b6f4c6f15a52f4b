"""Bars: one a row, from the reading side, with interval and n; the rest of the rows in a word."""

from __future__ import annotations

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width, wrap

_MOST = 24
_MORE = Text(en="and {n:rows} more in the table", fa="و {n:rows} دیگر در جدول")
_UNITS = ("customers", "left", "converted", "hits")


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    roles = dict(finding.chart.roles) if finding.chart else {}
    columns = finding.table.column_names
    name = roles.get("label", columns[0])
    value = "share" if "share" in columns else roles.get("count", columns[1])
    counted = roles.get("count", "")
    rows = [row for row in finding.rows() if row.get(value) is not None]
    per = str(finding.parameters.get("per", "touchpoint"))
    shown = rows[:_MOST]
    if not shown:
        return 0.0
    names = [label(pen, name, row[name], per) for row in shown]
    rail = min(0.46 * room, max(width(each, 12.5, 600) for each in names) + 16)
    start, full = x + rail, room - rail - 150
    top = max(row.get("high") or row[value] for row in shown) or 1.0
    top = max(top, max(row[value] for row in shown)) or 1.0
    at = y
    segment = None
    for row, said in zip(shown, names, strict=True):
        if row.get("segment") is not None and row["segment"] != segment:
            segment = row["segment"]
            pen.text(x, at + 17, label(pen, "segment", segment), 13, 800, "lapis")
            at += 26
        lines = wrap(said, rail - 12, 12.5, 600, 2)
        high = 27.0 if len(lines) < 2 else 38.0
        pen.block(
            x, at + high / 2 - len(lines) * pen.leading(12.5, True) / 2, said, rail - 12, 12.5, 600, lines=2, tight=True
        )
        middle = at + high / 2
        pen.box(start, middle - 7, full, 14, "track", radius=2)
        pen.box(start, middle - 7, max(2.0, row[value] / top * full), 14, "lapis", radius=2)
        if row.get("low") is not None and value == "share":
            low, high_end = start + row["low"] / top * full, start + min(1.0, row["high"] / top) * full
            pen.line(low, middle, high_end, middle, "ink", 1)
            pen.line(low, middle - 3, low, middle + 3, "ink", 1)
            pen.line(high_end, middle - 3, high_end, middle + 3, "ink", 1)
        figure = pen.form(row[value], "percent" if value == "share" else "count")
        pen.text(start + full + 12, middle + 4.5, figure, 13, 800)
        if counted and counted in row and counted != value:
            pen.text(x + room, middle + 4.5, pen.form(row[counted], "count"), 11.5, 400, "ink-3", anchor="end")
        at += high
    if len(rows) > _MOST:
        pen.text(x, at + 16, pen.say(_MORE, n=len(rows) - _MOST), 11, 400, "ink-3")
        at += 22
    return at - y
