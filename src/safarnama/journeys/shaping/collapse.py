"""Collapse: repeats in a row become one, and a round that is walked again becomes one round."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.core.shapes import Collapse
from safarnama.journeys.shaping.keep import keep
from safarnama.journeys.shard import Shard

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

LONGEST = 8  # touchpoints of a round


def collapse(journeys: Journeys, shape: Collapse) -> Journeys:
    """Of equal touchpoints in a row the first stays, with its time. With ``loops`` also of a round of up to eight touchpoints
    that is walked again at once: A B A B C becomes A B C. The journey is read from its start, the shortest round first."""
    longest = LONGEST if shape.loops else 1
    table = journeys.scope.table

    def one(shard: Shard) -> Shard:
        mask = np.zeros(shard.code.size, bool)
        if longest > 1:
            _rounds(shard.code, shard.offset, shard.runs, table, mask, longest)
        else:
            _repeats(shard.code, shard.offset, shard.runs, table, mask)
        return keep(shard, mask)

    return journeys.reshaped(one)


@compiled
def _repeats(code, offset, runs, table, mask):
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            past = -1
            for i in range(offset[c], offset[c + 1] - 1):
                number = table[code[i]]
                mask[i] = number != past
                past = number


@compiled
def _rounds(code, offset, runs, table, mask, longest):
    slot = np.empty(256, np.int64)
    number = np.empty(256, np.int32)
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            length = offset[c + 1] - offset[c]
            if length > slot.size:
                slot = np.empty(2 * length, np.int64)
                number = np.empty(2 * length, np.int32)
            high = 0
            for i in range(offset[c], offset[c + 1] - 1):
                slot[high] = i
                number[high] = table[code[i]]
                high += 1
                for size in range(1, min(longest, high // 2) + 1):
                    same = True
                    for back in range(1, size + 1):
                        if number[high - back] != number[high - size - back]:
                            same = False
                            break
                    if same:
                        high -= size
                        break
            for place in range(high):
                mask[slot[place]] = True
