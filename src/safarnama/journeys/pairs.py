"""Which touchpoint directly follows which: counted once a shard, for flow and whatever else rests on it."""

from __future__ import annotations

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.journeys.partial import Keyed
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard

DENSE = 1024  # alphabets up to this size are counted in a square table


def pairs_of(shard: Shard, scope: Scope) -> Keyed:
    """Keys (from, to), counts (how often, milliseconds between). Number A, one past the alphabet, is the start as *from* and
    the end as *to*."""
    if scope.size > DENSE:
        return _many(shard, scope)
    side = scope.size + 1
    counts = np.zeros(side * side, np.int64)
    waits = np.zeros(side * side, np.int64)
    _pairs(shard.code, shard.gap, shard.offset, shard.runs, scope.table, side, counts, waits)
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


def _many(shard: Shard, scope: Scope) -> Keyed:
    """Pairs of a large alphabet: by sorting instead of a square table."""
    counted = np.repeat(shard.mask(), np.diff(shard.offset))
    code = scope.table[shard.code][counted].astype(np.int64)
    gap = shard.gap.astype(np.int64)
    gap[shard.long_at] += shard.long_ms
    before = np.concatenate([[scope.size], code[:-1]])
    return Keyed.of(np.stack([before, code], 1), np.stack([np.ones(code.size, np.int64), gap[counted]], 1))


def _owner(shard: Shard, slots: np.ndarray) -> np.ndarray:
    return np.searchsorted(shard.offset, slots, side="right") - 1
