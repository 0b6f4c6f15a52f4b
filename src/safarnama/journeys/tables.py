"""Journeys straight from a table: for a notebook, a benchmark, a cluster. No workspace, nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from safarnama.core.compiled import compiled
from safarnama.core.errors import unknown
from safarnama.core.words import Text
from safarnama.events import hashing
from safarnama.journeys.encode import code_type, encode, end_of
from safarnama.journeys.scope import Scope, identity_table
from safarnama.journeys.shard import Shard

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

_THREADS = 2
_PUBLIC_KEY = bytes(16)  # ids of a table that is nowhere stored need no secret


def from_parquet(
    path: str | Path,
    *,
    customer: str,
    touchpoint: str,
    time: str,
    dimensions: Sequence[str] = (),
    timezone: str = "UTC",
) -> Journeys:
    """Journeys from a Parquet file; see ``from_table``."""
    wanted = [customer, touchpoint, time, *dimensions]
    file = pq.ParquetFile(path, read_dictionary=[touchpoint, *dimensions])
    _check(wanted, file.schema_arrow.names)
    table = pq.read_table(path, columns=wanted, read_dictionary=[touchpoint, *dimensions])
    return from_table(
        table, customer=customer, touchpoint=touchpoint, time=time, dimensions=dimensions, timezone=timezone
    )


def from_table(
    table: pa.Table, *, customer: str, touchpoint: str, time: str, dimensions: Sequence[str] = (), timezone: str = "UTC"
) -> Journeys:
    """Journeys from an Arrow table.

    ``customer``: ids, whole numbers or text. ``touchpoint``: text. ``time``: timestamps (those without a zone are UTC) or
    microseconds since 1970. ``dimensions``: text columns to filter and break down by. Rows without an id, a touchpoint or a
    time are left out. Raises ``Mistake`` for a column that is not there.
    """
    from safarnama.journeys.journeys import Journeys

    _check([customer, touchpoint, time, *dimensions], table.column_names)
    whole = table.select(dict.fromkeys([customer, touchpoint, time, *dimensions]))
    if any(whole[name].null_count for name in (customer, touchpoint, time)):
        whole = whole.filter(
            pc.and_(pc.and_(whole[customer].is_valid(), whole[touchpoint].is_valid()), whole[time].is_valid())
        )
    batches = [batch for batch in whole.to_batches() if batch.num_rows]
    names = _vocabulary(batch.column(touchpoint) for batch in batches)
    kind = code_type(len(names))
    places = {name: place for place, name in enumerate(names)}

    def chunk(batch: pa.RecordBatch) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        return (
            _keys(batch.column(customer)),
            _microseconds(batch.column(time)),
            _codes(batch.column(touchpoint), places, kind),
        )

    with ThreadPoolExecutor(_THREADS) as pool:
        chunks = list(pool.map(chunk, batches))
    made = encode(chunks, kind, order=bool(dimensions))
    words: dict[str, np.ndarray] = {}
    values: dict[str, list[str]] = {}
    for name in dimensions:
        values[name] = _vocabulary(batch.column(name) for batch in batches)
        own = {value: place + 1 for place, value in enumerate(values[name])}
        column = np.concatenate(
            [_codes(batch.column(name), own, np.uint16) for batch in batches] or [np.zeros(0, np.uint16)]
        )
        words[name] = np.zeros(made.code.size, np.uint16)
        _spread(made.order, column, words[name])
    times = [times for _, times, _ in chunks]
    shard = Shard(made.code, made.gap, made.offset, made.first, made.key, made.long_at, made.long_ms, words)
    scope = Scope(
        touchpoints=tuple(names),
        table=identity_table(len(names), end_of(kind)),
        words=values,
        timezone=timezone,
        first=min((int(part.min()) for part in times), default=None),
        last=max((int(part.max()) for part in times), default=None),
        fingerprint=f"{int(sum(int(np.sum(keys, dtype=np.uint64)) for keys, _, _ in chunks)) % (1 << 64):016x}-{made.code.size}",
    )
    return Journeys((shard,), scope)


def _check(wanted: Iterable[str], known: list[str]) -> None:
    for name in wanted:
        if name not in known:
            raise unknown(Text(en="Column", fa="ستون"), name, known)


def _vocabulary(columns: Iterable[Any]) -> list[str]:
    """All values of a text column, in alphabetical order."""
    seen: set[str] = set()
    for column in columns:
        found = column.dictionary if pa.types.is_dictionary(column.type) else pc.unique(column)
        seen.update(str(value) for value in found.to_pylist() if value is not None)
    return sorted(seen)


def _keys(column: pa.Array) -> np.ndarray:
    if pa.types.is_dictionary(column.type):
        return _keys(column.dictionary)[column.indices.to_numpy()]
    if pa.types.is_integer(column.type):
        # One to one: two numbers never share a key.
        return hashing.mixed(column.to_numpy().astype(np.int64).view(np.uint64))
    return hashing.keyed(column.cast(pa.string()), _PUBLIC_KEY)


def _microseconds(column: pa.Array) -> np.ndarray:
    if pa.types.is_timestamp(column.type):
        unit = {"s": 1_000_000, "ms": 1_000, "us": 1, "ns": -1_000}[column.type.unit]
        raw = column.cast(pa.int64()).to_numpy()
        return raw // -unit if unit < 0 else raw * unit
    return column.cast(pa.int64()).to_numpy()


def _codes(column: pa.Array, places: dict[str, int], kind: Any) -> np.ndarray:
    if not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string()).dictionary_encode()
    table = np.array([places.get(str(word), 0) for word in column.dictionary.to_pylist()] + [0], kind)
    if not column.null_count:
        return table[column.indices.to_numpy()]
    return table[pc.fill_null(column.indices, len(table) - 1).to_numpy(zero_copy_only=False)]


@compiled
def _spread(order, column, out):
    for i in range(order.size):
        if order[i] >= 0:
            out[i] = column[order[i]]
