"""Flow as an arc diagram: touchpoints from the top down in the order in which most passages lead onward, and the largest passages
between them as ribbons. What leads onward bows out on the far side, what leads back on the side where reading starts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.core.words.counted import FEWEST
from safarnama.drawing.charts.naming import label, lines, step
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Segment
from safarnama.drawing.shaping import width

_NODES, _PASSAGES, _LEAST = 14, 26, 0.01
_LENGTH = 0.1  # of a passage: what each row that it spans is worth against its leading onward
_WIDE, _BACK, _GAP, _BROAD, _PAD = 236.0, 214.0, 16.0, 34.0, 9.0
_BOW, _FIGURE = 46.0, 46.0  # how far the nearest bow out, and the room of a number beside the farthest
_ONWARD, _BACKWARD = Text(en="onward", fa="رو به جلو"), Text(en="back", fa="بازگشت")
_TIMES = Text(en="{n:times}", fa="{n:times}")
_ENDS = Text(en="{n:count} end here", fa="پایان: {n:count} بار")
_AGAIN = Text(en="{n:count} the same again", fa="{n:count} بار تکرار")
_REST = Text(
    en="The {n:count} largest of {all:count} passages from one touchpoint to another: {share:percent} of all {times:times}. What is not drawn is in the table.",
    fa="{n:count} گذر بزرگ‌تر از میان {all:count} گذر از نقطه‌ای به نقطه دیگر: {share:percent} از روی‌هم {times:times}. آنچه کشیده نشده در جدول است.",
)

Passage = tuple[str, str]
Row = dict[str, Any]


@dataclass
class _Node:
    """A touchpoint: its lines, its captions, where it stands, and its passages."""

    lines: list[str]
    caption: str
    ends: str
    high: float = 0.0
    top: float = 0.0


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    groups: dict[str | None, list[Row]] = defaultdict(list)
    for row in finding.rows():
        groups[row.get("segment")].append(row)
    at = y
    for segment, rows in groups.items():
        if segment is not None:
            pen.text(x, at + 17, label(pen, "segment", segment), 13, 800, "lapis")
            at += 28
        at += _flow(pen, rows, x, at, room) + 18
    return at - 18 - y


def _flow(pen: Pen, rows: list[Row], x: float, y: float, room: float) -> float:
    counts: dict[Passage, int] = {}
    inside: dict[str, int] = defaultdict(int)
    starts: dict[str, int] = defaultdict(int)
    ends: dict[str, int] = defaultdict(int)
    again: dict[str, int] = defaultdict(int)
    for row in rows:
        if row["to"] is None:
            ends[row["from"]] += row["count"]
            continue
        inside[row["to"]] += row["count"]
        if row["from"] == row["to"]:
            again[row["to"]] += row["count"]
        elif row["from"] is not None:
            counts[row["from"], row["to"]] = row["count"]
        else:
            starts[row["to"]] += row["count"]
    drawn = _largest(counts)
    names = list(dict.fromkeys(name for pair in drawn for name in pair)) or [
        name for name, _ in sorted(inside.items(), key=lambda item: (-item[1], item[0]))[:_NODES]
    ]
    order = _ordered(names, counts, drawn, starts)
    nodes = {
        name: _Node(
            lines(step(pen, name), _WIDE - 24, 12.5, 700, 2),
            _caption(pen, inside[name], again[name]),
            pen.say(_ENDS, n=ends[name]) if ends[name] >= max(FEWEST, 0.02 * inside[name]) else "",
        )
        for name in order
    }
    at = y + _legend(pen, bool(_back(drawn, order)), x, y)
    at = _rows(pen, nodes, drawn, order, x + _BACK, at, x + room)
    if drawn:
        said = {"n": len(drawn), "all": len(counts), "times": sum(counts.values())}
        note = pen.say(_REST, share=sum(drawn.values()) / said["times"], **said)
        at += pen.block(x, at + 8, note, room, 11, 400, "ink-3", lines=2) + 8
    return at - y


def _largest(counts: dict[Passage, int]) -> dict[Passage, int]:
    """The largest passages, the very largest first: none is left out that is larger than one of them."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    drawn: dict[Passage, int] = {}
    names: set[str] = set()
    for pair, n in ordered[:_PASSAGES]:
        names |= set(pair)
        if len(names) > _NODES or n < _LEAST * ordered[0][1]:
            break
        drawn[pair] = n
    return drawn


def _back(drawn: dict[Passage, int], order: list[str]) -> list[Passage]:
    return [pair for pair in drawn if order.index(pair[0]) > order.index(pair[1])]


def _caption(pen: Pen, times: int, again: int) -> str:
    said = pen.say(_TIMES, n=times)
    return f"{said} · {pen.say(_AGAIN, n=again)}" if again >= 0.02 * times else said


def _ordered(
    names: list[str], counts: dict[Passage, int], drawn: dict[Passage, int], starts: dict[str, int]
) -> list[str]:
    """The order in which most passages lead onward and those that are drawn bow out least, exactly: of every set of touchpoints
    the best one to come last is remembered (Held and Karp's way through subsets). All passages between them lead onward or back,
    those that are not drawn too; what begins a journey is drawn to the top like a passage from there."""
    names = sorted(names)
    sets = np.arange(1 << len(names))
    # By the touchpoints that stand before, as bits: what is gained when another comes behind them, how many drawn passages there
    # are within them, and how many ends of such passages. Those that leave them are longer by one row.
    onward = [_summed([counts.get((before, after), 0) for before in names]) for after in names]
    near = [_summed([drawn.get((a, b), 0) + drawn.get((b, a), 0) for a in names]) for b in names]
    ends = _summed([sum(n for pair, n in drawn.items() if name in pair) - starts.get(name, 0) for name in names])
    within = np.zeros(1)
    for mine in near:
        within = np.concatenate([within, within + mine[: within.size]])
    longer = _LENGTH * (ends - 2 * within)
    best, last = np.zeros(sets.size), np.zeros(sets.size, np.int64)
    many = np.array([int(these).bit_count() for these in sets])
    for size in range(1, len(names) + 1):
        these = sets[many == size]
        found = np.full((len(names), these.size), -np.inf)
        for place, gained in enumerate(onward):
            there = (these >> place & 1).astype(bool)
            before = these[there] ^ (1 << place)
            found[place, there] = best[before] + gained[before]
        last[these] = found.argmax(axis=0)
        best[these] = found.max(axis=0) - longer[these]
    order: list[str] = []
    rest = sets.size - 1
    while rest:
        order.append(names[last[rest]])
        rest ^= 1 << int(last[rest])
    return order[::-1]


def _summed(numbers: list[int]) -> np.ndarray:
    """What the numbers of every set add up to, by the set as bits."""
    found = np.zeros(1)
    for number in numbers:
        found = np.concatenate([found, found + number])
    return found


def _legend(pen: Pen, back: bool, x: float, y: float) -> float:
    at = x
    for word, colour in ((_ONWARD, "lapis"), (_BACKWARD, "second"))[: 1 + back]:
        pen.box(at, y + 2, 16, 10, colour, radius=2, opacity=0.55)
        at += 22 + pen.text(at + 22, y + 11, pen.say(word), 11, 600, "ink-2") + 20
    return 26.0


def _rows(
    pen: Pen, nodes: dict[str, _Node], drawn: dict[Passage, int], order: list[str], x: float, y: float, end: float
) -> float:
    """The touchpoints and what leads from one to another; returns where they end."""
    back = set(_back(drawn, order))
    place = {name: number for number, name in enumerate(order)}
    scale = _BROAD / max(drawn.values(), default=1)
    for name, node in nodes.items():
        sides = [
            sum(n for pair, n in drawn.items() if name in pair and (pair in back) == side) * scale
            for side in (False, True)
        ]
        text = 2 * _PAD + len(node.lines) * pen.leading(12.5, True) + (1 + bool(node.ends)) * 14
        node.high = max(text, *(side + 8 for side in sides))
    for name in order:
        nodes[name].top = y
        y += nodes[name].high + _GAP
    ports = _ports(drawn, back, place, nodes, scale)
    longest = max((abs(place[a] - place[b]) for a, b in drawn), default=1)
    taken: list[tuple[float, float, float, float]] = []
    # The long ones behind, the large ones last, so that their numbers find room first.
    for pair in sorted(drawn, key=lambda pair: -abs(place[pair[0]] - place[pair[1]])):
        _ribbon(pen, pair, pair in back, ports, _reach(pair, place, longest, pair in back, x, end), x)
    for name in order:
        _node(pen, nodes[name], x)
    for pair, n in drawn.items():
        reach = _reach(pair, place, longest, pair in back, x, end)
        _figure(pen, pen.form(n, "count"), pair, pair in back, ports, reach, x, taken)
    return y - _GAP


def _ports(
    drawn: dict[Passage, int], back: set[Passage], place: dict[str, int], nodes: dict[str, _Node], scale: float
) -> dict[tuple[Passage, int], tuple[float, float]]:
    """Where each passage leaves (0) and arrives (1), from … to, stacked so that those of one touchpoint lie within each other."""
    ports: dict[tuple[Passage, int], tuple[float, float]] = {}
    for name, node in nodes.items():
        for side in (False, True):
            mine = [(pair, end) for pair in drawn for end in (0, 1) if pair[end] == name and (pair in back) == side]

            def far(port: tuple[Passage, int]) -> int:
                """How far off, and where, the other end is: above is negative."""
                pair, end = port
                return place[pair[1 - end]] - place[pair[end]]

            above = sorted((port for port in mine if far(port) < 0), key=lambda port: -far(port))
            below = sorted((port for port in mine if far(port) > 0), key=lambda port: -far(port))
            used = sum(drawn[pair] for pair, _ in mine) * scale
            top = node.top + (node.high - used) / 2
            for port in [*above, *below]:
                ports[port] = (top, top + drawn[port[0]] * scale)
                top += drawn[port[0]] * scale
    return ports


def _reach(pair: Passage, place: dict[str, int], longest: int, back: bool, x: float, end: float) -> float:
    """How far a ribbon bows out."""
    far = (_BACK if back else end - x - _WIDE) - _FIGURE
    span = abs(place[pair[0]] - place[pair[1]])
    return _BOW + (far - _BOW) * ((span - 1) / max(1, longest - 1)) ** 0.8


def _ribbon(
    pen: Pen, pair: Passage, back: bool, ports: dict[tuple[Passage, int], tuple[float, float]], reach: float, x: float
) -> None:
    upper, lower = sorted((ports[pair, 0], ports[pair, 1]))
    thick = max(0.8, upper[1] - upper[0])
    side, sign = (x, -1.0) if back else (x + _WIDE, 1.0)
    middle = (upper[0] + lower[0] + thick) / 2
    outer = _bow(side, reach * sign, upper[0], middle, lower[0] + thick)
    inner = _bow(side, max(6.0, reach - thick) * sign, lower[0], middle, upper[0] + thick)
    path: tuple[Segment, ...] = (
        ("M", (side, upper[0])), *outer, ("L", (side, lower[0])), *inner, ("Z", ()),
    )  # fmt: skip
    pen.path(path, fill="second" if back else "lapis", opacity=0.34 if back else 0.3)
    # A head where it arrives: it points at the touchpoint.
    middle = sum(ports[pair, 1]) / 2
    head: tuple[Segment, ...] = (
        ("M", (side + 9 * sign, middle - 4.5)),
        ("L", (side + 1.5 * sign, middle)),
        ("L", (side + 9 * sign, middle + 4.5)),
        ("Z", ()),
    )
    pen.path(head, fill="second" if back else "lapis")


def _bow(side: float, out: float, start: float, middle: float, end: float) -> tuple[Segment, Segment]:
    """From the side out to the middle and back, in two quarters, so that nothing lies farther out than the bow."""
    return (
        ("C", (side + 0.85 * out, start, side + out, start + 0.4 * (middle - start), side + out, middle)),
        ("C", (side + out, end + 0.4 * (middle - end), side + 0.85 * out, end, side, end)),
    )


def _node(pen: Pen, node: _Node, x: float) -> None:
    pen.box(x, node.top, _WIDE, node.high, "surface", "rule", radius=5)
    lead = pen.leading(12.5, True)
    used = len(node.lines) * lead + (1 + bool(node.ends)) * 14
    at = node.top + (node.high - used) / 2
    for line in node.lines:
        pen.text(x + _WIDE / 2, at + pen.rise(12.5, True), line, 12.5, 700, anchor="middle")
        at += lead
    pen.text(x + _WIDE / 2, at + 11, node.caption, 10.5, 400, "ink-2", anchor="middle", room=_WIDE - 16)
    if node.ends:
        wide = width(node.ends, 10.5) + 14
        pen.box(x + _WIDE / 2 - wide / 2, at + 17, 8, 8, "gone", radius=1.5)
        pen.text(x + _WIDE / 2 - wide / 2 + 13, at + 25, node.ends, 10.5, 400, "ink-2")


def _figure(
    pen: Pen,
    said: str,
    pair: Passage,
    back: bool,
    ports: dict[tuple[Passage, int], tuple[float, float]],
    reach: float,
    x: float,
    taken: list[tuple[float, float, float, float]],
) -> None:
    """How many, at the bow of the ribbon; left out where a larger one's number stands."""
    upper, lower = sorted((ports[pair, 0], ports[pair, 1]))
    at = x - reach - 3 if back else x + _WIDE + reach + 3
    wide = width(said, 10.5, 700)
    left = at - wide if back else at
    middle = (upper[0] + lower[1]) / 2
    for down in (middle, middle - 12, middle + 12):
        here = (left, down - 7, left + wide, down + 5)
        if not any(here[0] < b[2] + 4 and b[0] < here[2] + 4 and here[1] < b[3] and b[1] < here[3] for b in taken):
            taken.append(here)
            pen.text(at, down + 3.5, said, 10.5, 700, "ink-2", anchor="end" if back else "start", halo="paper")
            return
