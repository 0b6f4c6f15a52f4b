"""What stands in a row of the picture of a diff, and where: changed cards first, quiet ones in the columns that are left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from safarnama.maps.diff import Change
from safarnama.maps.diff.union import Union
from safarnama.maps.lanes import Card, Lane


@dataclass(frozen=True)
class Item:
    """A card of either map over columns from ``first`` to one before ``after``; ``left`` marks where a moved card stood."""

    first: int
    after: int
    old: Card | None
    new: Card | None
    changes: tuple[Change, ...]
    left: bool = False

    @property
    def card(self) -> Card:
        card = self.new or self.old
        assert card is not None
        return card

    @property
    def quiet(self) -> bool:
        """Whether it is as it was, or only says where something went."""
        return self.left or not self.changes


def items_of(union: Union, was: Lane | None, now: Lane | None, changes: dict[str, tuple[Change, ...]]) -> list[Item]:
    """The cards of a row, then those that left it for another place."""
    found = []
    for old, new in union.cards(was, now):
        card = new or old
        assert card is not None
        first, after = union.span(union.new if new else union.old, card)
        found.append(Item(first, after, old, new, changes.get(card.id, ())))
    for old in was.cards if was else []:
        went = {change.field for change in changes.get(old.id, ()) if change.kind == "moved"}
        if old.id in union.new_cards and went & {"at", "inside"}:
            first, after = union.span(union.old, old)
            found.append(Item(first, after, old, union.new_cards[old.id], (), left=True))
    return found


def widened(items: Sequence[Item], stages: Sequence[int]) -> list[Item]:
    """Changed items first. One of a single step reaches over the free step beside it in its own stage: a wide card is a low
    one. ``stages`` is the stage of each column."""
    taken = {column for item in items for column in range(item.first, item.after)}
    found = []
    for item in sorted(items, key=lambda item: item.quiet):
        for column in (item.after, item.first - 1) if item.after - item.first == 1 and not item.quiet else ():
            if 0 <= column < len(stages) and column not in taken and stages[column] == stages[item.first]:
                taken.add(column)
                item = replace(item, first=min(item.first, column), after=max(item.after, column + 1))
                break
        found.append(item)
    return found
