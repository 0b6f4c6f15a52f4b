"""What on a drawing opens: groups that stand for something become links, with a frame to hit and to see the focus on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from safarnama.drawing.scene import Arrow, Box, Group, Icon, Image, Line, Link, Mark, Path, Scene, Text
from safarnama.drawing.shaping import width

# Where the thing of a kind and an id leads, and what it is called; None where nowhere.
Opens = Callable[[str, str], tuple[str, str] | None]
_OPENING = ("counted", "card", "reach", "drop", "felt", "dot")


def linked(scene: Scene, opens: Opens) -> Scene:
    """The scene with links where ``opens`` says so."""
    return replace(scene, marks=tuple(_linked(mark, opens) for mark in scene.marks))


def _linked(mark: Mark, opens: Opens) -> Mark:
    if not isinstance(mark, Group):
        return mark
    kind, _, thing = mark.id.partition("-")
    found = opens(kind, thing) if mark.role in _OPENING and mark.role == kind else None
    if found is None:
        return replace(mark, marks=tuple(_linked(inner, opens) for inner in mark.marks))
    left, top, right, bottom = _bounds(mark.marks)
    frame = Box(left - 4, top - 3, right - left + 8, bottom - top + 6, radius=5)
    return Link((Group((frame,), role="frame"), mark), *found)


def _bounds(marks: tuple[Mark, ...]) -> tuple[float, float, float, float]:
    places = [place for mark in marks for place in _places(mark)]
    return (
        min(x for x, _ in places),
        min(y for _, y in places),
        max(x for x, _ in places),
        max(y for _, y in places),
    )


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
            yield start + wide, mark.y + mark.size * 0.3
        case Line() | Arrow():
            yield mark.x1, mark.y1
            yield mark.x2, mark.y2
        case Path():
            for _, at in mark.segments:
                yield from zip(at[::2], at[1::2], strict=True)
        case Group() | Link():
            for inner in mark.marks:
                yield from _places(inner)
