"""What a layout is: it turns a map into a scene."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import Any, ClassVar, Literal

from safarnama.core import registry
from safarnama.core.plugin import PlugIn
from safarnama.drawing.scene import Scene


class Layout(PlugIn):
    """A way to draw. ``draws`` says what it takes: its ``scene`` is given a map (``Map``) or two compared (``Diff``)."""

    draws: ClassVar[Literal["map", "persona", "finding", "diff", "collection"]] = "map"

    @abstractmethod
    def scene(self, document: Any, language: str, today: date | None = None) -> Scene:
        """The drawing in a language; ``today`` decides what is stale."""


def layouts_of_a_map() -> list[str]:
    """The names of the layouts that are given a map, in alphabetical order."""
    return [name for name in registry.names("layout") if registry.find("layout", name).draws in ("map", "persona")]
