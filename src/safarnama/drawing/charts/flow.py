"""Flow as a Sankey: touchpoints in the order in which they tend to come, ribbons as wide as the passages between them.

What leads back is drawn as a thin line beneath, what ends as grey-brown: people who leave are never red.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import step
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Segment
from safarnama.drawing.shaping import width
from safarnama.drawing.tokens import stage_colour

_NODES, _COLUMNS = 12, 5
_HIGH, _GAP, _BAR = 330.0, 16.0, 10.0
_REST = Text(
    en="The {n:number} most frequent touchpoints; {share:percent} of all passages are between them.",
    fa="{n:number} نقطه تماس پرتکرار؛ {share:percent} از همه گذرها میان آنهاست.",
)


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    rows = [row for row in finding.rows() if row["from"] != row["to"]]
    weight: dict[str, int] = defaultdict(int)
    for row in rows:
        for name in (row["from"], row["to"]):
            if name is not None:
                weight[name] += row["count"]
    names = [name for name, _ in sorted(weight.items(), key=lambda item: (-item[1], item[0]))[:_NODES]]
    kept = [row for row in rows if row["from"] in (*names, None) and row["to"] in (*names, None)]
    counts = {(row["from"], row["to"]): row["count"] for row in kept if not (row["from"] is None and row["to"] is None)}
    level = _levels(names, counts)
    order = sorted(names, key=lambda name: (level[name], name))
    columns = _columns(order, level)
    forward = {pair: n for pair, n in counts.items() if None not in pair and columns[pair[0]] < columns[pair[1]]}
    ends = {name: counts.get((name, None), 0) for name in names}
    sizes = {
        name: max(
            sum(n for (_, b), n in forward.items() if b == name),
            sum(n for (a, _), n in forward.items() if a == name) + ends[name],
            1,
        )
        for name in names
    }
    stacks = [
        [name for name in order if columns[name] == column] for column in range(max(columns.values(), default=0) + 1)
    ]
    scale = min(
        (_HIGH - _GAP * (len(stack) - 1)) / max(1, sum(sizes[name] for name in stack)) for stack in stacks if stack
    )
    places = _places(pen, stacks, sizes, scale, x, y + 8, room)
    _ribbons(pen, forward, ends, places, sizes, scale, columns)
    _labels(pen, order, places, sizes, scale, columns, len(stacks), x, room)
    total = sum(row["count"] for row in rows if row["from"] is not None and row["to"] is not None)
    inside = sum(n for pair, n in counts.items() if None not in pair)
    note = pen.say(_REST, n=len(names), share=inside / total if total else 1)
    pen.text(x, y + _HIGH + 34, note, 11, 400, "ink-3", room=room)
    return _HIGH + 40


def _levels(names: list[str], counts: dict[tuple[str | None, str | None], int]) -> dict[str, float]:
    """How far along each touchpoint stands: one step more than what leads to it, as nearly as all passages allow together
    (the levels of MacKay, Johnson and Sansom, How directed is a directed network?, 2020)."""
    size = len(names)
    place = {name: number for number, name in enumerate(names)}
    laplace = np.zeros((size + 1, size + 1))
    pull = np.zeros(size + 1)
    for (a, b), n in counts.items():
        if b is None:
            continue
        i, j = place.get(a, size) if a is not None else size, place[b]
        laplace[i, i] += n
        laplace[j, j] += n
        laplace[i, j] -= n
        laplace[j, i] -= n
        pull[j] += n
        pull[i] -= n
    laplace[size] = 0
    laplace[size, size] = 1
    pull[size] = 0
    found = np.linalg.lstsq(laplace, pull, rcond=None)[0]
    return {name: float(found[number]) for name, number in place.items()}


def _columns(order: list[str], level: dict[str, float]) -> dict[str, int]:
    """The touchpoints spread over a few columns, each with about as many."""
    many = min(_COLUMNS, max(1, (len(order) + 1) // 2))
    del level
    return {name: place * many // max(1, len(order)) for place, name in enumerate(order)}


def _places(
    pen: Pen, stacks: list[list[str]], sizes: dict[str, int], scale: float, x: float, y: float, room: float
) -> dict[str, tuple[float, float]]:
    first = max((width(step(pen, name), 12, 700) for name in stacks[0]), default=0) if stacks else 0
    last = max((width(step(pen, name), 12, 700) for name in stacks[-1]), default=0) if stacks else 0
    start, end = x + min(first + 14, 150), x + room - min(last + 14, 150) - _BAR
    places = {}
    for number, stack in enumerate(stacks):
        at = start + (end - start) * number / max(1, len(stacks) - 1)
        used = sum(sizes[name] for name in stack) * scale + _GAP * (len(stack) - 1)
        down = y + (_HIGH - used) / 2
        for name in stack:
            places[name] = (at, down)
            down += sizes[name] * scale + _GAP
    return places


def _ribbons(
    pen: Pen,
    forward: dict[tuple[str | None, str | None], int],
    ends: dict[str, int],
    places: dict[str, tuple[float, float]],
    sizes: dict[str, int],
    scale: float,
    columns: dict[str, int],
) -> None:
    out: dict[str, float] = defaultdict(float)
    into: dict[str, float] = defaultdict(float)
    ordered = sorted(forward.items(), key=lambda item: (places[str(item[0][0])][1], places[str(item[0][1])][1]))
    for (a, b), n in ordered:
        assert a is not None and b is not None
        thick = n * scale
        x1, y1 = places[a][0] + _BAR, places[a][1] + out[a]
        x2, y2 = places[b][0], places[b][1] + into[b]
        out[a] += thick
        into[b] += thick
        far = columns[b] - columns[a] > 1
        pen.path(_ribbon(x1, y1, x2, y2, thick), fill="lapis", opacity=0.14 if far else 0.24)
    for name, n in ends.items():
        thick = n * scale
        if thick >= 1:
            x1, y1 = places[name][0] + _BAR, places[name][1] + out[name]
            out[name] += thick
            pen.path(_fall(x1, y1, thick), fill="gone", opacity=0.3)


def _ribbon(x1: float, y1: float, x2: float, y2: float, thick: float) -> tuple[Segment, ...]:
    m = (x1 + x2) / 2
    return (
        ("M", (x1, y1)),
        ("C", (m, y1, m, y2, x2, y2)),
        ("L", (x2, y2 + thick)),
        ("C", (m, y2 + thick, m, y1 + thick, x1, y1 + thick)),
        ("Z", ()),
    )


def _fall(x: float, y: float, thick: float) -> tuple[Segment, ...]:
    """What ends: a short ribbon that runs out."""
    reach = 26.0
    return (
        ("M", (x, y)),
        ("L", (x + reach, y + thick * 0.35)),
        ("L", (x + reach, y + thick * 0.65)),
        ("L", (x, y + thick)),
        ("Z", ()),
    )


def _labels(
    pen: Pen,
    order: list[str],
    places: dict[str, tuple[float, float]],
    sizes: dict[str, int],
    scale: float,
    columns: dict[str, int],
    stacks: int,
    x: float,
    room: float,
) -> None:
    for name in order:
        at, down = places[name]
        high = max(2.0, sizes[name] * scale)
        pen.box(at, down, _BAR, high, stage_colour(columns[name], stacks), radius=1.5)
        said, figure = step(pen, name), pen.form(sizes[name], "count")
        middle = down + high / 2
        if columns[name] == 0:
            pen.text(at - 8, middle + 1, said, 12, 700, anchor="end", room=at - 8 - x)
            pen.text(at - 8, middle + 15, figure, 11, 400, "ink-2", anchor="end")
        else:
            space = (x + room - at - _BAR - 8) if columns[name] == stacks - 1 else 140
            pen.text(at + _BAR + 8, middle + 1, said, 12, 700, halo="paper", room=space)
            pen.text(at + _BAR + 8, middle + 15, figure, 11, 400, "ink-2", halo="paper")
