"""What a sheet is about and a map does not have: said in its place, with what would fill it. Never made up."""

from __future__ import annotations

from safarnama.drawing.pen import Pen


def missing(pen: Pen, icon: str, said: str, hint: str, x: float, y: float, wide: float, high: float) -> float:
    """Draw it below ``y``; returns its height."""
    room = min(560.0, wide - 60)
    tall = 44 + pen.height(said, room, 16, 600, lines=3) + pen.height(hint, room, 13, lines=3)
    high = max(high, tall + 48)
    pen.box(x, y, wide, high, None, "assumed-edge", radius=5, dash="3 2.5")
    at, middle = y + (high - tall) / 2, x + wide / 2
    pen.icon(icon, middle, at + 12, 26, "ink-3")
    at += 38
    at += pen.block(middle, at, said, room, 16, 600, "ink-2", lines=3, anchor="middle") + 4
    pen.block(middle, at, hint, room, 13, 400, "ink-3", lines=3, anchor="middle")
    return high
