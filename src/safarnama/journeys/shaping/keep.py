"""Keeping some of the events: new arrays in one pass, in the same order."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.journeys.shard import Shard, Sparse


def keep(shard: Shard, mask: np.ndarray) -> Shard:
    """The shard with only the events of ``mask`` (bool, (S,)); customers that keep none no longer count, nor do those that
    did not count before."""
    if shard.chosen is not None:
        mask = mask & np.repeat(shard.mask(), np.diff(shard.offset))
    mask[shard.offset[1:] - 1] = False
    kept = np.add.reduceat(mask, shard.offset[:-1]) if shard.customers else np.zeros(0, np.int64)
    stay = kept > 0
    if np.all(kept[stay] == np.diff(shard.offset)[stay] - 1):
        return shard.only(stay)  # nobody lost a part: nothing needs to be written anew
    slots = mask.copy()
    slots[shard.offset[1:][stay] - 1] = True
    size = int(slots.sum())
    gap = np.zeros(size, np.uint32)
    first = np.zeros(int(stay.sum()), np.int64)
    long_at, long_ms = _regap(
        shard.gap, shard.offset, shard.first, shard.long_at, shard.long_ms, mask, stay, gap, first
    )  # fmt: skip
    moved = np.cumsum(slots) - 1

    def sparse(numbers: Sparse) -> Sparse:
        good = mask[numbers.at]
        return Sparse(moved[numbers.at[good]], numbers.value[good])

    return Shard(
        code=shard.code[slots],
        gap=gap,
        offset=np.concatenate([[0], np.cumsum(kept[stay] + 1)]).astype(np.int64),
        first=first,
        key=shard.key[stay],
        long_at=long_at,
        long_ms=long_ms,
        words={name: column[slots] for name, column in shard.words.items()},
        numbers={name: sparse(numbers) for name, numbers in shard.numbers.items()},
        attributes=shard.attributes.filter(pa.array(stay)) if shard.attributes is not None else None,
    )


@compiled
def _regap(gap, offset, first, long_at, long_ms, mask, stay, out, firsts):
    at = np.empty(64, np.int64)
    more = np.empty(64, np.int64)
    many = 0
    to = 0
    k = 0
    customer = 0
    for c in range(first.size):
        now = first[c]
        past = now
        fresh = True
        for i in range(offset[c], offset[c + 1] - 1):
            now += np.int64(gap[i])
            if k < long_at.size and long_at[k] == i:
                now += long_ms[k]
                k += 1
            if not mask[i]:
                continue
            if fresh:
                firsts[customer] = now
                fresh = False
            else:
                wait = now - past
                if wait >= 4294967295:
                    if many == at.size:
                        grown = np.empty(2 * many, np.int64)
                        grown[:many] = at
                        at = grown
                        grown = np.empty(2 * many, np.int64)
                        grown[:many] = more
                        more = grown
                    at[many] = to
                    more[many] = wait - 4294967295
                    many += 1
                    out[to] = np.uint32(4294967295)
                else:
                    out[to] = np.uint32(wait)
            past = now
            to += 1
        if stay[c]:
            customer += 1
            to += 1
    return at[:many].copy(), more[:many].copy()
