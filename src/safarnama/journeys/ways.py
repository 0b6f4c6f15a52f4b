"""Ways: the first steps of every customer, each way counted exactly as it was taken."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.journeys.partial import Keyed, Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard


@dataclass(frozen=True)
class Ways:
    """The first ``length`` touchpoints of every customer; with ``collapse`` the same one several times in a row is one."""

    length: int
    collapse: bool

    def count(self, shard: Shard, scope: Scope) -> Partial:
        """``all``: the customers of a shard; ``paths``: the customers of every way."""
        bits = self._bits(scope)
        keys = np.empty(shard.customers, np.uint64)
        _keys(shard.code, shard.offset, shard.runs, scope.table, self.length, self.collapse, bits, keys)
        everybody = {"all": np.array([shard.counted])}
        if bits:
            # A path is one number: counting paths is counting numbers.
            return Partial(sums=everybody, keyed={"paths": Keyed.each(shard.kept(keys).view(np.int64))})
        owners = np.flatnonzero(shard.mask())
        # Equal hashes might be two paths: each is compared with the path it is counted as.
        example, counts = _distinct_paths(
            keys[owners], owners, shard.code, shard.offset, scope.table, self.length, self.collapse
        )  # fmt: skip
        paths = _paths(shard.code, shard.offset, scope.table, self.length, self.collapse, owners[example])
        return Partial(sums=everybody, keyed={"paths": Keyed.of(paths, counts.reshape(-1, 1))})

    def _bits(self, scope: Scope) -> int:
        """Bits of a step in a path that is one number, its first step the highest; 0 when it does not fit into 63."""
        bits = max(1, int(scope.size).bit_length())
        return bits if self.length * bits <= 63 else 0

    def _numbers(self, keys: np.ndarray, scope: Scope) -> np.ndarray:
        bits = self._bits(scope)
        return (keys >> bits * np.arange(self.length)[::-1] & (1 << bits) - 1) - 1 if bits else keys

    def steps(self, keys: np.ndarray, scope: Scope) -> list[list[str]]:
        """The touchpoints of some ways from their keys, int64 (m, d)."""
        ways = self._numbers(keys, scope).tolist()
        return [[scope.touchpoints[number] for number in way if number >= 0] for way in ways]

    def variants(self, partial: Partial, scope: Scope) -> tuple[np.ndarray, np.ndarray]:
        """The distinct ways as numbers with -1 behind the last, int64 (m, length), in the order of their steps, and the customers
        of each, int64 (m,)."""
        paths = partial.keyed["paths"]
        return self._numbers(paths.keys, scope), paths.counts[:, 0]

    def taken(self, shard: Shard, scope: Scope) -> np.ndarray:
        """The way of every customer of a shard, as numbers with -1 behind the last, int64 (C, length)."""
        everybody = np.arange(shard.customers)
        found: np.ndarray = _paths(shard.code, shard.offset, scope.table, self.length, self.collapse, everybody)
        return found


@compiled
def _keys(code, offset, runs, table, length, collapse, bits, keys):
    """One number a customer: its path packed, ``bits`` a step, or a hash of it when ``bits`` is 0."""
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            key = np.uint64(0)
            taken = 0
            before = np.int64(-1)
            for i in range(offset[c], offset[c + 1] - 1):
                now = np.int64(table[code[i]])
                if collapse and now == before:
                    continue
                before = now
                if bits > 0:
                    key = (key << np.uint64(bits)) | np.uint64(now + 1)
                else:
                    key = (key ^ np.uint64(now + 1)) * np.uint64(0x9E3779B97F4A7C15)
                    key ^= key >> np.uint64(29)
                taken += 1
                if taken == length:
                    break
            # Shorter paths stand before those they begin: numbers sort as the rows of steps do.
            keys[c] = key << np.uint64(bits * (length - taken)) if bits > 0 else key


@compiled
def _same(a, b, code, offset, table, length, collapse):
    """Whether two customers took the same path."""
    i = offset[a]
    j = offset[b]
    end_i = offset[a + 1] - 1
    end_j = offset[b + 1] - 1
    before_i = np.int64(-1)
    before_j = np.int64(-1)
    for _ in range(length):
        while collapse and i < end_i and table[code[i]] == before_i:
            i += 1
        while collapse and j < end_j and table[code[j]] == before_j:
            j += 1
        if i == end_i or j == end_j:
            return i == end_i and j == end_j
        before_i = np.int64(table[code[i]])
        before_j = np.int64(table[code[j]])
        if before_i != before_j:
            return False
        i += 1
        j += 1
    return True


@compiled
def _distinct_paths(keys, owners, code, offset, table, length, collapse):
    width = 16
    while width < 2 * keys.size:
        width *= 2
    slots = np.full(width, -1, np.int64)
    example = np.empty(keys.size, np.int64)
    counts = np.empty(keys.size, np.int64)
    many = 0
    for i in range(keys.size):
        at = np.int64((keys[i] * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(20)) & (width - 1)
        while slots[at] >= 0:
            other = example[slots[at]]
            if keys[other] == keys[i] and _same(owners[other], owners[i], code, offset, table, length, collapse):
                break
            at = (at + 1) & (width - 1)
        if slots[at] < 0:
            slots[at] = many
            example[many] = i
            counts[many] = 1
            many += 1
        else:
            counts[slots[at]] += 1
    return example[:many].copy(), counts[:many].copy()


@compiled
def _paths(code, offset, table, length, collapse, owners):
    """The paths of these customers, one a row, -1 behind the last step."""
    out = np.full((owners.size, length), -1, np.int64)
    for row in range(owners.size):
        c = owners[row]
        taken = 0
        before = np.int64(-1)
        for i in range(offset[c], offset[c + 1] - 1):
            now = np.int64(table[code[i]])
            if collapse and now == before:
                continue
            before = now
            out[row, taken] = now
            taken += 1
            if taken == length:
                break
    return out
