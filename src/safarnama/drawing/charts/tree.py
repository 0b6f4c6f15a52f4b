"""A tree as an icicle: each column is a step, each branch as high as it has customers, what ended left open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.drawing.charts.naming import label, lines, written
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.drawing.tokens import stage_colour

_HIGH, _GAP, _LEAST, _SIZE, _DEPTHS = 620.0, 3.0, 18.0, 11.5, 6
_OTHER, _VARIOUS = Text(en="other", fa="دیگر"), Text(en="various", fa="گوناگون")
_LATER = Text(
    en="Steps after the first {n:number} are in the table.", fa="گام‌های پس از {n:number} گام نخست در جدول است."
)
_NOTE = Text(
    en="Each branch is as high as it has customers, its share is of the branch before. Branches too thin to read are together in “other”. Where nothing grows, they did nothing more, or the tree ends.",
    fa="بلندی هر شاخه به اندازه مشتریان آن است و سهمش از شاخه پیشین. شاخه‌های باریک در «دیگر» جمع شده‌اند. جایی که چیزی نروییده، دیگر کاری نکرده‌اند یا درخت به آخر رسیده است.",
)


@dataclass
class _Branch:
    """A branch: its touchpoint (None for what is together as other), its customers, and what grows from it."""

    touchpoint: str | None
    customers: int
    grown: list[_Branch] = field(default_factory=list)


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    groups: dict[str | None, list[dict[str, Any]]] = {}
    for row in finding.rows():
        if row["depth"] <= _DEPTHS:
            groups.setdefault(row.get("segment"), []).append(row)
    at = y
    for segment, rows in groups.items():
        if segment is not None:
            pen.text(x, at + 17, label(pen, "segment", segment), 13, 800, "lapis")
            at += 26
        root = _grown(rows)
        depths = max(row["depth"] for row in rows)
        _branches(pen, root, 1, depths, _HIGH / root.customers, x, at, (room + _GAP) / depths)
        at += _HIGH + 12
    deeper = max(row["depth"] for row in finding.rows()) > _DEPTHS
    note = f"{pen.say(_NOTE)} {pen.say(_LATER, n=_DEPTHS)}" if deeper else pen.say(_NOTE)
    return at + pen.block(x, at, note, room, 11, 400, "ink-3", lines=3) - y


def _grown(rows: list[dict[str, Any]]) -> _Branch:
    """The tree of rows that stand depth first, everybody at its root."""
    everyone = round(rows[0]["customers"] / rows[0]["share_of_all"])
    way = [_Branch(None, everyone)]
    for row in rows:
        branch = _Branch(row["touchpoint"] if row["state"] == "at" else None, row["customers"])
        del way[row["depth"] :]
        way[-1].grown.append(branch)
        way.append(branch)
    return way[0]


def _shown(grown: list[_Branch], scale: float) -> list[_Branch]:
    """The branches that are high enough to be read, and the others as one. Where these are too thin as well, the smallest of the
    former joins them, unless it is a large one: then a sliver says more than to hide it."""
    named = [branch for branch in grown if branch.touchpoint is not None]
    kept = [branch for branch in named if branch.customers * scale >= _LEAST]
    rest = sum(branch.customers for branch in grown) - sum(branch.customers for branch in kept)
    while rest and rest * scale < _LEAST and len(kept) > 1 and kept[-1].customers * scale < 2 * _LEAST:
        rest += kept.pop().customers
    return [*kept, _Branch(None, rest)] if rest else kept


def _branches(
    pen: Pen, parent: _Branch, depth: int, depths: int, scale: float, x: float, y: float, step: float
) -> None:
    shown = _shown(parent.grown, scale)
    wide = step - _GAP
    for branch in shown:
        high = branch.customers * scale
        other = branch.touchpoint is None
        pen.box(x, y + 0.5, wide, max(0.5, high - 1), "track" if other else "lapis-tint", radius=2)
        pen.box(
            x,
            y + 0.5,
            3,
            max(0.5, high - 1),
            "assumed-edge" if other else stage_colour(depth - 1, depths),
            radius=1.5,
        )
        if high >= _LEAST - 1:
            only = other and len(shown) == 1
            name = pen.say(_VARIOUS if only else _OTHER) if other else label(pen, "touchpoint", branch.touchpoint)
            share, customers = branch.customers / parent.customers, pen.form(branch.customers, "count")
            figure = customers if only else pen.form(share, "percent")
            _said(pen, name, figure, "" if only else customers, x + 10, y, wide - 18, high, other)
        _branches(pen, branch, depth + 1, depths, scale, x + step, y, step)
        y += high


def _said(
    pen: Pen, name: str, figure: str, customers: str, x: float, y: float, room: float, high: float, quiet: bool
) -> None:
    """A branch's name with its share beside it, or, where there is room, the whole name with share and customers below."""
    ink = "ink-2" if quiet else "ink"
    lead = pen.leading(_SIZE, True)
    told = lines(name, room, _SIZE, 600, max(1, min(3, int((high - 24) / lead))))
    if high >= 24 + lead * len(told):
        top = y + high / 2 - (lead * len(told) + 16) / 2
        written(pen, x, top + lead * len(told) / 2, told, _SIZE, 600, ink)
        base = top + lead * len(told) + 12
        taken = pen.text(x, base, figure, 11, 800, ink)
        pen.text(x + taken + 7, base, customers, 10.5, 400, "ink-3", room=room - taken - 7)
        return
    middle = y + high / 2 + 4
    taken = width(figure, 11, 800)
    pen.text(x, middle, lines(name, room - taken - 8, _SIZE, 600, 1)[0], _SIZE, 600, ink)
    pen.text(x + room, middle, figure, 11, 800, ink, anchor="end")
