"""Channels: a line a touchpoint, a column a channel, and in each cell how many of those who met the touchpoint met it there."""

from __future__ import annotations

from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label, lines, share
from safarnama.drawing.charts.shades import depth_of, ink_on
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import fit, width

_COLUMNS, _ROWS = 9, 24
_HIGH, _SIZED, _GAP = 27.0, 56.0, 2.0
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
    wide = min(110.0, (room - rail - _SIZED) / len(shown))
    heads = [lines(label(pen, "channel", channel), wide - 6, 11, 600, 2) for channel in shown]
    head = 8 + max(map(len, heads)) * pen.leading(11, True)
    pen.text(start - 8, y + head - 6, pen.say(_WHO), 10.5, 400, "ink-3", anchor="end")
    for place, told in enumerate(heads):
        for number, line in enumerate(reversed(told)):
            base = y + head - 6 - number * pen.leading(11, True)
            pen.text(start + (place + 0.5) * wide, base, line, 11, 600, "lapis", anchor="middle")
    at = y + head
    for name in touchpoints[: _ROWS + 1]:
        middle, whole = at + _HIGH / 2, name is None
        pen.text(x, middle + 4.5, fit(names[name], rail - 10, 12.5, 600), 12.5, 800 if whole else 600)
        pen.text(start - 8, middle + 4.5, pen.form(everyone[name], "count"), 11, 400, "ink-3", anchor="end")
        for place, channel in enumerate(shown):
            left = start + place * wide
            pen.box(left, at, wide - _GAP, _HIGH - _GAP, "track", radius=2)
            if row := cells.get((name, channel)):
                depth = depth_of(row["share"])
                pen.box(left, at, wide - _GAP, _HIGH - _GAP, "lapis", radius=2, opacity=depth)
                ink, where = ink_on(depth), left + (wide - _GAP) / 2
                pen.text(where, middle + 3, share(pen, row["share"]), 10.5, 600, ink, anchor="middle", room=wide - 6)
        at += _HIGH + (6 if whole else 0)
    left_out = (max(0, len(touchpoints) - _ROWS - 1), max(0, len(channels) - _COLUMNS))
    if any(left_out):
        pen.text(x, at + 15, pen.say(_MORE, rows=left_out[0], columns=left_out[1]), 11, 400, "ink-3")
        at += 20
    return at - y
