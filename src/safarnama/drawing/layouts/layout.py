"""What a layout is: it turns a map into a scene, or into several where one page cannot hold it."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Literal

from safarnama.core import registry
from safarnama.core.plugin import PlugIn
from safarnama.drawing.paper import Paper
from safarnama.drawing.parts.frame import stage_columns
from safarnama.drawing.parts.pages import spread
from safarnama.drawing.scene import Scene
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.maps.model import Map
from safarnama.maps.parting import between

LAST = (99, 99)  # stands for a page whose number is not known yet


class Layout(PlugIn):
    """A way to draw. ``draws`` says what it takes: its ``scene`` is given a map (``Map``), two compared (``Diff``) or
    several (a sequence of ``Map``);
    ``by_stage`` whether stages can stand on pages of their own."""

    draws: ClassVar[Literal["map", "persona", "finding", "diff", "collection"]] = "map"
    by_stage: ClassVar[bool] = False

    @abstractmethod
    def scene(self, document: Any, language: str, today: date | None = None, setting: Setting = PLAIN) -> Scene:
        """The drawing in a language; ``today`` decides what is stale."""

    def fitted(self, document: Any, language: str, today: date | None, setting: Setting, paper: Paper) -> Scene:
        """The whole drawing in the shape that suits a paper best; whether it can be read there is for the paper to say."""
        return self.scene(document, language, today, replace(setting, shape=paper.shape))

    def parted(
        self,
        document: Any,
        language: str,
        today: date | None,
        setting: Setting,
        paper: Paper,
        alone: bool = False,
    ) -> list[tuple[Map, Scene]]:
        """Parts of the map in order, each with its drawing, that can be read on pages of a paper: as few as it takes, and as
        even as that lets them be; or ``alone``, each stage on its own. Empty where that cannot be done."""
        if not self.by_stage:
            return []

        def drawn(first: int, after: int, page: tuple[int, int] = LAST) -> tuple[Map, Scene]:
            part = between(document, first, after)
            return part, self.scene(part, language, today, replace(setting, page=page, shape=paper.shape))

        runs: list[tuple[int, int]] = []
        for first, after in stage_columns(document):
            if runs and not alone and paper.holds(drawn(runs[-1][0], after)[1]):
                runs[-1] = (runs[-1][0], after)
            elif paper.holds(drawn(first, after)[1]):
                runs.append((first, after))
            else:
                return []
        lengths = [len(stage.steps) for stage in document.stages]
        even = spread(lengths, max(after - first for first, after in runs), alone)
        for chosen in (even, runs):
            parts = [drawn(*each, page=(number, len(chosen))) for number, each in enumerate(chosen, 1)]
            if all(paper.holds(scene) for _, scene in parts):
                return parts
        return []


def layouts_of_a_map() -> list[str]:
    """The names of the layouts that are given a map, in alphabetical order."""
    return [name for name in registry.names("layout") if registry.find("layout", name).draws in ("map", "persona")]
