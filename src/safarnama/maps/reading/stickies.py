"""Notes of a whiteboard: columns and rows are told from where the notes lie."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from safarnama.core.words import Text
from safarnama.maps.reading.draft import Draft
from safarnama.maps.reading.reading import Reading, unreadable
from safarnama.maps.reading.scores import number


def stickies(table: list[list[str]], filled: list[int], known: dict[str, int], name: str) -> Reading:
    """The map of notes. The top row names the steps; where a column on the
    left (or, in Persian, the right) has one note a row, it names the lanes."""
    draft = Draft(name, "stickies")
    notes = []
    for line in filled[1:]:
        row = table[line]
        x, y = (number(row[known[axis]]) for axis in ("x", "y"))
        text = row[known["text"]]
        if x is None or y is None:
            draft.leave(_NO_PLACE, line + 1, text=text[:40])
        elif text:
            notes.append((x, y, text, line + 1))
    if not notes:
        raise unreadable(name, _NO_NOTE)
    sizes = [value for line in filled[1:] if "width" in known and (value := number(table[line][known["width"]]))]
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


_NO_NOTE = Text(en="no note on it has a text and a place", fa="هیچ یادداشتی در آن متن و جا ندارد")
_NO_PLACE = Text(en="the note “{text}” has no place and was not read", fa="یادداشت «{text}» جا ندارد و خوانده نشد")
_PLACED = Text(
    en="columns and rows were told from places: {columns:columns}, {rows:rows}; look whether they are right",
    fa="ستون‌ها و سطرها از روی جای یادداشت‌ها فهمیده شد: {columns:columns}، {rows:rows}؛ ببینید درست است یا نه",
)
_COLOURS = Text(en="colours of notes were not kept", fa="رنگ یادداشت‌ها نگه داشته نشد")
