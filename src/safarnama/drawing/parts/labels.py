"""Words on a picture that must not run into each other: each takes the first of its places that is free."""

from __future__ import annotations

from collections.abc import Sequence

from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Segment
from safarnama.drawing.shaping import fit, width

_AIR = 3.0
Line = tuple[str, float, int, str]  # words, size, weight, colour


class Labels:
    """Remembers what is taken, within the left, top, right and bottom of a picture."""

    def __init__(self, pen: Pen, left: float, top: float, right: float, bottom: float) -> None:
        self.pen = pen
        self.edges = (left, top, right, bottom)
        self.taken: list[tuple[float, float, float, float]] = []

    def take(self, left: float, top: float, right: float, bottom: float) -> None:
        """Nothing may be written here."""
        self.taken.append((left, top, right, bottom))

    def keep_off(self, line: Sequence[Segment]) -> None:
        """Nothing may be written over a curve."""
        at = (0.0, 0.0)
        for _, places in line:
            if len(places) == 6:
                x1, y1, x2, y2, x3, y3 = places
                steps = max(2, int(abs(x3 - at[0]) + abs(y3 - at[1])) // 10)
                for step in range(steps + 1):
                    u = step / steps
                    a, b, c, d = (1 - u) ** 3, 3 * u * (1 - u) ** 2, 3 * u * u * (1 - u), u**3
                    x, y = a * at[0] + b * x1 + c * x2 + d * x3, a * at[1] + b * y1 + c * y2 + d * y3
                    self.take(x - 3, y - 3, x + 3, y + 3)
            if places:
                at = (places[-2], places[-1])

    def free(self, left: float, top: float, right: float, bottom: float) -> bool:
        x1, y1, x2, y2 = self.edges
        if left < x1 or top < y1 or right > x2 or bottom > y2:
            return False
        return all(right < a or left > c or bottom < b or top > d for a, b, c, d in self.taken)

    def put(
        self, lines: Sequence[Line], places: Sequence[tuple[float, float]], room: float, halo: str | None = "surface"
    ) -> bool:
        """Write lines below each other about the middle x of a place, their top at its y; False where no place is free."""
        pen = self.pen
        said = [(fit(text, room, size, weight), size, weight, colour) for text, size, weight, colour in lines]
        half = max(width(text, size, weight) for text, size, weight, _ in said) / 2
        high = sum(size * 1.3 for _, size, _, _ in said)
        for x, y in places:
            # Near an edge the words move inwards.
            middle = min(max(x, self.edges[0] + half + _AIR), self.edges[2] - half - _AIR)
            box = (middle - half - _AIR, y - _AIR, middle + half + _AIR, y + high + _AIR)
            if not self.free(*box):
                continue
            self.take(*box)
            for text, size, weight, colour in said:
                pen.text(middle, y + size, text, size, weight, colour, anchor="middle", halo=halo)
                y += size * 1.3
            return True
        return False
