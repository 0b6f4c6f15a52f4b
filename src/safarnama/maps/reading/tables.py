"""Tables: a grid of stages, steps and lanes; a row a card; the notes of a whiteboard; or a drawing of shapes and lines."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

from safarnama.core.formulas import typed
from safarnama.core.words import Text
from safarnama.maps.reading.card_rows import cards
from safarnama.maps.reading.diagram import COLUMNS, diagram
from safarnama.maps.reading.grid import grid
from safarnama.maps.reading.reading import Left, Reading, unreadable
from safarnama.maps.reading.stickies import stickies
from safarnama.sources.reading.extent import too_wide

Table = list[list[str]]
_LARGEST = (5_000, 500)  # rows and columns
_COLUMNS = {
    "stage": {"stage", "phase", "section", "journey stage", "مرحله", "فاز"},
    "step": {"step", "task", "گام", "قدم"},
    "until": {"until step", "until", "تا گام"},
    "lane": {"lane", "row", "category", "type", "swimlane", "ردیف", "دسته", "نوع"},
    "text": {"text", "card", "content", "note", "sticky", "description", "متن", "کارت", "شرح", "یادداشت"},
    "number": {"number", "عدد"},
    "channel": {"channel", "کانال"},
    "device": {"device", "دستگاه"},
    "place": {"place", "location", "مکان"},
    "persona": {"persona", "پرسونا"},
    "initiator": {"who starts it", "initiator", "آغازکننده"},
    "receiver": {"who receives it", "receiver", "گیرنده"},
    "likelihood": {"likelihood", "احتمال"},
    "impact": {"impact", "اثر"},
    "detail": {"detail", "details", "جزئیات"},
    "rests on": {"rests on", "evidence", "تکیه بر"},
    "id": {"id", "شناسه"},
    "x": {"x", "position x", "x position", "pos x", "left"},
    "y": {"y", "position y", "y position", "pos y", "top"},
    "width": {"width", "w"},
    "colour": {"color", "colour", "background color", "bg color", "رنگ"},
}


def read_csv(text: str, name: str) -> Reading:
    """The map in a CSV or TSV file."""
    lines = text.splitlines()[:50]
    separator = max(",;\t", key=lambda sign: sum(line.count(sign) for line in lines))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        table = [list(map(typed, row)) for row in reader]
    except csv.Error:
        raise unreadable(name, _NO_ROW, line=reader.line_num) from None
    return _read(table, name)


def read_xlsx(path: Path) -> Reading:
    """The map in a workbook: the first sheet with a row a card, else the first that holds a table."""
    from python_calamine import CalamineError, CalamineWorkbook

    if too_wide(path):
        raise unreadable(path.name, _LARGE)
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [(sheet, book.get_sheet_by_name(sheet)) for sheet in book.sheet_names]
        if any(sheet.height > _LARGEST[0] or sheet.width > _LARGEST[1] for _, sheet in sheets):
            raise unreadable(path.name, _LARGE)
        tables = {
            name: [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            for name, sheet in sheets
            if sheet.height > 1
        }
    except (CalamineError, OSError, ValueError, OverflowError):
        raise unreadable(path.name, _NO_BOOK) from None
    if not tables:
        raise unreadable(path.name, _EMPTY)
    chosen = next((name for name, table in tables.items() if _is_cards(_known(table))), next(iter(tables)))
    reading = _read(tables[chosen], path.name)
    others = [name for name in tables if name != chosen]
    if others:
        reading = replace(reading, left=(*reading.left, Left(_SHEETS, {"names": others})))
    return reading


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _read(table: Table, name: str) -> Reading:
    if len(table) > _LARGEST[0] or max(map(len, table), default=0) > _LARGEST[1]:
        raise unreadable(name, _LARGE)
    width = max(map(len, table), default=0)
    table = [[cell.strip() for cell in row] + [""] * (width - len(row)) for row in table]
    filled = [number for number, row in enumerate(table) if any(row)]
    if not filled:
        raise unreadable(name, _EMPTY)
    known = _known(table)
    if {"x", "y", "text"} <= set(known):
        return stickies(table, filled, known, name)
    if _is_cards(known):
        return cards(table, filled, known, name)
    if {cell.casefold() for cell in table[filled[0]]} >= COLUMNS:
        return diagram(table, filled, name)
    return grid(table, filled, name)


def _known(table: Table) -> dict[str, int]:
    """Where the columns stand that have a usual name, by the first row that holds anything."""
    head = next((row for row in table if any(cell.strip() for cell in row)), [])
    return {_column(cell): place for place, cell in reversed(list(enumerate(head))) if _column(cell)}


def _is_cards(known: dict[str, int]) -> bool:
    return "text" in known and ("stage" in known or "step" in known)


def _column(cell: str) -> str:
    plain = " ".join(cell.replace("_", " ").split()).casefold()
    return next((column for column, names in _COLUMNS.items() if plain in names), "")


_EMPTY = Text(en="there is nothing in it", fa="چیزی در آن نیست")
_LARGE = Text(en="it is larger than any map", fa="از هر نقشه‌ای بزرگ‌تر است")
_NO_ROW = Text(en="line {line:count} is no row of a table", fa="سطر {line:count} سطر جدول نیست")
_NO_BOOK = Text(en="it is no workbook, or the file is damaged", fa="کارپوشه نیست، یا فایل آسیب دیده است")
_SHEETS = Text(en="sheets that were not read: {names:list}", fa="برگه‌هایی که خوانده نشد: {names:list}")
