"""A step Sankey: a column for each step, bars as high as who stands there, ribbons for who goes where; who ends runs out in grey-brown."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label, lines, written
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Segment
from safarnama.drawing.shaping import width
from safarnama.drawing.tokens import stage_colour

_HIGH, _GAP, _BAR, _LABEL, _LAST, _COLUMNS = 440.0, 7.0, 9.0, 13.0, 124.0, 7
_OTHER = Text(en="other", fa="دیگر")
_STEP = Text(en="step {n:number}", fa="گام {n:number}")
_KEY = (
    ("lapis", Text(en="goes on", fa="ادامه می‌دهد")),
    ("ink-3", Text(en="other touchpoints", fa="نقاط تماس دیگر")),
    ("gone", Text(en="ends there", fa="همان‌جا پایان می‌دهد")),
)

_LATER = Text(
    en="Steps after the first {n:number} are in the table.", fa="گام‌های پس از {n:number} گام نخست در جدول است."
)
_END = Text(en="{n:count} end", fa="پایان {n:count}")
Node = tuple[int, str]


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    groups: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for row in finding.rows():
        if row["step"] < _COLUMNS:
            groups[row.get("segment")].append(row)
    most = max((row["step"] for row in finding.rows()), default=0) + 1
    at = y + _key(pen, finding.rows(), x, y)
    for segment, rows in groups.items():
        if segment is not None:
            pen.text(x, at + 17, label(pen, "segment", segment), 13, 800, "lapis")
            at += 26
        at += _sankey(pen, rows, x, at, room) + 14
    if most > _COLUMNS:
        at += pen.block(x, at - 6, pen.say(_LATER, n=_COLUMNS), room, 11, 400, "ink-3")
    return at - 14 - y


def _key(pen: Pen, rows: list[dict[str, Any]], x: float, y: float) -> float:
    states = {row["state"] for row in rows}
    for (colour, said), known in zip(_KEY, ("at", "other", "ended"), strict=True):
        if known in states:
            pen.box(x, y + 2, 10, 10, colour, radius=2)
            x += 15 + pen.text(x + 15, y + 11, pen.say(said), 11, 600, "ink-2") + 20
    return 26.0


def _sankey(pen: Pen, rows: list[dict[str, Any]], x: float, y: float, room: float) -> float:
    size: dict[Node, int] = defaultdict(int)
    into: dict[Node, int] = defaultdict(int)
    links: list[tuple[Node, Node, int]] = []
    ended: dict[Node, int] = defaultdict(int)
    for row in rows:
        start = (row["step"] - 1, _name(row["from"], row["from_state"]))
        size[start] += row["customers"]
        if row["state"] == "ended":
            ended[start] += row["customers"]
            continue
        end = (row["step"], _name(row["to"], row["state"]))
        into[end] += row["customers"]
        links.append((start, end, row["customers"]))
    columns = 1 + max(step for step, _ in (*size, *into))
    for node, n in into.items():
        size[node] = max(size[node], n)
    stacks = [
        sorted((node for node in size if node[0] == step), key=lambda node: (not node[1], -size[node], node[1]))
        for step in range(columns)
    ]
    scale = min((_HIGH - _GAP * len(stack)) / max(1, sum(size[node] for node in stack)) for stack in stacks)
    wide = (room - _LAST) / max(1, columns - 1)
    places: dict[Node, tuple[float, float]] = {}
    for step, stack in enumerate(stacks):
        down = y + 24
        pen.text(x + step * wide, y + 10, pen.say(_STEP, n=step + 1), 11, 700, "ink-3")
        for node in stack:
            places[node] = (x + step * wide, down)
            down += size[node] * scale + _GAP
    out: dict[Node, float] = defaultdict(float)
    come: dict[Node, float] = defaultdict(float)
    for start, end, n in sorted(links, key=lambda link: (link[0][0], places[link[0]][1], places[link[1]][1])):
        thick = n * scale
        (x1, y1), (x2, y2) = places[start], places[end]
        if thick >= 0.4:
            colour = "lapis" if start[1] and end[1] else "ink-3"
            pen.path(_ribbon(x1 + _BAR, y1 + out[start], x2, y2 + come[end], thick), fill=colour, opacity=0.2)
        out[start] += thick
        come[end] += thick
    for node, n in ended.items():
        thick = n * scale
        if thick >= 0.6:
            at, down = places[node]
            pen.path(_fall(at + _BAR, down + out[node], thick, min(30.0, wide / 3)), fill="gone", opacity=0.38)
    for node, (at, down) in places.items():
        high = max(1.0, size[node] * scale)
        pen.box(at, down, _BAR, high, stage_colour(node[0], columns) if node[1] else "ink-3", radius=1.5)
        name = label(pen, "touchpoint", node[1]) if node[1] else pen.say(_OTHER)
        space = wide - _BAR - 14 if node[0] + 1 < columns else _LAST - _BAR - 6
        ends = pen.say(_END, n=ended[node]) if ended[node] >= 0.02 * size[node] else ""
        _named(pen, name, pen.form(size[node], "count"), ends, at + _BAR + 5, down, high, space)
    return 24 + _HIGH


def _named(pen: Pen, name: str, figure: str, ends: str, x: float, y: float, high: float, room: float) -> None:
    """A name, how many stand there and how many of them end: below each other where the bar is high enough, else beside."""
    if high < _LABEL - _GAP + 2:
        return
    if high < 27:
        said = lines(name, room - width(figure, 10.5) - 5, 11, 600, 1)[0]
        taken = pen.text(x, y + high / 2 + 4, said, 11, 600, halo="paper")
        pen.text(x + taken + 5, y + high / 2 + 4, figure, 10.5, 400, "ink-2", halo="paper")
        return
    both = f"{figure} · {ends}"
    figures = [both] if ends and width(both, 10.5) <= room else [figure, ends] if ends and high >= 54 else [figure]
    told = lines(name, room, 11, 600, 2 if high >= 42 else 1)
    named = len(told) * pen.leading(11, True)
    top = y + (high - named - 13 * len(figures)) / 2
    written(pen, x, top + named / 2, told, 11, 600, halo="paper")
    for number, said in enumerate(figures):
        pen.text(x, top + named + 10 + 13 * number, said, 10.5, 400, "ink-2", halo="paper")


def _name(name: str | None, state: str) -> str:
    return name if name is not None and state == "at" else ""


def _ribbon(x1: float, y1: float, x2: float, y2: float, thick: float) -> tuple[Segment, ...]:
    m = (x1 + x2) / 2
    return (
        ("M", (x1, y1)),
        ("C", (m, y1, m, y2, x2, y2)),
        ("L", (x2, y2 + thick)),
        ("C", (m, y2 + thick, m, y1 + thick, x1, y1 + thick)),
        ("Z", ()),
    )


def _fall(x: float, y: float, thick: float, reach: float) -> tuple[Segment, ...]:
    """Who ends: a short ribbon that runs out."""
    return (
        ("M", (x, y)),
        ("L", (x + reach, y + thick * 0.35)),
        ("L", (x + reach, y + thick * 0.65)),
        ("L", (x, y + thick)),
        ("Z", ()),
    )
