"""A matrix: what stands in each row and column as a cell, the deeper the more, with its figure where there is room."""

from __future__ import annotations

from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label
from safarnama.drawing.charts.shades import depth_of, ink_on
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width

_MOST_ROWS, _HIGH, _GAP, _SIZED = 24, 27.0, 2.0, 52.0
_STATES = {
    "other": Text(en="other touchpoints", fa="نقاط تماس دیگر"),
    "ended": Text(en="has ended", fa="پایان یافته"),
    "not_begun": Text(en="not begun yet", fa="هنوز آغاز نشده"),
    "all": Text(en="all together", fa="همه با هم"),
}
_MORE = Text(en="and {n:rows} more in the table", fa="و {n:rows} دیگر در جدول")
_HEADS = {
    "step": Text(en="step", fa="گام"),
    "day": Text(en="days since", fa="چند روز پس از آغاز"),
    "week": Text(en="weeks since", fa="چند هفته پس از آغاز"),
    "month": Text(en="months since", fa="چند ماه پس از آغاز"),
}


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    roles = dict(finding.chart.roles) if finding.chart else {}
    row_name, column_name, value_name = roles["row"], roles["column"], roles["value"]
    head = _HEADS.get(column_name) or _HEADS[str(finding.parameters.get("period"))]
    at = y
    for segment, rows in _segments(finding).items():
        if segment is not None:
            pen.text(x, at + 17, label(pen, "segment", segment), 13, 800, "lapis")
            at += 26
        at += _matrix(pen, rows, row_name, column_name, value_name, roles.get("size"), pen.say(head), x, at, room) + 10
    return at - y - 10


def _segments(finding: Finding) -> dict[str | None, list[dict[str, Any]]]:
    parts: dict[str | None, list[dict[str, Any]]] = {}
    for row in finding.rows():
        parts.setdefault(row.get("segment"), []).append(row)
    return parts


def _matrix(
    pen: Pen,
    rows: list[dict[str, Any]],
    row_name: str,
    column_name: str,
    value_name: str,
    size_name: str | None,
    corner: str,
    x: float,
    y: float,
    room: float,
) -> float:
    names = list(dict.fromkeys((row.get("state", "at"), row[row_name]) for row in rows))
    columns = list(dict.fromkeys(row[column_name] for row in rows))
    cells = {((row.get("state", "at"), row[row_name]), row[column_name]): row[value_name] for row in rows}
    # What is no place of its own (ended, other) is always shown, below the others.
    plain = [name for name in names if name[0] == "at"]
    shown = plain[:_MOST_ROWS] + [name for name in names if name[0] != "at"]
    said = [pen.say(_STATES[state]) if state in _STATES else label(pen, row_name, name) for state, name in shown]
    # How many stand in a row, where a column says it: the whole that its first cell is of.
    sizes = {(row.get("state", "at"), row[row_name]): row[size_name] for row in reversed(rows)} if size_name else {}
    counted = _SIZED if sizes else 0.0
    rail = (
        min(0.3 * room, max([width(each, 12, 600) for each in said] + [width(corner, 10.5) - counted]) + 14) + counted
    )
    top = max((value for value in cells.values() if value), default=1.0)
    step = (room - rail) / max(1, len(columns))
    numbered = step >= 30
    for place, column in enumerate(columns):
        head = pen.form(column, "count") if isinstance(column, int) else str(column)
        if step >= 20 or place % 5 == 0:
            pen.text(x + rail + (place + 0.5) * step, y + 11, head, 10.5, 600, "ink-3", anchor="middle")
    pen.text(x + rail - 12, y + 11, corner, 10.5, 400, "ink-3", anchor="end", room=rail - 12)
    at = y + 18
    for key, name in zip(shown, said, strict=True):
        aside = key[0] != "at"
        if aside and key == next((each for each in shown if each[0] != "at"), None):
            at += 7
        pen.text(
            x,
            at + _HIGH / 2 + 4,
            name,
            12,
            400 if aside else 600,
            "ink-3" if aside else "ink",
            room=rail - 12 - counted,
        )
        if key in sizes and key[0] == "at":
            pen.text(x + rail - 12, at + _HIGH / 2 + 4, pen.form(sizes[key], "count"), 11, 400, "ink-3", anchor="end")
        for place, column in enumerate(columns):
            value = cells.get((key, column))
            if value is None:
                continue
            left = x + rail + place * step
            pen.box(left, at, step - _GAP, _HIGH - _GAP, "track", radius=2)
            if value > 0:
                # The deepest is the largest; the root keeps small shares apart from nothing.
                depth = depth_of(value / top)
                pen.box(
                    left,
                    at,
                    step - _GAP,
                    _HIGH - _GAP,
                    "lapis" if key[0] in ("at", "all") else "ink-3",
                    radius=2,
                    opacity=depth,
                )
                if numbered and value >= 0.0095:
                    figure = pen.form(value, "percent.0")
                    middle = left + (step - _GAP) / 2
                    pen.text(middle, at + _HIGH / 2 + 3, figure, 10.5, 600, ink_on(depth), anchor="middle")
        at += _HIGH
    if len(plain) > _MOST_ROWS:
        pen.text(x, at + 14, pen.say(_MORE, n=len(plain) - _MOST_ROWS), 11, 400, "ink-3")
        at += 20
    return at - y
