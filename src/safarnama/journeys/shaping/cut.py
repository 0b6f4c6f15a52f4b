"""Cut: only the part of a journey before or after a goal, or its first or last events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.core.shapes import CutAt, CutTo
from safarnama.journeys.shaping.keep import keep
from safarnama.journeys.shard import Shard

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys


def cut_at(journeys: Journeys, shape: CutAt) -> Journeys:
    """What came before (or after) the first event of the goal, and that event; customers who never came there are gone.

    Of events at the goal's own instant those before it in the journey's order belong to *before*. A window includes its end.
    """
    scope = journeys.scope
    goal = np.zeros(scope.size + 1, bool)
    goal[[scope.number(name) for name in shape.goal]] = True
    window = (1 << 62) if shape.within is None else round(shape.within.total_seconds() * 1000)
    ends = goal[scope.table]

    def one(shard: Shard) -> Shard:
        mask = np.zeros(shard.code.size, bool)
        _around(
            shard.code, shard.gap, shard.offset, shard.long_at, shard.long_ms, shard.runs,
            ends, shape.side == "after", window, mask,
        )  # fmt: skip
        return keep(shard, mask)

    return journeys.reshaped(one)


def cut_to(journeys: Journeys, shape: CutTo) -> Journeys:
    """The first (or last) so many events of every customer; shorter journeys stay as they are."""

    def one(shard: Shard) -> Shard:
        mask = np.zeros(shard.code.size, bool)
        _ends(shard.offset, shape.count, shape.side == "last", mask)
        return keep(shard, mask)

    return journeys.reshaped(one)


@compiled
def _around(code, gap, offset, long_at, long_ms, runs, goal, after, window, mask):
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            start = offset[c]
            stop = offset[c + 1] - 1
            at = start
            while at < stop and not goal[code[at]]:
                at += 1
            if at == stop:
                continue
            mask[at] = True
            away = np.int64(0)
            i = at + 1 if after else at
            while start < i < stop or (after and i < stop):
                away += np.int64(gap[i])
                if gap[i] == 4294967295:
                    k = np.searchsorted(long_at, i)
                    if k < long_at.size and long_at[k] == i:
                        away += long_ms[k]
                if away > window:
                    break
                if after:
                    mask[i] = True
                    i += 1
                else:
                    mask[i - 1] = True
                    i -= 1


@compiled
def _ends(offset, count, last, mask):
    for c in range(offset.size - 1):
        start = offset[c]
        stop = offset[c + 1] - 1
        if stop - start > count:
            if last:
                start = stop - count
            else:
                stop = start + count
        for i in range(start, stop):
            mask[i] = True
