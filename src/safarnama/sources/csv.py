"""Text tables: CSV, TSV and their like, also compressed."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from pydantic import PrivateAttr

from safarnama.core.parameters import File
from safarnama.core.words import Text
from safarnama.sources.reading.bytes import BINARY, EMPTY, HEADER_ONLY, opened
from safarnama.sources.reading.encoding import detect, lines_of, mend
from safarnama.sources.reading.header import named
from safarnama.sources.source import BrokenRow, Rows, Source, nothing_in

_SAMPLE = 1 << 18
_BLOCK = 1 << 24
_WAITING = 100_000
_LINES_IN_A_CELL = 1_000
csv.field_size_limit(sys.maxsize)  # long texts are cells too


class Csv(Source):
    """A text table. Encoding, separator and header row are recognised."""

    title: ClassVar[Text] = Text(en="Text table (CSV, TSV)", fa="جدول متنی (CSV، TSV)")
    example: ClassVar[dict[str, Any]] = {"file": "events.csv"}
    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".tsv", ".txt", ".tab")

    file: File

    _preamble: int = PrivateAttr(0)
    _starts: np.ndarray | None = PrivateAttr(None)
    _mended: int = PrivateAttr(0)

    def read(self) -> Iterator[Rows]:
        encoding, dialect = self._recognised()
        self._preamble = dialect.preamble
        done = 0
        trouble = False
        try:
            for rows in self._fast(encoding, dialect):
                done += rows.table.num_rows
                yield rows
        except (pa.ArrowInvalid, UnicodeDecodeError):
            # A quote that never closes confuses a reader of blocks: go line by line, so only that line is lost.
            trouble = True
        if trouble:
            yield from self._careful(encoding, dialect, done)

    def notices(self) -> list[tuple[Text, dict[str, object]]]:
        notices: list[tuple[Text, dict[str, object]]] = []
        if self._preamble:
            notices.append(
                (
                    Text(
                        en="Skipped above the header: {n:lines}.",
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
        if self._starts is None:
            self._starts = self._find_lines()[0]
        return self._starts[indices]

    def _recognised(self) -> tuple[str, _Dialect]:
        with opened(self.file) as (stream, _):
            sample = stream.read(_SAMPLE)
        if not sample.strip():
            raise nothing_in(self.file, EMPTY)
        encoding = detect(sample)
        if encoding is None:
            raise nothing_in(self.file, BINARY)
        return encoding, _Dialect.of(sample.decode(encoding, "ignore"), len(sample) == _SAMPLE, self.file)

    def _fast(self, encoding: str, dialect: _Dialect) -> Iterator[Rows]:
        broken: list[str] = []
        swallowed: list[str] = []  # broken rows of several lines: a quote that never closed took them all

        def skip(row: Any) -> str:
            if row.text.strip():
                text = row.text.strip()
                (swallowed if "\n" in text or _is_open(text, dialect.separator) else broken).append(row.text)
            return "skip"

        rows = 0
        with opened(self.file) as (stream, raw):
            text: Any = stream
            if encoding not in ("utf-8", "utf-8-sig"):
                text = pa.transcoding_input_stream(pa.PythonFile(stream, "r"), encoding, "utf-8")
            reader = pacsv.open_csv(
                text,
                read_options=pacsv.ReadOptions(
                    column_names=dialect.columns, skip_rows=dialect.skipped, block_size=_BLOCK
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
            last: pa.RecordBatch | None = None
            for batch in reader:
                if swallowed:
                    raise pa.ArrowInvalid(swallowed[0])
                if not batch.num_rows:
                    continue
                if last is not None:
                    yield Rows(self._decoded(last), read=raw.tell())
                rows += batch.num_rows
                last = batch
        # A quote in the last column that never closed makes one good row of all that follows.
        if swallowed or (last is not None and b"\n" in (last.columns[-1][-1].as_py() or b"")):
            raise pa.ArrowInvalid("a quote never closed")
        if last is not None:
            yield Rows(self._decoded(last), read=self.file.stat().st_size)
        if broken:
            self._starts, found = self._find_lines()
            yield Rows(dialect.no_rows(), broken=found)
        if not rows and not broken:
            raise nothing_in(self.file, HEADER_ONLY)

    def _careful(self, encoding: str, dialect: _Dialect, done: int) -> Iterator[Rows]:
        """Line by line, without the ``done`` rows that are through already."""
        starts: list[int] = []
        waiting: list[list[str]] = []
        broken: list[BrokenRow] = []

        def batch() -> Rows:
            columns = zip(*waiting, strict=True) if waiting else [[] for _ in dialect.columns]
            arrays = [pa.array([cell or None for cell in column], pa.string()) for column in columns]
            rows = Rows(pa.table(arrays, names=dialect.columns), broken=list(broken))
            waiting.clear()
            broken.clear()
            return rows

        with opened(self.file) as (stream, _):
            for line, text, good in dialect.records(lines_of(stream, encoding)):
                if not good:
                    broken.append(BrokenRow(line, "columns", text[:300]))
                    continue
                starts.append(line)
                if len(starts) > done:
                    waiting.append(dialect.cut(text))
                if len(waiting) >= _WAITING:
                    yield batch()
        self._starts = np.array(starts, np.int64)
        yield batch()

    def _find_lines(self) -> tuple[np.ndarray, list[BrokenRow]]:
        """The line of every good row, and the broken rows: a second, slower pass that only a file with trouble needs."""
        encoding, dialect = self._recognised()
        starts: list[int] = []
        broken: list[BrokenRow] = []
        with opened(self.file) as (stream, _):
            for line, text, good in dialect.records(lines_of(stream, encoding)):
                if good:
                    starts.append(line)
                else:
                    broken.append(BrokenRow(line, "columns", text[:300]))
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
    """How this table is written: separator, lines above the header, lines to skip with it, column names."""

    def __init__(self, separator: str, preamble: int, skipped: int, columns: list[str]) -> None:
        self.separator = separator
        self.preamble = preamble
        self.skipped = skipped
        self.columns = columns

    @classmethod
    def of(cls, sample: str, cut: bool, file: Path) -> _Dialect:
        best: tuple[float, str, list[tuple[int, list[str]]], int] | None = None
        for separator in ",;\t|":
            rows = _first_rows(sample, separator, cut)
            if not rows:
                continue
            width, times = Counter(len(cells) for _, cells in rows).most_common(1)[0]
            score = times / len(rows) * width
            if width == 1:
                # Nearly every row may be broken: a first line of several words is a header all the same.
                words = rows[0][1]
                header = len(words) > 1 and all(re.fullmatch(r"[^\W\d][\w .:-]*", word) for word in words)
                score = 0.6 if header else 0.5 * score
            if best is None or score > best[0]:
                best = (score, separator, rows, width)
        if best is None:
            raise nothing_in(file, EMPTY)
        _, separator, rows, width = best
        place, columns = _header(rows, width)
        above = rows[place - 1][0] if place else 0
        return cls(separator, above, rows[place][0], named(columns))

    def no_rows(self) -> pa.Table:
        return pa.table([pa.array([], pa.string()) for _ in self.columns], names=self.columns)

    def cut(self, text: str) -> list[str]:
        """The cells of one record."""
        return next(csv.reader([text], delimiter=self.separator), [])

    def records(self, lines: Iterator[str]) -> Iterator[tuple[int, str, bool]]:
        """First line, text and whether it has all columns, of every record below the header; blank lines are none.

        A quoted cell may span lines. A quote that does not close, or closes where no row ends, breaks its own line only.
        """
        separators = len(self.columns) - 1
        ahead: deque[str] = deque()
        number = 0

        def following() -> str | None:
            return ahead.popleft() if ahead else next(lines, None)

        while (line := following()) is not None:
            number += 1
            if number <= self.skipped or not line.strip("\r\n"):
                continue
            text = line.rstrip("\r\n")
            if '"' not in text:
                good = text.count(self.separator) == separators
                if good or text.strip():
                    yield number, text, good
                continue
            taken: list[str] = []
            whole = line
            while _is_open(whole, self.separator) and len(taken) < _LINES_IN_A_CELL:
                after = following()
                if after is None:
                    break
                taken.append(after)
                if '"' in after:
                    whole = "".join([line, *taken])
            whole = whole.rstrip("\r\n")
            if not _is_open(whole, self.separator) and len(self.cut(whole)) == separators + 1:
                yield number, whole, True
                number += len(taken)
            else:
                yield number, text, False
                ahead.extendleft(reversed(taken))


def _first_rows(sample: str, separator: str, cut: bool) -> list[tuple[int, list[str]]]:
    """The first rows that hold anything, each with the line on which it ends."""
    if cut:  # the last line of the sample is not whole
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    for cells in reader:
        if any(cell.strip("\ufeff ") for cell in cells) or len(cells) > 1:
            rows.append((reader.line_num, cells))
        if len(rows) == 200:
            break
    return rows


def _header(rows: list[tuple[int, list[str]]], width: int) -> tuple[int, list[str]]:
    """The place of the header among the first rows, and its cells."""
    first = rows[0][1]
    words = list(first)
    while words and not words[-1].strip():
        words.pop()
    wordy = len(words) > 1 and all(
        re.search(r"[^\W\d_]", word) and word.strip()[:1] not in "0123456789" for word in words
    )
    if wordy and len(words) > width:  # most rows are cut short
        return 0, words
    if wordy and len(words) == width < len(first):  # a separator too many at the end of the header
        return 0, words
    if wordy and len(words) == width - 1 and not any(cells[-1].strip() for _, cells in rows if len(cells) == width):
        return 0, [*words, ""]  # a separator too many at the end of the rows
    # A line above the header may have as many separators as the table, with nothing between them.
    for place, (_, cells) in enumerate(rows):
        if len(cells) == width and 2 * sum(bool(cell.strip()) for cell in cells) >= width:
            return place, cells
    return 0, first


def _is_open(text: str, separator: str) -> bool:
    """Whether a cell that begins with a quote has not come to its closing one."""
    at = 0
    while True:
        if text.startswith('"', at):
            at += 1
            while True:
                at = text.find('"', at)
                if at < 0:
                    return True
                if not text.startswith('"', at + 1):
                    break
                at += 2
        at = text.find(separator, at)
        if at < 0:
            return False
        at += 1


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
