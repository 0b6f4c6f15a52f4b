"""Columns of one width beside a rail that names the rows."""

from __future__ import annotations

from dataclasses import dataclass

from safarnama.drawing.pen import Pen


@dataclass(frozen=True)
class Columns:
    """``x`` is where the rail begins, ``room`` the width of all."""

    x: float
    room: float
    count: int
    rail: float = 140.0
    gap: float = 12.0

    @property
    def left(self) -> float:
        return self.x + self.rail

    @property
    def wide(self) -> float:
        """The width of a column."""
        return (self.room - self.rail - (self.count - 1) * self.gap) / self.count

    def start(self, place: int) -> float:
        return self.left + place * (self.wide + self.gap)

    def middle(self, place: int) -> float:
        return self.start(place) + self.wide / 2

    def name(self, pen: Pen, y: float, icon: str, said: str, note: str = "", colour: str = "lapis") -> float:
        """What a row is, in the rail below ``y``; returns the height it takes."""
        at = self.x + (30 if icon else 0)
        room = self.rail - (30 if icon else 0) - 12
        if icon:
            pen.icon(icon, self.x + 10, y + 10, 19, colour)
        used = pen.block(at, y, said, room, 13.5, 700, lines=3, tight=True) + 2
        if note:
            used += pen.block(at, y + used, note, room, 11, 400, "ink-3", lines=3)
        return used


def needed(count: int, least: float, rail: float = 140.0, gap: float = 12.0) -> float:
    """The width that so many columns need, rail and gaps included."""
    return rail + count * least + (count - 1) * gap
