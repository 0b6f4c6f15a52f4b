"""Intervals for what has none of its own: whole customers drawn again.

Customers are put into groups by their key and a seed, one look counts every group, and each draw adds up as many groups as there are,
some of them several times and some not at all (the bootstrap of Efron, 1979, over groups). Partials add up, so this holds for every
question that counts, and the same customers give the same draws however they lie in shards. A customer is always in the same group:
what is drawn for two segments or periods goes together where customers are the same in both.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from safarnama.journeys.elsewhere import Elsewhere
from safarnama.journeys.partial import Keyed, Partial, total
from safarnama.journeys.shard import Shard

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys
    from safarnama.journeys.local import Countable

GROUPS, DRAWS = 128, 200


def drawn_again(journeys: Journeys, question: Any, seed: int) -> list[Partial]:
    """The partial of a question over customers drawn again, ``DRAWS`` times; looked at as often as any of the draws needs."""
    weights = np.random.default_rng(seed).multinomial(GROUPS, np.full(GROUPS, 1 / GROUPS), DRAWS)
    drawn = [Partial()] * DRAWS
    more: Countable | None = question.counter(journeys)
    while more is not None:
        groups = _counted(journeys, more, seed)
        drawn = [before + found for before, found in zip(drawn, _drawn(groups, weights), strict=True)]
        more = question.again(drawn, journeys.scope)
    return drawn


def _drawn(groups: dict[int, Partial], weights: np.ndarray) -> list[Partial]:
    """The partial of every draw; ``weights`` (DRAWS, GROUPS): how often each group is in it."""
    drawn = [Partial() for _ in weights]
    for kind, joined in _JOINED.items():
        for name in {name: None for part in groups.values() for name in getattr(part, kind)}:
            mine = {number: getattr(part, kind)[name] for number, part in groups.items() if name in getattr(part, kind)}
            here = weights[:, list(mine)]
            several = joined(list(mine.values()))
            for draw, weight in zip(drawn, here, strict=True):
                if weight.any():
                    getattr(draw, kind)[name] = several(weight)
    return drawn


def _summed(parts: list[np.ndarray]) -> _Several:
    arrays = np.stack(parts)
    return lambda weight: np.tensordot(weight, arrays, 1)


def _least(parts: list[np.ndarray]) -> _Several:
    arrays = np.stack(parts)
    return lambda weight: arrays[weight > 0].min(axis=0)


def _most(parts: list[np.ndarray]) -> _Several:
    arrays = np.stack(parts)
    return lambda weight: arrays[weight > 0].max(axis=0)


def _united(parts: list[Keyed]) -> _Several:
    """Rows of the same key are brought beside each other once; then a draw is a sum of neighbours."""
    keys, counts = np.concatenate([part.keys for part in parts]), np.concatenate([part.counts for part in parts])
    order = np.lexsort(keys.T[::-1])
    keys, counts = keys[order], counts[order]
    place = np.repeat(np.arange(len(parts)), [len(part.keys) for part in parts])[order]
    starts = np.flatnonzero(np.append(True, (keys[1:] != keys[:-1]).any(axis=1))[: len(keys)])

    def several(weight: np.ndarray) -> Keyed:
        if not starts.size:
            return Keyed(keys, counts)
        often = weight[place]
        seen = np.add.reduceat(often, starts) > 0
        return Keyed(keys[starts[seen]], np.add.reduceat(counts * often[:, None], starts)[seen])

    return several


_Several = Callable[[np.ndarray], Any]  # from how often each of some parts is there, all of them together
_JOINED: dict[str, Callable[[Any], _Several]] = {
    "sums": _summed,
    "keyed": _united,
    "lows": _least,
    "highs": _most,
}


def _counted(journeys: Journeys, question: Countable, seed: int) -> dict[int, Partial]:
    """The partial of every group that anybody is in."""
    if isinstance(journeys.shards, Elsewhere):
        return _elsewhere(journeys, question, seed)
    groups = ((number, journeys.reshaped(partial(_group, number=number, seed=seed))) for number in range(GROUPS))
    return {number: group.count(question) for number, group in groups if group.customers}


def _elsewhere(journeys: Journeys, question: Countable, seed: int) -> dict[int, Partial]:
    """The same in one journey to the cluster instead of one for every group."""
    scope = journeys.scope

    def look(shard: Shard) -> list[tuple[int, Partial]]:
        groups = ((number, _group(shard, number, seed)) for number in range(GROUPS))
        return [(number, question.count(group, scope)) for number, group in groups if group.counted]

    found: dict[int, list[Partial]] = {}
    for parts in journeys.gathered(look):
        for number, part in parts:
            found.setdefault(number, []).append(part)
    return {number: total(found[number]) for number in sorted(found)}


def _group(shard: Shard, number: int, seed: int) -> Shard:
    mixed = shard.key * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return shard.only((mixed >> np.uint64(40)) % np.uint64(GROUPS) == number)
