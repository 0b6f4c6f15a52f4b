"""Intervals for what has none of its own: whole customers drawn again, with the weight of a Poisson variable each.

Customers are put into groups by their key and a seed, one pass counts every group, and each draw adds up the groups with weights of
their own (Poisson bootstrap: Chamandy and others, 2012). Partials add up, so this holds for every question that counts, and the same
customers give the same draws however they lie in shards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from safarnama.journeys.partial import Keyed, Partial, total

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

GROUPS, DRAWS = 128, 200


def drawn_again(journeys: Journeys, question: Any, seed: int) -> Iterator[Partial]:
    """The partial of a question over customers drawn again, ``DRAWS`` times."""
    groups = [part for part in (_group(journeys, number, seed) for number in range(GROUPS)) if part.customers]
    partials = [question.counted(part) for part in groups]
    weights = np.random.default_rng(seed).poisson(1.0, (DRAWS, len(partials)))
    for draw in weights.tolist():
        yield total(_times(partial, weight) for partial, weight in zip(partials, draw, strict=True) if weight)


def _group(journeys: Journeys, number: int, seed: int) -> Journeys:
    shards = []
    for shard in journeys.shards:
        mixed = shard.key * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
        mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
        shards.append(shard.only((mixed >> np.uint64(40)) % np.uint64(GROUPS) == number))
    return journeys.with_shards(shards)


def _times(partial: Partial, weight: int) -> Partial:
    """The partial of the same customers, each ``weight`` times."""
    return replace(
        partial,
        sums={name: array * weight for name, array in partial.sums.items()},
        keyed={name: Keyed(keyed.keys, keyed.counts * weight) for name, keyed in partial.keyed.items()},
    )
