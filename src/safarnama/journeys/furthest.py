"""How far each customer came in an ordered plan: the one kernel behind funnels and *did A then B*."""

from __future__ import annotations

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.journeys.plans import Plan
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.journeys.straight import straight


def furthest_step(shard: Shard, scope: Scope, plan: Plan) -> np.ndarray:
    """The furthest step of the plan that each customer reached from any start, int32 (C,); 0 is none.

    Other events may come between; the window counts from the first step and includes its end (the meaning of ClickHouse's
    ``windowFunnel``). Events at the same instant may be taken in step order; one event is one step.
    """
    reached = np.zeros(shard.customers, np.int32)
    _walk(shard, plan, reached, np.zeros((0, 0), np.int64))
    return reached


def reach_times(shard: Shard, scope: Scope, plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """As ``furthest_step``, and how long each step took when it was first reached: milliseconds since the step before, int64
    (length, customers that count, in their order), -1 where it was not reached; in the first row, of those who reached the
    last step, since the first."""
    reached = np.zeros(shard.customers, np.int32)
    waits = np.full((plan.length, shard.counted), -1, np.int64)
    _walk(shard, plan, reached, waits)
    return reached, waits


def _walk(shard: Shard, plan: Plan, reached: np.ndarray, waits: np.ndarray) -> None:
    plain = plan.plain
    if plain is not None:
        straight(
            shard.code, shard.gap, shard.offset, shard.long_at, shard.long_ms, shard.runs,
            plain, plan.length, plan.window, reached, waits,
        )  # fmt: skip
        return
    _reach(
        shard.code, shard.gap, shard.offset, shard.long_at, shard.long_ms, shard.runs,
        plan.starts, plan.steps, plan.back, plan.window, reached, waits,
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
    waits,
):
    """For every step the start of the latest chain that reached it: if that one is out of the window, every older one is.

    Exact for the furthest step from any start, in one pass (ClickHouse keeps the same).
    """
    length = back.size - 1
    never = np.int64(-(1 << 62))
    chain = np.full(length + 1, never, np.int64)  # start of the latest chain at each step
    last = np.full(length + 1, never, np.int64)  # when that chain came there
    came_at = np.zeros(length + 1, np.int64)  # and as the how-manieth event that is taken on
    barred = np.zeros(length + 1, np.int64)  # the last such event that must not come between each step and the next
    taken_on = np.int64(0)
    block = 1024
    end = starts.size - 2
    timed = waits.size > 0
    place = 0  # of the customer among those that count
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
                    place += 1
                    for s in range(length + 1):
                        chain[s] = never
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
                    taken_on += 1
                    for e in range(starts[c], starts[c + 1]):
                        s = steps[e]
                        if s < 0:
                            barred[-s] = taken_on
                            continue
                        start = never
                        came = never
                        bar = np.int64(0)
                        for p in range(s - 1, max(back[s], 1) - 1, -1):
                            # What must not come between may stand at each step that is left out.
                            bar = max(bar, barred[p])
                            if chain[p] > start and t - chain[p] <= window and came_at[p] >= bar:
                                start = chain[p]
                                came = last[p]
                        if back[s] == 0:
                            start = t  # all before it may be left out, and the latest start lasts longest
                            came = t if came == never else came
                        if start == never:
                            continue
                        chain[s] = start
                        last[s] = t
                        came_at[s] = taken_on
                        if timed and waits[s - 1, place] < 0:
                            waits[s - 1, place] = t - came
                            if s == length and s > 1:
                                waits[0, place] = t - start
                        if s > best:
                            best = s
                j = same
            low = stop
        while customer < runs[r, 1]:
            reached[customer] = best
            best = 0
            customer += 1
            place += 1
            for s in range(length + 1):
                chain[s] = never
