"""A branch of a mind map: a heading over a rule, what hangs on it, and the stem that joins it to the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.known import Item
from safarnama.drawing.pen import Pen
from safarnama.maps.evidence import Evidence

HEAD = 44.0
_AT_MOST = 4
_MORE = Text(en="+ {n:count} more", fa="و {n:count} تای دیگر")
_UNKNOWN = Text(en="nobody has asked yet", fa="هنوز کسی نپرسیده")


@dataclass(frozen=True)
class Branch:
    """``found`` is what all items together rest on, where they have nothing of their own."""

    icon: str
    title: Text
    items: Sequence[Item] = field(default_factory=tuple)
    colour: str = "lapis"
    found: Sequence[Evidence] | None = None


def heading(pen: Pen, branch: Branch, x: float, y: float, wide: float) -> float:
    """The name of the branch over its rule; returns the height."""
    pen.disc(x + 18, y + 18, 18, branch.colour)
    pen.icon(branch.icon, x + 18, y + 18, 19, "paper")
    pen.text(x + 46, y + 24, pen.say(branch.title), 15.5, 800, room=wide - 48)
    pen.line(x, y + HEAD, x + wide, y + HEAD, branch.colour, 2)
    return HEAD


def hang(pen: Pen, branch: Branch, x: float, y: float, wide: float) -> float:
    """What hangs on the branch, below ``y``; returns the height."""
    used = 6.0
    if not branch.items:
        pen.text(x, y + used + 16, pen.say(_UNKNOWN), 12, 400, "ink-3", room=wide)
        return used + 24
    for number, item in enumerate(branch.items[:_AT_MOST]):
        if number:
            pen.line(x, y + used + 1, x + wide, y + used + 1, "hair")
            used += 5
        if item.card:
            with pen.within(item.card, title=item.said):
                used += _item(pen, item, x, y + used, wide)
        else:
            used += _item(pen, item, x, y + used, wide)
    if len(branch.items) > _AT_MOST:
        pen.text(x, y + used + 12, pen.say(_MORE, n=len(branch.items) - _AT_MOST), 11, 400, "ink-3", room=wide)
        used += 18
    if branch.found is not None:
        evidence.line(pen, branch.found, x, y + used + 12, wide, 11)
        used += 18
    return used


def stem(pen: Pen, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    """From the middle, thick, to where a rule begins, thin."""
    (x1, y1), (x2, y2) = start, end
    middle = (x1 + x2) / 2
    pen.path(
        (
            ("M", (x1, y1 - 4)),
            ("C", (middle, y1 - 4, middle, y2 - 1, x2, y2 - 1)),
            ("L", (x2, y2 + 1)),
            ("C", (middle, y2 + 1, middle, y1 + 4, x1, y1 + 4)),
            ("Z", ()),
        ),
        fill=colour,
    )


def _item(pen: Pen, item: Item, x: float, y: float, wide: float) -> float:
    backed = item.found is None or bool(item.found)
    used = pen.block(x, y, item.said, wide, 13.5, 400, "ink" if backed else "ink-2", lines=2)
    if item.found is not None:
        at = x
        if item.figure:
            at += pen.text(x, y + used + 11, item.figure, 11, 700, "ink-2", room=wide / 2) + 8
        evidence.line(pen, item.found, at, y + used + 11, x + wide - at, 11)
        used += 17
    return used
