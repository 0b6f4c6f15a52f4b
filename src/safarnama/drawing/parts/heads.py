"""The heads of stages as plain blocks above columns: number, name, and a word at the end."""

from __future__ import annotations

from collections.abc import Sequence

from safarnama.drawing.parts.columns import Columns
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width, wrap
from safarnama.drawing.tokens import stage_colour
from safarnama.maps.model import Map
from safarnama.maps.words import say

HIGH = 40.0


def heads(pen: Pen, document: Map, columns: Columns, y: float, notes: Sequence[str] = ()) -> float:
    """Draw them below ``y``; returns their height."""
    before, stages = document.before[0], len(document.whole.stages)
    for place, stage in enumerate(document.stages):
        x, name = columns.start(place), say(stage.name, pen.language)
        number = pen.form(before + place + 1, "count")
        note = notes[place] if notes else ""
        with pen.within(stage.id, "stage", title=name):
            pen.box(x, y, columns.wide, HIGH, stage_colour(before + place, stages), radius=4)
            at = x + 13 + pen.text(x + 13, y + 28.5, number, 24, 300, "on-dark") + 10
            room = x + columns.wide - 12 - at
            beside = room - width(note, 11.5) - 10
            if note and width(name, 14, 700) <= beside:
                pen.text(x + columns.wide - 12, y + 24.5, note, 11.5, 400, "on-dark", anchor="end")
                room = beside
            size = next((size for size in (16.0, 14.0) if width(name, size, 700) <= room), 12.0)
            if len(wrap(name, room, size, 700, 2)) > 1:
                pen.block(
                    at, y + HIGH / 2 - pen.leading(size, True), name, room, size, 700, "on-dark", lines=2, tight=True
                )
            else:
                pen.text(at, y + 25.5, name, size, 700, "on-dark", room=room)
    return HIGH
