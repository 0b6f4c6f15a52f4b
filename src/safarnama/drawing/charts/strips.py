"""Strips: a journey a row, step by step as chips, and how many it stands for."""

from __future__ import annotations

from collections.abc import Sequence

from safarnama.core.finding import Finding
from safarnama.core.paths import path_names
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.drawing.charts.naming import label
from safarnama.drawing.parts.evidence import count
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import fit, width

_FIGURE, _HIGH, _GAP = 104.0, 26.0, 5.0
_EXACTLY = Text(en="{n:count} exactly so", fa="{n:count} نفر دقیقا چنین")


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    at = y
    segment = None
    for row in finding.rows():
        if row.get("segment") is not None and row["segment"] != segment:
            segment = row["segment"]
            pen.text(x, at + 17, label(pen, "segment", segment), 13, 800, "lapis")
            at += 28
        pen.text(x, at + 20, pen.form(row["share"], "percent"), 19, 800, "lapis")
        pen.text(x, at + 36, count(pen, row["customers"], "customers"), 10.5, 400, "ink-3")
        high = _chips(pen, path_names(row["path"]), x + _FIGURE, at + 2, room - _FIGURE)
        if row["exactly"] >= 5:
            pen.text(x + _FIGURE, at + high + 14, pen.say(_EXACTLY, n=row["exactly"]), 10, 400, "ink-3")
            high += 14
        at += max(46.0, high + 14)
        pen.line(x, at - 5, x + room, at - 5, "rule")
    return at - y


def _chips(pen: Pen, names: Sequence[str], x: float, y: float, room: float) -> float:
    """Chips in reading order, as many lines as they need; a small chevron leads from one to the next."""
    left, down = x, y
    for place, name in enumerate(names):
        known = touchpoint(name)
        said = fit(pen.say(known.title), 150, 11, 600)
        wide = width(said, 11, 600) + 34
        if left + wide > x + room and left > x:
            left, down = x, down + _HIGH + 6
        tone = {1: ("gain-tint", "gain"), -1: ("pain-tint", "pain")}.get(known.sign, ("lapis-tint", "lapis"))
        pen.box(left, down, wide, _HIGH, tone[0], radius=_HIGH / 2)
        pen.icon(known.icon, left + 15, down + _HIGH / 2, 13, tone[1])
        pen.text(left + 26, down + 17, said, 11, 600, "ink")
        left += wide + _GAP
        if place + 1 < len(names):
            pen.icon("chevron-right", left + 3, down + _HIGH / 2, 9, "ink-3", 2.2, turns=True)
            left += 6 + _GAP
    return down - y + _HIGH
