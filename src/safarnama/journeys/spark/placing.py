"""Bringing journeys to a Spark cluster: from a table that it holds, or from a workspace that its workers can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from safarnama.core.taxonomy import Taxonomy
from safarnama.core.workspace import Workspace
from safarnama.journeys.opening import journeys_of
from safarnama.journeys.shaping.rename import by_taxonomy
from safarnama.journeys.shard import Shard
from safarnama.journeys.spark.session import ship
from safarnama.journeys.spark.shards import SparkShards, count
from safarnama.journeys.store import JourneyStore
from safarnama.journeys.tables import Alphabet, Columns, Rows

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys


def on_spark(session: Any, table: Any, *, shards: int | None = None, timezone: str = "UTC", **columns: Any) -> Journeys:
    """See ``Journeys.on_spark``. Raises ``Mistake`` for a column that is not there."""
    ship(session)
    if isinstance(table, Workspace):
        return _workspace(session, table)
    frame = table
    if isinstance(table, str):
        frame = session.read.parquet(table) if "/" in table else session.table(table)
    wanted = Columns.of(**columns)
    wanted.check(frame.columns)
    return _table(session, frame, wanted, shards, timezone)


def _table(session: Any, frame: Any, columns: Columns, shards: int | None, timezone: str) -> Journeys:
    """Encoded where the rows are. A customer's shard is found from the first bits of its key, which are the same everywhere, so
    rows travel once and all that is asked later needs no shuffle."""
    from safarnama.journeys.journeys import Journeys

    needed = " and ".join(f"`{name}` is not null" for name in (columns.customer, columns.touchpoint, columns.time))
    rows = frame.select(*[f"`{name}`" for name in columns.names]).where(needed)
    alphabet = Alphabet(_words(rows, columns.touchpoint), {name: _words(rows, name) for name in columns.dimensions})
    bits = max(1, ((shards or 2 * session.sparkContext.defaultParallelism) - 1).bit_length())

    def number(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            if batch.num_rows:
                yield _numbered(alphabet.rows(batch, columns), bits)

    def encode(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        whole = pa.Table.from_batches(list(batches), schema=schema)
        places = whole["place"].to_numpy()
        for place in np.unique(places).tolist():
            shard = alphabet.shard([_rows(whole.filter(pa.array(places == place)), alphabet)], bits)
            data = [pa.array([place], pa.int32()), pa.array([shard.to_bytes()], pa.binary())]
            yield pa.RecordBatch.from_arrays(data, ["place", "shard"])

    words = "".join(f", word{place} long" for place in range(len(columns.dimensions)))
    schema = pa.schema(
        [("place", pa.int32()), ("key", pa.int64()), ("time", pa.int64()), ("code", pa.int64())]
        + [(f"word{place}", pa.int64()) for place in range(len(columns.dimensions))]
    )
    numbered = rows.mapInArrow(number, f"place int, key long, time long, code long{words}")
    encoded = numbered.repartition(1 << bits, "place").mapInArrow(encode, "place int, shard binary").persist()
    held = SparkShards(encoded, 1 << bits, Shard.from_bytes)
    seen = held.gathered(_facts)
    scope = alphabet.scope(
        first=min((first for first, *_ in seen), default=None),
        last=max((last for _, last, *_ in seen), default=None),
        mark=sum(mark for *_, mark, _ in seen),
        slots=sum(slots for *_, slots in seen),
        timezone=timezone,
    )
    return Journeys(held, scope, runner=count)


def _words(rows: Any, name: str) -> list[str]:
    found = rows.where(f"`{name}` is not null").select(rows[name].cast("string").alias("word")).distinct().collect()
    return sorted(row["word"] for row in found)


def _numbered(rows: Rows, bits: int) -> pa.RecordBatch:
    arrays = [
        pa.array((rows.keys >> np.uint64(64 - bits)).astype(np.int32)),
        pa.array(rows.keys.view(np.int64)),
        pa.array(rows.times),
        pa.array(rows.codes.astype(np.int64)),
        *[pa.array(column.astype(np.int64)) for column in rows.words.values()],
    ]
    return pa.RecordBatch.from_arrays(
        arrays, ["place", "key", "time", "code", *[f"word{place}" for place in range(len(rows.words))]]
    )


def _rows(table: pa.Table, alphabet: Alphabet) -> Rows:
    return Rows(
        table["key"].to_numpy().view(np.uint64),
        table["time"].to_numpy(),
        table["code"].to_numpy().astype(alphabet.kind),
        {
            name: table[f"word{place}"].to_numpy().astype(alphabet.word_kind(name))
            for place, name in enumerate(alphabet.values)
        },
    )


def _facts(shard: Shard) -> tuple[int, int, int, int]:
    """First and last moment in microseconds (to the millisecond), what the keys of all events add up to, and slots."""
    from safarnama.journeys.moments import moments_of

    moments = moments_of(shard)
    events = (np.diff(shard.offset) - 1).astype(np.uint64)
    mark = int(np.sum(shard.key * events, dtype=np.uint64))
    return 1000 * int(shard.first.min()), 1000 * int(moments.max()), mark, shard.code.size


def _workspace(session: Any, workspace: Workspace) -> Journeys:
    """The stored journeys, opened by the workers in the workspace's folder."""
    from safarnama.journeys.journeys import willing

    here = journeys_of(workspace, renamed=False)
    store = JourneyStore(workspace)
    places = [(place, entry) for place, entry in enumerate(store.files())]
    frame = session.createDataFrame(places, "place int, shard binary").repartition(max(1, len(places)))
    held = SparkShards(frame, len(places), JourneyStore.opened).reshaped(willing)
    there = replace(here, shards=held, runner=count)
    return by_taxonomy(there, Taxonomy.of(workspace), strict=False)
