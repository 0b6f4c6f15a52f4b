"""Text tables: CSV, TSV and their like, also compressed."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from pydantic import PrivateAttr

from safarnama.core.parameters import File
from safarnama.core.words import Text
from safarnama.sources.reading.bytes import BINARY, EMPTY, HEADER_ONLY, opened
from safarnama.sources.reading.encoding import detect, mend
from safarnama.sources.reading.header import named
from safarnama.sources.source import BrokenRow, Rows, Source, nothing_in

_SAMPLE = 1 << 18
_BLOCK = 1 << 24


class Csv(Source):
    """A text table. Encoding, separator and header row are recognised."""

    title: ClassVar[Text] = Text(en="Text table (CSV, TSV)", fa="جدول متنی (CSV، TSV)")
    example: ClassVar[dict[str, Any]] = {"file": "events.csv"}
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv", ".txt", ".tab")

    file: File

    _preamble: int = PrivateAttr(0)
    _plain: bool = PrivateAttr(True)  # every row is one line and none was broken: lines can be computed
    _starts: np.ndarray | None = PrivateAttr(None)
    _mended: int = PrivateAttr(0)

    def read(self) -> Iterator[Rows]:
        sample = self._sample()
        encoding = detect(sample)
        if encoding is None:
            raise nothing_in(self.file, BINARY)
        dialect = _Dialect.of(sample.decode(encoding, "ignore"), self.file)
        self._preamble = dialect.preamble
        try:
            yield from self._fast(encoding, dialect)
        except pa.ArrowInvalid:
            # A quote that never closes confuses a reader of blocks: go line by line, so only that line is lost.
            yield from self._careful(encoding, dialect)

    def notices(self) -> list[tuple[Text, dict[str, object]]]:
        notices: list[tuple[Text, dict[str, object]]] = []
        if self._preamble:
            notices.append(
                (
                    Text(
                        en="{n:lines} above the header were skipped.",
                        fa="{n:lines} بالای سرستون نادیده گرفته شد.",
                    ),
                    {"n": self._preamble},
                )
            )
        if self._mended:
            notices.append(
                (
                    Text(
                        en="{n:rows} were written in another encoding than the rest and were mended.",
                        fa="{n:rows} با کدگذاری دیگری نوشته شده بود و اصلاح شد.",
                    ),
                    {"n": self._mended},
                )
            )
        return notices

    def line_numbers(self, indices: np.ndarray) -> np.ndarray:
        if self._plain:
            return indices + self._preamble + 2
        if self._starts is None:
            self._starts = self._find_lines()[0]
        return self._starts[indices]

    def _sample(self) -> bytes:
        with opened(self.file) as (stream, _):
            sample = stream.read(_SAMPLE)
        if not sample.strip():
            raise nothing_in(self.file, EMPTY)
        return sample

    def _fast(self, encoding: str, dialect: _Dialect) -> Iterator[Rows]:
        broken: list[str] = []

        def skip(row: Any) -> str:
            broken.append(row.text)
            return "skip"

        rows = 0
        with opened(self.file) as (stream, raw):
            text: Any = stream
            if encoding not in ("utf-8", "utf-8-sig"):
                text = pa.transcoding_input_stream(pa.PythonFile(stream, "r"), encoding, "utf-8")
            reader = pacsv.open_csv(
                text,
                read_options=pacsv.ReadOptions(
                    column_names=dialect.columns, skip_rows=dialect.preamble + 1, block_size=_BLOCK
                ),
                parse_options=pacsv.ParseOptions(
                    delimiter=dialect.separator, newlines_in_values=True, invalid_row_handler=skip
                ),
                # As bytes: one row in another encoding must not stop the file.
                convert_options=pacsv.ConvertOptions(
                    column_types={name: pa.binary() for name in dialect.columns},
                    strings_can_be_null=True,
                    null_values=[""],
                    quoted_strings_can_be_null=True,
                ),
            )
            for batch in reader:
                if not batch.num_rows:
                    continue
                rows += batch.num_rows
                self._plain = self._plain and not broken and not _has_newlines(batch)
                yield Rows(self._decoded(batch), read=raw.tell())
        if broken:
            self._starts, found = self._find_lines()
            yield Rows(dialect.no_rows(), broken=found)
        if not rows and not broken:
            raise nothing_in(self.file, HEADER_ONLY)

    def _careful(self, encoding: str, dialect: _Dialect) -> Iterator[Rows]:
        self._plain = False
        starts: list[int] = []
        waiting: list[list[str]] = []
        broken: list[BrokenRow] = []

        def batch() -> Rows:
            columns = zip(*waiting, strict=True) if waiting else [[] for _ in dialect.columns]
            arrays = [pa.array([cell or None for cell in column], pa.string()) for column in columns]
            done = Rows(pa.table(arrays, names=dialect.columns), broken=list(broken))
            waiting.clear()
            broken.clear()
            return done

        with opened(self.file) as (stream, _):
            lines = _decoded_lines(stream, encoding)
            for number, line in enumerate(lines, start=1):
                if number <= dialect.preamble + 1 or not line.strip():
                    continue
                cells = next(csv.reader([line], delimiter=dialect.separator), [])
                if len(cells) == len(dialect.columns):
                    starts.append(number)
                    waiting.append(cells)
                else:
                    broken.append(BrokenRow(number, "columns", line[:300]))
                if len(waiting) >= 100_000:
                    yield batch()
        self._starts = np.array(starts, np.int64)
        yield batch()

    def _find_lines(self) -> tuple[np.ndarray, list[BrokenRow]]:
        """The line of every good row, and the broken rows: a second, slower pass that only a file with trouble needs."""
        sample = self._sample()
        encoding = detect(sample) or "utf-8"
        dialect = _Dialect.of(sample.decode(encoding, "ignore"), self.file)
        self._plain = False
        starts: list[int] = []
        broken: list[BrokenRow] = []
        with opened(self.file) as (stream, _):
            reader = csv.reader(_decoded_lines(stream, encoding), delimiter=dialect.separator)
            before = 0
            for cells in reader:
                line, before = before + 1, reader.line_num
                if line <= dialect.preamble + 1 or not cells:
                    continue
                if len(cells) == len(dialect.columns):
                    starts.append(line)
                else:
                    broken.append(BrokenRow(line, "columns", dialect.separator.join(cells)[:300]))
        return np.array(starts, np.int64), broken

    def _decoded(self, batch: pa.RecordBatch) -> pa.Table:
        arrays = []
        mended = np.zeros(batch.num_rows, bool)
        for column in batch.columns:
            try:
                arrays.append(column.cast(pa.string()))
            except pa.ArrowInvalid:
                values = column.to_pylist()
                mended |= [value is not None and not _is_utf8(value) for value in values]
                arrays.append(pa.array([None if value is None else mend(value) for value in values], pa.string()))
        self._mended += int(mended.sum())
        return pa.table(arrays, names=batch.schema.names)


class _Dialect:
    """How this table is written: separator, lines above the header, column names."""

    def __init__(self, separator: str, preamble: int, columns: list[str]) -> None:
        self.separator = separator
        self.preamble = preamble
        self.columns = columns

    @classmethod
    def of(cls, sample: str, file: Path) -> _Dialect:
        lines = sample.splitlines()
        lines = lines[:-1] if len(sample) >= _SAMPLE // 2 and len(lines) > 1 else lines
        best: tuple[float, str, list[list[str]], int] | None = None
        for separator in ",;\t|":
            rows = list(csv.reader(io.StringIO("\n".join(lines[:200])), delimiter=separator))
            rows = [row for row in rows if row]
            if not rows:
                continue
            width, times = Counter(map(len, rows)).most_common(1)[0]
            score = times / len(rows) * (width if width > 1 else 0.5)
            if best is None or score > best[0]:
                best = (score, separator, rows, width)
        if best is None:
            raise nothing_in(file, EMPTY)
        _, separator, rows, width = best
        header = next(index for index, row in enumerate(rows) if len(row) == width)
        # Rows above may span several lines; the reader skips lines, so count those.
        preamble = header if header and len(rows[0]) != width else 0
        return cls(separator, preamble, named(rows[preamble]))

    def no_rows(self) -> pa.Table:
        return pa.table([pa.array([], pa.string()) for _ in self.columns], names=self.columns)


def _has_newlines(batch: pa.RecordBatch) -> bool:
    for column in batch.columns:
        data = column.buffers()[2]
        if data is not None and np.any(np.frombuffer(data, np.uint8) == 10):
            return True
    return False


def _decoded_lines(stream: BinaryIO, encoding: str) -> Iterator[str]:
    if encoding in ("utf-8", "utf-8-sig"):
        for number, line in enumerate(stream):
            yield mend(line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line)
    else:
        yield from io.TextIOWrapper(stream, encoding, "replace", newline="")


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
