"""Running a question on this machine: each thread counts a share of the customers, the partials are added up."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from safarnama.journeys.partial import Partial, total
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard

THREADS = max(1, min(8, os.cpu_count() or 1))
_WORTH_SPLITTING = 50_000  # slots; below that a thread costs more than it gains


class Countable(Protocol):
    """What the runners ask of a question."""

    def count(self, shard: Shard, scope: Scope) -> Partial: ...


def count(question: Countable, shards: Sequence[Shard], scope: Scope, threads: int = THREADS) -> Partial:
    """The question's partial over all shards."""
    parts: list[Shard] = []
    for shard in shards:
        share = max(1, min(threads, shard.code.size // _WORTH_SPLITTING)) if len(shards) < 2 * threads else 1
        parts += shard.split(share)
    parts = [part for part in parts if part.counted]
    if len(parts) < 2 or threads < 2:
        return total(question.count(part, scope) for part in parts)
    with ThreadPoolExecutor(threads) as pool:
        return total(pool.map(lambda part: question.count(part, scope), parts))
