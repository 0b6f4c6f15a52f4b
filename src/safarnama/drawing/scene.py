"""A drawing before it becomes SVG, PNG, PDF or slides: about ten kinds of marks on a sheet.

Layouts think in *logical* coordinates: x grows from the side where reading starts. ``Scene.placed`` gives the sheet as it is
seen: for a right-to-left language every position is mirrored there, once, and nothing is ever mirrored by a transform. So
letters, digits, faces and clocks stay as they are.

Lengths are CSS pixels (1/96 inch). Colours are names of ``tokens.json``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Direction = Literal["ltr", "rtl"]
Anchor = Literal["start", "middle", "end"]
Segment = tuple[str, tuple[float, ...]]  # ("M" | "L" | "C" | "Z", coordinates)


@dataclass(frozen=True)
class Gradient:
    """Colours from top to bottom: (share of the height, colour); ``along``: from where reading starts to where it ends."""

    stops: tuple[tuple[float, str], ...]
    along: bool = False


Fill = str | Gradient | None


@dataclass(frozen=True)
class Box:
    """A rectangle; with ``radius`` half its size, a disc. ``hatched`` says that what it holds is assumed."""

    x: float
    y: float
    width: float
    height: float
    fill: Fill = None
    stroke: str | None = None
    stroke_width: float = 1
    radius: float = 0
    dash: str | None = None
    hatched: bool = False
    opacity: float = 1


@dataclass(frozen=True)
class Text:
    """One line of one colour. ``x`` is where the anchor is, ``y`` the baseline. ``language`` is that of the words: a Latin
    name in a Persian sheet still is a Latin name."""

    x: float
    y: float
    text: str
    size: float
    weight: int = 400
    colour: str = "ink"
    anchor: Anchor = "start"
    direction: Direction = "ltr"
    halo: str | None = None  # a rim of this colour, for words on a picture
    tabular: bool = False


@dataclass(frozen=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    width: float = 1
    dash: str | None = None
    round: bool = False
    opacity: float = 1


@dataclass(frozen=True)
class Path:
    """A curve or an area."""

    segments: tuple[Segment, ...]
    fill: Fill = None
    stroke: str | None = None
    width: float = 1
    dash: str | None = None
    opacity: float = 1
    hatched: bool = False


@dataclass(frozen=True)
class Arrow:
    """A line with an open head at its end."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    width: float = 1.5
    head: float = 4


@dataclass(frozen=True)
class Icon:
    """A picture of the icon set, ``x`` and ``y`` its corner on the reading side and top. ``turns`` marks one that points in
    the reading direction and so turns round with it."""

    name: str
    x: float
    y: float
    size: float
    colour: str = "ink"
    stroke: float = 1.75
    turns: bool = False


@dataclass(frozen=True)
class Image:
    """A picture by its bytes, never by an address. ``round`` cuts it to a circle."""

    data: bytes
    media: str
    x: float
    y: float
    width: float
    height: float
    round: bool = False


@dataclass(frozen=True)
class Group:
    """Marks that belong together. ``id`` leads back to what they show; ``title`` is said by a screen reader."""

    marks: tuple[Mark, ...]
    id: str = ""
    title: str = ""
    role: str = ""


@dataclass(frozen=True)
class Link:
    """Marks that open something."""

    marks: tuple[Mark, ...]
    href: str
    title: str = ""


Mark = Box | Text | Line | Path | Arrow | Icon | Image | Group | Link


@dataclass(frozen=True)
class Scene:
    """A sheet: its size, its marks from the back to the front, and what it says to those who cannot see it."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    direction: Direction = "ltr"
    language: str = "en"
    title: str = ""
    description: str = ""
    background: str | None = "paper"
    mirrored: bool = field(default=False)

    def placed(self) -> Scene:
        """The sheet in physical coordinates, x from the left."""
        if self.direction == "ltr" or self.mirrored:
            return self
        return replace(self, marks=tuple(mirror(mark, self.width) for mark in self.marks), mirrored=True)

    def walk(self) -> Iterator[Mark]:
        """All marks, those inside groups and links too."""
        yield from _walk(self.marks)


def mirror(mark: Mark, across: float) -> Mark:
    """A mark at its place on a sheet that is read from the right."""
    match mark:
        case Text():
            return _moved(mark, x=across - mark.x, anchor=_OPPOSITE[mark.anchor])
        case Box():
            return _moved(mark, x=across - mark.x - mark.width, fill=_turned(mark.fill))
        case Image():
            return _moved(mark, x=across - mark.x - mark.width)
        case Line() | Arrow():
            return _moved(mark, x1=across - mark.x1, x2=across - mark.x2)
        case Path():
            segments = tuple((verb, _flip(at, across)) for verb, at in mark.segments)
            return _moved(mark, segments=segments, fill=_turned(mark.fill))
        case Icon():
            name = _TURNED.get(mark.name, mark.name) if mark.turns else mark.name
            return _moved(mark, x=across - mark.x - mark.size, name=name)
        case Group() | Link():
            return _moved(mark, marks=tuple(mirror(inner, across) for inner in mark.marks))


def _moved(mark: Mark, **changes: Any) -> Any:
    """A copy with some fields changed. A sheet has thousands of marks, and ``dataclasses.replace`` sets every field by itself."""
    made = object.__new__(type(mark))
    vars(made).update(vars(mark), **changes)
    return made


def points(*places: tuple[float, float], close: bool = False) -> tuple[Segment, ...]:
    """Straight segments through places."""
    segments: list[Segment] = [("M" if number == 0 else "L", place) for number, place in enumerate(places)]
    return (*segments, ("Z", ())) if close else tuple(segments)


def smooth(places: Sequence[tuple[float, float]]) -> tuple[Segment, ...]:
    """A curve through places that never overshoots between them (monotone cubic, after Fritsch and Carlson, 1980, with the
    harmonic mean of Fritsch and Butland, 1984). x must run one way."""
    n = len(places)
    if n < 2:
        return (("M", places[0]),) if places else ()
    dx = [places[i + 1][0] - places[i][0] for i in range(n - 1)]
    slope = [(places[i + 1][1] - places[i][1]) / (dx[i] or 1e-9) for i in range(n - 1)]
    tangent = [slope[0], *([0.0] * (n - 2)), slope[-1]]
    for i in range(1, n - 1):
        a, b = slope[i - 1], slope[i]
        tangent[i] = 0.0 if a * b <= 0 else 2 * a * b / (a + b)
    segments: list[Segment] = [("M", places[0])]
    for i in range(n - 1):
        (x0, y0), (x1, y1) = places[i], places[i + 1]
        third = dx[i] / 3
        segments.append(("C", (x0 + third, y0 + tangent[i] * third, x1 - third, y1 - tangent[i + 1] * third, x1, y1)))
    return tuple(segments)


def band(upper: Sequence[tuple[float, float]], lower: Sequence[tuple[float, float]]) -> tuple[Segment, ...]:
    """The area between two smooth curves."""
    there = smooth(upper)
    back = smooth(list(reversed(lower)))
    return (*there, ("L", back[0][1]), *back[1:], ("Z", ()))


_OPPOSITE: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}
_TURNED = {
    "arrow-right": "arrow-left",
    "arrow-left": "arrow-right",
    "chevron-right": "chevron-left",
    "chevron-left": "chevron-right",
}


def _turned(fill: Fill) -> Fill:
    """Colours that run along the reading direction run the other way in a mirror."""
    if not isinstance(fill, Gradient) or not fill.along:
        return fill
    return Gradient(tuple((1 - at, colour) for at, colour in reversed(fill.stops)), along=True)


def _flip(at: tuple[float, ...], across: float) -> tuple[float, ...]:
    return tuple(across - value if place % 2 == 0 else value for place, value in enumerate(at))


def _walk(marks: Sequence[Mark]) -> Iterator[Mark]:
    for mark in marks:
        yield mark
        if isinstance(mark, Group | Link):
            yield from _walk(mark.marks)
