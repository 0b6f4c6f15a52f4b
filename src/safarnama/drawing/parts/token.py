"""The outline of a touchpoint by its kind: a circle where something is communicated, a square where somebody acts, a diamond where
somebody decides, a hexagon where somebody waits. Never told by colour alone."""

from __future__ import annotations

from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import points
from safarnama.maps.lanes import Card

_ICONS = {"decision": "git-branch", "wait": "hourglass"}


def token(
    pen: Pen, kind: str, x: float, y: float, size: float, fill: str | None, edge: str, wide: float = 1.25, dash: str | None = None
) -> None:  # fmt: skip
    """Draw it in the square at ``x``, ``y``."""
    half = size / 2
    match kind:
        case "decision":
            corners = ((half, 0.0), (size, half), (half, size), (0.0, half))
        case "wait":
            cut = size * 0.26
            corners = ((cut, 0.0), (size - cut, 0.0), (size, half), (size - cut, size), (cut, size), (0.0, half))  # type: ignore[assignment]
        case _:
            radius = 0.17 * size if kind == "action" else half
            pen.box(x, y, size, size, fill, edge, stroke_width=wide, radius=radius, dash=dash)
            return
    outline = points(*((x + across, y + down) for across, down in corners), close=True)
    pen.path(outline, fill=fill, stroke=edge, width=wide, dash=dash)


def icon_of(card: Card) -> str:
    """The card's own icon, else that of its kind."""
    return card.icon or _ICONS.get(card.kind, "circle-dot")
