"""Watching touchpoints: how often and how soon each is followed by each other, and week by week what happens at each.

The kernels behind friction. A touchpoint is its place among those watched.
"""

from __future__ import annotations

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.journeys.affected import AT_ONCE
from safarnama.journeys.quantiles import bucket


@compiled
def following(code, gap, offset, first, long_at, long_ms, runs, table, place, channel, events, waits, near):
    """``events`` (K,), ``waits`` (K, K, BUCKETS): times to the first of each other before it comes again; ``near`` (K, 2): how often
    the same channel is used again within a day, and all."""
    k = events.size
    bits = np.empty(1, np.float64)
    since = np.zeros(k, np.int64)
    owner = np.full(k, -1, np.int64)
    answered = np.zeros((k, k), np.bool_)
    for r in range(runs.shape[0]):
        l = np.searchsorted(long_at, offset[runs[r, 0]])
        for c in range(runs[r, 0], runs[r, 1]):
            now = first[c]
            last = offset[c + 1] - 1
            for i in range(offset[c], last):
                now += np.int64(gap[i])
                if l < long_at.size and long_at[l] == i:
                    now += long_ms[l]
                    l += 1
                here = place[table[code[i]]]
                if here < 0:
                    continue
                for a in range(k):
                    if owner[a] == c and not answered[a, here]:
                        answered[a, here] = True
                        waits[a, here, bucket(now - since[a], bits)] += 1
                events[here] += 1
                owner[here] = c
                since[here] = now
                answered[here, :] = False
                # Whether the same channel is used again within a day.
                near[here, 1] += 1
                if i + 1 < last and gap[i + 1] <= 86_400_000 and channel[i + 1] == channel[i]:
                    near[here, 0] += 1


@compiled
def weekly(
    code, gap, offset, first, long_at, long_ms, runs, table, place, columns, offsets, starts, to, slow_from, never,
    silence, start, end, week, answer_at, answer_low, leaves, repeats, fails, slow, low,
):  # fmt: skip
    """Trials and hits by what is watched, value and week, (…, V, W, 2) each: who leaves, repeats, fails to come to what usually
    follows, is slow to, and answers low."""
    k = leaves.shape[0]
    upcoming = np.zeros(k, np.int64)
    owner = np.full(k, -1, np.int64)
    rows = np.zeros(offsets.size + 1, np.int64)
    times = np.empty(1024, np.int64)
    for r in range(runs.shape[0]):
        l = np.searchsorted(long_at, offset[runs[r, 0]])
        s = np.searchsorted(answer_at, offset[runs[r, 0]])
        for c in range(runs[r, 0], runs[r, 1]):
            begin = offset[c]
            last = offset[c + 1] - 1
            if last - begin > times.size:
                times = np.empty(2 * (last - begin), np.int64)
            now = first[c]
            for i in range(begin, last):
                now += np.int64(gap[i])
                if l < long_at.size and long_at[l] == i:
                    now += long_ms[l]
                    l += 1
                times[i - begin] = now
            while s < answer_at.size and answer_at[s] < begin:
                s += 1
            stop = s
            while stop < answer_at.size and answer_at[stop] < last:
                stop += 1
            answer = stop - 1
            # Backwards, so that what comes next is known.
            for i in range(last - 1, begin - 1, -1):
                here = place[table[code[i]]]
                then = times[i - begin]
                scored = answer >= s and answer_at[answer] == i
                if here >= 0:
                    w = (then - start) // week
                    many = 1
                    rows[0] = 0
                    for d in range(offsets.size):
                        if columns[d, i] > 0:
                            rows[many] = offsets[d] + columns[d, i] - 1
                            many += 1
                    wait = times[i + 1 - begin] - then if i + 1 < last else end - then
                    gone = wait > silence
                    known = i + 1 < last or gone
                    again = i + 1 < last and code[i + 1] == code[i] and wait <= AT_ONCE
                    for q in range(many):
                        v = rows[q]
                        if known:
                            leaves[here, v, w, 0] += 1
                            if gone:
                                leaves[here, v, w, 1] += 1
                        repeats[here, v, w, 0] += 1
                        if again:
                            repeats[here, v, w, 1] += 1
                        if scored:
                            low[here, v, w, 0] += 1
                            if answer_low[answer]:
                                low[here, v, w, 1] += 1
                        for p in range(starts[here], starts[here + 1]):
                            b = to[p]
                            came = owner[b] == c and upcoming[b] - then <= never[p]
                            if not came and then + never[p] > end:
                                continue
                            fails[p, v, w, 0] += 1
                            if not came:
                                fails[p, v, w, 1] += 1
                            else:
                                slow[p, v, w, 0] += 1
                                if upcoming[b] - then > slow_from[p]:
                                    slow[p, v, w, 1] += 1
                    owner[here] = c
                    upcoming[here] = then
                if scored:
                    answer -= 1
            s = stop
