"""What is known of customers beside their events: the columns of customer tables, one row a customer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.customers.view import Customers
from safarnama.events.schema import PROPERTY
from safarnama.events.store import EventStore


@dataclass(frozen=True)
class Attributes:
    """``keys``: customers with attributes, ascending, uint64 (A,). ``table``: their attributes, A rows."""

    keys: np.ndarray
    table: pa.Table

    def of(self, keys: np.ndarray) -> pa.Table | None:
        """The attributes of these customers (ascending keys), nulls where nothing is known; None when there are none."""
        if not self.table.num_columns or not self.keys.size:
            return None
        places = np.minimum(np.searchsorted(self.keys, keys), self.keys.size - 1)
        found = self.keys[places] == keys
        return self.table.take(pa.array(places, mask=~found))


def attributes_of(customers: Customers) -> Attributes:
    """The attributes of all customers. Where several rows speak of one, the latest row that says something wins."""
    store = EventStore(customers.workspace)
    keys: list[np.ndarray] = []
    parts: list[pa.Table] = []
    for segment in store.segments("customers"):
        for part in store.read(segment):
            names = [name for name in part.column_names if name.startswith(PROPERTY)]
            keys.append(customers.keys_of(part))
            parts.append(part.select(names).rename_columns([name.removeprefix(PROPERTY) for name in names]))
    if not parts:
        return Attributes(np.zeros(0, np.uint64), pa.table({}))
    everyone = np.concatenate(keys)
    table = _aligned(parts)
    order = np.argsort(everyone, kind="stable")
    order = order[everyone[order] != 0]
    ordered = everyone[order]
    distinct, starts = np.unique(ordered, return_index=True)
    if distinct.size == ordered.size:
        return Attributes(distinct, table.take(pa.array(order)))
    ends = np.append(starts[1:], ordered.size)
    owner = np.repeat(np.arange(distinct.size), ends - starts)
    columns = {}
    for name in table.column_names:
        column = table[name].combine_chunks()
        column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
        said = ~np.asarray(column.is_null())[order]
        last = np.full(distinct.size, -1, np.int64)
        np.maximum.at(last, owner[said], np.flatnonzero(said))
        columns[name] = column.take(pa.array(order[np.maximum(last, 0)], mask=last < 0))
    return Attributes(distinct, pa.table(columns))


def _aligned(parts: list[pa.Table]) -> pa.Table:
    """The parts as one table. A column that has two types in two files becomes text."""
    names: dict[str, set[pa.DataType]] = {}
    for part in parts:
        for field in part.schema:
            plain = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
            names.setdefault(field.name, set()).add(plain)
    cast = []
    for part in parts:
        columns = {}
        for name in part.column_names:
            column = part[name]
            if pa.types.is_dictionary(column.type):
                column = column.cast(column.type.value_type)
            if len(names[name]) > 1:
                column = pc.cast(column, pa.string())
            columns[name] = column
        cast.append(pa.table(columns) if columns else part)
    table = pa.concat_tables(cast, promote_options="default")
    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            table = table.set_column(place, field.name, table[field.name].dictionary_encode())
    return table.unify_dictionaries().combine_chunks()
