"""Holding journeys against a plan: the best alignment of each with an ordered list of steps.

An event that is not part of the plan's order costs one, a step that is not met costs one (Adriansyah, van Dongen and van der
Aalst, 2011). For a plan that is a sequence the cheapest alignment is a longest common subsequence, in which a pair saves two,
and one where the step may be left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.core.grammar import Step
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard

DONE, FAILED, OUT_OF_ORDER, MISSING, LEFT_OUT = range(5)
"""What became of a step. LEFT_OUT is a step that may be left out and was."""


@dataclass(frozen=True)
class Alignments:
    """The customers of a shard that count, held against K steps.

    inside    bool (C,)       they did at least one step of the plan
    state     int8 (C, K)     what became of each step (DONE … LEFT_OUT)
    again     int32 (C, K)    events of a step beside the one that stands for it
    ad_hoc    int64 (C,)      events that are no step of the plan
    events    int64 (C,)      all events
    cost      int64 (C,)      of the best alignment: events and steps without a partner; a step that may be left out is free
    """

    inside: np.ndarray
    state: np.ndarray
    again: np.ndarray
    ad_hoc: np.ndarray
    events: np.ndarray
    cost: np.ndarray

    @property
    def deviations(self) -> np.ndarray:
        """How many steps failed, are out of order or missing, int64 (C,)."""
        return ((self.state != DONE) & (self.state != LEFT_OUT)).sum(1)


def align(shard: Shard, scope: Scope, steps: tuple[Step, ...], failure: tuple[int, ...] = ()) -> Alignments:
    """Hold the customers of a shard that count against steps. A step is FAILED when a touchpoint of ``failure`` comes after the
    event that stands for it and before the next event that is a step."""
    stands = np.zeros((scope.size + 1, len(steps)), np.bool_)
    for place, step in enumerate(steps):
        stands[scope.numbers(step), place] = True
    fails = np.zeros(scope.size + 1, np.bool_)
    fails[list(failure)] = True
    optional = np.array([step.optional for step in steps], np.bool_)
    many = shard.counted
    found = Alignments(
        inside=np.zeros(many, np.bool_),
        state=np.zeros((many, len(steps)), np.int8),
        again=np.zeros((many, len(steps)), np.int32),
        ad_hoc=np.zeros(many, np.int64),
        events=np.zeros(many, np.int64),
        cost=np.zeros(many, np.int64),
    )
    _align(
        shard.code, shard.offset, shard.runs, scope.table, stands, stands.any(1), fails, optional,
        found.inside, found.state, found.again, found.ad_hoc, found.events, found.cost,
    )  # fmt: skip
    return found


@compiled
def _align(code, offset, runs, table, stands, planned, fails, optional, inside, state, again, ad_hoc, events, cost):
    steps = optional.size
    needed = steps - optional.sum()
    room = 64
    number = np.empty(room, np.int32)  # of every event that is a step
    broken = np.empty(room, np.bool_)  # whether a failure follows it, before the next such event
    best = np.zeros((room + 1, steps + 1), np.int32)
    place = 0
    for r in range(runs.shape[0]):
        for customer in range(runs[r, 0], runs[r, 1]):
            low = offset[customer]
            high = offset[customer + 1] - 1
            events[place] = high - low
            if high - low > room:
                room = 2 * (high - low)
                number = np.empty(room, np.int32)
                broken = np.empty(room, np.bool_)
                best = np.zeros((room + 1, steps + 1), np.int32)
            e = 0
            for i in range(low, high):
                at = table[code[i]]
                if planned[at]:
                    number[e] = at
                    broken[e] = False
                    e += 1
                    # The most that can be saved with the first e events and the first j steps.
                    for j in range(1, steps + 1):
                        most = max(best[e - 1, j], best[e, j - 1])
                        if stands[at, j - 1]:
                            most = max(most, best[e - 1, j - 1] + (1 if optional[j - 1] else 2))
                        best[e, j] = most
                else:
                    ad_hoc[place] += 1
                    if e and fails[at]:
                        broken[e - 1] = True
            inside[place] = e > 0
            cost[place] = events[place] + needed - best[e, steps]
            for j in range(steps):
                state[place, j] = 4 if optional[j] else 3
            # Back from the end: of equal alignments the one with the latest events.
            j = steps
            while e > 0:
                at = number[e - 1]
                while (
                    j > 0
                    and best[e, j] == best[e, j - 1]
                    and not (stands[at, j - 1] and best[e, j] == best[e - 1, j - 1] + (1 if optional[j - 1] else 2))
                ):
                    j -= 1
                if j > 0 and stands[at, j - 1] and best[e, j] == best[e - 1, j - 1] + (1 if optional[j - 1] else 2):
                    state[place, j - 1] = 1 if broken[e - 1] else 0
                    j -= 1
                else:
                    for s in range(steps):
                        again[place, s] += stands[at, s]
                e -= 1
            for s in range(steps):
                if state[place, s] >= 3 and again[place, s] > 0:
                    state[place, s] = 2
            place += 1
