"""Split: each session, or each episode, of a customer as a journey of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.errors import unknown
from safarnama.core.shapes import Episodes, Sessions
from safarnama.core.words import Text
from safarnama.journeys.moments import moments_of, periods_of
from safarnama.journeys.shard import Shard, Sparse, runs_of

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

_NEVER = 1 << 62
_NO_PERIODS = np.zeros(0, np.int64)
_NO_VALUES = np.zeros(0, np.int32)
_NO_GOAL = np.zeros(0, bool)


def sessions(journeys: Journeys, shape: Sessions) -> Journeys:
    """Every session as a journey: a pause longer than the gap begins one, and, if wanted, a new day in the workspace's time zone
    or another value (of the campaign, say) than the last that was seen."""
    scope = journeys.scope
    if shape.change is not None and shape.change not in scope.words:
        raise unknown(Text(en="Dimension", fa="بُعد"), shape.change, list(scope.words))
    days = periods_of(scope, "day")[1] if shape.midnight else _NO_PERIODS
    gap = round(shape.gap.total_seconds() * 1000)
    change = shape.change

    def one(shard: Shard) -> Shard:
        values = _NO_VALUES if change is None else shard.words[change].astype(np.int32)
        return split(shard, _begins(shard, gap, days, values, _NO_GOAL, False))

    return _in_units(journeys.reshaped(one), "sessions")


def episodes(journeys: Journeys, shape: Episodes) -> Journeys:
    """Every episode as a journey: parted by a longer pause, by the calendar, or by a goal that closes or opens each."""
    scope = journeys.scope
    starts = periods_of(scope, shape.by)[1] if shape.by else _NO_PERIODS
    gap = round(shape.gap.total_seconds() * 1000) if shape.gap is not None else _NEVER
    closes = bool(shape.until)
    goal = _NO_GOAL
    if names := shape.until or shape.opening:
        wanted = np.zeros(scope.size + 1, bool)
        wanted[[scope.number(name) for name in names]] = True
        goal = wanted[scope.table]

    def one(shard: Shard) -> Shard:
        return split(shard, _begins(shard, gap, starts, _NO_VALUES, goal, closes))

    return _in_units(journeys.reshaped(one), "episodes")


def _in_units(journeys: Journeys, unit: str) -> Journeys:
    return replace(journeys, scope=replace(journeys.scope, unit=unit))


def split(shard: Shard, begins: np.ndarray) -> Shard:
    """The shard with a journey for every part of a customer that begins at a slot of ``begins`` (bool, (S,)), besides the one at
    its first event. The parts of a customer keep its key and attributes, and count if it does; no event is lost."""
    if not begins.any():
        return shard
    moved = np.arange(shard.code.size) + np.cumsum(begins)
    size = shard.code.size + int(begins.sum())
    starts = np.sort(np.concatenate([shard.offset[:-1], np.flatnonzero(begins)]))
    owner = np.searchsorted(shard.offset, starts, side="right") - 1

    def spread(column: np.ndarray, rest: int) -> np.ndarray:
        out = np.full(size, rest, column.dtype)
        out[moved] = column
        return out

    gap = spread(shard.gap, 0)
    gap[moved[starts]] = 0
    stays = ~begins[shard.long_at]
    return Shard(
        code=spread(shard.code, shard.end),
        gap=gap,
        offset=np.append(moved[starts], size).astype(np.int64),
        first=moments_of(shard)[starts],
        key=shard.key[owner],
        long_at=moved[shard.long_at[stays]],
        long_ms=shard.long_ms[stays],
        words={name: spread(column, 0) for name, column in shard.words.items()},
        numbers={name: Sparse(moved[numbers.at], numbers.value) for name, numbers in shard.numbers.items()},
        attributes=None if shard.attributes is None else shard.attributes.take(pa.array(owner)),
        chosen=None if shard.chosen is None else runs_of(shard.mask()[owner]),
    )


def _begins(
    shard: Shard, gap: int, starts: np.ndarray, values: np.ndarray, goal: np.ndarray, closes: bool
) -> np.ndarray:
    """Where a part begins that is not a customer's first, bool (S,)."""
    out = np.zeros(shard.code.size, bool)
    _find(
        shard.code, shard.gap, shard.offset, shard.first, shard.long_at, shard.long_ms,
        gap, starts, values, goal, closes, out,
    )  # fmt: skip
    return out


@compiled
def _find(code, gap, offset, first, long_at, long_ms, limit, starts, values, goal, closes, out):
    k = 0
    for c in range(first.size):
        now = first[c]
        period = np.searchsorted(starts, now, side="right")
        value = np.int32(0)
        reached = False
        for i in range(offset[c], offset[c + 1] - 1):
            wait = np.int64(gap[i])
            if k < long_at.size and long_at[k] == i:
                wait += long_ms[k]
                k += 1
            now += wait
            begins = wait > limit
            while period < starts.size and starts[period] <= now:
                begins = True
                period += 1
            if values.size and values[i] != 0:
                begins |= values[i] != value
                value = values[i]
            if goal.size:
                here = goal[code[i]]
                begins |= reached if closes else here
                reached = here
            out[i] = begins and i > offset[c]
