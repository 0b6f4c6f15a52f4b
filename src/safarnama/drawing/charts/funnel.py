"""A funnel: a bar a step, what was lost between them, and how long the wait was.

Where the way parts, the bars of its ways stand beside each other: together they are those who came so far.
"""

from __future__ import annotations

from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label
from safarnama.drawing.parts.evidence import count
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width, wrap
from safarnama.drawing.tokens import stage_colour

_LEAVE = Text(en="{share:percent.1} leave", fa="{share:percent.1} ریزش")
_LEAVE_WAY = Text(en="{share:percent.1} of this way leave", fa="{share:percent.1} ریزش در همین راه")
_AFTER = Text(en="median {wait:duration}", fa="میانه {wait:duration}")
_SO_MANY = Text(en="{k:number} of {steps:steps}", fa="{k:number} از {steps:steps}")
_BAR, _GAP, _INDENT = 30.0, 22.0, 14.0
Row = dict[str, Any]


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    parts: dict[str | None, list[Row]] = {}
    for row in finding.rows():
        parts.setdefault(row.get("segment"), []).append(row)
    name = finding.chart.roles["label"] if finding.chart else "touchpoint"
    several = finding.parameters.get("order") == "any"
    at = y
    for segment, rows in parts.items():
        if segment is not None:
            at += 8
            pen.text(x, at + 13, label(pen, "segment", segment), 13, 800, "lapis")
            at += 24
        names = [
            pen.say(_SO_MANY, k=place, steps=len(rows)) if several else _name(pen, row, name)
            for place, row in enumerate(rows, 1)
        ]
        at = _steps(pen, rows, names, x, at, room) + 14
    return at - y - 10


def _name(pen: Pen, row: Row, column: str) -> str:
    """A step; a stage with its number, for it is spoken of by that."""
    said = label(pen, column, row[column])
    return f"{pen.form(row['stage'], 'count')} · {said}" if "stage" in row else said


def _steps(pen: Pen, rows: list[Row], names: list[str], x: float, y: float, room: float) -> float:
    indents = [_INDENT * (row.get("branch") or "").count(".") + (_INDENT if row.get("branch") else 0) for row in rows]
    rail = min(0.3 * room, max(width(each, 13, 600) + indent for each, indent in zip(names, indents, strict=True)) + 18)
    start, full = x + rail, room - rail
    everyone = sum(row["customers"] for row in rows if row["share"] and row is _first(rows, row)) or 1
    at = y
    for place, (row, said, indent) in enumerate(zip(rows, names, indents, strict=True)):
        if place:
            at = _between(pen, rows, place, start + 12, at)
        branch = row.get("branch")
        high = _BAR if not branch else _BAR - 6
        lines = wrap(said, rail - 12 - indent, 13, 600, 2)
        pen.block(x + indent, at + high / 2 - len(lines) * pen.leading(13, True) / 2, said, rail - 12 - indent, 13, 600,
                  lines=2, tight=True)  # fmt: skip
        if branch:
            goes_on = place > 0 and rows[place - 1].get("branch") == branch
            pen.line(x + indent - 8, at - (_GAP + 2 if goes_on else 2), x + indent - 8, at + high + 2, "lapis", 1.5)
        share = row["share"] or 0.0
        left = start + full * _before(rows, branch) / everyone if branch else start
        bar = max(3.0, share * full)
        pen.box(start, at, full, high, "track", radius=3)
        pen.box(left, at, bar, high, stage_colour(place, len(rows)), radius=3)
        crowded = (
            start + (row.get("high") or 1) * full
            > start + full - width(count(pen, row["customers"], "customers"), 11.5) - 30
        )
        if row.get("low") is not None and 0 < share < 1 and not branch and not crowded:
            _interval(pen, start, start + row["low"] * full, start + bar, start + row["high"] * full, at + high / 2)
        _figures(pen, row, share, left, bar, start, full, at, high)
        at += high
    return at


def _first(rows: list[Row], row: Row) -> Row | None:
    """The row itself when it is one of those that begin: the first of all, or the first of each way of a first fork."""
    if row is rows[0]:
        return row
    fork = _fork(rows[0].get("branch"))
    return row if fork and row in _openings(rows, fork) else None


def _fork(branch: str | None) -> str | None:
    """The fork that a way is of: ``2`` of ``2a``, ``2a.1`` of ``2a.1b``."""
    return branch[:-1] if branch else None


def _openings(rows: list[Row], fork: str) -> list[Row]:
    """The first row of each way of a fork."""
    found: dict[str, Row] = {}
    for row in rows:
        branch = row.get("branch") or ""
        if branch.startswith(fork) and branch[len(fork) : len(fork) + 1].isalpha():
            found.setdefault(branch[: len(fork) + 1], row)
    return list(found.values())


def _before(rows: list[Row], branch: str) -> int:
    """How many customers take the ways that stand before this one, in every fork that it is in."""
    parts = branch.split(".")
    total = 0
    for depth in range(len(parts)):
        way = ".".join(parts[: depth + 1])
        for row in _openings(rows, way[:-1]):
            if (row["branch"] or "")[: len(way)] == way:
                break
            total += row["customers"]
    return total


def _interval(pen: Pen, start: float, low: float, end: float, high: float, y: float) -> None:
    """Light on the bar, dark beyond it."""
    pen.line(max(start, low), y, min(end, high), y, "paper", 1.25)
    if high > end:
        pen.line(end, y, high, y, "ink-3", 1.25)


def _figures(
    pen: Pen, row: Row, share: float, left: float, bar: float, start: float, full: float, y: float, high: float
) -> None:
    figure = pen.form(share, "percent.1" if 0 < share < 1 else "percent")
    said = count(pen, row["customers"], "customers")
    wide, end = width(figure, 14, 800), start + full - 10
    middle = y + high / 2 + 5.5
    inside = bar > wide + 24
    n_at = end - width(said, 11.5) - 10
    covers = left < end and left + bar > n_at
    if covers and (left > n_at or left + bar < end):
        # The bar stands in the way of the number at the end: it goes in front of the bar.
        pen.text(left - 9, middle - 0.5, said, 11.5, 400, "ink-2", anchor="end")
        if not inside:
            pen.text(left - 19 - width(said, 11.5), middle, figure, 14, 800, anchor="end")
    else:
        pen.text(end, middle - 0.5, said, 11.5, 400, "on-dark" if covers else "ink-2", anchor="end")
        if not inside and left + bar + 9 + wide > n_at:
            pen.text(left - 9, middle, figure, 14, 800, anchor="end")
        elif not inside:
            pen.text(left + bar + 9, middle, figure, 14, 800)
    if inside:
        pen.text(left + 11, middle, figure, 14, 800, "on-dark")


def _between(pen: Pen, rows: list[Row], place: int, x: float, y: float) -> float:
    """Who is lost before a step, and how long the others took; where another way of a fork begins, a small gap."""
    row, before = rows[place], rows[place - 1]
    fork = _fork(row.get("branch"))
    beside = _openings(rows, fork) if fork else [row]
    if row in beside and row is not beside[0]:
        return y + 8
    together = sum(each["customers"] for each in (beside if row is beside[0] else [row]))
    lost = row["left"] if row.get("left") is not None else before["customers"] - together
    if lost > 0:
        pen.icon("arrow-down", x + 5, y + 11, 12, "pain", 2.2)
        said = pen.say(_LEAVE_WAY if fork and row not in beside else _LEAVE, share=lost / (lost + together))
        x += 16
        x += pen.text(x, y + 15, said, 11, 600, "pain") + 12
    if row.get("median_seconds") is not None:
        pen.icon("clock", x + 5, y + 11, 11, "ink-3")
        pen.text(x + 14, y + 15, pen.say(_AFTER, wait=row["median_seconds"]), 11, 400, "ink-3")
    return y + _GAP
