"""The head of a page that follows another: what it is a part of, in one line."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.parts.brand import brand
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.maps.model import Map
from safarnama.maps.words import say

_KICKER = Text(en="Customer journey map", fa="نقشه سفر مشتری")
_STAGES = Text(
    en="stages {first:count}–{last:count} of {all:count}", fa="مرحله {first:count} تا {last:count} از {all:count}"
)
_STAGE = Text(en="stage {first:count} of {all:count}", fa="مرحله {first:count} از {all:count}")


def running_head(pen: Pen, document: Map, x: float, y: float, wide: float) -> float:
    """Draw it below ``y``; returns its height."""
    pen.line(x, y, x + wide, y, "ink", 2.5)
    whole, first = document.whole, document.before[0] + 1
    last, persona = first + len(document.stages) - 1, next(iter(whole.personas), None)
    facts = [pen.say(_STAGE if first == last else _STAGES, first=first, last=last, all=len(whole.stages))]
    if persona:
        facts.insert(0, say(persona.name, pen.language))
    said = " · ".join(facts)
    if width(said, 11) > wide * 0.45:
        said = facts[-1]
    brand(pen, x, y + 22, pen.say(_KICKER), 11, wide * 0.5, mark=True)
    pen.text(x + wide, y + 22, said, 11, 400, "ink-2", anchor="end", room=wide * 0.45)
    pen.text(x, y + 49, say(whole.title, pen.language), 17, 800, room=wide)
    return 64.0
