"""Differences: a line a row with a dot for each of the two, and the difference with its interval at the end."""

from __future__ import annotations

from typing import Any

from safarnama.core.filters import say_filter
from safarnama.core.finding import Finding
from safarnama.core.grammar import parse_filter
from safarnama.core.labels import label_title
from safarnama.core.words import Text, speech
from safarnama.core.words.lexicon import value_title
from safarnama.drawing.charts.naming import lines, written
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width

_MOST = 24
_REST = Text(en="and {n:rows} more, in the table", fa="و {n:rows} دیگر، در جدول")
_CLEAR = Text(en="clear", fa="آشکار")
_CHANCE = Text(en="could be chance", fa="شاید تصادف")
_RANGE = Text(en="{low} to {high}", fa="{low} تا {high}")
_ROW = 34.0
_COLUMNS = (62.0, 62.0, 158.0)  # the first number, the second, and the difference


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    at = y
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in finding.rows():
        groups.setdefault(row["segment"], []).append(row)
    column = str(finding.parameters.get("column") or "share")
    for rows in groups.values():
        at += _legend(pen, finding, rows[0], x, at, room) + 8
        at += _lines(pen, rows[:_MOST], column, x, at, room)
        if len(rows) > _MOST:
            pen.text(x, at + 12, pen.say(_REST, n=len(rows) - _MOST), 11, 400, "ink-3")
            at += 20
        at += 14
    return at - y - 6


def _legend(pen: Pen, finding: Finding, row: dict[str, Any], x: float, y: float, room: float) -> float:
    at = x
    for name, colour in ((row["base"], "lapis"), (row["segment"], "second")):
        # Segments of an attribute are its values; otherwise two filters are compared.
        said = pen.say(value_title(name) if finding.parameters.get("by") else say_filter(parse_filter(name)))
        pen.disc(at + 6, y + 8, 5.5, colour)
        at += 17 + pen.text(at + 17, y + 12.5, said, 12.5, 700, room=room / 2 - 40) + 22
    return 22.0


def _lines(pen: Pen, rows: list[dict[str, Any]], column: str, x: float, y: float, room: float) -> float:
    names = [label_title(row["row"], pen.language) for row in rows]
    rail = min(236.0, max(width(name, 12.5, 700) for name in names) + 18)
    left, wide = x + rail, room - rail - sum(_COLUMNS) - 14
    most = max([abs(value) for row in rows for value in (row["first"], row["second"]) if value is not None] or [1.0])
    most = (min(1.0, most * 1.1) if column == "share" else most) or 1.0
    for row, name in zip(rows, names, strict=True):
        middle = y + _ROW / 2
        clear = bool(row["clear"])
        told = lines(name, rail - 12, 12.5, 700, 2)
        written(pen, x, middle, told, 12.5, 700 if clear else 400, "ink" if clear else "ink-2")
        pen.line(left, middle, left + wide, middle, "track", 6, round=True)
        places = {
            colour: left + row[key] / most * wide
            for key, colour in (("first", "lapis"), ("second", "second"))
            if row[key] is not None
        }
        if len(places) == 2:
            pen.line(places["lapis"], middle, places["second"], middle, "ink-2" if clear else "ink-3", 2)
        for colour, place in places.items():
            pen.disc(place, middle, 6.5, "paper", colour, stroke_width=2.5)
            if clear:
                pen.disc(place, middle, 6.5, colour)
        _said(pen, row, column, left + wide + 14, middle, clear)
        y += _ROW
    return _ROW * len(rows)


def _said(pen: Pen, row: dict[str, Any], column: str, x: float, middle: float, clear: bool) -> None:
    """Both numbers in the colours of their dots, and the difference with its interval."""
    for key, ink in (("first", "lapis"), ("second", "second-text")):
        x += _COLUMNS[0]
        if row[key] is not None:
            pen.text(x, middle + 4.5, _number(pen, row[key], column), 12.5, 700, ink, anchor="end")
    end = x + _COLUMNS[2]
    if row["difference"] is None:
        return
    low, high = (_signed(pen, row[name], column) for name in ("difference_low", "difference_high"))
    word = pen.say(_CLEAR if clear else _CHANCE)
    ink = "ink" if clear else "ink-3"
    pen.text(end, middle - 1, _signed(pen, row["difference"], column), 12.5, 800 if clear else 400, ink, anchor="end")
    pen.text(end, middle + 11, f"{pen.say(_RANGE, low=low, high=high)} · {word}", 9.5, 400, "ink-3", anchor="end")


def _number(pen: Pen, value: float, column: str) -> str:
    if column.endswith("_seconds"):
        return pen.form(value, "duration")
    return pen.form(value, "percent.1" if column == "share" else "number.2")


def _signed(pen: Pen, value: float, column: str) -> str:
    """A difference: shares in points of a hundred, times as times."""
    if column.endswith("_seconds"):
        said = speech.duration(abs(value), pen.language)
        return ("−" if value < 0 else "+") + said
    # What rounds to nothing has no sign.
    return pen.form(round(100 * value if column == "share" else value, 1), "signed")
