"""What changed beside the grid: the map itself, personas, opportunities, actions, links, and fields without a place on it."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.changes.cards import field
from safarnama.drawing.changes.passage import struck
from safarnama.drawing.changes.tags import kinds_of, tags
from safarnama.drawing.pen import Pen
from safarnama.maps.diff import Change, Diff
from safarnama.maps.naming import PARTS
from safarnama.maps.words import say

_TITLE = Text(en="Also changed", fa="نیز عوض شد")
_MORE = Text(en="and {n:changes} more", fa="و {n:changes} دیگر")
_OF = Text(en="{what}: {name}", fa="{what}: {name}")
_FIELDS, _GAP, _LEAST = 4, 20.0, 330.0
_MOST = 24
# What the grid itself tells of each.
_TOLD = {
    "map": {"title"},
    "stage": {"", "name", "order", "reached"},
    "step": {"", "name", "order", "inside"},
    "lane": {"", "title", "order"},
}


def beside(pen: Pen, found: Diff, shown: frozenset[str], x: float, y: float, wide: float) -> float:
    """Draw it below ``y`` in columns; returns its height. ``shown`` are the ids of curves that the sheet draws."""
    things = _things(found, shown)
    if not things:
        return 0.0
    pen.line(x, y, x + wide, y, "ink", 1)
    top = y + 12 + pen.block(x, y + 9, pen.say(_TITLE), wide, 12, 700, lines=1)
    many = max(1, int((wide + _GAP) // (_LEAST + _GAP)))
    room = (wide - (many - 1) * _GAP) / many
    ends = [top] * many
    for changes in things[:_MOST]:
        column = ends.index(min(ends))
        ends[column] += _thing(pen, changes, x + column * (room + _GAP), room, ends[column]) + 9
    low = max(ends)
    left = sum(len(changes) for changes in things[_MOST:])
    if left:
        low += 2 + pen.block(x, low + 2, pen.say(_MORE, n=left), wide, 10, 400, "ink-3", lines=1)
    return low - y + 4


def _things(found: Diff, shown: frozenset[str]) -> list[list[Change]]:
    """Changes that the grid does not tell, each thing's together."""
    things: dict[tuple[str, str], list[Change]] = {}
    for change in found:
        if change.what == "card" or (change.what.endswith("curve") and change.id in shown):
            continue
        if change.field not in _TOLD.get(change.what, ()):
            things.setdefault((change.what, change.id), []).append(change)
    return list(things.values())


def _thing(pen: Pen, changes: list[Change], x: float, room: float, y: float) -> float:
    first = changes[0]
    said = pen.say(_OF, what=PARTS[first.what], name=say(first.name, pen.language))
    said = said[:1].upper() + said[1:]
    fields = [change for change in changes if change.field]
    with pen.within(first.id or first.what, "changed", title=" ".join(change.say(pen.language) for change in changes)):
        pen.box(x, y + 3, 2, 12, "ink-3" if first.kind == "removed" else "lapis", radius=1)
        if first.kind == "removed":
            used = struck(pen, x + 9, y, said, room - 9, 10.5, 600, lines=2)
        else:
            used = pen.block(x + 9, y, said, room - 9, 10.5, 600, lines=2)
        used += tags(pen, kinds_of(changes), x + 9, y + used, room - 9)
        for change in fields[:_FIELDS]:
            used += field(pen, change, x + 9, room - 9, y + used)
        if len(fields) > _FIELDS:
            used += pen.block(x + 9, y + used, pen.say(_MORE, n=len(fields) - _FIELDS), room - 9, 9.5, 400, "ink-3", lines=1)  # fmt: skip
    return used
