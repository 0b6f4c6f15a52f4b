"""Tables: a grid of stages, steps and lanes; a row a card; or the notes of a whiteboard with their places."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from safarnama.core.words import Text
from safarnama.core.words.digits import latin
from safarnama.maps.derived import Point
from safarnama.maps.reading.draft import Draft
from safarnama.maps.reading.lane_names import lane_of
from safarnama.maps.reading.reading import Left, Reading, unreadable

Table = list[list[str]]
_LARGEST = (5_000, 500)  # rows and columns
_COLUMNS = {
    "stage": {"stage", "phase", "section", "journey stage", "مرحله", "فاز"},
    "step": {"step", "task", "گام", "قدم"},
    "lane": {"lane", "row", "category", "type", "swimlane", "ردیف", "دسته", "نوع"},
    "text": {"text", "card", "content", "note", "sticky", "description", "متن", "کارت", "شرح", "یادداشت"},
    "number": {"number", "عدد"},
    "channel": {"channel", "کانال"},
    "x": {"x", "position x", "x position", "pos x", "left"},
    "y": {"y", "position y", "y position", "pos y", "top"},
    "width": {"width", "w"},
    "colour": {"color", "colour", "background color", "bg color", "رنگ"},
}


def read_csv(text: str, name: str) -> Reading:
    """The map in a CSV or TSV file."""
    lines = text.splitlines()[:50]
    separator = max(",;\t", key=lambda sign: sum(line.count(sign) for line in lines))
    try:
        table = [
            [cell.removeprefix("'") if cell[1:2] in ("=", "+", "-", "@") else cell for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error as error:
        raise unreadable(name, _NO_TABLE, reason=str(error)) from None
    return _read(table, name)


def read_xlsx(path: Path) -> Reading:
    """The map on the first sheet of a workbook that holds a table."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = [(sheet, book.get_sheet_by_name(sheet)) for sheet in book.sheet_names]
        sheet = next((sheet for _, sheet in sheets if sheet.height > 1), None)
        if sheet is None:
            raise unreadable(path.name, _EMPTY)
        if sheet.height > _LARGEST[0] or sheet.width > _LARGEST[1]:
            raise unreadable(path.name, _LARGE)
        table = [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, OSError) as error:
        raise unreadable(path.name, _NO_TABLE, reason=str(error)[:80]) from None
    reading = _read(table, path.name)
    others = [name for name, each in sheets if each is not sheet and each.height]
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
    known = {_column(cell): place for place, cell in reversed(list(enumerate(table[filled[0]]))) if _column(cell)}
    if {"x", "y", "text"} <= set(known):
        return _stickies(table, filled, known, name)
    if "text" in known and ("stage" in known or "step" in known):
        return _cards(table, filled, known, name)
    return _grid(table, filled, name)


def _column(cell: str) -> str:
    plain = " ".join(cell.replace("_", " ").split()).casefold()
    return next((column for column, names in _COLUMNS.items() if plain in names), "")


def _cards(table: Table, filled: list[int], known: dict[str, int], name: str) -> Reading:
    """A row a card: stage, step, lane and text, in columns of these names."""
    draft = Draft(name, "cards")
    places: dict[tuple[str, str], str] = {}
    for number in filled[1:]:
        row = {column: table[number][place] for column, place in known.items()}
        stage, step = row.get("stage", ""), row.get("step", "")
        if stage and (not draft.stages or (stage, "") not in places):
            places[stage, ""] = draft.stage(stage)
        if step and (stage, step) not in places:
            places[stage, step] = draft.step(step, places.get((stage, "")))
        at = places.get((stage, step)) or places.get((stage, ""))
        if at is None:
            draft.leave(_NOWHERE, number + 1)
            continue
        lane = row.get("lane", "")
        if lane_of(lane) == "feeling":
            _feel(draft, {at: row.get("number") or row["text"]}, number + 1)
            continue
        channel = row.get("channel") or None
        draft.card(draft.lane(lane) if lane else draft.of_kind("doing"), at, row["text"], number + 1, channel=channel)
    extra = [cell for place, cell in enumerate(table[filled[0]]) if cell and place not in known.values()]
    if extra:
        draft.leave(_EXTRA, names=extra)
    return draft.reading()


def _grid(table: Table, filled: list[int], name: str) -> Reading:
    """Stages in a row (an empty cell goes on with the one before), steps beneath, a lane a row; a line of a cell is a card."""
    draft = Draft(name, "grid")
    rows = list(filled)
    # What stands alone above the grid is its title and its goal.
    told = []
    while rows and sum(map(bool, table[rows[0]])) == 1 and len(rows) > 1 and len(table[rows[0]]) > 1:
        told.append(next(cell for cell in table[rows.pop(0)] if cell))
    draft.title, draft.goal = (*told[:2], "", "")[:2]
    if len(rows) < 1 or sum(map(bool, table[rows[0]][1:])) < 1:
        raise unreadable(name, _NO_GRID)
    head = table[rows[0]]
    below = table[rows[1]] if len(rows) > 1 else []
    stepped = bool(below) and (not below[0] or _column(below[0]) == "step") and not lane_of(below[0])
    columns: dict[int, str] = {}
    stage = ""
    for place in range(1, len(head)):
        if head[place]:
            stage = head[place]
            draft.stage(stage)
        if not stage:
            if any(table[row][place] for row in rows):
                draft.leave(_NO_HEAD, rows[0] + 1, n=place + 1)
            continue
        if stepped and below[place]:
            columns[place] = draft.step(below[place])
        elif head[place]:
            columns[place] = draft.stages[-1][0]
        elif any(table[row][place] for row in rows[1:]):
            columns[place] = draft.step(stage)
    for number in rows[2 if stepped else 1 :]:
        row = table[number]
        cells = {columns[place]: cell for place, cell in enumerate(row) if place in columns and cell}
        if not row[0] and cells:
            draft.leave(_NO_LANE, number + 1)
        if lane_of(row[0]) == "feeling" and all(_number(cell) is not None for cell in cells.values()):
            _feel(draft, cells, number + 1)
            continue
        lane = draft.lane(row[0]) if row[0] else draft.of_kind("notes")
        for at, cell in cells.items():
            for line in cell.splitlines():
                draft.card(lane, at, line.removeprefix("•").removeprefix("- "), number + 1)
    return draft.reading()


def _number(cell: str) -> float | None:
    try:
        found = float(latin(cell).replace("−", "-"))
    except ValueError:
        return None
    return found if abs(found) < 1e9 else None


def _feel(draft: Draft, cells: dict[str, str], line: int) -> None:
    """Scores as feelings from −2 to +2; a scale of 1 … 5 or 0 … 10 is told by its largest value and said."""
    values = {at: value for at, cell in cells.items() if (value := _number(cell)) is not None}
    if len(values) < len(cells):
        draft.leave(_NO_NUMBER, line)
    if not values:
        return
    low, high = min(values.values()), max(values.values())
    if low >= -2 and high <= 2:
        scale = (-2.0, 2.0)
    elif low >= 1 and high <= 5:
        scale = (1.0, 5.0)
    else:
        scale = (0.0, 10.0) if low >= 0 and high <= 10 else (low, high) if high > low else (low - 1, low + 1)
    if scale != (-2.0, 2.0):
        draft.leave(_SCALED, line, low=scale[0], high=scale[1])
    for at, value in values.items():
        share = (value - scale[0]) / (scale[1] - scale[0])
        draft.points.append(Point(step=draft.step_at(at), value=4 * share - 2))


def _stickies(table: Table, filled: list[int], known: dict[str, int], name: str) -> Reading:
    """Notes of a whiteboard: columns and rows are told from where they lie. The top row names the steps; where a column on the
    left (or, in Persian, the right) has one note a row, it names the lanes."""
    draft = Draft(name, "stickies")
    notes = []
    for number in filled[1:]:
        row = table[number]
        x, y = (_number(row[known[axis]]) for axis in ("x", "y"))
        text = row[known["text"]]
        if x is None or y is None:
            draft.leave(_NO_PLACE, number + 1, text=text[:40])
        elif text:
            notes.append((x, y, text, number + 1))
    if not notes:
        raise unreadable(name, _EMPTY)
    sizes = [value for number in filled[1:] if "width" in known and (value := _number(table[number][known["width"]]))]
    size = sorted(sizes)[len(sizes) // 2] if sizes else None
    across = _clusters([note[0] for note in notes], size)
    down = _clusters([note[1] for note in notes], size)
    grid: dict[tuple[int, int], list[tuple[str, int]]] = {}
    for x, y, text, line in sorted(notes, key=lambda note: (note[1], note[0])):
        grid.setdefault((_place(across, x), _place(down, y)), []).append((text, line))
    order = list(range(len(across)))
    persian = sum("\u0600" <= sign <= "\u06ff" for _, _, text, _ in notes for sign in text)
    if 2 * persian > sum(len(text) for _, _, text, _ in notes):
        order.reverse()
    first = order[0]
    rows = range(1, len(down))
    labelled = len(order) > 1 and len(down) > 1 and all(len(grid.get((first, row), ())) == 1 for row in rows)
    columns = order[1:] if labelled else order
    for column in columns:
        heads = grid.get((column, 0), [])
        draft.stage(heads[0][0] if heads else f"{columns.index(column) + 1}")
        for text, line in heads[1:]:
            draft.card(draft.of_kind("notes"), draft.here, text, line)
        for down_at in rows:
            lane = grid[first, down_at][0][0] if labelled else ""
            for text, line in grid.get((column, down_at), []):
                draft.card(draft.lane(lane) if lane else draft.of_kind("doing"), draft.here, text, line)
    draft.leave(_PLACED, columns=len(columns), rows=len(down))
    if "colour" in known:
        draft.leave(_COLOURS)
    return draft.reading()


def _clusters(values: Sequence[float], size: float | None) -> list[float]:
    """Where groups of numbers begin: a gap of more than half a note, or of more than a fifth of the usual gap's largest."""
    ordered = sorted(set(values))
    gaps = [b - a for a, b in pairwise(ordered)]
    limit = size / 2 if size else max(gaps, default=0) / 3
    return [ordered[0], *(b for a, b in pairwise(ordered) if b - a > limit)]


def _place(starts: list[float], value: float) -> int:
    return sum(value >= start for start in starts) - 1


_EMPTY = Text(en="there is nothing in it", fa="چیزی در آن نیست")
_LARGE = Text(en="it is larger than any map", fa="از هر نقشه‌ای بزرگ‌تر است")
_NO_TABLE = Text(en="it is no table ({reason})", fa="جدول نیست ({reason})")
_NO_GRID = Text(
    en="it is no grid: stages belong in the first row, lanes in the first column",
    fa="شبکه نیست: مرحله‌ها باید در سطر اول و ردیف‌ها در ستون اول باشند",
)
_NOWHERE = Text(
    en="the row names neither stage nor step and was not read", fa="این سطر نه مرحله دارد و نه گام و خوانده نشد"
)
_EXTRA = Text(en="columns that were not read: {names:list}", fa="ستون‌هایی که خوانده نشد: {names:list}")
_SHEETS = Text(en="sheets that were not read: {names:list}", fa="برگه‌هایی که خوانده نشد: {names:list}")
_NO_HEAD = Text(
    en="column {n:count} has no stage above it and was not read",
    fa="ستون {n:count} بالای خود مرحله‌ای ندارد و خوانده نشد",
)
_NO_LANE = Text(
    en="the row has no name; its cards stand under notes", fa="این سطر نام ندارد؛ کارت‌هایش در یادداشت‌ها آمد"
)
_NO_NUMBER = Text(en="what is no number is no feeling and was not read", fa="آنچه عدد نیست احساس نیست و خوانده نشد")
_SCALED = Text(
    en="feelings were read on a scale of {low:number} to {high:number} and are now −2 to +2",
    fa="احساس‌ها در مقیاس {low:number} تا {high:number} خوانده شد و اکنون از −۲ تا +۲ است",
)
_NO_PLACE = Text(en="the note “{text}” has no place and was not read", fa="یادداشت «{text}» جا ندارد و خوانده نشد")
_PLACED = Text(
    en="columns and rows were told from places: {columns:columns}, {rows:rows}; look whether they are right",
    fa="ستون‌ها و سطرها از روی جای یادداشت‌ها فهمیده شد: {columns:columns}، {rows:rows}؛ ببینید درست است یا نه",
)
_COLOURS = Text(en="colours of notes were not kept", fa="رنگ یادداشت‌ها نگه داشته نشد")
