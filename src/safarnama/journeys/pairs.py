"""Which touchpoint directly follows which: counted once a shard, for flow and whatever else rests on it."""

from __future__ import annotations

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.journeys.partial import Keyed
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard

DENSE = 1024  # alphabets up to this size are counted in a square table
_PACKED = 128  # up to this size count and time share a cell, so that an event is one addition


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
    """Pairs of a large alphabet: few of all that could be do occur, so they are counted in a hash table instead of a square."""
    pairs, counts = _hashed(
        shard.code, shard.gap, shard.offset, shard.runs, shard.long_at, shard.long_ms, scope.table, scope.size + 1
    )
    return Keyed.of(np.stack([pairs // (scope.size + 1), pairs % (scope.size + 1)], 1), counts)


@compiled
def _hashed(code, gap, offset, runs, long_at, long_ms, table, side):
    mask = 4095
    places = np.full(mask + 1, -1, np.int32)
    pairs = np.empty(1024, np.int64)
    counts = np.empty((1024, 2), np.int64)
    many = 0
    for r in range(runs.shape[0]):
        k = np.searchsorted(long_at, offset[runs[r, 0]])
        before = np.int64(side - 1)
        for i in range(offset[runs[r, 0]], offset[runs[r, 1]]):
            now = np.int64(table[code[i]])
            wait = np.int64(gap[i])
            if k < long_at.size and long_at[k] == i:
                wait += long_ms[k]
                k += 1
            pair = before * side + now
            before = now
            slot = _slot(places, pairs, pair, mask)
            at = places[slot]
            if at < 0:
                if many == pairs.size:
                    pairs, counts = _twice(pairs, counts)
                at = many
                pairs[at] = pair
                counts[at, 0] = 0
                counts[at, 1] = 0
                places[slot] = at
                many += 1
                if 2 * many > mask:
                    mask = 4 * mask + 3
                    places = np.full(mask + 1, -1, np.int32)
                    for old in range(many):
                        places[_slot(places, pairs, pairs[old], mask)] = old
            counts[at, 0] += 1
            counts[at, 1] += wait
    return pairs[:many].copy(), counts[:many].copy()


@compiled
def _slot(places, pairs, pair, mask):
    """Where a pair stands in the hash table, or the empty place for it."""
    slot = np.int64((np.uint64(pair) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)) & mask
    while places[slot] >= 0 and pairs[places[slot]] != pair:
        slot = (slot + 1) & mask
    return slot


@compiled
def _twice(pairs, counts):
    longer = np.empty(2 * pairs.size, np.int64)
    longer[: pairs.size] = pairs
    taller = np.empty((2 * pairs.size, 2), np.int64)
    taller[: pairs.size] = counts
    return longer, taller


def _owner(shard: Shard, slots: np.ndarray) -> np.ndarray:
    return np.searchsorted(shard.offset, slots, side="right") - 1
