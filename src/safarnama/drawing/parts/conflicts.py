"""Where members of a buying committee want what cannot all be had, and the way out of it."""

from __future__ import annotations

from collections.abc import Sequence

from safarnama.core.words import Text
from safarnama.drawing.parts.portraits import portrait
from safarnama.drawing.pen import Pen
from safarnama.maps.model import Map
from safarnama.maps.people import Conflict, Persona
from safarnama.maps.words import say

TITLE = Text(en="Where wishes clash", fa="کجا خواسته‌ها با هم نمی‌خواند")
_WITH = Text(en="with {names:list}", fa="با {names:list}")
_NO_WAY = Text(en="no way out has been found yet", fa="هنوز راهی پیدا نشده")
_FACE, _MOST, _GAP = 30.0, 5, 34.0


def of_persona(document: Map, persona: Persona | None) -> list[Conflict]:
    """The conflicts that a persona has a part in."""
    return [conflict for conflict in document.conflicts if persona and persona.id in conflict.between]


def conflicts(
    pen: Pen, document: Map, found: Sequence[Conflict], persona: Persona, x: float, y: float, wide: float
) -> float:
    """Draw them below ``y``: with whom, about what, and at the end the way out; returns the height."""
    used = 0.0
    for number, conflict in enumerate(found):
        if number:
            pen.line(x, y + used + 6, x + wide, y + used + 6, "hair")
            used += 14
        used += _conflict(pen, document, conflict, persona, x, y + used, wide)
    return used


def _conflict(pen: Pen, document: Map, conflict: Conflict, persona: Persona, x: float, y: float, wide: float) -> float:
    people = {each.id: each for each in document.personas}
    others = [people[name] for name in dict.fromkeys(conflict.between) if name != persona.id]
    half = (wide - _GAP) / 2
    at = x
    for other in others[:_MOST]:
        portrait(pen, other, at, y, _FACE)
        at += _FACE - 6
    at += 14
    room = x + half - at
    names = [say(other.name, pen.language) for other in others]
    used = pen.block(at, y, pen.say(_WITH, names=names), room, 11.5, 600, "ink-3", lines=2)
    used += pen.block(at, y + used, say(conflict.text, pen.language), room, 13.5, 400, lines=4)
    middle = y + _FACE / 2
    pen.arrow(x + half + 6, middle, x + half + _GAP - 8, middle, "ink-2", 1.5)
    end = x + half + _GAP
    way = say(conflict.way_out, pen.language)
    if way:
        pen.icon("check", end + 8, middle, 17, "gain", 2.2)
        there = 6 + pen.block(end + 24, y + 5, way, half - 24, 13.5, 600, lines=4)
    else:
        pen.icon("circle-help", end + 8, middle, 17, "opportunity")
        there = 6 + pen.block(end + 24, y + 5, pen.say(_NO_WAY), half - 24, 13, 400, "ink-3", lines=2)
    return max(_FACE, used, there) + 4
