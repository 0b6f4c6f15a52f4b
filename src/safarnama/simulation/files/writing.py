"""Tables written piece by piece in the formats companies use, each piece a window of the year.

``write`` returns the row of the file that each row of the piece became; ``broken`` are the rows of broken
lines that came between. Lines are built column by column in Arrow and go to disk as one run of bytes.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

_NONE = np.empty(0, np.int64)
_SHEET_ROWS = 1_000_000
_ROW_GROUP = 100_000
_TO_ARABIC = str.maketrans({"ی": "ي", "أ": "ا", "ٔ": None, **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True))})


def windows_1256(text: str) -> bytes:
    """Text as old Persian systems keep it: with the Arabic yeh and without what that encoding cannot hold."""
    return text.translate(_TO_ARABIC).encode("cp1256", "ignore")


class Writer(Protocol):
    """One event file being written."""

    paths: list[Path]
    broken: list[int]

    def write(self, table: pa.Table) -> np.ndarray:
        """Append the table; the rows of the file that its rows became."""

    def close(self) -> None:
        """Finish the file."""


@dataclass(frozen=True, slots=True)
class Csv:
    """How a text table is written: what parts columns, which stand in quotes, how letters become bytes."""

    delimiter: str = ","
    quoted: tuple[str, ...] = ()
    encoding: str = "utf-8"  # or "utf-8-sig", "cp1256"
    line_end: str = "\n"
    suffix: str = ".csv"

    def head(self, table: pa.Table) -> str:
        return self.delimiter.join(table.column_names)

    def lines(self, table: pa.Table) -> pa.Array:
        cells = []
        for name in table.column_names:
            texts = _text(table.column(name))
            if name in self.quoted:
                texts = pc.binary_join_element_wise('"', pc.replace_substring(texts, '"', '""'), '"', "")
            cells.append(pc.fill_null(texts, ""))
        return pc.binary_join_element_wise(*cells, self.delimiter)

    def cut(self, line: str) -> str:
        """The line as a broken transfer leaves it."""
        return (
            line[: line.index(self.delimiter, len(line) // 4) + 2] if self.delimiter in line[len(line) // 4 :] else "?"
        )


@dataclass(frozen=True, slots=True)
class JsonLines:
    """One JSON object a line; what is missing is left out."""

    encoding: str = "utf-8"
    line_end: str = "\n"
    suffix: str = ".ndjson"

    def head(self, table: pa.Table) -> str | None:
        return None

    def lines(self, table: pa.Table) -> pa.Array:
        return _json_object([(name, table.column(name)) for name in table.column_names])

    def cut(self, line: str) -> str:
        return line[: len(line) * 3 // 5]


@dataclass(frozen=True, slots=True)
class Workbook:
    """Sheets of at most a million rows, one a workbook."""

    suffix: str = ".xlsx"


@dataclass(frozen=True, slots=True)
class Parquet:
    """Columns as they are; ids that never repeat are kept out of dictionaries."""

    unique: tuple[str, ...] = ()
    suffix: str = ".parquet"


Format = Csv | JsonLines | Workbook | Parquet


def writer(folder: Path, name: str, how: Format, broken: np.ndarray, foreign: np.ndarray) -> Writer:
    """A writer for one file.

    ``broken`` says before which rows a broken line stands, ``foreign`` which rows are in another encoding;
    only text files have such rows.
    """
    if isinstance(how, Parquet):
        return ParquetFile(folder / f"{name}{how.suffix}", how)
    if isinstance(how, Workbook):
        return WorkbookFiles(folder, name)
    return TextFile(folder / f"{name}{how.suffix}", how, broken, foreign)


@dataclass
class TextFile:
    """CSV or JSON lines, compressed if the name ends in .gz."""

    path: Path
    how: Csv | JsonLines
    breaks: np.ndarray = field(default_factory=lambda: _NONE)
    foreign: np.ndarray = field(default_factory=lambda: _NONE)

    def __post_init__(self) -> None:
        self.paths = [self.path]
        self.broken: list[int] = []
        self._rows = 0  # without the broken ones
        self._begun = False
        self._old = self.how.encoding == "cp1256"
        self._raw = self.path.open("wb")
        # No name and no time inside, so that the same rows give the same bytes.
        zipped = self.path.suffix == ".gz"
        self._file: Any = gzip.GzipFile("", "wb", 6, self._raw, mtime=0) if zipped else self._raw

    def write(self, table: pa.Table) -> np.ndarray:
        if not self._begun:
            self._begun = True
            head = self.how.head(table)
            if head is not None:
                encoded = windows_1256(head) if self._old else head.encode(self.how.encoding)
                self._file.write(encoded + self.how.line_end.encode())
        first = self._rows
        numbers = np.arange(first, first + len(table))
        self._rows += len(table)
        self.broken = []
        if not len(table):
            return numbers
        lines = self.how.lines(table)
        stops = pc.binary_join_element_wise(lines, "", self.how.line_end)
        done = 0
        special = [(int(row), False) for row in _within(self.breaks, first, self._rows)]
        special += [
            (self._foreign_line(lines, int(row) - first) + first, True)
            for row in _within(self.foreign, first, self._rows)
        ]
        for row, foreign in sorted(special):
            self._put(stops.slice(done, row - first - done))
            done = row - first
            line = lines[done].as_py()
            if foreign:
                self._file.write(windows_1256(line) + self.how.line_end.encode())
                done += 1
            else:
                self.broken.append(row + int(np.searchsorted(self.breaks, row)))
                self._put(pa.array([self.how.cut(line) + self.how.line_end]))
        self._put(stops.slice(done))
        return numbers + np.searchsorted(self.breaks, numbers, side="right")

    def close(self) -> None:
        if self._file is not self._raw:
            self._file.close()
        self._raw.close()

    def _put(self, lines: pa.Array) -> None:
        if not len(lines):
            return
        begin, *_, end = np.frombuffer(lines.buffers()[1], np.int32)[lines.offset : lines.offset + len(lines) + 1][
            [0, -1]
        ]
        data = memoryview(lines.buffers()[2])[begin:end]
        self._file.write(windows_1256(str(data, "utf-8")) if self._old else data)

    def _foreign_line(self, lines: pa.Array, place: int) -> int:
        """The next line that another encoding would write differently."""
        for other in range(place, min(place + 40, len(lines))):
            if not lines[other].as_py().isascii():
                return other
        return place


class RowGroups:
    """A Parquet file of large row groups: of very many small ones the writer would remember too much."""

    def __init__(self, path: Path, schema: pa.Schema, size: int, dictionary: list[str] | bool = True) -> None:
        self._writer = pq.ParquetWriter(
            path, schema, compression="zstd", compression_level=1, use_dictionary=dictionary
        )
        self._size = size  # rows
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def add(self, table: pa.Table) -> None:
        """Keep the rows, and write what has gathered once it is enough."""
        self._waiting.append(table)
        self._rows += len(table)
        if self._rows >= self._size:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.concat_tables(self._waiting).combine_chunks())
        self._waiting, self._rows = [], 0


class ParquetFile:
    """An event file as Parquet."""

    def __init__(self, path: Path, how: Parquet) -> None:
        self.paths = [path]
        self.broken: list[int] = []
        self._how = how
        self._rows = 0
        self._groups: RowGroups | None = None

    def write(self, table: pa.Table) -> np.ndarray:
        if self._groups is None:
            repeating = [name for name in _leaves(table.schema) if name not in self._how.unique]
            self._groups = RowGroups(self.paths[0], table.schema, _ROW_GROUP, repeating)
        numbers = np.arange(self._rows, self._rows + len(table))
        self._rows += len(table)
        self._groups.add(table)
        return numbers

    def close(self) -> None:
        if self._groups is not None:
            self._groups.close()


class WorkbookFiles:
    """name.xlsx, and name-2.xlsx and so on when the rows of one are used up."""

    def __init__(self, folder: Path, name: str) -> None:
        self.paths: list[Path] = []
        self.broken: list[int] = []
        self._folder, self._name = folder, name
        self._book: Any = None
        self._rows = 0  # of all sheets together

    def write(self, table: pa.Table) -> np.ndarray:
        numbers = np.arange(self._rows, self._rows + len(table))
        if self._book is None:
            self._open(table.column_names)
        columns = [table.column(name).to_pylist() for name in table.column_names]
        texts = [pa.types.is_string(kind) for kind in table.schema.types]
        for cells in zip(*columns, strict=True):
            if self._row > _SHEET_ROWS:
                self._book.close()
                self._open(table.column_names)
            put: Callable[..., Any]
            for place, cell in enumerate(cells):
                if cell is not None:
                    put = self._sheet.write_string if texts[place] else self._sheet.write_number
                    put(self._row, place, cell)
            self._row += 1
        self._rows += len(table)
        return numbers

    def close(self) -> None:
        if self._book is not None:
            self._book.close()

    def _open(self, head: list[str]) -> None:
        import xlsxwriter

        number = len(self.paths) + 1
        path = self._folder / (f"{self._name}.xlsx" if number == 1 else f"{self._name}-{number}.xlsx")
        self.paths.append(path)
        self._book = xlsxwriter.Workbook(path, {"constant_memory": True})
        self._book.set_properties({"created": datetime(2026, 1, 1)})  # fixed: the same rows, the same bytes
        self._sheet = self._book.add_worksheet()
        self._sheet.right_to_left()
        for place, name in enumerate(head):
            self._sheet.write_string(0, place, name)
        self._row = 1


def _within(places: np.ndarray, first: int, last: int) -> np.ndarray:
    return places[(places >= first) & (places < last)]


def _text(values: pa.ChunkedArray | pa.Array) -> pa.Array:
    array = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    return array if pa.types.is_string(array.type) else pc.cast(array, pa.string())


def _leaves(schema: pa.Schema) -> list[str]:
    found: list[str] = []

    def visit(name: str, kind: pa.DataType) -> None:
        if pa.types.is_struct(kind):
            for child in kind:
                visit(f"{name}.{child.name}", child.type)
        else:
            found.append(name)

    for column in schema:
        visit(column.name, column.type)
    return found


def _json_object(fields: list[tuple[str, Any]]) -> pa.Array:
    """Objects with those fields.

    Texts of the shop hold no quotes, backslashes or line ends; nothing is escaped.
    """
    parts = []
    for name, values in fields:
        array = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
        if pa.types.is_struct(array.type):
            inside = [(child.name, array.field(place)) for place, child in enumerate(array.type)]
            said = pc.binary_join_element_wise(f',"{name}":', _json_object(inside), "")
        else:
            quote = '"' if pa.types.is_string(array.type) else ""
            said = pc.binary_join_element_wise(f',"{name}":{quote}', _text(array), quote, "")
        parts.append(pc.fill_null(said, ""))
    inside = pc.utf8_slice_codeunits(pc.binary_join_element_wise(*parts, ""), 1)
    return pc.binary_join_element_wise("{", inside, "}", "")
