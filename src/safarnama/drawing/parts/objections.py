"""What buyers hold against it, each with the answer and the material that sales can use."""

from __future__ import annotations

from collections.abc import Sequence

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.pen import Pen
from safarnama.maps.people import Objection
from safarnama.maps.words import say

_NO_ANSWER = Text(en="no answer yet", fa="هنوز پاسخی ندارد")


def objections(found: Sequence[Objection], pen: Pen, x: float, y: float, wide: float) -> float:
    """Draw them below ``y``, each with what it rests on where it has evidence of its own; returns the height."""
    used = 0.0
    for number, objection in enumerate(found):
        if number:
            pen.line(x, y + used + 2, x + wide, y + used + 2, "hair")
            used += 6
        used += _objection(pen, objection, x, y + used, wide)
    return used


def _objection(pen: Pen, objection: Objection, x: float, y: float, wide: float) -> float:
    used = pen.block(x, y, say(objection.text, pen.language), wide, 13.5, 600, lines=3)
    answer = say(objection.answer, pen.language)
    if answer:
        pen.icon("check", x + 7, y + used + 11, 14, "gain", 2.2)
        used += pen.block(x + 20, y + used + 1, answer, wide - 20, 13, 400, "ink-2", lines=4) + 1
    else:
        pen.text(x, y + used + 13, pen.say(_NO_ANSWER), 11, 400, "ink-3", room=wide)
        used += 18
    material = say(objection.material, pen.language)
    if material:
        pen.icon("file-text", x + 7, y + used + 10, 13, "lapis")
        used += pen.block(x + 20, y + used + 1, material, wide - 20, 12, 600, "lapis", lines=2) + 1
    if objection.evidence:
        evidence.line(pen, objection.evidence, x, y + used + 12, wide, 11)
        used += 18
    return used
