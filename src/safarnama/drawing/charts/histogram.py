"""A histogram of how long it took: a strip for the whole way and one for each step, over one scale of spans."""

from __future__ import annotations

from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.grammar import parse_steps
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label
from safarnama.drawing.parts.evidence import count
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width, wrap
from safarnama.journeys.spans import SPANS, Span

_WHOLE = Text(en="The whole way", fa="کل راه")
_STEP = Text(en="Step {n:count} · {name}", fa="گام {n:count} · {name}")
_WAY = Text(en="Step {n:count} ({way}) · {name}", fa="گام {n:count} ({way}) · {name}")
_SO_MANY = Text(en="{k:number} of {steps:steps}", fa="{k:number} از {steps:steps}")
_UNTIL = Text(en="longer", fa="بیشتر")
_RAIL, _EDGE, _TALL, _LOW, _HEAD = 190.0, 24.0, 88.0, 34.0, 22.0
Row = dict[str, Any]


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    rows = finding.rows()
    spans = _spans(rows)
    full = max(row["share"] for row in rows)
    parameters = finding.parameters
    several = len(parse_steps(parameters["steps"])) if parameters.get("order") == "any" else None
    at = y
    for segment in dict.fromkeys(row.get("segment") for row in rows):
        mine = [row for row in rows if row.get("segment") == segment]
        if segment is not None:
            pen.text(x, at + 15, label(pen, "segment", segment), 14, 800, "lapis")
            at += 28
        strips: dict[Any, list[Row]] = {}
        for row in mine:
            strips.setdefault(row["step"], []).append(row)
        if len(strips) == 2 and None in strips:
            # One step is the whole way.
            strips = {None: strips[None]}
        start, top = x + _RAIL, at
        each = (room - _RAIL - _EDGE) / len(spans)
        # A share is as high in one strip as in another.
        heights = [max(_LOW, _TALL * max(row["share"] for row in strip) / full) for strip in strips.values()]
        bottom = at + sum(_HEAD + high + 8 for high in heights) - 8
        _scale(pen, spans, start, each, top + _HEAD - 6, bottom)
        for strip, high in zip(strips.values(), heights, strict=True):
            name = _name(pen, strip[0], several)
            _strip(pen, strip, name, spans, x, at, each, high, _TALL / full)
            at += _HEAD + high + 8
        at += 38
    return at - y - 16


def _spans(rows: list[Row]) -> list[Span]:
    """Every span from the first that anybody took to the last."""
    first, last = (pick(row["over_seconds"] for row in rows) for pick in (min, max))
    return [span for span in SPANS if first <= span[0] <= last]


def _scale(pen: Pen, spans: list[Span], start: float, each: float, y: float, bottom: float) -> None:
    """A line at the end of every span, and what it is."""
    for place, (over, within) in enumerate(spans):
        if not place and over:
            _tick(pen, over, start, y, bottom)
        if within is None:
            pen.text(start + (place + 0.5) * each, bottom + 14, pen.say(_UNTIL), 10, 400, "ink-3", anchor="middle")
        else:
            _tick(pen, within, start + (place + 1) * each, y, bottom)


def _tick(pen: Pen, seconds: float, x: float, y: float, bottom: float) -> None:
    pen.line(x, y, x, bottom + 3, "hair", 0.75)
    pen.text(x, bottom + 14, pen.form(seconds, "duration"), 10, 400, "ink-3", anchor="middle")


def _strip(
    pen: Pen,
    rows: list[Row],
    name: str,
    spans: list[Span],
    x: float,
    y: float,
    each: float,
    high: float,
    scale: float,
) -> None:
    whole = rows[0]["step"] is None
    base = y + _HEAD + high
    lines = wrap(name, _RAIL - 20, 13, 700, 2)
    step = pen.leading(13, True)
    middle = base - high / 2
    for place, line in enumerate(lines):
        under = middle + (place - len(lines) / 2) * step - 9 + pen.rise(13, True)
        pen.text(x, under, line, 13, 800 if whole else 600, direction=pen.direction)
    said = count(pen, sum(row["customers"] for row in rows), "customers")
    pen.text(x, middle + len(lines) * step / 2 + 5, said, 11, 400, "ink-3")
    most = max(row["share"] for row in rows)
    for row in rows:
        left = x + _RAIL + spans.index((row["over_seconds"], row["within_seconds"])) * each
        tip = row["share"] * scale
        if not row["customers"]:
            continue
        fullest = row["share"] == most
        pen.box(left + 1.5, base - max(1.5, tip), each - 3, max(1.5, tip), "lapis" if fullest else "lapis-2", radius=2)
        figure = pen.form(row["share"], "percent")
        if width(figure, 11, 700) < each:
            colour, weight = ("ink", 800) if fullest else ("ink-2", 400)
            pen.text(left + each / 2, base - max(1.5, tip) - 4, figure, 11, weight, colour, anchor="middle")
    pen.line(x + _RAIL, base, x + _RAIL + len(spans) * each, base, "ink-3", 1)


def _name(pen: Pen, row: Row, steps: int | None) -> str:
    """What a strip is of; ``steps`` where they may come in any order."""
    if row["step"] is None:
        return pen.say(_WHOLE)
    if steps is not None:
        return pen.say(_SO_MANY, k=row["step"], steps=steps)
    name = label(pen, "touchpoint", row["touchpoint"])
    if row.get("branch"):
        return pen.say(_WAY, n=row["step"], way=row["branch"], name=name)
    return pen.say(_STEP, n=row["step"], name=name)
