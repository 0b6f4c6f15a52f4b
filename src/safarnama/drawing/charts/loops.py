"""Loops: for each kind a small sign of its way and its most common loops, with how many take them, how often and how long it takes."""

from __future__ import annotations

from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label, share, step
from safarnama.drawing.charts.whisker import whisker
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width

_MOST, _ROW = 8, 28.0
_KINDS = {
    "repeats": (
        Text(en="Repeats", fa="تکرار"),
        Text(en="the same again, with nothing in between", fa="دوباره همان، بی‌آنکه چیزی در میان باشد"),
    ),
    "ping_pong": (
        Text(en="Ping-pong", fa="رفت‌وبرگشت"),
        Text(en="to one other touchpoint and back", fa="به یک نقطه تماس دیگر و بازگشت"),
    ),
    "rework": (
        Text(en="Detours", fa="دور زدن"),
        Text(en="back after two or more other touchpoints", fa="بازگشت پس از دو یا چند نقطه تماس دیگر"),
    ),
}
_HEADS = (
    Text(en="customers", fa="مشتریان"),
    Text(en="times", fa="دفعات"),
    Text(en="median time", fa="میانه زمان"),
    Text(en="time in all", fa="زمان روی‌هم"),
)
_MORE = Text(en="and {n:rows} more in the table", fa="و {n:rows} دیگر در جدول")
_COLUMNS = (62.0, 66.0, 84.0, 84.0)  # what the columns of figures take, from the bar on


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    rows = finding.rows()
    top = max((row["high"] for row in rows), default=1.0)
    names = {id(row): _name(pen, row) for row in rows}
    shown = [row for part in _parts(rows) for row in part[2][:_MOST]]
    rail = min(0.42 * room, max(width(names[id(row)], 12.5, 600) for row in shown) + 16)
    at = y
    segment = None
    for place, (mine, kind, part) in enumerate(_parts(rows)):
        if mine is not None and mine != segment:
            segment = mine
            pen.text(x, at + 17, label(pen, "segment", mine), 14, 800, "lapis")
            at += 30
        title, said = _KINDS[kind]
        wide = pen.text(x, at + 13, pen.say(title), 13, 800, "lapis")
        pen.text(x + wide + 10, at + 13, pen.say(said), 11, 400, "ink-3", room=room - sum(_COLUMNS) - wide - 20)
        if not place:
            edge = x + room - sum(_COLUMNS)
            for head, column in zip(_HEADS, _COLUMNS, strict=True):
                edge += column
                pen.text(edge, at + 13, pen.say(head), 10.5, 400, "ink-3", anchor="end")
        pen.line(x, at + 20, x + room, at + 20, "rule")
        at += 25
        for row in part[:_MOST]:
            _row(pen, row, names[id(row)], top, x, at, room, rail)
            at += _ROW
        if len(part) > _MOST:
            pen.text(x, at + 13, pen.say(_MORE, n=len(part) - _MOST), 11, 400, "ink-3")
            at += 18
        at += 16
    return at - y - 10


def _row(pen: Pen, row: dict[str, Any], name: str, top: float, x: float, y: float, room: float, rail: float) -> None:
    middle = y + _ROW / 2
    start, full = x + rail, room - rail - sum(_COLUMNS) - 52
    pen.text(x, middle + 4.5, name, 12.5, 600, room=rail - 12)
    pen.box(start, middle - 7, full, 14, "track", radius=2)
    pen.box(start, middle - 7, max(2.0, row["share"] / top * full), 14, "lapis", radius=2)
    low, high = start + row["low"] / top * full, start + row["high"] / top * full
    whisker(pen, low, start + row["share"] / top * full, high, middle)
    pen.text(start + full + 12, middle + 4.5, share(pen, row["share"]), 13, 800)
    edge = x + room - sum(_COLUMNS)
    figures = (
        pen.form(row["customers"], "count"),
        pen.form(row["times"], "count"),
        pen.form(row["median_seconds"], "duration"),
        pen.form(row["total_seconds"], "duration"),
    )
    for figure, column in zip(figures, _COLUMNS, strict=True):
        edge += column
        pen.text(edge, middle + 4.5, figure, 11.5, 400, "ink-2", anchor="end")


def _parts(rows: list[dict[str, Any]]) -> list[tuple[str | None, str, list[dict[str, Any]]]]:
    """The rows of every segment and kind, kinds in the order of how far the way leads."""
    segments = dict.fromkeys(row.get("segment") for row in rows)
    parts = [
        (segment, kind, [row for row in rows if row.get("segment") == segment and row["kind"] == kind])
        for segment in segments
        for kind in _KINDS
    ]
    return [part for part in parts if part[2]]


def _name(pen: Pen, row: dict[str, Any]) -> str:
    name = step(pen, row["touchpoint"])
    # The mark between points both ways, so it needs no turning.
    return f"{name} ‹› {step(pen, row['via'])}" if row["via"] is not None else name
