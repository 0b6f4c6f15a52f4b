"""Where in the journey each touchpoint stands: from which of two is met first, over all customers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.journeys.journeys import Journeys
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard


@dataclass(frozen=True)
class Order:
    """For each of A touchpoints: customers who met it; its place from 0 (first of all) to 1 (last of all); and the share of
    those who met it after the goal who first met it only then (NaN without a goal). ``follows[a, b]``: how often b came
    directly after a."""

    customers: np.ndarray
    place: np.ndarray
    after_goal: np.ndarray
    follows: np.ndarray


@dataclass(frozen=True)
class _Firsts:
    goal: np.ndarray  # bool (A + 1,)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        size = scope.size
        before = np.zeros((size, size), np.int64)
        follows = np.zeros((size + 1, size + 1), np.int64)
        customers = np.zeros(size, np.int64)
        late = np.zeros((size, 2), np.int64)
        _firsts(shard.code, shard.offset, shard.runs, scope.table, self.goal, before, follows, customers, late)
        return Partial(sums={"before": before, "follows": follows, "customers": customers, "late": late})


def order_of(journeys: Journeys, goal: set[str]) -> Order:
    """The order of all touchpoints; ``goal`` are the touchpoints that reach it."""
    scope = journeys.scope
    mask = np.array([*(name in goal for name in scope.touchpoints), False])
    counted = journeys.count(_Firsts(mask)).sums
    before = counted["before"].astype(float)
    both = before + before.T
    with np.errstate(invalid="ignore", divide="ignore"):
        ahead = np.where(both > 0, before.T / both, 0.5)
        # Pairs that many customers know say more; a pair nobody knows says nothing.
        weight = np.sqrt(both)
        place = (ahead * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9)
        late = counted["late"].astype(float)
        after = np.where(late.sum(axis=1) > 0, late[:, 1] / late.sum(axis=1), np.nan)
    return Order(counted["customers"], place, after, counted["follows"][:-1, :-1])


@compiled
def _firsts(code, offset, runs, table, goal, before, follows, customers, late):
    size = customers.size
    met = np.full(size + 1, -1, np.int64)
    order = np.empty(size, np.int64)
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            many = 0
            done = False
            last = np.int64(size)
            for i in range(offset[c], offset[c + 1] - 1):
                here = np.int64(table[code[i]])
                follows[last, here] += 1
                last = here
                # Only customers who reach the goal say what comes after it.
                late[here, 1 if done else 0] += 1
                if met[here] != c:
                    met[here] = c
                    customers[here] += 1
                    for j in range(many):
                        before[order[j], here] += 1
                    order[many] = here
                    many += 1
                if goal[here]:
                    done = True
            follows[last, size] += 1
