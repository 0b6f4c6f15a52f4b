"""Journeys straight from a table: for a notebook, a benchmark, a cluster. No workspace, nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
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


@dataclass(frozen=True)
class Columns:
    """Which column of a table is what."""

    customer: str
    touchpoint: str
    time: str
    dimensions: tuple[str, ...] = ()

    @classmethod
    def of(cls, *, customer: str, touchpoint: str, time: str, dimensions: Sequence[str] = ()) -> Columns:
        return cls(customer, touchpoint, time, tuple(dimensions))

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys([self.customer, self.touchpoint, self.time, *self.dimensions]))

    def check(self, known: Iterable[str]) -> None:
        """Raises ``Mistake`` for a column that is not there."""
        there = list(known)
        for name in self.names:
            if name not in there:
                raise unknown(Text(en="Column", fa="ستون"), name, there)

    def complete(self, table: pa.Table) -> pa.Table:
        """These columns of the rows that have an id, a touchpoint and a time."""
        whole = table.select(self.names)
        needed = [whole[name] for name in (self.customer, self.touchpoint, self.time)]
        if any(column.null_count for column in needed):
            there = [column.is_valid() for column in needed]
            whole = whole.filter(pc.and_(pc.and_(there[0], there[1]), there[2]))
        return whole


def from_parquet(path: str | Path, *, timezone: str = "UTC", **columns: Any) -> Journeys:
    """Journeys from a Parquet file; see ``from_table``."""
    wanted = Columns.of(**columns)
    text = [wanted.touchpoint, *wanted.dimensions]
    wanted.check(pq.ParquetFile(path).schema_arrow.names)
    return from_table(pq.read_table(path, columns=wanted.names, read_dictionary=text), timezone=timezone, **columns)


def from_table(table: pa.Table, *, timezone: str = "UTC", **columns: Any) -> Journeys:
    """Journeys from an Arrow table.

    ``customer``: ids, whole numbers or text. ``touchpoint``: text. ``time``: timestamps (those without a zone are UTC) or
    microseconds since 1970. ``dimensions``: text columns to filter and break down by. Rows without an id, a touchpoint or a
    time are left out. Raises ``Mistake`` for a column that is not there.
    """
    from safarnama.journeys.journeys import Journeys

    wanted = Columns.of(**columns)
    wanted.check(table.column_names)
    batches = [batch for batch in wanted.complete(table).to_batches() if batch.num_rows]
    names, *values = (
        vocabulary(batch.column(name) for batch in batches) for name in (wanted.touchpoint, *wanted.dimensions)
    )
    alphabet = Alphabet(names, dict(zip(wanted.dimensions, values, strict=True)))
    with ThreadPoolExecutor(_THREADS) as pool:
        rows = list(pool.map(lambda batch: alphabet.rows(batch, wanted), batches))
    shard = alphabet.shard(rows)
    scope = alphabet.scope(
        first=min((int(part.times.min()) for part in rows), default=None),
        last=max((int(part.times.max()) for part in rows), default=None),
        mark=sum(int(np.sum(part.keys, dtype=np.uint64)) for part in rows),
        slots=shard.code.size,
        timezone=timezone,
    )
    return Journeys((shard,), scope)


@dataclass(frozen=True)
class Rows:
    """Some rows as numbers, in any order, each of shape (n,): keys uint64, microseconds int64, codes, and the code of each
    dimension (0 is none)."""

    keys: np.ndarray
    times: np.ndarray
    codes: np.ndarray
    words: dict[str, np.ndarray]


@dataclass(frozen=True)
class Alphabet:
    """All touchpoints, and all values of every dimension: once they are known, every part of a table can be encoded apart."""

    names: list[str]
    values: dict[str, list[str]]

    @property
    def kind(self) -> type[np.unsignedinteger]:
        return code_type(len(self.names))

    def word_kind(self, name: str) -> Any:
        return np.uint16 if len(self.values[name]) < 65_535 else np.uint32

    @cached_property
    def _places(self) -> pa.Array:
        return pa.array(self.names, pa.string())

    @cached_property
    def _words(self) -> dict[str, pa.Array]:
        """0 is none: the values of a dimension begin at 1."""
        return {name: pa.array([None, *own], pa.string()) for name, own in self.values.items()}

    def rows(self, batch: pa.RecordBatch, columns: Columns) -> Rows:
        """The rows of a batch as numbers."""
        return Rows(
            _keys(batch.column(columns.customer)),
            _microseconds(batch.column(columns.time)),
            _codes(batch.column(columns.touchpoint), self._places, self.kind),
            {name: _codes(batch.column(name), self._words[name], self.word_kind(name)) for name in columns.dimensions},
        )

    def shard(self, rows: Sequence[Rows], prefix: int = 0) -> Shard:
        """The journeys of all customers of these rows; ``prefix`` as in ``encode``."""
        chunks = [(part.keys, part.times, part.codes) for part in rows]
        made = encode(chunks, self.kind, prefix, order=bool(self.values))
        words: dict[str, np.ndarray] = {}
        for name in self.values:
            kind = self.word_kind(name)
            column = np.concatenate([part.words[name] for part in rows] or [np.zeros(0, kind)])
            words[name] = np.zeros(made.code.size, kind)
            _spread(made.order, column, words[name])
        return Shard(made.code, made.gap, made.offset, made.first, made.key, made.long_at, made.long_ms, words)

    def scope(self, *, first: int | None, last: int | None, mark: int, slots: int, timezone: str) -> Scope:
        """The scope of journeys with so many slots; ``mark`` is what the keys of all rows add up to."""
        return Scope(
            touchpoints=tuple(self.names),
            table=identity_table(len(self.names), end_of(self.kind)),
            words=self.values,
            timezone=timezone,
            first=first,
            last=last,
            fingerprint=f"{mark % (1 << 64):016x}-{slots}",
        )


def vocabulary(columns: Iterable[Any]) -> list[str]:
    """All values of a text column, in alphabetical order."""
    found = [column.dictionary if pa.types.is_dictionary(column.type) else pc.unique(column) for column in columns]
    values = pc.unique(pa.chunked_array([part.cast(pa.string()) for part in found], pa.string()))
    return sorted(value for value in values.to_pylist() if value is not None)


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


def _codes(column: pa.Array, places: pa.Array, kind: Any) -> np.ndarray:
    """The place of every value among ``places``, 0 where there is none."""
    if not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string()).dictionary_encode()
    found = pc.fill_null(pc.index_in(column.dictionary.cast(pa.string()), places, skip_nulls=True), 0)
    table = np.append(found.to_numpy(zero_copy_only=False), 0).astype(kind)
    if not column.null_count:
        return table[column.indices.to_numpy()]
    return table[pc.fill_null(column.indices, len(table) - 1).to_numpy(zero_copy_only=False)]


@compiled
def _spread(order, column, out):
    for i in range(order.size):
        if order[i] >= 0:
            out[i] = column[order[i]]
