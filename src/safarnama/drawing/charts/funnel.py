"""A funnel: a bar a step, what was lost between them, and how long the wait was."""

from __future__ import annotations

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label
from safarnama.drawing.parts.evidence import count
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.drawing.tokens import stage_colour

_LEAVE = Text(en="{share:percent.1} leave", fa="{share:percent.1} ریزش")
_AFTER = Text(en="median {wait:duration}", fa="میانه {wait:duration}")
_ROW = 52.0


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    rows = finding.rows()
    name = finding.chart.roles["label"] if finding.chart else "touchpoint"
    names = [label(pen, "stage" if name == "stage" else name, row[name]) for row in rows]
    rail = min(230.0, max(width(each, 13, 600) for each in names) + 18)
    start, full = x + rail, room - rail
    at = y
    segment = object()
    for place, (row, said) in enumerate(zip(rows, names, strict=True)):
        first = place == 0 or row.get("segment") != segment
        if row.get("segment") is not None and first:
            at += 8
            pen.text(x, at + 13, label(pen, "segment", row["segment"]), 13, 800, "lapis")
            at += 24
        segment = row.get("segment")
        share = row["share"] or 0.0
        bar = max(3.0, share * full)
        pen.text(x, at + 20, said, 13, 600, room=rail - 12)
        pen.box(start, at, full, 30, "track", radius=3)
        deep = place if "segment" not in row else sum(1 for other in rows[:place] if other.get("segment") == segment)
        steps = len(rows) if "segment" not in row else sum(1 for other in rows if other.get("segment") == segment)
        pen.box(start, at, bar, 30, stage_colour(deep, steps), radius=3)
        if row.get("low") is not None and 0 < share < 1:
            pen.line(start + row["low"] * full, at + 15, start + row["high"] * full, at + 15, "paper", 1.25)
        figure = pen.form(share, "percent.1" if 0 < share < 1 else "percent")
        inside = bar > width(figure, 14, 800) + 24
        pen.text(start + (11 if inside else bar + 9), at + 20.5, figure, 14, 800, "on-dark" if inside else "ink")
        said_n = count(pen, row["customers"], "customers")
        on_bar = bar > full - width(said_n, 11.5) - 20
        pen.text(start + full - 10, at + 20, said_n, 11.5, 400, "on-dark" if on_bar else "ink-2", anchor="end")
        following = rows[place + 1] if place + 1 < len(rows) else None
        at += 30
        if following is not None and following.get("segment") == row.get("segment"):
            _between(pen, row, following, start + 12, at)
            at += _ROW - 30
    return at - y + 4


def _between(pen: Pen, row: dict, following: dict, x: float, y: float) -> None:
    lost = row["customers"] - following["customers"]
    if lost > 0:
        pen.icon("arrow-down", x + 5, y + 11, 12, "pain", 2.2)
        x += 16
        x += pen.text(x, y + 15, pen.say(_LEAVE, share=lost / row["customers"]), 11, 600, "pain") + 12
    if following.get("median_seconds") is not None:
        pen.icon("clock", x + 5, y + 11, 11, "ink-3")
        pen.text(x + 14, y + 15, pen.say(_AFTER, wait=following["median_seconds"]), 11, 400, "ink-3")
