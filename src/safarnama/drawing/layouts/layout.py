"""What a layout is: it turns a map into a scene."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import ClassVar, Literal

from safarnama.core.plugin import PlugIn
from safarnama.drawing.scene import Scene
from safarnama.maps.model import Map


class Layout(PlugIn):
    """A way to draw. ``draws`` says what it takes."""

    draws: ClassVar[Literal["map", "persona", "finding", "diff", "collection"]] = "map"

    @abstractmethod
    def scene(self, document: Map, language: str, today: date | None = None) -> Scene:
        """The drawing in a language; ``today`` decides what is stale."""
