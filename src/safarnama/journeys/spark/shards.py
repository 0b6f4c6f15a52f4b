"""Shards on a Spark cluster: what is asked goes to them, and only what was counted comes back."""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from safarnama.journeys.elsewhere import Change, Elsewhere, Look
from safarnama.journeys.local import Countable
from safarnama.journeys.partial import Partial, total
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard

FAN = 16  # partials that are added up by one task
_FOUND = "place int, found binary"


@dataclass(frozen=True)
class SparkShards(Elsewhere):
    """``frame``: a DataFrame with a row for each of ``count`` shards: ``place`` (their order) and ``shard``, from which ``opened``
    makes it on the worker. ``changes`` are done to each, in their order, before anything is counted."""

    frame: Any
    count: int
    opened: Callable[[bytes], Shard]
    changes: tuple[Change, ...] = ()

    def reshaped(self, change: Change) -> SparkShards:
        return replace(self, changes=(*self.changes, change))

    def gathered(self, look: Look) -> list[Any]:
        rows = self._found(lambda shard: pickle.dumps(look(shard))).collect()
        return [pickle.loads(row["found"]) for row in sorted(rows, key=lambda row: row["place"])]

    def counted(self, question: Countable, scope: Scope) -> Partial:
        """The partial of a question over all shards: counted where they are, added up in a tree."""
        partials = self._found(lambda shard: question.count(shard, scope).to_bytes() if shard.counted else b"")
        many = self.count
        while many > FAN:
            many = math.ceil(many / FAN)
            partials = partials.repartition(many).mapInArrow(_added, _FOUND)
        return total(Partial.from_bytes(row["found"]) for row in partials.collect() if row["found"])

    def _found(self, look: Callable[[Shard], bytes]) -> Any:
        # The functions below go to the workers: they hold on to these two, not to the frame.
        opened, changes = self.opened, self.changes

        def found(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for place, kept in _rows(batches, "shard"):
                shard = opened(kept)
                for change in changes:
                    shard = change(shard)
                yield _row(place, look(shard))

        return self.frame.mapInArrow(found, _FOUND)


def count(question: Countable, shards: SparkShards, scope: Scope) -> Partial:
    """The runner of journeys on Spark; see ``journeys.local`` for the other."""
    return shards.counted(question, scope)


def _added(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    partials = [Partial.from_bytes(found) for _, found in _rows(batches, "found") if found]
    if partials:
        yield _row(0, total(partials).to_bytes())


def _rows(batches: Iterable[pa.RecordBatch], column: str) -> Iterator[tuple[int, bytes]]:
    for batch in batches:
        for place, value in zip(batch.column("place"), batch.column(column), strict=True):
            yield place.as_py(), value.as_py()


def _row(place: int, found: bytes) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays(
        [pa.array([place], pa.int32()), pa.array([found], pa.binary())], ["place", "found"]
    )
