"""By when it must be settled: in words, and as a place between today and having time."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.pen import Pen
from safarnama.maps.people import Persona
from safarnama.maps.words import say

_WIDE, _HORIZON = 320.0, 90  # of the scale, and the days at its end
_URGENCY = Text(en="Urgency", fa="شتاب")
_BY = Text(en="by {day:date}", fa="تا {day:date}")
_NOW, _TIME = Text(en="today", fa="همین امروز"), Text(en="has time", fa="فرصت دارد")
_UNKNOWN = Text(en="nobody has asked yet", fa="هنوز کسی نپرسیده")


def urgency(pen: Pen, persona: Persona | None, x: float, y: float) -> float:
    """Draw it below ``y`` about ``x``; returns its height."""
    pen.path(
        (("M", (x - 4, y)), ("L", (x + 4, y)), ("L", (x + 1, y + 34)), ("L", (x - 1, y + 34)), ("Z", ())),
        fill="opportunity",
    )
    used = 38.0
    pen.text(x, y + used + 14, pen.say(_URGENCY), 15.5, 800, anchor="middle")
    used += 22
    said = say(persona.urgency, pen.language) if persona else ""
    deadline = persona.deadline if persona else None
    if not said and deadline is None:
        pen.text(x, y + used + 12, pen.say(_UNKNOWN), 12, 400, "ink-3", anchor="middle")
        return used + 18
    if said:
        used += pen.block(x, y + used, said, _WIDE + 40, 13, 400, "ink-2", lines=2, anchor="middle")
    if deadline:
        pen.text(x, y + used + 13, pen.say(_BY, day=deadline), 12, 600, "opportunity", anchor="middle")
        used += 24
        left, part = x - _WIDE / 2, min(1.0, max(0, (deadline - pen.today).days) / _HORIZON)
        pen.box(left, y + used, _WIDE, 6, "track", radius=3)
        pen.box(left, y + used, max(6.0, part * _WIDE), 6, "opportunity-mark", radius=3)
        pen.disc(left + part * _WIDE, y + used + 3, 8, "opportunity", "paper", stroke_width=2)
        pen.text(left, y + used + 25, pen.say(_NOW), 11, 400, "ink-3")
        pen.text(left + _WIDE, y + used + 25, pen.say(_TIME), 11, 400, "ink-3", anchor="end")
        used += 32
    if persona is not None:
        found = persona.evidence
        evidence.line(pen, found, x - evidence.line_width(pen, found, 11) / 2, y + used + 11, _WIDE, 11)
        used += 18
    return used
