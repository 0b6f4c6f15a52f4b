"""By when it must be settled: in words, and as a place between today and having time."""

from __future__ import annotations

from datetime import date

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.pen import Pen
from safarnama.maps.people import Persona
from safarnama.maps.words import say

_WIDE, _HORIZON = 320.0, 90  # of the scale, and the days at its end
_URGENCY = Text(en="Urgency", fa="فوریت")
BY = Text(en="by {day:date}", fa="تا {day:date}")
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
        pen.text(x, y + used + 13, pen.say(BY, day=deadline), 12, 600, "opportunity", anchor="middle")
        used += 24
        used += scale(pen, deadline, x - _WIDE / 2, y + used, _WIDE)
    if persona is not None:
        found = persona.evidence
        evidence.line(pen, found, x - evidence.line_width(pen, found, 11) / 2, y + used + 11, _WIDE, 11)
        used += 18
    return used


def scale(pen: Pen, deadline: date, x: float, y: float, wide: float) -> float:
    """The place of a day between today and having time, below ``y``; returns the height."""
    part = min(1.0, max(0, (deadline - pen.today).days) / _HORIZON)
    pen.box(x, y, wide, 6, "track", radius=3)
    pen.box(x, y, 8 + part * (wide - 16), 6, "opportunity-mark", radius=3)
    pen.disc(x + 8 + part * (wide - 16), y + 3, 8, "opportunity", "paper", stroke_width=2)
    pen.text(x, y + 25, pen.say(_NOW), 11, 400, "ink-3", room=wide / 2 - 6)
    pen.text(x + wide, y + 25, pen.say(_TIME), 11, 400, "ink-3", anchor="end", room=wide / 2 - 6)
    return 32.0
