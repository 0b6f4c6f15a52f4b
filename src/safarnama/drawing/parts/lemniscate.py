"""A loop like a lying eight, as a ribbon whose width may change along the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from safarnama.drawing.scene import Segment

START, TURN, END = -pi / 2, pi / 2, 3 * pi / 2  # the crossing, the crossing again half-way, and at the end


@dataclass(frozen=True)
class Lemniscate:
    """``u`` runs from START through the lobe at the reading start, the crossing at TURN and the other lobe to END."""

    x: float
    y: float
    reach: float  # from the crossing to the far end of a lobe
    steep: float = 1.12

    @property
    def half_height(self) -> float:
        return self.steep * self.reach * 0.3536

    def at(self, u: float) -> tuple[float, float]:
        q = 1 + sin(u) ** 2
        return self.x - self.reach * cos(u) / q, self.y + self.steep * self.reach * sin(u) * cos(u) / q

    def along(self, u: float) -> tuple[float, float]:
        """The direction of travel, of length one."""
        (x1, y1), (x2, y2) = self.at(u - 1e-4), self.at(u + 1e-4)
        length = hypot(x2 - x1, y2 - y1)
        return (x2 - x1) / length, (y2 - y1) / length

    def outward(self, u: float) -> tuple[float, float]:
        """Away from the inside of its lobe, of length one."""
        dx, dy = self.along(u)
        lobe = self.x - self.reach * 0.55 if u < TURN else self.x + self.reach * 0.55
        x, y = self.at(u)
        normal = (-dy, dx)
        return normal if normal[0] * (x - lobe) + normal[1] * (y - self.y) > 0 else (dy, -dx)

    def ribbon(
        self, first: float, last: float, wide: Callable[[float], float], pieces: int = 72
    ) -> tuple[Segment, ...]:
        """The outline of the ribbon between two places."""
        one, other = [], []
        for number in range(pieces + 1):
            u = first + (last - first) * number / pieces
            (x, y), (dx, dy), half = self.at(u), self.along(u), wide(u) / 2
            one.append((x - dy * half, y + dx * half))
            other.append((x + dy * half, y - dx * half))
        places = [*one, *reversed(other)]
        return (("M", places[0]), *(("L", place) for place in places[1:]), ("Z", ()))
