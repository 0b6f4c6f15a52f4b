"""Buckets: rows by the top bits of their customers' keys, in memory while there is room, on disk beyond it.

Keys are hashes, so the buckets are of about one size, and a customer's rows are always in one of them.
"""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa

ROOM = 256 << 20  # bytes of rows that may wait in memory


class Buckets:
    """Takes rows in any order and gives them back a bucket at a time. Use as ``with Buckets(folder, bits) as buckets``."""

    def __init__(self, folder: Path, bits: int) -> None:
        self.folder = folder
        self.bits = bits
        self.rows = 0
        self._waiting: list[list[pa.Table]] = [[] for _ in range(1 << bits)]
        self._held = 0
        self._spilled: list[Path] = []

    def __enter__(self) -> Buckets:
        shutil.rmtree(self.folder, ignore_errors=True)
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def __len__(self) -> int:
        return 1 << self.bits

    def add(self, rows: pa.Table) -> None:
        """Put rows where they belong."""
        if not len(rows):
            return
        self.rows += len(rows)
        self._held += rows.nbytes
        if not self.bits:
            self._waiting[0].append(rows)
        else:
            buckets = (rows["key"].to_numpy() >> np.uint64(64 - self.bits)).astype(np.uint16)
            rows = rows.take(pa.array(np.argsort(buckets, kind="stable")))
            bounds = np.cumsum(np.bincount(buckets, minlength=len(self)), dtype=np.int64)
            for bucket, (start, stop) in enumerate(itertools.pairwise([0, *bounds.tolist()])):
                if stop > start:
                    self._waiting[bucket].append(rows.slice(start, stop - start))
        if self._held > ROOM:
            self._spill()

    def take(self, bucket: int) -> pa.Table:
        """All rows of a bucket; it is empty afterwards."""
        parts, self._waiting[bucket] = self._waiting[bucket], []
        for path in self._spilled:
            with pa.memory_map(str(path)) as file:
                part = pa.ipc.open_file(file).get_batch(bucket)
                if part.num_rows:
                    parts.append(pa.Table.from_batches([part]))
        return pa.concat_tables(parts, promote_options="default") if parts else pa.table({})

    def _spill(self) -> None:
        """Write what waits as one file with a batch a bucket."""
        self.folder.mkdir(parents=True, exist_ok=True)
        tables = [pa.concat_tables(parts, promote_options="default") if parts else None for parts in self._waiting]
        schema = pa.unify_schemas([table.schema for table in tables if table is not None])
        path = self.folder / f"{len(self._spilled):06d}.arrow"
        with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, schema) as out:
            for bucket, table in enumerate(tables):
                whole = pa.concat_tables(
                    [schema.empty_table(), *([table] if table is not None else [])], promote_options="default"
                )
                self._waiting[bucket], tables[bucket] = [], None
                out.write_batch(
                    whole.select(schema.names).combine_chunks().to_batches()[0]
                    if len(whole)
                    else pa.RecordBatch.from_pylist([], schema)
                )
        self._spilled.append(path)
        self._held = 0
