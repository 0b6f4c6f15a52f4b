"""The head of a sheet that has the shape of a slide: what it shows, what it says, and of whom."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.parts.brand import brand
from safarnama.drawing.parts.portraits import portrait
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width, wrap
from safarnama.maps.model import Map
from safarnama.maps.naming import STATES
from safarnama.maps.words import say

_EVERYONE = Text(en="All customers", fa="همه مشتریان")
_PORTRAIT, _WHO = 50.0, 300.0


def banner(
    pen: Pen, document: Map, x: float, y: float, wide: float, kicker: str, finding: str = "", named: bool = True
) -> float:
    """Draw it below ``y``; returns its height. ``finding`` is a sentence below the headline; ``named`` False leaves out the
    persona, for a sheet that is about her anyway."""
    pen.line(x, y, x + wide, y, "ink", 2.5)
    room = wide - (_WHO + 40 if named else 0)
    used = 11.0
    brand(pen, x, y + used + 11, kicker, 11.5, room)
    used += 18
    title = say(document.title, pen.language)
    # A headline is a finding and may be long: smaller type before a cut.
    size = next((size for size in (27.0, 23.5, 20.5) if len(wrap(title, room, size, 800)) <= 1), 0.0)
    size = size or next((size for size in (23.5, 20.5, 18.0) if len(wrap(title, room, size, 800)) <= 2), 16.5)
    used += pen.block(x, y + used, title, room, size, 800, lines=3, tight=True)
    said = finding or say(document.subtitle, pen.language)
    if said:
        used += 4 + pen.block(x, y + used + 4, said, room, 13, 400, "ink-2", lines=2)
    return max(used, _who(pen, document, x + wide, y + 11, _WHO) if named else 0.0)


def _who(pen: Pen, document: Map, end: float, y: float, room: float) -> float:
    persona = document.personas[0] if document.personas else None
    portrait(pen, persona, end - _PORTRAIT, y, _PORTRAIT)
    at = end - _PORTRAIT - 13
    room -= _PORTRAIT + 13
    name = say(persona.name, pen.language) if persona else pen.say(_EVERYONE)
    pen.text(at, y + 20, name, 14, 700, anchor="end", room=room)
    facts = [pen.say(STATES[document.state])]
    if document.derived.start and document.derived.end:
        facts.append(pen.form((document.derived.start, document.derived.end), "period"))
    said = " · ".join(facts)
    pen.text(at, y + 38, said if width(said, 12) <= room else facts[0], 12, 400, "ink-2", anchor="end", room=room)
    return _PORTRAIT + 11
