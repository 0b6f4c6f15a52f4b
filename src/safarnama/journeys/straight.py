"""The kernel for plans in which every touchpoint is at most one step and none may be left out: most of them, and the fastest."""

from __future__ import annotations

import numpy as np

from safarnama.core.compiled import compiled

_BLOCK = 4096  # slots whose times and steps stay in the nearest cache


@compiled
def straight(code, gap, offset, long_at, long_ms, runs, step_of, length, window, reached, waits):
    """As ``furthest._reach``, with ``step_of`` (int16, by stored code): the step of every code, 0 none, length + 1 END."""
    never = np.int64(-(1 << 62))
    chain = np.full(length + 1, never, np.int64)  # start of the latest chain at each step
    last = np.full(length + 1, never, np.int64)  # when that chain came there
    timed = waits.size > 0
    place = 0  # of the customer among those that count
    end = step_of.size - 1
    when = np.empty(_BLOCK, np.int64)
    step = np.empty(_BLOCK, np.int16)
    for r in range(runs.shape[0]):
        now = np.int64(0)
        customer = runs[r, 0]
        low = offset[customer]
        high = offset[runs[r, 1]]
        k = np.searchsorted(long_at, low)
        best = np.int64(0)
        while low < high:
            stop = min(high, low + _BLOCK)
            # One instant is not cut in two; an END has no successor.
            while stop < high and gap[stop] == 0 and code[stop - 1] != end:
                stop += 1
            if stop - low > when.size:
                when = np.empty(2 * (stop - low), np.int64)
                step = np.empty(2 * (stop - low), np.int16)
            # 1. Only what is a step (or END) is taken on, without a branch; gaps of 49.7 days and more are few.
            taken = 0
            while low < stop:
                until = min(stop, long_at[k]) if k < long_at.size else stop
                for i in range(np.uint64(low), np.uint64(until)):
                    now += np.int64(gap[i])
                    s = step_of[code[i]]
                    when[taken] = now
                    step[taken] = s
                    taken += s != 0
                low = until
                if low < stop:
                    now += long_ms[k]
                    k += 1
                    now += np.int64(gap[low])
                    s = step_of[code[low]]
                    when[taken] = now
                    step[taken] = s
                    taken += s != 0
                    low += 1
            # 2. Events of one instant are taken in the order of their steps.
            for j in range(1, taken):
                if when[j] == when[j - 1] and step[j] < step[j - 1] <= length:
                    s = step[j]
                    back = j
                    while back > 0 and when[back - 1] == when[j] and s < step[back - 1] <= length:
                        step[back] = step[back - 1]
                        back -= 1
                    step[back] = s
            # 3. The chains.
            for j in range(taken):
                s = np.int64(step[j])
                t = when[j]
                if s > length:
                    reached[customer] = best
                    best = np.int64(0)
                    customer += 1
                    place += 1
                    for each in range(length + 1):
                        chain[each] = never
                    continue
                if s == 1:
                    chain[1] = t
                    last[1] = t
                    came = t
                else:
                    start = chain[s - 1]
                    if t - start > window:
                        continue
                    chain[s] = start
                    last[s] = t
                    came = last[s - 1]
                best = max(best, s)
                if timed and waits[s - 1, place] < 0:
                    waits[s - 1, place] = t - came
                    if s == length and s > 1:
                        waits[0, place] = t - chain[s]
