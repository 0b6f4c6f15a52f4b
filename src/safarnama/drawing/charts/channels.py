"""Channels: a line a touchpoint, a column a channel, and in each place how many of those who met the touchpoint met it there."""

from __future__ import annotations

from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import fit, width

_COLUMNS, _ROWS = 6, 24
_HIGH, _SIZED, _GAP, _FIGURE = 27.0, 56.0, 14.0, 44.0
_ALL = Text(en="All touchpoints", fa="همه نقاط تماس")
_WHO = Text(en="customers", fa="مشتریان")
_MORE = Text(
    en="Not drawn, in the table: {rows:touchpoints}, {columns:channels}.",
    fa="کشیده نشده و در جدول است: {rows:touchpoints} و {columns:channels}.",
)


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    groups: dict[str | None, list[dict[str, Any]]] = {}
    for row in finding.rows():
        groups.setdefault(row.get("segment"), []).append(row)
    at = y
    for segment, rows in groups.items():
        if segment is not None:
            pen.text(x, at + 17, label(pen, "segment", segment), 13, 800, "lapis")
            at += 28
        at += _places(pen, rows, x, at, room) + 16
    return at - 16 - y


def _places(pen: Pen, rows: list[dict[str, Any]], x: float, y: float, room: float) -> float:
    cells = {(row["touchpoint"], row["channel"]): row for row in rows}
    # How many met a touchpoint at all is what its shares are of.
    everyone = {row["touchpoint"]: round(row["customers"] / row["share"]) for row in rows}
    touchpoints = sorted(everyone, key=lambda name: (name is not None, -everyone[name], name or ""))
    channels = [row["channel"] for row in rows if row["touchpoint"] == touchpoints[0]]
    names = {name: pen.say(_ALL) if name is None else label(pen, "touchpoint", name) for name in touchpoints}
    rail = min(0.32 * room, max(width(name, 12.5, 700) for name in names.values()) + 14)
    start = x + rail + _SIZED
    shown = channels[:_COLUMNS]
    wide = (room - rail - _SIZED) / max(3, len(shown)) - _GAP
    pen.text(start - 4, y + 11, pen.say(_WHO), 10.5, 400, "ink-3", anchor="end")
    for place, channel in enumerate(shown):
        left = start + place * (wide + _GAP) + _GAP
        pen.text(left, y + 11, label(pen, "channel", channel), 12, 700, "lapis", room=wide)
    at = y + 20
    for name in touchpoints[: _ROWS + 1]:
        middle, whole = at + _HIGH / 2, name is None
        if whole:
            pen.box(x - 8, at + 1, room + 16, _HIGH - 2, "sunk", radius=4)
        pen.text(x, middle + 4.5, fit(names[name], rail - 10, 12.5, 600), 12.5, 700 if whole else 600)
        pen.text(start - 4, middle + 4.5, pen.form(everyone[name], "count"), 11, 400, "ink-3", anchor="end")
        for place, channel in enumerate(shown):
            row = cells.get((name, channel))
            left, full = start + place * (wide + _GAP) + _GAP, wide - _FIGURE
            share = row["share"] if row else 0.0
            pen.box(left, middle - 6, full, 12, "track", radius=2)
            if row:
                pen.box(left, middle - 6, max(2.0, share * full), 12, "lapis", radius=2)
            bold, ink = (700, "ink") if row else (400, "ink-3")
            pen.text(left + full + 6, middle + 4, pen.form(share, "percent"), 11.5, bold, ink)
        at += _HIGH
    left_out = (max(0, len(touchpoints) - _ROWS - 1), max(0, len(channels) - _COLUMNS))
    if any(left_out):
        pen.text(x, at + 15, pen.say(_MORE, rows=left_out[0], columns=left_out[1]), 11, 400, "ink-3")
        at += 20
    return at - y
