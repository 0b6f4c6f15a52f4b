"""Where things stand on a sheet, and what stands where it must not."""

from __future__ import annotations

from safarnama.drawing.scene import Arrow, Box, Icon, Image, Line, Path, Scene, Text
from safarnama.drawing.shaping import width

Rectangle = tuple[float, float, float, float]
_TOUCH = 0.6


def rectangle(text: Text) -> Rectangle:
    """Where the letters of a line stand (not the leading around them)."""
    wide = width(text.text, text.size, text.weight)
    left = {"start": text.x, "middle": text.x - wide / 2, "end": text.x - wide}[text.anchor]
    return left, text.y - 0.62 * text.size, left + wide, text.y + 0.12 * text.size


def overlaps(scene: Scene) -> list[tuple[str, str]]:
    """Pairs of lines that run into each other. From the top down, so that a line meets only those near it."""
    placed = sorted(
        ((rectangle(mark), mark.text) for mark in scene.walk() if isinstance(mark, Text)), key=lambda one: one[0][1]
    )
    found = []
    near: list[tuple[Rectangle, str]] = []
    for a, one in placed:
        near = [(b, other) for b, other in near if b[3] - a[1] > _TOUCH]
        for b, other in near:
            if min(a[2], b[2]) - max(a[0], b[0]) > _TOUCH and min(a[3], b[3]) - max(a[1], b[1]) > _TOUCH:
                found.append((one, other))
        near.append((a, one))
    return found


def fallen(scene: Scene) -> list[object]:
    """Marks that do not stand on the sheet."""
    out: list[object] = []
    for mark in scene.walk():
        match mark:
            case Text():
                left, top, right, bottom = rectangle(mark)
            case Box() | Image():
                left, top, right, bottom = mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
            case Icon():
                left, top, right, bottom = mark.x, mark.y, mark.x + mark.size, mark.y + mark.size
            case Line() | Arrow():
                left, right = sorted((mark.x1, mark.x2))
                top, bottom = sorted((mark.y1, mark.y2))
            case Path() if mark.segments:
                across = [value for _, at in mark.segments for value in at[::2]]
                down = [value for _, at in mark.segments for value in at[1::2]]
                left, top, right, bottom = min(across), min(down), max(across), max(down)
            case _:
                continue
        # A ground may run to the very edge of the sheet; what is drawn and written on it keeps off.
        ground = isinstance(mark, Box) and mark.stroke is None and mark.x in (0, scene.width - mark.width)
        if ground and left >= 0 and top >= 0 and right <= scene.width and bottom <= scene.height:
            continue
        if left < 4 or top < 4 or right > scene.width - 4 or bottom > scene.height - 4:
            out.append(mark)
    return out
