"""Intervals for what has none of its own: whole customers drawn again, with the weight of a Poisson variable each.

Customers are put into groups by their key and a seed, one pass counts every group, and each draw adds up the groups with weights of
their own (Poisson bootstrap: Chamandy and others, 2012). Partials add up, so this holds for every question that counts, and the same
customers give the same draws however they lie in shards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from safarnama.journeys.elsewhere import Elsewhere
from safarnama.journeys.partial import Keyed, Partial, total
from safarnama.journeys.shard import Shard

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

GROUPS, DRAWS = 128, 200


def drawn_again(journeys: Journeys, question: Any, seed: int) -> Iterator[Partial]:
    """The partial of a question over customers drawn again, ``DRAWS`` times."""
    partials = (
        _elsewhere(journeys, question, seed)
        if isinstance(journeys.shards, Elsewhere)
        else _here(journeys, question, seed)
    )
    weights = np.random.default_rng(seed).poisson(1.0, (DRAWS, len(partials)))
    for draw in weights.tolist():
        yield total(_times(part, weight) for part, weight in zip(partials, draw, strict=True) if weight)


def _here(journeys: Journeys, question: Any, seed: int) -> list[Partial]:
    """The partial of every group that anybody is in."""
    groups = (journeys.reshaped(partial(_group, number=number, seed=seed)) for number in range(GROUPS))
    return [question.counted(group) for group in groups if group.customers]


def _elsewhere(journeys: Journeys, question: Any, seed: int) -> list[Partial]:
    """The same in one journey to the cluster instead of one for every group."""
    scope = journeys.scope

    def look(shard: Shard) -> list[tuple[int, Partial]]:
        groups = ((number, _group(shard, number, seed)) for number in range(GROUPS))
        return [(number, question.count(group, scope)) for number, group in groups if group.counted]

    found: dict[int, list[Partial]] = {}
    for parts in journeys.gathered(look):
        for number, part in parts:
            found.setdefault(number, []).append(part)
    return [total(found[number]) for number in sorted(found)]


def _group(shard: Shard, number: int, seed: int) -> Shard:
    mixed = shard.key * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
    mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return shard.only((mixed >> np.uint64(40)) % np.uint64(GROUPS) == number)


def _times(part: Partial, weight: int) -> Partial:
    """The partial of the same customers, each ``weight`` times."""
    return replace(
        part,
        sums={name: array * weight for name, array in part.sums.items()},
        keyed={name: Keyed(keyed.keys, keyed.counts * weight) for name, keyed in part.keyed.items()},
    )
