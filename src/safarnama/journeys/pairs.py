"""Which touchpoint directly follows which: counted once a shard, for flow and whatever else rests on it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.journeys.partial import Keyed, united
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard

DENSE = 1024  # alphabets up to this size are counted in a square table
_PACKED = 128  # up to this size count and time share a cell, so that an event is one addition
_PORTION = 1 << 23  # slots of a large alphabet that are laid out at once: 64 MB


def pairs_of(shard: Shard, scope: Scope) -> Keyed:
    """Keys (from, to), counts (how often, milliseconds between). Number A, one past the alphabet, is the start as *from* and
    the end as *to*."""
    if scope.size > DENSE:
        return _many(shard, scope)
    side = scope.size + 1
    counts = np.zeros(side * side, np.int64)
    waits = np.zeros(side * side, np.int64)
    kernel = _packed_pairs if side <= _PACKED else _pairs
    kernel(shard.code, shard.gap, shard.offset, shard.runs, scope.table, side, counts, waits)
    inside = shard.mask()[_owner(shard, shard.long_at)] if shard.chosen is not None else slice(None)
    long_at, long_ms = shard.long_at[inside], shard.long_ms[inside]
    pairs = scope.table[shard.code[long_at - 1]].astype(np.int64) * side + scope.table[shard.code[long_at]]
    np.add.at(waits, pairs, long_ms)
    seen = np.flatnonzero(counts)
    keys = np.stack([seen // side, seen % side], 1)
    return Keyed.of(keys, np.stack([counts[seen], waits[seen]], 1))


@compiled
def _pairs(code, gap, offset, runs, table, side, counts, waits):
    for r in range(runs.shape[0]):
        before = np.int64(side - 1) * side
        for i in range(offset[runs[r, 0]], offset[runs[r, 1]]):
            now = np.int64(table[code[i]])
            counts[before + now] += 1
            waits[before + now] += gap[i]
            before = now * side


@compiled
def _packed_pairs(code, gap, offset, runs, table, side, counts, waits):
    """As ``_pairs``. 17 bits of a cell count and 47 add up gaps, which is enough for a block; two tables take turns, so that
    two events of the same kind in a row need not wait for each other."""
    u = np.uint64
    one = u(1) << u(47)
    low = one - u(1)
    block = u(32768)
    cells = side * side
    even = np.zeros(cells, np.uint64)
    odd = np.zeros(cells, np.uint64)
    width = np.uint32(side)
    held = u(0)
    for r in range(runs.shape[0]):
        before = np.uint32(side - 1)
        i = u(offset[runs[r, 0]])
        end = u(offset[runs[r, 1]])
        while i < end:
            stop = min(end, i + block - held)
            held += stop - i
            while i + u(1) < stop:
                here = np.uint32(table[code[i]])
                then = np.uint32(table[code[i + u(1)]])
                even[u(before * width + here)] += one + u(gap[i])
                odd[u(here * width + then)] += one + u(gap[i + u(1)])
                before = then
                i += u(2)
            if i < stop:
                here = np.uint32(table[code[i]])
                even[u(before * width + here)] += one + u(gap[i])
                before = here
                i += u(1)
            if held == block:
                _emptied(even, odd, low, counts, waits)
                held = u(0)
    _emptied(even, odd, low, counts, waits)


@compiled
def _emptied(even, odd, low, counts, waits):
    for cell in range(counts.size):
        counts[cell] += np.int64(even[cell] >> np.uint64(47)) + np.int64(odd[cell] >> np.uint64(47))
        waits[cell] += np.int64(even[cell] & low) + np.int64(odd[cell] & low)
        even[cell] = 0
        odd[cell] = 0


def _many(shard: Shard, scope: Scope) -> Keyed:
    """Pairs of a large alphabet: a square of them would not stay in the processor's cache, so events are first laid out by what
    they follow, and then every touchpoint's successors are counted in one row."""
    side = scope.size + 1
    parts = []
    for start, stop in _portions(shard):
        keys, counts = _by_first(shard.code[start:stop], shard.gap[start:stop], scope.table, side)
        inside = slice(*np.searchsorted(shard.long_at, [start, stop]))
        long_at, long_ms = shard.long_at[inside], shard.long_ms[inside]
        pairs = scope.table[shard.code[long_at - 1]].astype(np.int64) * side + scope.table[shard.code[long_at]]
        np.add.at(counts[:, 1], np.searchsorted(keys[:, 0] * side + keys[:, 1], pairs), long_ms)
        parts.append(Keyed(keys, counts))
    return united(parts)


def _portions(shard: Shard) -> Iterator[tuple[int, int]]:
    """The slots of the customers that count, in portions of whole customers."""
    for first, last in shard.runs:
        while first < last:
            wanted = shard.offset[first] + _PORTION
            until = max(first + 1, int(np.searchsorted(shard.offset[: last + 1], wanted, side="right")) - 1)
            yield int(shard.offset[first]), int(shard.offset[until])
            first = until


@compiled
def _by_first(code, gap, table, side):
    """The pairs of some slots of whole customers: (first, second) in order, and how often with how many milliseconds."""
    bounds = np.zeros(side + 1, np.int64)
    before = np.int64(side - 1)
    for i in range(code.size):
        bounds[before + 1] += 1
        before = np.int64(table[code[i]])
    for first in range(side):
        bounds[first + 1] += bounds[first]
    cursor = bounds[:side].copy()
    laid = np.empty(code.size, np.uint64)  # what follows, and after how long
    before = np.int64(side - 1)
    for i in range(code.size):
        now = np.int64(table[code[i]])
        laid[cursor[before]] = (np.uint64(now) << np.uint64(32)) | np.uint64(gap[i])
        cursor[before] += 1
        before = now
    keys = np.empty((code.size, 2), np.int64)
    counts = np.empty((code.size, 2), np.int64)
    often = np.zeros(side, np.int64)
    long = np.zeros(side, np.int64)
    met = np.empty(side, np.int64)
    many = 0
    for first in range(side):
        seconds = 0
        for i in range(bounds[first], bounds[first + 1]):
            second = np.int64(laid[i] >> np.uint64(32))
            met[seconds] = second
            seconds += often[second] == 0
            often[second] += 1
            long[second] += np.int64(laid[i] & np.uint64(0xFFFFFFFF))
        met[:seconds].sort()
        for k in range(seconds):
            second = met[k]
            keys[many, 0] = first
            keys[many, 1] = second
            counts[many, 0] = often[second]
            counts[many, 1] = long[second]
            often[second] = 0
            long[second] = 0
            many += 1
    return keys[:many].copy(), counts[:many].copy()


def _owner(shard: Shard, slots: np.ndarray) -> np.ndarray:
    return np.searchsorted(shard.offset, slots, side="right") - 1
