"""A grid: stages in a row, steps beneath, a lane a row."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.maps.reading.draft import Draft
from safarnama.maps.reading.lane_names import lane_of
from safarnama.maps.reading.reading import Reading, unreadable
from safarnama.maps.reading.scores import feel, number

_STEP = {"step", "task", "گام", "قدم"}


def grid(table: list[list[str]], filled: list[int], name: str) -> Reading:
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
    stepped = bool(below) and (not below[0] or below[0].casefold() in _STEP) and not lane_of(below[0])
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
    for at_row in rows[2 if stepped else 1 :]:
        row = table[at_row]
        cells = {columns[place]: cell for place, cell in enumerate(row) if place in columns and cell}
        if not row[0] and cells:
            draft.leave(_NO_LANE, at_row + 1)
        if lane_of(row[0]) == "feeling" and all(number(cell) is not None for cell in cells.values()):
            feel(draft, cells, at_row + 1)
            continue
        lane = draft.lane(row[0]) if row[0] else draft.of_kind("notes")
        for at, cell in cells.items():
            for line in cell.splitlines():
                draft.card(lane, at, line.removeprefix("•").removeprefix("- "), at_row + 1)
    return draft.reading()


_NO_GRID = Text(
    en="it is no grid: stages belong in the first row, lanes in the first column",
    fa="شبکه نیست: مرحله‌ها باید در سطر اول و ردیف‌ها در ستون اول باشند",
)
_NO_HEAD = Text(
    en="column {n:count} has no stage above it and was not read",
    fa="ستون {n:count} بالای خود مرحله‌ای ندارد و خوانده نشد",
)
_NO_LANE = Text(
    en="the row has no name; its cards stand under notes", fa="این سطر نام ندارد؛ کارت‌هایش در یادداشت‌ها آمد"
)
