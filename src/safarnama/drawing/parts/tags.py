"""Words in rounded frames beside each other, each with its icon: channels, devices, roles."""

from __future__ import annotations

from collections.abc import Sequence

from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import fit, width

_HIGH, _GAP = 25.0, 6.0


def tags(pen: Pen, said: Sequence[tuple[str, str]], x: float, y: float, wide: float, colour: str = "ink-2") -> float:
    """Draw pairs of icon and words below ``y`` in as many rows as they need; returns the height."""
    at, used = 0.0, 0.0
    for icon, words in said:
        words = fit(words, wide - 40, 12, 600)
        long = width(words, 12, 600) + 39
        if at and at + long > wide:
            at, used = 0.0, used + _HIGH + _GAP
        pen.box(x + at, y + used, long, _HIGH, "surface", "rule", radius=_HIGH / 2)
        pen.icon(icon, x + at + 16, y + used + _HIGH / 2, 13, "lapis")
        pen.text(x + at + 27, y + used + _HIGH / 2 + 4.2, words, 12, 600, colour)
        at += long + _GAP
    return used + _HIGH if said else 0.0
