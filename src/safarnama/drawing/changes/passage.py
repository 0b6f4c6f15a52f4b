"""From what was to what is: struck words, and two values with an arrow that points the way of reading."""

from __future__ import annotations

from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Text
from safarnama.drawing.shaping import width

_ARROW = 14.0


def struck(
    pen: Pen, x: float, y: float, text: str, room: float, size: float, weight: int = 400, lines: int | None = None
) -> float:
    """Words that no longer stand, below ``y``; returns their height."""
    before = len(pen.marks)
    used = pen.block(x, y, text, room, size, weight, "ink-3", lines=lines)
    for mark in pen.marks[before:]:
        if isinstance(mark, Text):
            wide = width(mark.text, mark.size, mark.weight)
            start = mark.x - wide if mark.anchor == "end" else mark.x
            middle = mark.y - mark.size * 0.3
            pen.line(start, middle, start + wide, middle, "ink-3", 0.9)
    return used


def passage(
    pen: Pen,
    x: float,
    y: float,
    old: str,
    new: str,
    room: float,
    size: float,
    weight: int = 600,
    hue: str = "ink",
    was: float | None = None,
) -> float:
    """``old`` → ``new`` on one line below ``y``, or the new below the old; returns the height. ``was`` is the size of the old."""  # fmt: skip
    was = was or size
    old_wide = width(old, was)
    base = y + pen.rise(size)
    if old_wide + _ARROW + width(new, size, weight) <= room:
        pen.text(x, base, old, was, 400, "ink-3")
        arrow(pen, x + old_wide + _ARROW / 2, base - size * 0.32)
        pen.text(x + old_wide + _ARROW, base, new, size, weight, hue)
        return pen.leading(size)
    used = pen.block(x, y, old, room, was, 400, "ink-3", lines=2)
    arrow(pen, x + 5, y + used + pen.rise(size) - size * 0.32)
    return used + pen.block(x + _ARROW, y + used, new, room - _ARROW, size, weight, hue, lines=3)


def arrow(pen: Pen, x: float, y: float, size: float = 9.5) -> None:
    """The arrow between what was and what is, about its middle."""
    pen.icon("arrow-right", x, y, size, "ink-3", 2.2, turns=True)
