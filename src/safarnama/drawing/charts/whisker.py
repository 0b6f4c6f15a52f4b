"""The interval of a bar: a line with two ends, light where it lies on the bar and dark beyond it."""

from __future__ import annotations

from safarnama.drawing.pen import Pen


def whisker(pen: Pen, low: float, value: float, high: float, middle: float) -> None:
    """From ``low`` to ``high`` across, on a bar that ends at ``value``."""
    edge = min(max(value, low), high)
    for start, end, ink in ((low, edge, "paper"), (edge, high, "ink")):
        if end - start > 0.5:
            pen.line(start, middle, end, middle, ink, 1)
    pen.line(low, middle - 3, low, middle + 3, "paper" if low < value else "ink", 1)
    pen.line(high, middle - 3, high, middle + 3, "ink", 1)
