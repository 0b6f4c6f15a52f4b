"""Two maps held against each other."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from safarnama.core import registry
from safarnama.maps.diff.change import Change, Kind
from safarnama.maps.diff.headline import headline
from safarnama.maps.diff.telling import Teller, is_point, told
from safarnama.maps.diff.things import Key, Thing, things
from safarnama.maps.model import Map

_PLACES = {"at", "until", "inside", "order"}
_COUNTED = {"figure", "evidence", "reached"}


@dataclass(frozen=True)
class Diff:
    """Two maps and all changes from the ``old`` to the ``new``, in the order of the new one; what only the old one has stands
    at the end. Empty where both say the same."""

    old: Map
    new: Map
    changes: tuple[Change, ...]

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def headline(self, language: str, today: date | None = None) -> str:
        """What changed, in a sentence; ``today`` decides what is stale."""
        return headline(self.old, self.new, self.changes, language, today)

    def say(self, language: str) -> list[str]:
        """Every change as a sentence."""
        return [change.say(language) for change in self.changes]

    def as_json(self) -> list[dict[str, Any]]:
        """Every change as plain values."""
        return [change.as_json() for change in self.changes]

    def draw(self, path: str | Path, **options: Any) -> Path:
        """Draw both maps as one picture; the ending says the output (svg, png, pdf, pptx, html). Options are ``language``,
        ``theme``, ``size``, ``pages`` and ``today``, as in ``Map.draw``."""
        drawn: Path = registry.find("door", "draw")(self, path, layout="diff", **options)
        return drawn


def diff(old: Map, new: Map) -> Diff:
    """All changes from one map to the other."""
    before, after = {each.key: each for each in things(old)}, {each.key: each for each in things(new)}
    old_names, new_names = _names(before), _names(after)
    was, now = Teller({**new_names, **old_names}), Teller({**old_names, **new_names})
    moved = _out_of_order(before, after)
    changes: list[Change] = []
    for key, thing in after.items():
        if key not in before:
            changes.append(Change("added", *key, thing.name))
            continue
        past, fields = before[key].fields, thing.fields
        for field in dict.fromkeys([*past, *fields]):
            a, b = past.get(field), fields.get(field)
            if a != b:
                at = field.partition(" ")[2]
                step = now.names.get(at, at) if is_point(thing.what, field) else None
                said = told(thing.what, field, a, b, was, now)
                changes.append(Change(_kind(thing, field, a, b), *key, thing.name, field, a, b, said, step))
        if key in moved:
            places = moved[key]
            changes.append(Change("moved", *key, thing.name, "order", *places, told(thing.what, "order", *places, was, now)))  # fmt: skip
    changes += [Change("removed", *key, thing.name) for key, thing in before.items() if key not in after]
    return Diff(old, new, tuple(changes))


def _names(found: dict[Key, Thing]) -> dict[str, Any]:
    return {thing.id: thing.name for thing in found.values()}


def _kind(thing: Thing, field: str, old: Any, new: Any) -> Kind:
    if field in _PLACES and thing.what != "map":
        return "moved"
    counted = field in _COUNTED or field.startswith(("derived ", "data ")) or thing.what == "data curve"
    if counted or is_point(thing.what, field) or _is_number(old) or _is_number(new):
        return "numbers"
    return "words" if field in thing.words else "structure"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _out_of_order(before: dict[Key, Thing], after: dict[Key, Thing]) -> dict[Key, tuple[int, int]]:
    """Things that stand elsewhere among those of their group that both maps have, with their places before and after. As few
    as can be: what came or went beside a thing has not moved it."""
    groups: dict[tuple[str, str], list[Key]] = defaultdict(list)
    places: dict[Key, tuple[int, int]] = {}
    old_place, new_place = _places(before), _places(after)
    for key, thing in after.items():
        if thing.among is not None and key in before and before[key].among == thing.among:
            groups[thing.what, thing.among].append(key)
            places[key] = (old_place[key], new_place[key])
    found: dict[Key, tuple[int, int]] = {}
    for keys in groups.values():
        kept = longest_rising([places[key][0] for key in keys])
        found |= {key: places[key] for number, key in enumerate(keys) if number not in kept}
    return found


def _places(found: dict[Key, Thing]) -> dict[Key, int]:
    """The number of each thing in its group, from 1."""
    counts: dict[tuple[str, str | None], int] = defaultdict(int)
    numbers = {}
    for key, thing in found.items():
        counts[thing.what, thing.among] += 1
        numbers[key] = counts[thing.what, thing.among]
    return numbers


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """The places of a longest rising part of different numbers.

    >>> sorted(longest_rising([2, 3, 1, 4]))
    [0, 1, 3]
    """
    ends: list[int] = []  # the smallest number that a rising part of each length ends with
    at: list[int] = []  # its place
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [place]
    kept: set[int] = set()
    place = at[-1] if at else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept
