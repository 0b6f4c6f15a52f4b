"""How deep a cell is, and the ink that is read on it."""

from __future__ import annotations

_DARK = 0.68  # how deep a cell must be for light figures to be read better than dark ones


def depth_of(part: float) -> float:
    """The opacity of a cell that is this part of the largest, 0 to 1: small parts are still seen."""
    return part**0.6


def ink_on(depth: float) -> str:
    return "paper" if depth > _DARK else "ink"
