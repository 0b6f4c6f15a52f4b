"""A road that runs along rows and turns at their ends: where its stops stand, and how it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Segment

_WIDE = 38.0
_TURN, _BEFORE = 91.0, 150.0  # the radius of a turn; the way between the turn and the first stop of a row
_ROUND = 0.5523  # of the radius: where the handles of a quarter circle stand
APART = 208.0
_EDGE = 8.0


@dataclass(frozen=True)
class Road:
    """``rows`` are the heights of the middle of the road; ``columns`` stops stand on each, in the order of travel."""

    x: float
    columns: int
    rows: Sequence[float]

    @property
    def first(self) -> float:
        """The middle of the first column."""
        return self.x + _EDGE + _WIDE / 2 + _TURN + _BEFORE

    @property
    def width(self) -> float:
        return 2 * (self.first - self.x) + (self.columns - 1) * APART + 16

    def onward(self, row: int) -> int:
        """1 where a row runs in the reading direction, −1 where it comes back."""
        return 1 if row % 2 == 0 else -1

    def stop(self, number: int) -> tuple[float, float]:
        """The middle of a stop. The one after the last of a row stands before the turn."""
        row, column = divmod(number, self.columns)
        return self.place(row, column)

    def place(self, row: int, column: int) -> tuple[float, float]:
        if self.onward(row) < 0:
            column = self.columns - 1 - column
        return self.first + column * APART, self.rows[row]

    def segments(self, end: float) -> tuple[Segment, ...]:
        """The middle of the road up to ``end`` on the last row."""
        low = self.first - _BEFORE
        high = self.first + (self.columns - 1) * APART + _BEFORE + 16
        found: list[Segment] = [("M", (self.x, self.rows[0]))]
        for row, (here, there) in enumerate(zip(self.rows, self.rows[1:], strict=False)):
            way = self.onward(row)
            edge = high if way > 0 else low
            out, k = edge + way * _TURN, _TURN * (1 - _ROUND)
            found.append(("L", (edge, here)))
            found.append(("C", (out - way * k, here, out, here + k, out, here + _TURN)))
            found.append(("L", (out, there - _TURN)))
            found.append(("C", (out, there - k, out - way * k, there, edge, there)))
        found.append(("L", (end, self.rows[-1])))
        return tuple(found)

    def draw(self, pen: Pen, end: float) -> None:
        """The surface, its borders and the dashed line in its middle."""
        way = self.segments(end)
        pen.path(way, stroke="rule", width=_WIDE)
        pen.path(way, stroke="track", width=_WIDE - 3)
        pen.path(way, stroke="assumed-edge", width=1.6, dash="11 10", opacity=0.7)
