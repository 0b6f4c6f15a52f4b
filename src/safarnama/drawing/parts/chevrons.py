"""The stages of a small map as a row of chevrons, each as wide as its steps."""

from __future__ import annotations

from safarnama.drawing.parts.frame import stage_columns
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import points
from safarnama.drawing.shaping import width
from safarnama.drawing.tokens import stage_colour
from safarnama.maps.model import Map
from safarnama.maps.words import say

_TIP, _GAP, _SIZE = 6.0, 2.0, 10.5


def chevrons(pen: Pen, document: Map, x: float, y: float, wide: float, high: float) -> float:
    """Draw them below ``y``: with their names where all fit, else with numbers that a line below explains; returns the height."""
    column = wide / len(document.steps)
    places = stage_columns(document)
    names = [say(stage.name, pen.language) for stage in document.stages]
    rooms = [(after - first) * column - 2 * _TIP - 3 for first, after in places]
    spoken = all(width(name, _SIZE, 600) <= room for name, room in zip(names, rooms, strict=True))
    for place, (first, after) in enumerate(places):
        start, end = x + first * column + (_GAP if place else 0), x + after * column
        tip = _TIP if place < len(places) - 1 else 0.0
        corners = [(start, y), (end, y), (end + tip, y + high / 2), (end, y + high), (start, y + high)]
        if place:
            corners.append((start + _TIP, y + high / 2))
        pen.path(points(*corners, close=True), fill=stage_colour(place, len(places)))
        said = names[place] if spoken else pen.form(place + 1, "count")
        if width(said, _SIZE, 600) <= rooms[place] + 4:
            middle = (start + end) / 2 + (_TIP / 2 if place else 0)
            pen.text(middle, y + high / 2 + 3.8, said, _SIZE, 600, "on-dark", anchor="middle")
    if spoken:
        return high
    told = " · ".join(f"{pen.form(place + 1, 'count')} {name}" for place, name in enumerate(names))
    return high + 3 + pen.block(x, y + high + 3, told, wide, 11, 400, "ink-3", lines=2)
