"""What an output is: it turns a drawing into the bytes of a file."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from safarnama.core.plugin import PlugIn
from safarnama.drawing.scene import Scene
from safarnama.maps.model import Map


@dataclass(frozen=True)
class Drawing:
    """What is to leave: a scene for each language, and the map it shows (None for the picture of a finding or of a diff).

    ``part`` draws another map in the same way, for outputs that go stage by stage. ``told`` is what a drawing without a map
    says, line by line, for those who cannot see it.
    """

    scene: Callable[[str], Scene]
    language: str
    theme: str = "paper"
    size: str = "a3"
    document: Map | None = None
    part: Callable[[Map, str], Scene] | None = None
    today: date | None = None
    told: Callable[[str], list[str]] | None = None


class Output(PlugIn):
    """A file format. Its name is the file's ending."""

    media: ClassVar[str] = "application/octet-stream"
    needs_map: ClassVar[bool] = False  # it writes the document, so a finding cannot leave so

    @abstractmethod
    def write(self, drawing: Drawing) -> bytes: ...
