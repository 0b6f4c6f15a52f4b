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
        words = _packed(keys)
        # The order of equal keys does not matter: they are added up.
        order = np.argsort(words[0]) if len(words) == 1 else np.lexsort(words[::-1])
        new = np.zeros(len(keys), bool)
        new[0] = True
        for word in words:
            ordered = word[order]
            new[1:] |= ordered[1:] != ordered[:-1]
        starts = np.flatnonzero(new)
        return cls(keys[order[starts]], np.add.reduceat(counts[order], starts, axis=0))

    @classmethod
    def each(cls, values: np.ndarray) -> Keyed:
        """How often every one of these whole numbers occurs; shape (n,), in any order."""
        ordered = np.sort(np.ascontiguousarray(values, np.int64))
        starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if ordered.size else ordered
        return cls(ordered[starts].reshape(-1, 1), np.diff(np.append(starts, ordered.size)).reshape(-1, 1))

    def __add__(self, other: Keyed) -> Keyed:
        return united([self, other])


def united(parts: Sequence[Keyed]) -> Keyed:
    """Counts by key from several at once, two by two: all are in order already."""
    parts = [part for part in parts if len(part.keys)] or list(parts[:1])
    while len(parts) > 1:
        pairs = zip(parts[::2], parts[1::2], strict=False)
        rest = parts[len(parts) // 2 * 2 :]
        parts = [Keyed(*_weave(a.keys, a.counts, b.keys, b.counts)) for a, b in pairs] + rest
    return parts[0]


@compiled
def _weave(a_keys, a_counts, b_keys, b_counts):
    """Two lists of distinct rows in order as one; what both have is added up. Which of the two comes next is never guessed by a
    branch: it is as good as random."""
    a, b = a_keys.shape[0], b_keys.shape[0]
    width, wide = a_keys.shape[1], a_counts.shape[1]
    keys = np.empty((a + b, width), np.int64)
    counts = np.empty((a + b, wide), np.int64)
    i = 0
    j = 0
    many = 0
    while i < a and j < b:
        column = 0
        while column < width - 1 and a_keys[i, column] == b_keys[j, column]:
            column += 1
        mine = a_keys[i, column] <= b_keys[j, column]
        theirs = b_keys[j, column] <= a_keys[i, column]
        for c in range(width):
            keys[many, c] = a_keys[i, c] if mine else b_keys[j, c]
        for q in range(wide):
            counts[many, q] = a_counts[i, q] * mine + b_counts[j, q] * theirs
        i += mine
        j += theirs
        many += 1
    rest = a - i + b - j
    keys[many : many + a - i] = a_keys[i:]
    counts[many : many + a - i] = a_counts[i:]
    keys[many + a - i : many + rest] = b_keys[j:]
    counts[many + a - i : many + rest] = b_counts[j:]
    return keys[: many + rest].copy(), counts[: many + rest].copy()


def _packed(keys: np.ndarray) -> list[np.ndarray]:
    """Every row as few numbers that sort the same way, each (m,) int64: columns side by side as far as 63 bits go."""
    lows = keys.min(axis=0)
    bits = [(int(high) - int(low)).bit_length() for low, high in zip(lows, keys.max(axis=0), strict=True)]
    words: list[np.ndarray] = []
    free = 0
    for column, need in enumerate(bits):
        if need > free:
            # A column that needs all 64 bits stands alone, as it is.
            words.append(keys[:, column] - lows[column] if need <= 63 else keys[:, column])
            free = 63 - need
        elif need:
            words[-1] = (words[-1] << need) | (keys[:, column] - lows[column])
            free -= need
    return words or [keys[:, 0]]


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
