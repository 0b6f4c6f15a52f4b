"""Passages: from one place to another, a bar as long as how many took it, with the part that went wrong at its end."""

from __future__ import annotations

from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label, share
from safarnama.drawing.charts.rows import room_for
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import fit, width

_MOST, _HIGH = 24, 30.0
_MORE = Text(en="and {n:rows} more in the table", fa="و {n:rows} دیگر در جدول")
_ENDED, _OTHER = Text(en="nothing more", fa="هیچ"), Text(en="other touchpoints", fa="نقاط تماس دیگر")
_BROKEN = Text(en="{share:percent} break", fa="{share:percent} گسست")


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    roles = dict(finding.chart.roles) if finding.chart else {}
    counted, part = roles["count"], roles.get("part")
    rows = finding.rows()
    shown = room_for(rows, _MOST)
    named = roles.get("names", "touchpoint")
    ends = [(label(pen, named, row["from"]), _end(pen, row, named)) for row in shown]
    rails = [min(0.21 * room, max(width(each[side], 12, 600) for each in ends) + 10) for side in (0, 1)]
    start = x + rails[0] + 22 + rails[1] + 10
    full = room - (start - x) - 132
    top = max(row[counted] for row in shown)
    at = y
    segment = before = None
    for row, (first, second) in zip(shown, ends, strict=True):
        if row.get("segment") is not None and row["segment"] != segment:
            segment, before = row["segment"], None
            at += 10 if at > y else 0
            pen.text(x, at + 17, label(pen, "segment", segment), 13, 800, "lapis")
            at += 26
        if before is not None and before != row["from"] and not part:
            pen.line(x, at, x + room, at, "rule")
        middle = at + _HIGH / 2
        # One name for all that leads from it: the eye reads a group.
        if part or before != row["from"]:
            pen.text(x, middle + 4.5, fit(first, rails[0] - 4, 12, 600), 12, 600)
        before = row["from"]
        pen.icon("chevron-right", x + rails[0] + 8, middle, 10, "ink-3", 2.2, turns=True)
        ink = "ink-3" if row.get("state") == "ended" else "ink"
        pen.text(x + rails[0] + 22, middle + 4.5, fit(second, rails[1] - 4, 12, 600), 12, 600, ink)
        long = max(2.0, row[counted] / top * full)
        pen.box(start, middle - 7, full, 14, "track", radius=2)
        pen.box(start, middle - 7, long, 14, "gone" if row.get("state") == "ended" else "lapis", radius=2)
        if part and row[part]:
            broken = max(1.5, row[part] / row[counted] * long)
            pen.box(start + long - broken, middle - 7, broken, 14, "pain", radius=2)
        # The bold figure is what the bar is as long as.
        pen.text(start + full + 10, middle + 4.5, pen.form(row[counted], "count"), 12.5, 800)
        if not part or row[part]:
            note = pen.say(_BROKEN, share=row[part] / row[counted]) if part else share(pen, row["share"])
            pen.text(x + room, middle + 4.5, note, 11, 400, "ink-3", anchor="end")
        at += _HIGH
    if len(rows) > len(shown):
        pen.text(x, at + 16, pen.say(_MORE, n=len(rows) - len(shown)), 11, 400, "ink-3")
        at += 22
    return at - y


def _end(pen: Pen, row: dict[str, Any], named: str) -> str:
    state = row.get("state", "at")
    if state == "at":
        return label(pen, named, row["to"])
    return pen.say(_ENDED if state == "ended" else _OTHER)
