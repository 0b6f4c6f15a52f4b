"""Steps that part into several ways and come together again, written in the line of steps::

    product_view, (add_to_cart, checkout or call|chat), purchase

A bracket holds two ways or more, parted by ``or``; a way is steps in order, and may itself hold a bracket. Both directions are
lossless: ``parse_ways(say_steps(x)) == x``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import ClassVar

from safarnama.core.errors import Mistake
from safarnama.core.grammar import Reader, Step
from safarnama.core.words import Text

MOST_WAYS = 64


@dataclass(frozen=True, slots=True)
class Fork:
    """A place where the way parts: one of ``ways`` is taken, each of them steps in order."""

    ways: tuple[tuple[Step | Fork, ...], ...]
    optional: ClassVar[bool] = False
    excluded: ClassVar[bool] = False

    def __str__(self) -> str:
        return f"({' or '.join(','.join(map(str, way)) for way in self.ways)})"

    @property
    def names(self) -> tuple[str, ...]:
        """All touchpoints of all its ways."""
        return tuple(name for way in self.ways for each in way for name in each.names)


@dataclass(frozen=True)
class Place:
    """A step that is no exclusion, where it is written. ``number`` from 1 in the order of writing; ``branch``: "" on the trunk,
    else the place of the fork and the letter of the way, such as "2a", and for a fork in a way "2a.1b"; ``after``: the numbers of
    the steps that come directly before it."""

    number: int
    step: Step
    branch: str
    after: tuple[int, ...]


@dataclass(frozen=True)
class Route:
    """One way through from start to end. ``steps``: with what must not come between; ``places``: the number of each real step;
    ``far``: how far along a customer is who reached so many of them, whole parts of the trunk before steps inside of one."""

    steps: tuple[Step, ...]
    places: tuple[int, ...]
    far: tuple[tuple[int, int], ...]


def parse_ways(text: str) -> tuple[Step | Fork, ...]:
    """Steps and forks from their string form; raises ``Mistake`` where it stops making sense."""
    reader = _Reader(text)
    found = reader.way()
    reader.end()
    return found


def places_of(steps: Sequence[Step | Fork]) -> list[Place]:
    """Every real step in the order of writing."""
    found: list[Place] = []
    _place(steps, "", (), count(1), found)
    return found


def routes_of(steps: Sequence[Step | Fork]) -> list[Route]:
    """All ways through, in the order of writing. Raises ``Mistake`` when they are more than ``MOST_WAYS``."""
    numbers = count(1)
    routes = [Route((), (), ((0, 0),))]
    for step in steps:
        ways = _through(step, numbers)
        routes = [_joined(one, other) for one in routes for other in ways]
        if len(routes) > MOST_WAYS:
            raise Mistake(_TOO_MANY, n=len(routes), most=MOST_WAYS)
    return routes


def ends_of(steps: Sequence[Step | Fork], numbers: Iterator[int] | None = None) -> tuple[int, ...]:
    """The numbers of the steps with which the last of these ends."""
    return _place(steps, "", (), numbers or count(1), [])


def _place(
    steps: Sequence[Step | Fork], branch: str, after: tuple[int, ...], numbers: Iterator[int], found: list[Place]
) -> tuple[int, ...]:
    """Put down the steps that follow those of ``after``; returns the numbers of the last ones."""
    parts = [step for step in steps if not step.excluded]
    for at, step in enumerate(parts, 1):
        if isinstance(step, Fork):
            here = f"{branch}.{at}" if branch else str(at)
            after = tuple(
                number
                for letter, way in zip(_LETTERS, step.ways, strict=False)
                for number in _place(way, here + letter, after, numbers, found)
            )
        else:
            number = next(numbers)
            found.append(Place(number, step, branch, after))
            after = (number,)
    return after


def _through(step: Step | Fork, numbers: Iterator[int]) -> list[Route]:
    """The ways through one part of the trunk."""
    if isinstance(step, Fork):
        found = []
        for way in step.ways:
            inside = [Route((), (), ((0, 0),))]
            for each in way:
                ways = _through(each, numbers)
                inside = [_joined(one, other) for one in inside for other in ways]
            found += inside
        return [Route(way.steps, way.places, _inside(len(way.places))) for way in found]
    if step.excluded:
        return [Route((step,), (), ((0, 0),))]
    return [Route((step,), (next(numbers),), _inside(1))]


def _inside(steps: int) -> tuple[tuple[int, int], ...]:
    """How far along one is within a part of so many steps; with the last of them the whole part is done."""
    return (*((0, done) for done in range(steps)), (1, 0))


def _joined(one: Route, other: Route) -> Route:
    whole = one.far[-1][0]
    far = (*one.far, *((whole + parts, steps) for parts, steps in other.far[1:]))
    return Route(one.steps + other.steps, one.places + other.places, far)


class _Reader(Reader):
    """Reads steps and forks."""

    def way(self) -> tuple[Step | Fork, ...]:
        found = [self.part()]
        while self.take(","):
            found.append(self.part())
        return tuple(found)

    def part(self) -> Step | Fork:
        if not self.take("("):
            return self.step()
        ways = [self.way()]
        while self.take("or"):
            ways.append(self.way())
        if not self.take(")") or len(ways) < 2:
            raise self.lost()
        for way in ways:
            if all(step.excluded for step in way):
                raise Mistake(_EMPTY, seen=",".join(map(str, way)))
        if len(ways) > len(_LETTERS):
            raise Mistake(_TOO_MANY, n=len(ways), most=len(_LETTERS))
        return Fork(tuple(ways))


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TOO_MANY = Text(
    en="There are {n:count} ways through these steps; at most {most:count} can be told apart. Use A|B where it does not matter which.",
    fa="از این گام‌ها {n:count} راه می‌گذرد و دست‌بالا {most:count} راه را می‌شود جدا نشان داد. جایی که فرقی ندارد، A|B بنویسید.",
)
_EMPTY = Text(
    en="The way {seen} has no step of its own. Each way in a bracket needs at least one.",
    fa="راه {seen} گامی از خود ندارد. هر راه درون پرانتز دست‌کم یک گام می‌خواهد.",
)
