"""What became of a thing, as an icon and a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from safarnama.core.words import Text
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.maps.diff import KINDS, Change

WORDS: dict[str, Text] = {
    "added": Text(en="added", fa="افزوده"),
    "removed": Text(en="removed", fa="برداشته"),
    "moved": Text(en="moved", fa="جابه‌جا"),
    "words": Text(en="reworded", fa="بازنویسی"),
    "numbers": Text(en="counted anew", fa="عدد تازه"),
    "structure": Text(en="changed", fa="تغییر دیگر"),
}
ICONS = {
    "added": "plus",
    "removed": "minus",
    "moved": "route",
    "words": "quote",
    "numbers": "gauge",
    "structure": "sliders-horizontal",
}
_LINE, _GAP = 14.0, 8.0


def colour(kind: str) -> str:
    """What was removed is quiet; everything else is the accent."""
    return "ink-3" if kind == "removed" else "lapis"


def kinds_of(changes: Iterable[Change]) -> list[str]:
    """The kinds of changes, in their usual order."""
    found = {change.kind for change in changes}
    return [kind for kind in KINDS if kind in found]


def tags(pen: Pen, kinds: Sequence[str], x: float, y: float, room: float, size: float = 9.0) -> float:
    """Draw them side by side below ``y``, and below each other where there is no room; returns their height."""
    if not kinds:
        return 0.0
    at, base = 0.0, y + 10
    for kind in kinds:
        wide = width_of(pen, kind, size)
        if at and at + wide > room:
            at, base = 0.0, base + _LINE
        tag(pen, kind, x + at, base, room - at, size)
        at += wide + _GAP
    return base - y + 4


def width_of(pen: Pen, kind: str, size: float) -> float:
    """The width of one of them."""
    return size + 4 + width(pen.say(WORDS[kind]), size, 600)


def tag(pen: Pen, kind: str, x: float, y: float, room: float, size: float = 9.0) -> float:
    """One of them with its baseline at ``y``; returns its width."""
    pen.icon(ICONS[kind], x + size / 2, y - size * 0.34, size + 1, colour(kind), 2.2)
    return size + 4 + pen.text(x + size + 4, y, pen.say(WORDS[kind]), size, 600, colour(kind), room=room - size - 4)
