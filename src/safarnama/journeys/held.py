"""Journeys cut by what was held constant: one for each value of a dimension that a customer's events have."""

from __future__ import annotations

import numpy as np

from safarnama.journeys.moments import moments_of
from safarnama.journeys.shard import Shard

_LONGEST = np.int64(np.iinfo(np.uint32).max)


def held(shard: Shard, dimension: str) -> tuple[Shard, np.ndarray]:
    """A shard with a journey for every pair of a customer that counts and a value of the dimension, in the order of customers;
    and whose each is, int64 (journeys,), as customers of ``shard``. Events without a value are left out."""
    values = shard.words[dimension]
    owner = np.repeat(np.arange(shard.customers), np.diff(shard.offset))
    slots = np.flatnonzero((values != 0) & (shard.code != shard.end) & shard.mask()[owner])
    key = owner[slots] * (int(values.max(initial=0)) + 1) + values[slots]
    order = np.argsort(key, kind="stable")
    slots, key = slots[order], key[order]
    new = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if key.size else np.zeros(0, np.int64)
    sizes = np.diff(np.append(new, key.size))
    offset = np.concatenate([[0], np.cumsum(sizes + 1)]).astype(np.int64)
    to = np.arange(slots.size) + np.repeat(np.arange(new.size), sizes)
    code = np.full(slots.size + new.size, shard.end, shard.code.dtype)
    code[to] = shard.code[slots]
    when = moments_of(shard)[slots]
    wait = np.diff(when, prepend=when[:1])
    wait[new] = 0
    long = np.flatnonzero(wait >= _LONGEST)
    gap = np.zeros(code.size, np.uint32)
    gap[to] = np.minimum(wait, _LONGEST)
    made = Shard(
        code=code,
        gap=gap,
        offset=offset,
        first=when[new],
        key=shard.key[owner[slots[new]]],
        long_at=to[long],
        long_ms=wait[long] - _LONGEST,
    )
    return made, owner[slots[new]]
