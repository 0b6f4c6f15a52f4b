"""Later: shards that take their shape when somebody looks at them, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import overload

from safarnama.journeys.shard import Shard


class Later(Sequence[Shard]):
    """The shards of ``before`` as ``make`` shapes them: nothing is done until one is looked at, and then only once."""

    def __init__(self, before: Sequence[Shard], make: Callable[[Shard], Shard]) -> None:
        self._before = before
        self._make = make
        self._made: dict[int, Shard] = {}
        self._locks = [Lock() for _ in before]

    def __len__(self) -> int:
        return len(self._locks)

    @overload
    def __getitem__(self, place: int) -> Shard: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Shard]: ...

    def __getitem__(self, place: int | slice) -> Shard | Sequence[Shard]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        at = range(len(self))[place]
        with self._locks[at]:
            if at not in self._made:
                self._made[at] = self._make(self._before[at])
            return self._made[at]

    def __repr__(self) -> str:
        return f"Later({len(self._made)} of {len(self)} shards made)"
