"""Running a question on this machine: each thread counts a share of the customers, the partials are added up."""

from __future__ import annotations

import functools
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
    rest = _pool(threads).map(lambda part: question.count(part, scope), parts[1:])
    # The thread that asks counts too: waking another takes longer than a small part.
    return total([question.count(parts[0], scope), *rest])


@functools.cache
def _pool(threads: int) -> ThreadPoolExecutor:
    """Threads that stay: starting them anew for every question would take longer than many an answer."""
    return ThreadPoolExecutor(threads, "safarnama-count")


# A forked process has none of these threads.
os.register_at_fork(after_in_child=_pool.cache_clear)
