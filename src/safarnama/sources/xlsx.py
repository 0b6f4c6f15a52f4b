"""Excel workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
from pydantic import PrivateAttr

from safarnama.core.parameters import File
from safarnama.core.words import Text
from safarnama.sources.reading.bytes import BINARY, EMPTY, HEADER_ONLY, check
from safarnama.sources.reading.extent import TOO_WIDE, too_wide
from safarnama.sources.reading.header import named
from safarnama.sources.source import Rows, Source, nothing_in

_BATCH = 100_000


class Xlsx(Source):
    """The first sheet of a workbook that holds a table."""

    title: ClassVar[Text] = Text(en="Excel workbook", fa="فایل اکسل")
    example: ClassVar[dict[str, Any]] = {"file": "calls.xlsx"}
    suffixes: ClassVar[tuple[str, ...]] = (".xlsx", ".xls", ".xlsb", ".ods")

    file: File

    _lines: list[int] = PrivateAttr(default_factory=list)
    _others: list[str] = PrivateAttr(default_factory=list)

    def read(self) -> Iterator[Rows]:
        from python_calamine import CalamineError, CalamineWorkbook

        check(self.file)
        if too_wide(self.file):
            raise nothing_in(self.file, TOO_WIDE)
        try:
            workbook = CalamineWorkbook.from_path(str(self.file))
            names = workbook.sheet_names
            sheets = ((name, workbook.get_sheet_by_name(name)) for name in names)
            name, sheet = next(((name, sheet) for name, sheet in sheets if sheet.height > 1), (None, None))
        except (CalamineError, OSError) as error:
            raise nothing_in(self.file, BINARY) from error
        if sheet is None:
            raise nothing_in(self.file, HEADER_ONLY if names else EMPTY)
        self._others = [other for other in names if other != name]
        rows = sheet.iter_rows()
        header, above = _header(rows)
        columns = named(header)
        self._lines.clear()
        line = (sheet.start[0] if sheet.start else 0) + above + 1
        size = self.file.stat().st_size
        waiting: list[list[Any]] = []
        done = 0
        for row in rows:
            line += 1
            if all(cell in ("", None) for cell in row):
                continue
            self._lines.append(line)
            waiting.append(row)
            if len(waiting) >= _BATCH:
                done += len(waiting)
                yield Rows(_table(columns, waiting), read=size * done // sheet.height)
                waiting = []
        if waiting or not done:
            yield Rows(_table(columns, waiting), read=size)

    def line_numbers(self, indices: np.ndarray) -> np.ndarray:
        return np.array(self._lines, np.int64)[indices]

    def notices(self) -> list[tuple[Text, dict[str, object]]]:
        if not self._others:
            return []
        return [
            (
                Text(
                    en="Other sheets were not read: {names:list}. Save each as a file of its own to import it.",
                    fa="برگه‌های دیگر خوانده نشدند: {names:list}. برای وارد کردن، هر کدام را فایلی جدا ذخیره کنید.",
                ),
                {"names": self._others},
            )
        ]


def _header(rows: Iterator[list[Any]]) -> tuple[list[str], int]:
    """The first row with at least half of its cells filled, and how many rows stood above it."""
    for above, row in enumerate(rows):
        if 2 * sum(cell not in ("", None) for cell in row) >= len(row):
            return [_plain(cell) or "" for cell in row], above
    return [], 0


def _table(columns: list[str], rows: list[list[Any]]) -> pa.Table:
    arrays = []
    for place in range(len(columns)):
        arrays.append(pa.array([_plain(row[place]) if place < len(row) else None for row in rows], pa.string()))
    return pa.table(arrays, names=columns)


def _plain(cell: Any) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return f"{cell.total_seconds():g}"
    return str(cell).strip() or None
