"""How a sheet is set, beside the map that it shows."""

from __future__ import annotations

from dataclasses import dataclass

from safarnama.drawing.scene import Image


@dataclass(frozen=True)
class Setting:
    """Whether the sheet says what its marks mean, whose logo it bears, which page it is of how many, if one of several, and
    the shape of that page: height ÷ width, 0 for any."""

    legend: bool = True
    logo: Image | None = None
    page: tuple[int, int] | None = None
    shape: float = 0.0


PLAIN = Setting()
