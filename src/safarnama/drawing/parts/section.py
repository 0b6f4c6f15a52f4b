"""A section of a sheet: a strong rule, an icon with a heading and what it rests on, and what stands below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.known import Item
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.maps.evidence import Evidence

_HEAD = 37.0
_AT_MOST, _LINES = 8, 4
_MORE = Text(en="+ {n:count} more", fa="و {n:count} تای دیگر")

# Draws below y within x and a width; returns the height it took.
Body = Callable[[Pen, float, float, float], float]


@dataclass(frozen=True)
class Section:
    """``found`` is what everything in it rests on together; None where each thing says its own."""

    icon: str
    title: str
    body: Body
    found: Sequence[Evidence] | None = None
    colour: str = "lapis"

    def draw(self, pen: Pen, x: float, y: float, wide: float) -> float:
        """Draw it below ``y``; returns the height."""
        pen.line(x, y, x + wide, y, "ink", 1.5)
        pen.icon(self.icon, x + 9, y + 20, 17, self.colour)
        room = wide - 26
        if self.found is not None:
            beside = evidence.line_width(pen, self.found, 11)
            if width(self.title, 14.5, 800) + beside + 12 <= room:
                evidence.line(pen, self.found, x + wide - beside, y + 24.5, beside + 1, 11)
                pen.text(x + 26, y + 25, self.title, 14.5, 800)
                return _HEAD + self.body(pen, x, y + _HEAD, wide)
        pen.text(x + 26, y + 25, self.title, 14.5, 800, room=room)
        used = _HEAD + self.body(pen, x, y + _HEAD, wide)
        if self.found is not None:
            evidence.line(pen, self.found, x, y + used + 11, wide, 11)
            used += 18
        return used


def listed(items: Sequence[Item]) -> Body:
    """One thing below the other with a thin line between them; what is too much is counted."""

    def body(pen: Pen, x: float, y: float, wide: float) -> float:
        used = 0.0
        for number, item in enumerate(items[:_AT_MOST]):
            if number:
                pen.line(x, y + used + 2, x + wide, y + used + 2, "hair")
                used += 6
            if item.card:
                with pen.within(item.card, title=item.said):
                    used += _item(pen, item, x, y + used, wide)
            else:
                used += _item(pen, item, x, y + used, wide)
        if len(items) > _AT_MOST:
            pen.text(x, y + used + 14, pen.say(_MORE, n=len(items) - _AT_MOST), 11, 400, "ink-3", room=wide)
            used += 20
        return used

    return body


def _item(pen: Pen, item: Item, x: float, y: float, wide: float) -> float:
    backed = item.found is None or bool(item.found)
    used = pen.block(x, y, item.said, wide, 13.5, 400, "ink" if backed else "ink-2", lines=_LINES)
    if item.found is not None:
        at = x
        if item.figure:
            at += pen.text(x, y + used + 11, item.figure, 11, 700, "ink-2", room=wide / 2) + 8
        evidence.line(pen, item.found, at, y + used + 11, x + wide - at, 11)
        used += 17
    return used
