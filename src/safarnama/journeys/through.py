"""How far each customer came through steps that may part into several ways: on the one way that took them furthest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from safarnama.core.forks import Route
from safarnama.journeys.orders import Order, progress
from safarnama.journeys.plans import Plan
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard


def through(
    shard: Shard,
    scope: Scope,
    routes: Sequence[Route],
    window: timedelta | None = None,
    order: Order = "ordered",
    hold: str | None = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The way of every customer, int32 (C,), how many of its steps they reached, int32 (C,), and the milliseconds to each step of
    all ways since the one before, int64 (steps, customers that count), -1 where it was not reached; in the first row, of those who
    reached the end of their way, since its first step.

    Of all ways it is the one that brought a customer furthest, whole parts of the trunk before steps inside of one; of equals the
    one that is written first.
    """
    if len(routes) == 1:
        only, took = progress(shard, scope, Plan.of(routes[0].steps, scope, window), order, hold)
        took[0, took[-1] < 0] = -1
        return np.zeros(shard.customers, np.int32), only, took
    steps = max(number for route in routes for number in route.places)
    chosen, reached = np.zeros((2, shard.customers), np.int32)
    waits = np.full((steps, shard.counted), -1, np.int64)
    far = np.full(shard.customers, -1, np.int64)
    for number, route in enumerate(routes):
        mine, took = progress(shard, scope, Plan.of(route.steps, scope, window), order, hold)
        # As one number: whole parts first.
        rank = np.array([whole * (steps + 1) + inside for whole, inside in route.far])[mine]
        better = rank > far
        chosen[better], reached[better], far[better] = number, mine[better], rank[better]
        here = better[shard.mask()]
        waits[:, here] = -1
        for row, place in enumerate(route.places[1:], 1):
            waits[place - 1, here] = took[row, here]
        waits[0, here] = np.where(took[-1, here] >= 0, took[0, here], -1)
    return chosen, reached, waits
