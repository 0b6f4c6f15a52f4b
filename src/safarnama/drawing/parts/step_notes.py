"""What is to be known of a step beside its name: who answers for it, and which map shows it in full."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.pen import Pen
from safarnama.maps.stages import Step
from safarnama.maps.words import say

_OPENS = Text(en="opens “{title}”", fa="باز می‌شود: «{title}»")


def step_notes(pen: Pen, step: Step, x: float, y: float, room: float, size: float = 9.2) -> float:
    """A line each below ``y``; returns the height."""
    lines = [("user", say(step.owner, pen.language)), ("expand", pen.say(_OPENS, title=step.map) if step.map else "")]
    used = 0.0
    for icon, said in lines:
        if said:
            pen.icon(icon, x + 5, y + used + size * 0.75, size + 1, "lapis")
            used += (
                pen.block(x + size + 5, y + used, said, room - size - 5, size, 500, "ink-2", lines=2, tight=True) + 2
            )
    return used


def with_evidence(pen: Pen, step: Step, x: float, y: float, room: float) -> float:
    """Those lines, and what the step itself rests on where it has evidence of its own."""
    used = step_notes(pen, step, x, y, room)
    if step.evidence:
        evidence.line(pen, step.evidence, x, y + used + 10, room)
        used += 14
    return used
