"""What an output is: it turns a drawing into the bytes of a file."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from safarnama.core.plugin import PlugIn
from safarnama.drawing.paper import Page, page_of
from safarnama.drawing.scene import Scene
from safarnama.maps.model import Map


@dataclass(frozen=True)
class Drawing:
    """What is to leave: a scene for each language, and the map it shows (None for the picture of a finding or of a diff, and
    for several maps, which are ``maps``).

    ``paged`` puts it on pages; without it the scene is one page as large as itself. ``told`` is what a drawing without a map
    says, line by line, for those who cannot see it.
    """

    scene: Callable[[str], Scene]
    language: str
    theme: str = "paper"
    document: Map | None = None
    today: date | None = None
    paged: Callable[[], Sequence[Page]] | None = None
    told: Callable[[str], list[str]] | None = None
    maps: tuple[Map, ...] = ()

    def pages(self, otherwise: str = "fit") -> Sequence[Page]:
        """The pages; ``otherwise`` is the paper of a drawing that was not put on any."""
        return self.paged() if self.paged else [page_of(self.scene(self.language), otherwise, self.document)]


class Output(PlugIn):
    """A file format. Its name is the file's ending.

    ``needs_map``: it writes the document, so a finding cannot leave so. ``several``: it can hold more than one page.
    ``fits``: the sizes that are tried in turn where none is asked for.
    """

    media: ClassVar[str] = "application/octet-stream"
    needs_map: ClassVar[bool] = False
    several: ClassVar[bool] = False
    fits: ClassVar[tuple[str, ...]] = ("fit",)

    @abstractmethod
    def write(self, drawing: Drawing) -> bytes: ...
