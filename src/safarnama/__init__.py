"""Safarnama (سفرنامه): living customer journey maps from what customers really did.

import safarnama as sn
shop = sn.open("shop")
finding = shop.journeys().ask(sn.Funnel(steps=["view", "cart", "buy"], window="7d"))
shop.discover(goal="buy").draw("map.pdf", language="fa")
"""

from __future__ import annotations

from typing import Any

from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace

open = Workspace.open
new = Workspace.new

__all__ = ["Mistake", "Workspace", "new", "open"]


def __getattr__(name: str) -> Any:
    """Questions, journeys and the map by their class names (``sn.Funnel``, ``sn.Map``), templates and drawing. Loaded when first
    asked for."""
    import re

    from safarnama.core import registry

    if name == "Map":
        from safarnama.maps.model import Map

        return Map
    if name == "Journeys":
        from safarnama.journeys.journeys import Journeys

        return Journeys
    if name == "draw":
        return registry.find("door", "draw")
    if name == "read_map":
        from safarnama.maps.reading import read

        return read
    if name in ("template", "templates"):
        from safarnama.maps import templates

        return getattr(templates, name)
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    if name[:1].isupper() and plain in registry.names("question"):
        return registry.find("question", plain)
    raise AttributeError(f"module 'safarnama' has no attribute {name!r}")
