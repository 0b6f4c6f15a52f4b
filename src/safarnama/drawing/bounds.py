"""Between which corners marks lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safarnama.drawing.scene import Arrow, Box, Group, Icon, Image, Line, Link, Mark, Path, Text
from safarnama.drawing.shaping import width


def bounds(marks: Sequence[Mark]) -> tuple[float, float, float, float] | None:
    """Left, top, right and bottom of what the marks cover; None where they cover nothing."""
    places = [place for mark in marks for place in _places(mark)]
    if not places:
        return None
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return min(xs), min(ys), max(xs), max(ys)


def _places(mark: Mark) -> Iterator[tuple[float, float]]:
    """Corners between which a mark lies."""
    match mark:
        case Box() | Image():
            yield mark.x, mark.y
            yield mark.x + mark.width, mark.y + mark.height
        case Icon():
            yield mark.x, mark.y
            yield mark.x + mark.size, mark.y + mark.size
        case Text():
            wide = width(mark.text, mark.size, mark.weight)
            start = mark.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor] * wide
            yield start, mark.y - mark.size
            yield start + wide, mark.y + mark.size * 0.4
        case Line() | Arrow():
            yield mark.x1, mark.y1
            yield mark.x2, mark.y2
        case Path():
            for _, at in mark.segments:
                yield from zip(at[::2], at[1::2], strict=True)
        case Group() | Link():
            for inner in mark.marks:
                yield from _places(inner)
