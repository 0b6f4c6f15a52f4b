"""Two maps on one grid: the stages, steps, lanes and cards of both, each once, in the order of the new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.stages import Stage, Step


@dataclass(frozen=True)
class Column:
    """A step of either map. A stage that lost all its steps to others keeps a column without one."""

    old: Step | None
    new: Step | None

    @property
    def step(self) -> Step | None:
        return self.new or self.old


@dataclass(frozen=True)
class Stretch:
    """A stage of either map and its columns, from ``first`` to one before ``after``."""

    old: Stage | None
    new: Stage | None
    first: int
    after: int

    @property
    def stage(self) -> Stage:
        stage = self.new or self.old
        assert stage is not None
        return stage


@dataclass(frozen=True)
class Union:
    """Both maps. Something that only the old one has stands after what came before it there."""

    old: Map
    new: Map

    @cached_property
    def stages(self) -> list[Stretch]:
        old, new = ({stage.id: stage for stage in document.stages} for document in (self.old, self.new))
        found, at = [], 0
        for name in merged(list(old), list(new)):
            wide = len(self._steps[name])
            found.append(Stretch(old.get(name), new.get(name), at, at + wide))
            at += wide
        return found

    @cached_property
    def columns(self) -> list[Column]:
        old, new = ({step.id: step for step in document.steps} for document in (self.old, self.new))
        names = [name for stretch in self.stages for name in self._steps[stretch.stage.id]]
        return [Column(None, None) if name is None else Column(old.get(name), new.get(name)) for name in names]

    @cached_property
    def _steps(self) -> dict[str, list[str | None]]:
        """The steps of every stage; one that moved stands where the new map has it."""
        old = {stage.id: [step.id for step in stage.steps] for stage in self.old.stages}
        new = {stage.id: [step.id for step in stage.steps] for stage in self.new.stages}
        kept = {step.id for step in self.new.steps}
        found: dict[str, list[str | None]] = {}
        for name in {**old, **new}:
            gone = [step for step in old.get(name, []) if step in new.get(name, []) or step not in kept]
            found[name] = [*merged(gone, new.get(name, []))] or [None]
        return found

    @cached_property
    def place(self) -> dict[str, int]:
        """The column of each step."""
        return {column.step.id: number for number, column in enumerate(self.columns) if column.step}

    @cached_property
    def lanes(self) -> list[tuple[Lane | None, Lane | None]]:
        """Rows: what each was and is."""
        old, new = ({lane.id: lane for lane in document.lanes} for document in (self.old, self.new))
        return [(old.get(name), new.get(name)) for name in merged(list(old), list(new))]

    def cards(self, was: Lane | None, now: Lane | None) -> list[tuple[Card | None, Card | None]]:
        """Cards of a row: those of the new map, and those that only the old one has."""
        mine = now.cards if now else []
        new = {card.id: card for card in mine}
        gone = [card for card in (was.cards if was else []) if card.id in new or card.id not in self.new_cards]
        order = merged([card.id for card in gone], list(new))
        return [(self.old_cards.get(name), new.get(name)) for name in order]

    @cached_property
    def old_cards(self) -> dict[str, Card]:
        return {card.id: card for lane in self.old.lanes for card in lane.cards}

    @cached_property
    def new_cards(self) -> dict[str, Card]:
        return {card.id: card for lane in self.new.lanes for card in lane.cards}

    def span(self, document: Map, card: Card) -> tuple[int, int]:
        """The first column that a card of either map covers, and one after its last: where its steps no longer stand
        together, those that stand with its first."""
        first, after = document.columns(card)
        at = sorted(self.place[step.id] for step in document.steps[first:after])
        start = self.place[document.steps[first].id]
        mine, end = set(at), start + 1
        last = at[-1]
        while end < len(self.columns) and (end in mine or (end < last and self._between(document, end))):
            end += 1
        return start, end

    def _between(self, document: Map, column: int) -> bool:
        """Whether the map has no step at this column, so that its cards reach over it."""
        step = self.columns[column].step
        return step is None or (self.columns[column].old if document is self.old else self.columns[column].new) is None


def merged(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Both lists as one, in the order of the new one.

    >>> merged(["a", "b", "c"], ["c", "d", "a"])
    ['c', 'd', 'a', 'b']
    """
    found = list(new)
    at = 0
    for name in old:
        if name in found:
            at = found.index(name) + 1
        else:
            found.insert(at, name)
            at += 1
    return found
