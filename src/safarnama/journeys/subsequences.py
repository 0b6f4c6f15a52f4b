"""How many customers have each of many sequences, with other events between: one pass over the events for all of them.

The sequences are a tree of their beginnings. Of every node is kept when it was last reached: if that is too long ago, every
earlier time is too. An event goes through the nodes that its touchpoint leads to, the longest sequences first, so that one event
is one place of a sequence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.journeys.moments import moments_of
from safarnama.journeys.partial import Partial
from safarnama.journeys.plans import NO_WINDOW
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard


@dataclass(frozen=True)
class Counting:
    """Counts the customers who have each of ``sequences`` (touchpoint numbers), all its places at most ``gap`` ms after the one
    before. With ``goal`` (numbers) only what comes before a customer's first of these counts, and beside it how many reach it.
    """

    sequences: Sequence[tuple[int, ...]]
    gap: int = int(NO_WINDOW)
    goal: tuple[int, ...] = ()

    def count(self, shard: Shard, scope: Scope) -> Partial:
        """``counts`` int64 (sequences, 2): customers, and those of them who reach the goal afterwards; ``all`` the same of all."""
        counts, everyone = self._walk(shard, scope, -1, False, np.zeros(0, np.bool_))
        return Partial(sums={"counts": counts, "all": everyone})

    def having(self, shard: Shard, scope: Scope, place: int, reaching: bool = False) -> np.ndarray:
        """Which customers have the sequence at that place, bool (C,); only those ``reaching`` the goal afterwards, if wanted."""
        chosen = np.zeros(shard.customers, np.bool_)
        self._walk(shard, scope, place, reaching, chosen)
        return chosen

    def _walk(
        self, shard: Shard, scope: Scope, wanted: int, reaching: bool, chosen: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        parents, leads, starts, ends = _tree(self.sequences, scope.size)
        goal = np.zeros(scope.size + 1, np.bool_)
        goal[list(self.goal)] = True
        node_counts = np.zeros((parents.size, 2), np.int64)
        everyone = np.zeros(2, np.int64)
        _walk(
            shard.code, moments_of(shard), shard.offset, shard.runs, scope.table, parents, leads, starts,
            np.int64(self.gap), goal, node_counts, everyone, ends[wanted] if wanted >= 0 else -1, reaching, chosen,
        )  # fmt: skip
        return node_counts[ends], everyone


def _tree(sequences: Sequence[tuple[int, ...]], size: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Parents (nodes,); the nodes that each touchpoint leads to, the deepest first, as one list with its starts; and the node at
    which each sequence ends. Node 0 is the beginning of all."""
    known: dict[tuple[int, ...], int] = {(): 0}
    parents = [0]
    for sequence in sequences:
        for length in range(1, len(sequence) + 1):
            part = sequence[:length]
            if part not in known:
                known[part] = len(known)
                parents.append(known[part[:-1]])
    leads: list[list[int]] = [[] for _ in range(size + 1)]
    for part in sorted(known, key=len, reverse=True):
        if part:
            leads[part[-1]].append(known[part])
    starts = np.concatenate([[0], np.cumsum([len(each) for each in leads])]).astype(np.int64)
    flat = np.array([node for each in leads for node in each], np.int64)
    return np.array(parents, np.int64), flat, starts, np.array([known[each] for each in sequences], np.int64)


@compiled
def _walk(
    code, when, offset, runs, table, parents, leads, starts, gap, goal, counts, everyone, wanted, reaching, chosen
):
    never = np.int64(-(1 << 62))
    last = np.full(parents.size, never, np.int64)
    seen = np.zeros(parents.size, np.int64)  # the customer who reached each node last, from 1
    got = np.empty(parents.size, np.int64)
    for r in range(runs.shape[0]):
        for customer in range(runs[r, 0], runs[r, 1]):
            many = 0
            reached = False
            for i in range(offset[customer], offset[customer + 1] - 1):
                number = table[code[i]]
                if goal[number]:
                    reached = True
                    break
                t = when[i]
                for at in range(starts[number], starts[number + 1]):
                    node = leads[at]
                    parent = parents[node]
                    if parent and (seen[parent] != customer + 1 or t - last[parent] > gap):
                        continue
                    if seen[node] != customer + 1:
                        seen[node] = customer + 1
                        got[many] = node
                        many += 1
                    last[node] = t
            everyone[0] += 1
            everyone[1] += reached
            for j in range(many):
                counts[got[j], 0] += 1
                counts[got[j], 1] += reached
                if got[j] == wanted:
                    chosen[customer] = reached or not reaching
