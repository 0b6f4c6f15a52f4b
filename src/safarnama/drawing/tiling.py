"""A sheet cut into pages that are put together on a wall: they overlap, and marks say where to cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from safarnama.core.words import Text
from safarnama.drawing.bounds import bounds
from safarnama.drawing.paper import MM, Page, Paper
from safarnama.drawing.scene import Box, Group, Line, Link, Mark, Scene
from safarnama.drawing.scene import Text as Words
from safarnama.maps.model import Map

_MARGIN, _OVERLAP = 10.0, 10.0  # mm: what printers leave white, and what two neighbours both show
_CUT, _AWAY = 5.0, 1.5  # mm: how long a crop mark is, and how far from its corner
_PLAN = 6.5  # mm: how high the plan of the pages is
_WHERE = Text(
    en="row {row:count} of {rows:count}, column {column:count} of {columns:count}",
    fa="سطر {row:count} از {rows:count}، ستون {column:count} از {columns:count}",
)


def tiles(scene: Scene, paper: Paper, document: Map | None = None) -> list[Page]:
    """A scene on as few pages as its smallest type allows, row by row from where reading starts. It is as large as those
    pages let it be."""
    assert paper.width and paper.height
    placed = scene.placed()
    inner = (paper.width - 2 * _MARGIN, paper.height - 2 * _MARGIN)
    step = (inner[0] - _OVERLAP, inner[1] - _OVERLAP)
    least = paper.smallest_scale(scene) * MM
    columns, rows = (
        max(1, ceil((long * least - _OVERLAP) / each - 1e-9))
        for long, each in zip((scene.width, scene.height), step, strict=True)
    )
    scale = min((columns * step[0] + _OVERLAP) / scene.width, (rows * step[1] + _OVERLAP) / scene.height)
    # What is left over goes to both ends alike.
    across = (scene.width - (columns * step[0] + _OVERLAP) / scale) / 2
    down = (scene.height - (rows * step[1] + _OVERLAP) / scale) / 2
    wide, high, margin = paper.width / scale, paper.height / scale, _MARGIN / scale
    pages = []
    for row in range(rows):
        for column in range(columns):
            start = across + column * step[0] / scale - margin
            left = scene.width - start - wide if scene.direction == "rtl" else start
            view = (left, down + row * step[1] / scale - margin, wide, high)
            cut = _Cut(placed, view, scale, (row, rows, column, columns), paper.floor)
            pages.append(Page(cut.scene(), paper.width, paper.height, view, document))
    return pages


class _Cut:
    """One page of the sheet. ``place``: its row, of how many, its column, of how many; ``type_size`` of its own words there."""

    def __init__(
        self,
        scene: Scene,
        view: tuple[float, float, float, float],
        scale: float,
        place: tuple[int, int, int, int],
        type_size: float,
    ) -> None:
        self.whole, self.scale, self.place = scene, scale, place
        self.size = type_size * MM / scale
        self.left, self.top, self.wide, self.high = view
        self.margin = _MARGIN / scale
        # What is seen of the sheet: left, top, right, bottom.
        self.seen = (
            self.left + self.margin,
            self.top + self.margin,
            self.left + self.wide - self.margin,
            self.top + self.high - self.margin,
        )

    def scene(self) -> Scene:
        row, rows, column, columns = self.place
        where = _WHERE.say(self.whole.language, row=row + 1, rows=rows, column=column + 1, columns=columns)
        marks = (
            *_within(self.whole.marks, self.seen),
            *self._blank(),
            *self._crops(),
            *self._label(where),
            *self._plan(),
        )
        return replace(self.whole, marks=marks, description=f"{where}: {self.whole.description}")

    def _blank(self) -> Iterator[Mark]:
        """The margins: nothing of the sheet is seen there."""
        ground, right, bottom = self.whole.background, self.left + self.wide, self.top + self.high
        yield Box(self.left, self.top, self.wide, self.margin, ground)
        yield Box(self.left, bottom - self.margin, self.wide, self.margin, ground)
        yield Box(self.left, self.top, self.margin, self.high, ground)
        yield Box(right - self.margin, self.top, self.margin, self.high, ground)

    def _crops(self) -> Iterator[Mark]:
        """Where to cut, at every corner; and where the edge of a neighbour will lie."""
        left, top, right, bottom = self.seen
        near, far, thin = _AWAY / self.scale, (_AWAY + _CUT) / self.scale, 0.2 / self.scale
        for x, way in ((left, -1), (right, 1)):
            for y in (top, bottom):
                yield Line(x + way * near, y, x + way * far, y, "ink", thin)
        for y, way in ((top, -1), (bottom, 1)):
            for x in (left, right):
                yield Line(x, y + way * near, x, y + way * far, "ink", thin)

    def _label(self, where: str) -> Iterator[Mark]:
        base = self.top + self.high - self.margin / 2 + self.size * 0.36
        yield Words(self.left + self.wide / 2, base, where, self.size, 400, "ink-3", "middle", self.whole.direction)

    def _plan(self) -> Iterator[Mark]:
        """All pages in small, this one filled, beside the words."""
        row, rows, column, columns = self.place
        each = min(_PLAN / rows, 4.0) / self.scale
        start = self.left + self.wide / 2 + 13 * self.size
        top = self.top + self.high - self.margin / 2 - rows * each / 2
        for down in range(rows):
            for along in range(columns):
                place = columns - 1 - along if self.whole.direction == "rtl" else along
                here = (down, along) == (row, column)
                yield Box(start + place * each * 1.3, top + down * each, each * 1.3, each, "ink-3" if here else None, "ink-3", 0.15 / self.scale)  # fmt: skip


def _within(marks: Sequence[Mark], seen: tuple[float, float, float, float]) -> Iterator[Mark]:
    """The marks of which anything is seen."""
    left, top, right, bottom = seen
    for mark in marks:
        around = bounds((mark,))
        if around is None or around[0] > right or around[2] < left or around[1] > bottom or around[3] < top:
            continue
        yield replace(mark, marks=tuple(_within(mark.marks, seen))) if isinstance(mark, Group | Link) else mark
