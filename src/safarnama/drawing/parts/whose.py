"""Whose it is: every persona has a colour and a shape of marker, and her name beside them; never the colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from safarnama.core.words.digits import persian
from safarnama.drawing.parts.content import points_of
from safarnama.drawing.parts.strokes import running_on
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import points
from safarnama.drawing.shaping import fit
from safarnama.maps.derived import Point
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map
from safarnama.maps.people import Persona
from safarnama.maps.words import say

# What a line or a marker is drawn with, and what words of the same person are written with.
INKS = (("lapis", "lapis"), ("second", "second-text"), ("gain", "gain"), ("ink-2", "ink-2"), ("gone", "ink-3"))
AT_MOST = len(INKS)
_SIZE, _MARKER = 9.0, 3.4


@dataclass(frozen=True)
class Felt:
    """A curve as it is drawn on a page of so many columns: the place of its ink and shape, whose it is, and every point by
    the column of its step, those on earlier pages negative."""

    number: int
    name: str
    every: dict[int, Point]
    columns: int

    @cached_property
    def points(self) -> dict[int, Point]:
        """Those that stand on the page."""
        return {column: point for column, point in self.every.items() if 0 <= column < self.columns}

    @cached_property
    def drawn(self) -> dict[int, Point]:
        """Those between which the line runs (see ``running_on``)."""
        return running_on(self.every, self.columns)


def curves(document: Map, kind: str, language: str) -> list[Felt]:
    """The first five curves of a kind that have points; a persona's curve has the place of that persona. On a page that shows a
    part of a map they are those of the whole."""
    whole, before, columns = document.whole, document.before[1], len(document.steps)
    found = [curve for curve in whole.curves_of(kind) if curve.points][:AT_MOST]
    places = {persona.id: place for place, persona in enumerate(document.personas[:AT_MOST])}
    drawn: dict[int, Felt] = {}
    # Those of a known persona first, so that nobody else takes her colour.
    for curve in sorted(found, key=lambda each: each.persona not in places):
        number = places.get(curve.persona or "", 0)
        if number in drawn:
            free = [place for place in range(AT_MOST) if place not in drawn]
            number = next((place for place in free if place not in places.values()), free[0])
        persona = next((each for each in document.personas if each.id == curve.persona), None)
        place = str(number + 1)
        name = say(curve.name, language) or (short(persona, language) if persona else "")
        name = name or (persian(place) if language == "fa" else place)
        every = {place - before: point for place, point in points_of(whole, curve).items()}
        drawn[number] = Felt(number, name, every, columns)
    return [felt for _, felt in sorted(drawn.items())]


def short(persona: Persona, language: str) -> str:
    """A persona's name without her age: what stands before the comma."""
    return say(persona.name, language).replace("،", ",").split(",")[0].strip()


def marker(
    pen: Pen, number: int, x: float, y: float, size: float, fill: str = "surface", stroke: str | None = None,
    wide: float = 2, dash: str | None = None,
) -> None:  # fmt: skip
    """The shape of a place among the personas, about its middle: disc, diamond, square, triangle up, triangle down."""
    stroke = stroke or INKS[number][0]
    if number == 0:
        pen.disc(x, y, size, fill, stroke, stroke_width=wide, dash=dash)
        return
    half = size * 0.88
    corners = (
        ((0, -size * 1.18), (size * 1.18, 0), (0, size * 1.18), (-size * 1.18, 0)),
        ((-half, -half), (half, -half), (half, half), (-half, half)),
        ((0, -size * 1.1), (size * 1.1, size * 0.85), (-size * 1.1, size * 0.85)),
        ((0, size * 1.1), (-size * 1.1, -size * 0.85), (size * 1.1, -size * 0.85)),
    )[number - 1]
    outline = points(*((x + across, y + down) for across, down in corners), close=True)
    pen.path(outline, fill=fill, stroke=stroke, width=wide, dash=dash)


def subject(pen: Pen, document: Map, card: Card, x: float, y: float, room: float) -> float:
    """Whom a card is about, in a line below ``y``, where the map has several personas; returns its height."""
    if card.subject is None or len(document.personas) < 2:
        return 0.0
    number = next(place for place, persona in enumerate(document.personas) if persona.id == card.subject)
    name = fit(short(document.personas[number], pen.language), room - 12, _SIZE, 600)
    ink = "ink-3"
    if number < AT_MOST:
        ink = INKS[number][1]
        marker(pen, number, x + _MARKER + 1, y + 8.5, _MARKER, INKS[number][0], wide=0.75)
    pen.text(x + 12, y + 12, name, _SIZE, 600, ink)
    return 14.0
