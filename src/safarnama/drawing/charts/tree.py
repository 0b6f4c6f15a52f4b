"""A tree as an icicle: each column is a step, each branch as high as it has customers, what ended left open."""

from __future__ import annotations

from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import fit
from safarnama.drawing.tokens import stage_colour

_HIGH, _GAP = 560.0, 3.0
_OTHER = Text(en="other", fa="دیگر")
_NOTE = Text(
    en="Each branch is as high as it has customers; where nothing grows from it, they did nothing more, or the tree ends.",
    fa="بلندی هر شاخه به اندازه مشتریان آن است؛ جایی که چیزی از آن نروییده یا دیگر کاری نکرده‌اند یا درخت به آخر رسیده است.",
)


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    groups: dict[str | None, list[dict[str, Any]]] = {}
    for row in finding.rows():
        groups.setdefault(row.get("segment"), []).append(row)
    at = y
    for segment, rows in groups.items():
        if segment is not None:
            pen.text(x, at + 17, label(pen, "segment", segment), 13, 800, "lapis")
            at += 26
        _icicle(pen, rows, x, at, room)
        at += _HIGH + 16
    pen.text(x, at + 8, pen.say(_NOTE), 11, 400, "ink-3", room=room)
    return at + 12 - y


def _icicle(pen: Pen, rows: list[dict[str, Any]], x: float, y: float, room: float) -> None:
    depths = max(row["depth"] for row in rows)
    wide = (room - _GAP * (depths - 1)) / depths
    # Rows stand depth first, so the next free height of each depth is all there is to remember.
    free = [y] * (depths + 1)
    for row in rows:
        depth = row["depth"]
        high = row["share_of_all"] * _HIGH
        left, top = x + (depth - 1) * (wide + _GAP), free[depth - 1]
        free[depth - 1] = top + high
        if depth < depths:
            free[depth] = top
        if high < 1.2:
            continue
        other = row["state"] == "other"
        fill = "track" if other else "lapis-tint"
        pen.box(left, top + 0.5, wide, high - 1, fill, radius=2)
        pen.box(left, top + 0.5, 3, high - 1, "gone" if other else stage_colour(depth - 1, depths), radius=1.5)
        if high < 15:
            continue
        name = pen.say(_OTHER) if other else label(pen, "touchpoint", row["touchpoint"])
        figure = pen.form(row["share"], "percent")
        middle = top + high / 2 + 4
        pen.text(left + 10, middle, fit(name, wide - 62, 11.5, 600), 11.5, 600, "ink-2" if other else "ink")
        pen.text(left + wide - 8, middle, figure, 11, 800, anchor="end")
