"""How far each customer came in a plan, when its steps must follow each other directly, may come in any order, or must all have
the same value of a dimension."""

from __future__ import annotations

from typing import Literal

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.journeys.furthest import reach_times
from safarnama.journeys.held import held
from safarnama.journeys.moments import moments_of
from safarnama.journeys.plans import Plan
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard

Order = Literal["ordered", "strict", "any"]


def progress(
    shard: Shard, scope: Scope, plan: Plan, order: Order = "ordered", hold: str | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The furthest step of every customer, int32 (C,), and the milliseconds to each step since the one before when it was first
    reached, int64 (length, customers that count), -1 where it was not.

    strict: nothing comes between two steps. any: the most different steps that lie within the window. ``hold``: all steps have
    the same value of that dimension; of several values the one with which the customer came furthest, the first such.
    """
    if hold is not None:
        parts, owner = held(shard, hold)
        return _furthest(shard, owner, *progress(parts, scope, plan, order))
    if order == "ordered":
        return reach_times(shard, scope, plan)
    reached = np.zeros(shard.customers, np.int32)
    waits = np.full((plan.length, shard.counted), -1, np.int64)
    walk = _strict if order == "strict" else _any
    walk(
        shard.code, moments_of(shard), shard.offset, shard.runs, plan.starts, plan.steps, plan.back, plan.window, reached, waits,
    )  # fmt: skip
    return reached, waits


def _furthest(shard: Shard, owner: np.ndarray, part: np.ndarray, waits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each customer's parts the one that came furthest, the first of equals."""
    reached = np.zeros(shard.customers, np.int32)
    np.maximum.at(reached, owner, part)
    found = np.full((waits.shape[0], shard.customers), -1, np.int64)
    best = np.flatnonzero((part == reached[owner]) & (part > 0))
    people, first = np.unique(owner[best], return_index=True)
    found[:, people] = waits[:, best[first]]
    return reached, found[:, shard.mask()]


@compiled
def _strict(code, when, offset, runs, starts, steps, back, window, reached, waits):
    length = back.size - 1
    never = np.int64(-(1 << 62))
    chain = np.full(length + 1, never, np.int64)  # start of the latest chain that the event before left at each step
    fresh = np.full(length + 1, never, np.int64)
    place = 0
    for r in range(runs.shape[0]):
        for customer in range(runs[r, 0], runs[r, 1]):
            chain[:] = never
            before = np.int64(0)
            best = 0
            for i in range(offset[customer], offset[customer + 1] - 1):
                c = np.int64(code[i])
                t = when[i]
                fresh[:] = never
                for e in range(starts[c], starts[c + 1]):
                    s = steps[e]
                    if s < 1:
                        continue
                    start = t if s == 1 else never
                    p = s - 1
                    while p >= back[s] and p > 0:
                        if chain[p] != never and t - chain[p] <= window and chain[p] > start:
                            start = chain[p]
                        p -= 1
                    # When all before it may be left out it is a start of its own, and the latest lasts longest.
                    first = start == never or s == 1
                    if back[s] == 0:
                        start = t
                    if start == never:
                        continue
                    fresh[s] = start
                    if waits.size and waits[s - 1, place] < 0:
                        waits[s - 1, place] = 0 if first else t - before
                        if s == length and s > 1:
                            waits[0, place] = t - start
                    best = max(best, s)
                chain, fresh = fresh, chain
                before = t
            reached[customer] = best
            place += 1


@compiled
def _any(code, when, offset, runs, starts, steps, back, window, reached, waits):
    length = back.size - 1
    never = np.int64(-(1 << 62))
    last = np.full(length + 1, never, np.int64)  # when each step was last seen
    place = 0
    for r in range(runs.shape[0]):
        for customer in range(runs[r, 0], runs[r, 1]):
            last[:] = never
            best = 0
            for i in range(offset[customer], offset[customer + 1] - 1):
                c = np.int64(code[i])
                if starts[c] == starts[c + 1]:
                    continue
                t = when[i]
                last[steps[starts[c]]] = t
                many = 0
                latest = never
                for s in range(1, length + 1):
                    if last[s] != never and t - last[s] <= window:
                        many += 1
                        if s != steps[starts[c]]:
                            latest = max(latest, last[s])
                if many > best:
                    best = many
                    if waits.size and waits[many - 1, place] < 0:
                        waits[many - 1, place] = 0 if latest == never else t - latest
                        if many == length and many > 1:
                            waits[0, place] = t - last[1:].min()
            reached[customer] = best
            place += 1
