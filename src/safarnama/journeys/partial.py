"""What counting a shard gives: a few arrays of whole numbers that add up.

Adding is associative and commutative and the empty partial changes nothing, so it does not matter how customers were spread
over shards, threads or machines.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce

import numpy as np


@dataclass(frozen=True)
class Keyed:
    """Counts by key: ``keys`` int64 (m, d), distinct rows in order; ``counts`` int64 (m, q)."""

    keys: np.ndarray
    counts: np.ndarray

    @classmethod
    def of(cls, keys: np.ndarray, counts: np.ndarray) -> Keyed:
        """From rows in any order; equal keys are added up."""
        keys, counts = (np.ascontiguousarray(part, np.int64) for part in (keys, counts))
        keys, counts = (part[:, None] if part.ndim == 1 else part for part in (keys, counts))
        if len(keys) < 2:
            return cls(keys, counts)
        order = np.lexsort(keys.T[::-1])
        keys, counts = keys[order], counts[order]
        new = np.concatenate([[True], np.any(keys[1:] != keys[:-1], axis=1)])
        starts = np.flatnonzero(new)
        return cls(keys[starts], np.add.reduceat(counts, starts, axis=0))

    def __add__(self, other: Keyed) -> Keyed:
        if not len(self.keys):
            return other
        if not len(other.keys):
            return self
        return Keyed.of(np.concatenate([self.keys, other.keys]), np.concatenate([self.counts, other.counts]))


@dataclass(frozen=True)
class Partial:
    """``sums``: name → int64 array of any shape, added place by place. ``keyed``: name → counts by key, united.
    ``lows``, ``highs``: name → int64 array, of which the smaller or the larger is kept."""

    sums: dict[str, np.ndarray] = field(default_factory=dict)
    keyed: dict[str, Keyed] = field(default_factory=dict)
    lows: dict[str, np.ndarray] = field(default_factory=dict)
    highs: dict[str, np.ndarray] = field(default_factory=dict)

    def __add__(self, other: Partial) -> Partial:
        return Partial(
            _joined(self.sums, other.sums, np.add),
            _joined(self.keyed, other.keyed, lambda a, b: a + b),
            _joined(self.lows, other.lows, np.minimum),
            _joined(self.highs, other.highs, np.maximum),
        )

    def to_bytes(self) -> bytes:
        """For sending to another process."""
        buffer = io.BytesIO()
        arrays = {f"sums/{name}": array for name, array in self.sums.items()}
        arrays |= {f"lows/{name}": array for name, array in self.lows.items()}
        arrays |= {f"highs/{name}": array for name, array in self.highs.items()}
        for name, keyed in self.keyed.items():
            arrays[f"keys/{name}"], arrays[f"counts/{name}"] = keyed.keys, keyed.counts
        np.savez(buffer, **arrays)  # type: ignore[arg-type]
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Partial:
        partial = cls()
        with np.load(io.BytesIO(data)) as arrays:
            for path in arrays.files:
                kind, _, name = path.partition("/")
                if kind == "keys":
                    partial.keyed[name] = Keyed(arrays[path], arrays[f"counts/{name}"])
                elif kind != "counts":
                    getattr(partial, kind)[name] = arrays[path]
        return partial


def total(partials: Iterable[Partial]) -> Partial:
    """All of them added up."""
    return reduce(lambda a, b: a + b, partials, Partial())


def _joined(mine, theirs, join):
    both = {name: join(mine[name], theirs[name]) for name in mine.keys() & theirs.keys()}
    return {name: both.get(name, mine.get(name, theirs.get(name))) for name in {**mine, **theirs}}
