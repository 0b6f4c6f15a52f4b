"""What counting a shard gives: a few arrays of whole numbers that add up.

Adding is associative and commutative and the empty partial changes nothing, so it does not matter how customers were spread
over shards, threads or machines.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import add

import numpy as np

from safarnama.core.compiled import compiled


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
        packed = _packed(keys)
        # The order of equal keys does not matter: they are added up.
        order = np.lexsort(keys.T[::-1]) if packed is None else np.argsort(packed)
        if packed is None:
            keys = keys[order]
            new = np.any(keys[1:] != keys[:-1], axis=1)
            starts = np.flatnonzero(np.concatenate([[True], new]))
            distinct = keys[starts]
        else:
            packed = packed[order]
            starts = np.flatnonzero(np.concatenate([[True], packed[1:] != packed[:-1]]))
            distinct = keys[order[starts]]
        return cls(distinct, np.add.reduceat(counts[order], starts, axis=0))

    @classmethod
    def each(cls, values: np.ndarray) -> Keyed:
        """How often every one of these whole numbers occurs; shape (n,), in any order."""
        ordered = np.sort(np.ascontiguousarray(values, np.int64))
        starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if ordered.size else ordered
        return cls(ordered[starts].reshape(-1, 1), np.diff(np.append(starts, ordered.size)).reshape(-1, 1))

    def __add__(self, other: Keyed) -> Keyed:
        return united([self, other])


def united(parts: Sequence[Keyed]) -> Keyed:
    """Counts by key from several at once: sorted once, however many they are."""
    filled = [part for part in parts if len(part.keys)]
    if len(filled) < 2:
        return filled[0] if filled else parts[0]
    if filled[0].keys.shape[1] == 1:
        return _woven(filled)
    return Keyed.of(np.concatenate([part.keys for part in filled]), np.concatenate([part.counts for part in filled]))


def _woven(parts: list[Keyed]) -> Keyed:
    """Counts by single numbers, two by two: both are in order already."""
    while len(parts) > 1:
        pairs = zip(parts[::2], parts[1::2], strict=False)
        rest = parts[len(parts) // 2 * 2 :]
        parts = [Keyed(*_weave(a.keys, a.counts, b.keys, b.counts)) for a, b in pairs] + rest
    return parts[0]


@compiled
def _weave(a_keys, a_counts, b_keys, b_counts):
    keys = np.empty((a_keys.size + b_keys.size, 1), np.int64)
    counts = np.empty((keys.size, a_counts.shape[1]), np.int64)
    i = 0
    j = 0
    many = 0
    while i < a_keys.size or j < b_keys.size:
        mine = i < a_keys.size and (j == b_keys.size or a_keys[i, 0] <= b_keys[j, 0])
        theirs = j < b_keys.size and (i == a_keys.size or b_keys[j, 0] <= a_keys[i, 0])
        keys[many, 0] = a_keys[i, 0] if mine else b_keys[j, 0]
        for q in range(counts.shape[1]):
            counts[many, q] = (a_counts[i, q] if mine else 0) + (b_counts[j, q] if theirs else 0)
        i += mine
        j += theirs
        many += 1
    return keys[:many].copy(), counts[:many].copy()


def _packed(keys: np.ndarray) -> np.ndarray | None:
    """Every row as one number that sorts the same way, (m,) int64; None where the columns need more than 63 bits."""
    lows = keys.min(axis=0)
    bits = [(int(high) - int(low)).bit_length() for low, high in zip(lows, keys.max(axis=0), strict=True)]
    if sum(bits) > 63:
        return None
    packed = keys[:, 0] - lows[0]
    for column in range(1, keys.shape[1]):
        packed = (packed << bits[column]) | (keys[:, column] - lows[column])
    return packed


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
    parts = list(partials)
    # Counts by key are united at once: one sort instead of one for every part.
    names = dict.fromkeys(name for part in parts for name in part.keyed)
    keyed = {name: united([part.keyed[name] for part in parts if name in part.keyed]) for name in names}
    plain = reduce(add, (replace(part, keyed={}) for part in parts), Partial())
    return replace(plain, keyed=keyed)


def _joined(mine, theirs, join):
    both = {name: join(mine[name], theirs[name]) for name in mine.keys() & theirs.keys()}
    return {name: both.get(name, mine.get(name, theirs.get(name))) for name in {**mine, **theirs}}
