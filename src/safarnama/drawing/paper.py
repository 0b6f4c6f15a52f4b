"""What a drawing leaves on: sheets of paper, slides, screens and rolls, landscape, and a page of one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from safarnama.core.words import Text
from safarnama.drawing.scene import Scene
from safarnama.drawing.scene import Text as Line
from safarnama.drawing.tokens import smallest
from safarnama.maps.model import Map

MM = 25.4 / 96  # of a CSS pixel
LONGEST = 5080.0  # mm: the longest page a PDF may have


@dataclass(frozen=True)
class Paper:
    """``width`` and ``height`` in millimetres, None where the page is as long as its sheet needs. ``floor`` is the least size
    of type as it is seen there, in pixels; ``handout`` the paper for what is read in the hand and goes with it."""

    name: str
    title: Text
    width: float | None
    height: float | None
    floor: float = smallest("sheet")
    handout: str = "a4"

    @property
    def shape(self) -> float:
        """Height ÷ width; 0 where that is free."""
        return self.height / self.width if self.height and self.width else 0.0

    def scale(self, scene: Scene) -> float:
        """How much larger a scene is on it than in itself."""
        across = self.width / (scene.width * MM) if self.width else None
        down = self.height / (scene.height * MM) if self.height else None
        ratios = [ratio for ratio in (across, down) if ratio]
        return min(*ratios, LONGEST / MM / scene.width, LONGEST / MM / scene.height) if ratios else 1.0

    def smallest_scale(self, scene: Scene) -> float:
        """How much larger than in itself a scene must be there so that all of it can be read."""
        return self.floor / min((mark.size for mark in scene.walk() if isinstance(mark, Line)), default=self.floor)

    def type_size(self, scene: Scene) -> float:
        """The size of the smallest type of a scene on it, in pixels."""
        return self.floor * self.scale(scene) / self.smallest_scale(scene)

    def holds(self, scene: Scene) -> bool:
        """Whether all of a scene can be read on it. A page that is as large as its sheet holds any."""
        free = self.width is None and self.height is None
        return free or self.type_size(scene) >= self.floor - 1e-6

    def room(self, size: float) -> tuple[float, float]:
        """Width and height, in the pixels of a scene, of the largest sheet whose smallest type has that size."""
        scale = self.floor / size * MM
        return (self.width or LONGEST) / scale, (self.height or LONGEST) / scale


PAPER: dict[str, Paper] = {
    paper.name: paper
    for paper in (
        Paper("fit", Text(en="as large as the sheet", fa="به اندازه برگه"), None, None),
        Paper("a4", Text(en="A4", fa="A4"), 297.0, 210.0, handout="a4"),
        Paper("a3", Text(en="A3", fa="A3"), 420.0, 297.0, handout="a3"),
        Paper("a2", Text(en="A2", fa="A2"), 594.0, 420.0),
        Paper("a1", Text(en="A1", fa="A1"), 841.0, 594.0),
        Paper("a0", Text(en="A0", fa="A0"), 1189.0, 841.0),
        Paper("slide", Text(en="a 16:9 slide", fa="اسلاید ۱۶:۹"), 338.67, 190.5, smallest("slide"), "slide"),
        Paper("screen", Text(en="a screen 1,920 pixels wide", fa="صفحه‌نمایش به پهنای ۱٬۹۲۰ پیکسل"), 1920 * MM, None),
        Paper("roll", Text(en="a roll 914 mm high", fa="رول به بلندای ۹۱۴ میلی‌متر"), None, 914.0),
    )
}


@dataclass(frozen=True)
class Page:
    """A page and the piece of a scene that is seen on it. ``width`` and ``height`` are those of the page in millimetres;
    ``view`` is left, top, width and height of the piece in pixels of the placed scene. ``document`` is what it shows of a map,
    ``name`` what leads to it where that is no stage."""

    scene: Scene
    width: float
    height: float
    view: tuple[float, float, float, float]
    document: Map | None = None
    name: str = ""

    @cached_property
    def scale(self) -> float:
        """Millimetres of a pixel of the scene."""
        return self.width / self.view[2]


def page_of(scene: Scene, paper: str = "fit", document: Map | None = None) -> Page:
    """A scene in the middle of a page."""
    kind = PAPER[paper]
    scale = kind.scale(scene) * MM
    wide, high = (
        long / scale if long else own for long, own in ((kind.width, scene.width), (kind.height, scene.height))
    )
    view = ((scene.width - wide) / 2, (scene.height - high) / 2, wide, high)
    return Page(scene, wide * scale, high * scale, view, document)
