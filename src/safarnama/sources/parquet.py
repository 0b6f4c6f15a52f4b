"""Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from safarnama.core.parameters import File
from safarnama.core.words import Text
from safarnama.sources.reading.bytes import HEADER_ONLY, check
from safarnama.sources.reading.header import named
from safarnama.sources.source import Rows, Source, nothing_in

_BATCH = 1 << 18


class Parquet(Source):
    """A Parquet file. A row's "line" is its number, from 1."""

    title: ClassVar[Text] = Text(en="Parquet file", fa="فایل Parquet")
    example: ClassVar[dict[str, Any]] = {"file": "events.parquet"}
    suffixes: ClassVar[tuple[str, ...]] = (".parquet", ".pq")

    file: File

    def read(self) -> Iterator[Rows]:
        check(self.file)
        try:
            texts = [
                field.name for field in pq.read_schema(self.file) if field.type in (pa.string(), pa.large_string())
            ]
            # Dictionaries: most text columns repeat a few values, and everything later goes by value, not by row.
            parquet = pq.ParquetFile(self.file, read_dictionary=texts, pre_buffer=False)
        except (pa.ArrowInvalid, OSError) as error:
            raise nothing_in(
                self.file,
                Text(
                    en="it is not a whole Parquet file. Copy it again from where it came.",
                    fa="فایل Parquet سالمی نیست. آن را دوباره از مبدأ کپی کنید.",
                ),
            ) from error
        with parquet:
            total = max(1, parquet.metadata.num_rows)
            if not parquet.metadata.num_rows:
                raise nothing_in(self.file, HEADER_ONLY)
            size = self.file.stat().st_size
            done = 0
            columns = named(parquet.schema_arrow.names)
            for batch in parquet.iter_batches(_BATCH):
                done += batch.num_rows
                yield Rows(pa.Table.from_batches([batch.rename_columns(columns)]), read=size * done // total)

    def line_numbers(self, indices: np.ndarray) -> np.ndarray:
        return indices + 1
