"""The frame of a sheet with columns: where the rail ends, where each step's column lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safarnama.maps.lanes import Card
from safarnama.maps.model import Map


@dataclass(frozen=True)
class Frame:
    """Logical x of everything in a grid. All rows share these columns. ``all`` says that every card must be seen, none counted
    as "+ 2"."""

    width: float
    margin: float
    rail: float
    columns: int
    all: bool = False

    @property
    def left(self) -> float:
        """Where the first column begins."""
        return self.margin + self.rail

    @property
    def right(self) -> float:
        """Where the last column ends."""
        return self.width - self.margin

    @property
    def column(self) -> float:
        """The width of a column."""
        return (self.right - self.left) / self.columns

    def x(self, place: float) -> float:
        """The start of a column."""
        return self.left + place * self.column

    def middle(self, place: int) -> float:
        return self.x(place + 0.5)

    def span(self, document: Map, card: Card) -> tuple[float, float]:
        """Start and width of what a card covers."""
        first, after = document.columns(card)
        return self.x(first), (after - first) * self.column


def stage_columns(document: Map) -> list[tuple[int, int]]:
    """First column and one after the last of every stage."""
    places, at = [], 0
    for stage in document.stages:
        places.append((at, at + len(stage.steps)))
        at += len(stage.steps)
    return places


def rows_of(document: Map, cards: Sequence[Card]) -> list[list[Card]]:
    """Cards in rows, in their order: none stands where another of its row does, however far each spans."""
    rows: list[tuple[set[int], list[Card]]] = []
    for card in cards:
        columns = set(range(*document.columns(card)))
        for taken, row in rows:
            if not taken & columns:
                taken |= columns
                row.append(card)
                break
        else:
            rows.append((columns, [card]))
    return [row for _, row in rows]


def roomy(document: Map, places: list[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """A card of one step may reach over the free step beside it in its own stage: a wide card is a low one."""
    taken = {column for first, after in places for column in range(first, after)}
    stage_of = [place for place, (first, after) in enumerate(stage_columns(document)) for _ in range(first, after)]
    found = {}
    for first, after in places:
        wide = (first, after)
        if after - first == 1:
            for column, reach in ((after, (first, after + 1)), (first - 1, (first - 1, after))):
                if 0 <= column < len(stage_of) and column not in taken and stage_of[column] == stage_of[first]:
                    taken.add(column)
                    wide = reach
                    break
        found[first, after] = wide
    return found
