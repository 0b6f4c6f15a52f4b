"""How far each customer came in an ordered plan: the one kernel behind funnels and *did A then B*."""

from __future__ import annotations

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.journeys.plans import Plan
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard


def furthest_step(shard: Shard, scope: Scope, plan: Plan) -> np.ndarray:
    """The furthest step of the plan that each customer reached from any start, int32 (C,); 0 is none.

    Other events may come between; the window counts from the first step and includes its end (the meaning of ClickHouse's
    ``windowFunnel``). Events at the same instant may be taken in step order; one event is one step.
    """
    reached = np.zeros(shard.customers, np.int32)
    nothing = np.zeros((0, 0), np.int64)
    _walk(shard, plan, reached, nothing, nothing)
    return reached


def reach_times(shard: Shard, scope: Scope, plan: Plan) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """As ``furthest_step``, and when each step was first reached: milliseconds since the step before and since the first
    step, int64 (C, length); -1 where it was not. Customers that do not count have 0 and -1."""
    reached = np.zeros(shard.customers, np.int32)
    since_previous = np.full((shard.customers, plan.length), -1, np.int64)
    since_first = np.full((shard.customers, plan.length), -1, np.int64)
    _walk(shard, plan, reached, since_previous, since_first)
    return reached, since_previous, since_first


def _walk(shard: Shard, plan: Plan, reached: np.ndarray, since_previous: np.ndarray, since_first: np.ndarray) -> None:
    _reach(
        shard.code, shard.gap, shard.offset, shard.long_at, shard.long_ms, shard.runs,
        plan.starts, plan.steps, plan.back, plan.window, reached, since_previous, since_first,
    )  # fmt: skip


@compiled
def _reach(
    code,
    gap,
    offset,
    long_at,
    long_ms,
    runs,
    starts,
    steps,
    back,
    window,
    reached,
    since_previous,
    since_first,
):
    """For every step the start of the latest chain that reached it: if that one is out of the window, every older one is.

    Exact for the furthest step from any start, in one pass (ClickHouse keeps the same).
    """
    length = back.size - 1
    never = np.int64(-(1 << 62))
    chain = np.full(length + 1, never, np.int64)  # start of the latest chain at each step
    last = np.full(length + 1, never, np.int64)  # when that chain came there
    block = 1024
    end = starts.size - 2
    timed = since_first.size > 0
    slot = np.empty(block, np.int64)
    when = np.empty(block, np.int64)
    for r in range(runs.shape[0]):
        now = np.int64(0)
        customer = runs[r, 0]
        low = offset[customer]
        high = offset[runs[r, 1]]
        k = np.searchsorted(long_at, low)
        best = 0
        while low < high:
            stop = min(high, low + block)
            # One instant is not cut in two; an END has no successor.
            while stop < high and gap[stop] == 0 and code[stop - 1] != end:
                stop += 1
            if stop - low > slot.size:
                slot = np.empty(2 * (stop - low), np.int64)
                when = np.empty(2 * (stop - low), np.int64)
            # 1. Without a branch: only the slots that are a step (or END) are taken on.
            taken = 0
            for i in range(low, stop):
                now += np.int64(gap[i])
                slot[taken] = i
                when[taken] = now
                taken += starts[np.int64(code[i]) + 1] > starts[code[i]]
            # Gaps of 49.7 days and more are few: put the times right afterwards.
            while k < long_at.size and long_at[k] < stop:
                for j in range(taken):
                    if slot[j] >= long_at[k]:
                        when[j] += long_ms[k]
                now += long_ms[k]
                k += 1
            # 2. The chains.
            j = 0
            while j < taken:
                i = slot[j]
                while i >= offset[customer + 1]:
                    reached[customer] = best
                    best = 0
                    customer += 1
                    for s in range(length + 1):
                        chain[s] = never
                        last[s] = never
                # Events of one instant stand in the order of their codes; take them in the order of their steps.
                same = j + 1
                while same < taken and when[same] == when[j] and slot[same] < offset[customer + 1]:
                    same += 1
                for turn in range(same - j):
                    pick = j + turn
                    if same - j > 1:
                        for other in range(pick + 1, same):
                            if steps[starts[code[slot[other]]]] < steps[starts[code[slot[pick]]]]:
                                kept = slot[pick]
                                slot[pick] = slot[other]
                                slot[other] = kept
                    c = np.int64(code[slot[pick]])
                    t = when[pick]
                    for e in range(starts[c], starts[c + 1]):
                        s = steps[e]
                        if s < 0:
                            chain[-s] = never
                            continue
                        start = never
                        came = never
                        if s == 1:
                            start = t
                            came = t
                        else:
                            p = s - 1
                            while True:
                                if p > 0 and chain[p] != never and t - chain[p] <= window and chain[p] > start:
                                    start = chain[p]
                                    came = last[p]
                                if p <= back[s]:
                                    break
                                p -= 1
                            if back[s] == 0 and start == never:
                                start = t  # all before it may be left out
                                came = t
                        if start == never:
                            continue
                        chain[s] = start
                        last[s] = t
                        if timed and since_first[customer, s - 1] < 0:
                            since_first[customer, s - 1] = t - start
                            since_previous[customer, s - 1] = t - came
                        if s > best:
                            best = s
                j = same
            low = stop
        while customer < runs[r, 1]:
            reached[customer] = best
            best = 0
            customer += 1
            for s in range(length + 1):
                chain[s] = never
                last[s] = never
