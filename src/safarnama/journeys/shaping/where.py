"""Where: the customers, or the events, that meet a condition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.core.grammar import Both, Compare, Did, During, Filter, Not, Reached
from safarnama.core.words.calendar import zone
from safarnama.journeys.columns import check_name, customers_that, events_that, is_of_event
from safarnama.journeys.furthest import furthest_step
from safarnama.journeys.plans import NO_WINDOW, Plan
from safarnama.journeys.scope import Scope
from safarnama.journeys.shaping.keep import keep
from safarnama.journeys.shard import Shard

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys


def where(journeys: Journeys, condition: Filter) -> Journeys:
    """Attributes, *did*, *never* and *reached* choose customers; channel, device, … and days choose events. Both may be mixed:
    where an event has a say, those events of the customers stay. *did* always looks at whole journeys."""
    _check(condition, journeys.scope)
    scope = journeys.scope
    return journeys.reshaped(lambda shard: _shard(shard, scope, condition))


@dataclass
class _Mask:
    """Either of customers (C,) or, once an event had a say, of slots (S,)."""

    of: np.ndarray
    by_event: bool


def _shard(shard: Shard, scope: Scope, condition: Filter) -> Shard:
    mask = _mask(shard, scope, condition)
    return keep(shard, mask.of) if mask.by_event else shard.only(mask.of)


def _mask(shard: Shard, scope: Scope, condition: Filter) -> _Mask:
    match condition:
        case Compare():
            if is_of_event(condition.name, scope):
                return _Mask(events_that(shard, scope, condition), True)
            return _Mask(customers_that(shard, condition), False)
        case Did():
            plan = Plan.of(condition.steps, scope, condition.within)
            reached = furthest_step(shard, scope, plan) >= plan.needed
            return _Mask(~reached if condition.never else reached, False)
        case Reached():
            return _Mask(_reached(shard, scope, condition), False)
        case During():
            return _Mask(_during(shard, scope, condition), True)
        case Not():
            inner = _mask(shard, scope, condition.of)
            return _Mask(~inner.of, inner.by_event)
        case Both():
            masks = [_mask(shard, scope, part) for part in condition.parts]
            by_event = any(mask.by_event for mask in masks)
            spread = [_spread(shard, mask) if by_event else mask.of for mask in masks]
            join = np.logical_and if condition.join == "and" else np.logical_or
            return _Mask(join.reduce(spread), by_event)


def _spread(shard: Shard, mask: _Mask) -> np.ndarray:
    return mask.of if mask.by_event else np.repeat(mask.of, np.diff(shard.offset))


def _check(condition: Filter, scope: Scope) -> None:
    match condition:
        case Compare():
            check_name(condition.name, scope)
        case Did():
            Plan.of(condition.steps, scope, condition.within)
        case Reached():
            for name in condition.names:
                scope.number(name)
        case Not():
            _check(condition.of, scope)
        case Both():
            for part in condition.parts:
                _check(part, scope)


def _during(shard: Shard, scope: Scope, condition: During) -> np.ndarray:
    there = zone(scope.timezone)
    low, high = np.iinfo(np.int64).min, np.iinfo(np.int64).max
    if condition.start is not None:
        low = round(datetime.combine(condition.start, time(), there).timestamp() * 1000)
    if condition.end is not None:
        high = round(datetime.combine(condition.end + timedelta(days=1), time(), there).timestamp() * 1000)
    mask = np.zeros(shard.code.size, bool)
    _between(shard.gap, shard.offset, shard.first, shard.long_at, shard.long_ms, low, high, mask)
    return mask


def _reached(shard: Shard, scope: Scope, condition: Reached) -> np.ndarray:
    goal = np.zeros(scope.size + 1, bool)
    goal[[scope.number(name) for name in condition.names]] = True
    window = NO_WINDOW if condition.within is None else round(condition.within.total_seconds() * 1000)
    mask = np.zeros(shard.customers, bool)
    _arrive(
        shard.code, shard.gap, shard.offset, shard.long_at, shard.long_ms, shard.runs, goal[scope.table], window, mask
    )  # fmt: skip
    return mask


@compiled
def _arrive(code, gap, offset, long_at, long_ms, runs, goal, window, mask):
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            away = np.int64(0)
            for i in range(offset[c], offset[c + 1] - 1):
                away += np.int64(gap[i])
                if gap[i] == 4294967295:
                    k = np.searchsorted(long_at, i)
                    if k < long_at.size and long_at[k] == i:
                        away += long_ms[k]
                if away > window:
                    break
                if goal[code[i]]:
                    mask[c] = True
                    break


@compiled
def _between(gap, offset, first, long_at, long_ms, low, high, mask):
    k = 0
    for c in range(first.size):
        now = first[c]
        for i in range(offset[c], offset[c + 1] - 1):
            now += np.int64(gap[i])
            if k < long_at.size and long_at[k] == i:
                now += long_ms[k]
                k += 1
            mask[i] = low <= now < high
