"""Sheets of paper and slides, in millimetres, landscape."""

from __future__ import annotations

PAPER: dict[str, tuple[float, float]] = {
    "a4": (297.0, 210.0),
    "a3": (420.0, 297.0),
    "a2": (594.0, 420.0),
    "a1": (841.0, 594.0),
    "a0": (1189.0, 841.0),
    "slide": (338.67, 190.5),
}


def page_of(width: float, height: float, size: str) -> tuple[float, float]:
    """The page for a sheet of so many pixels: the paper that was asked for, or one as large as the sheet itself."""
    if size in PAPER:
        return PAPER[size]
    return width * 25.4 / 96, height * 25.4 / 96
