"""The rows of both maps: a row where something changed with all its cards, one where nothing did in a line."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.changes import cards
from safarnama.drawing.changes.items import items_of, widened
from safarnama.drawing.changes.passage import struck
from safarnama.drawing.changes.tags import kinds_of, tags
from safarnama.drawing.lanes import ICONS
from safarnama.drawing.notes import lane_title
from safarnama.drawing.parts import journey
from safarnama.drawing.parts.frame import Frame
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Group
from safarnama.maps.diff import Change
from safarnama.maps.diff.union import Union
from safarnama.maps.lanes import Lane

Changes = dict[str, tuple[Change, ...]]
_SAME = Text(en="{n:cards}, none changed", fa="{n:cards}، بی‌تغییر")
_EMPTY = Text(en="no card", fa="بدون کارت")


def row(pen: Pen, union: Union, was: Lane | None, now: Lane | None, of_lane: tuple[Change, ...], of_cards: Changes, frame: Frame, y: float) -> float:  # fmt: skip
    """Draw a row below ``y``; returns its height."""
    lane = now or was
    assert lane is not None
    items = items_of(union, was, now, of_cards)
    pen.line(frame.margin, y, frame.right, y)
    if not of_lane and all(item.quiet and not item.left for item in items):
        return _line(pen, lane, len(items), frame, y)
    inner, rail = Pen(pen.language, pen.today), Pen(pen.language, pen.today)
    stages = [place for place, stretch in enumerate(union.stages) for _ in range(stretch.first, stretch.after)]
    # Each item stands below whatever already stands in its columns.
    depth = [y + 6.0] * frame.columns
    for item in widened(items, stages):
        x, wide = frame.x(item.first), (item.after - item.first) * frame.column
        at = max(depth[item.first : item.after])
        high = cards.draw(Pen(pen.language, pen.today), union, item, x, wide, at, 0)
        cards.draw(inner, union, item, x, wide, at, high)
        depth[item.first : item.after] = [at + high + 6] * (item.after - item.first)
    high = max(max(depth) - y, _name(rail, lane, was, of_lane, frame, y))
    pen.add(*rail.marks)
    pen.add(Group(tuple(inner.marks), id=f"lane-{lane.id}", title=lane_title(lane, pen.language), role="lane"))
    return high


def _name(pen: Pen, lane: Lane, was: Lane | None, changes: tuple[Change, ...], frame: Frame, y: float) -> float:
    """What a row is called and what became of it; returns the height."""
    used = 2 + journey.rail_name(pen, frame, y + 2, lane_title(lane, pen.language), "", ICONS[lane.kind])
    x, room = frame.margin + 23, frame.rail - 33
    if was and any(change.field == "title" for change in changes):
        used += struck(pen, x, y + used, lane_title(was, pen.language), room, 9.5, lines=2)
    return used + tags(pen, kinds_of(changes), x, y + used, room) + 8


def _line(pen: Pen, lane: Lane, n: int, frame: Frame, y: float) -> float:
    pen.icon(ICONS[lane.kind], frame.margin + 8, y + 13, 14, "ink-3")
    pen.text(frame.margin + 23, y + 17, lane_title(lane, pen.language), 10.5, 600, "ink-2", room=frame.rail - 28)
    said = pen.say(_SAME, n=n) if n else pen.say(_EMPTY)
    pen.text(frame.left + 9, y + 17, said, 9.5, 400, "ink-3", room=frame.right - frame.left - 18)
    return 26.0
