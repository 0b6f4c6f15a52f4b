"""Whom a trouble met: the customers to whom one thing happened at a touchpoint, in a span of time, with one value of a dimension."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.journeys.moments import moments_of
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard

Kind = Literal["fails", "slow", "repeats", "leaves", "low", "instead"]
_KINDS: tuple[Kind, ...] = ("fails", "slow", "repeats", "leaves", "low", "instead")
AT_ONCE = 30 * 60_000
"""A repeat later than this is none, in milliseconds."""


@dataclass(frozen=True)
class Trouble:
    """``at`` and ``next``: numbers of touchpoints, -1 for none. ``start`` and ``stop``: milliseconds UTC, the end not included.
    ``dimension`` and ``value``: where, or "". ``slow`` and ``never``: from when on *next* comes late, or not any more; ``silence``:
    how long somebody is gone who has left; ``end``: of the data; all in milliseconds."""

    kind: Kind
    at: int
    next: int
    start: int
    stop: int
    dimension: str
    value: str
    slow: int
    never: int
    silence: int
    end: int


def affected(shard: Shard, scope: Scope, trouble: Trouble) -> np.ndarray:
    """The customers to whom it happened, bool (C,)."""
    here = scope.table[shard.code] == trouble.at
    if trouble.dimension:
        words = shard.words.get(trouble.dimension)
        code = scope.words[trouble.dimension].index(trouble.value) + 1
        here &= words == code if words is not None else False
    low = np.zeros(shard.code.size, np.bool_)
    if "score" in shard.numbers and "scale_low" in shard.numbers:
        score, least, most = (shard.numbers[name] for name in ("score", "scale_low", "scale_high"))
        low[score.at] = 2 * score.value.astype(np.int64) < least.value.astype(np.int64) + most.value
    found = np.zeros(shard.customers, np.bool_)
    _meet(
        shard.code, moments_of(shard), shard.offset, shard.runs, here, scope.table == trouble.next, low,
        _KINDS.index(trouble.kind), trouble.start, trouble.stop, trouble.slow, trouble.never, trouble.silence, trouble.end, found,
    )  # fmt: skip
    return found


@compiled
def _meet(code, when, offset, runs, here, following, low, kind, start, stop, slow, never, silence, end, found):
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            last = offset[c + 1] - 1
            came = np.int64(1 << 62)  # when what should follow comes next
            # Backwards, so that what comes next is known.
            for i in range(last - 1, offset[c] - 1, -1):
                then = when[i]
                if here[i] and start <= then < stop:
                    ended = i + 1 == last
                    wait = end - then if ended else when[i + 1] - then
                    if kind == 0:
                        found[c] |= came - then > never and then + never <= end
                    elif kind == 1:
                        found[c] |= slow < came - then <= never
                    elif kind == 2:
                        found[c] |= not ended and code[i + 1] == code[i] and wait <= AT_ONCE
                    elif kind == 3:
                        found[c] |= wait > silence
                    elif kind == 4:
                        found[c] |= low[i]
                    else:
                        found[c] = True
                if following[code[i]]:
                    came = then
