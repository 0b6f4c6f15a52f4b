"""An action: what is to be done, and below it who does it until when, and how far it has come."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.pen import Pen
from safarnama.maps.improvements import Action
from safarnama.maps.naming import VALUES
from safarnama.maps.words import say

_BY = Text(en="by {day:date}", fa="تا {day:date}")
_LATE = Text(en="was due {day:date}", fa="موعدش {day:date} بود")
_STATUS = {
    "idea": ("circle-dashed", "ink-3"),
    "planned": ("calendar-days", "lapis"),
    "doing": ("circle-dot", "lapis"),
    "done": ("circle-check", "gain"),
    "dropped": ("circle-x", "ink-3"),
}


def action_line(pen: Pen, action: Action, x: float, y: float, room: float, size: float = 9.8, lines: int = 6) -> float:
    """Draw it below ``y``; returns the height."""
    icon, tone = _STATUS[action.status]
    left, small = size + 5.2, max(9.0, size - 1.5)
    pen.icon(icon, x + size / 2 + 0.6, y + size * 0.72, size + 1.2, tone)
    used = pen.block(
        x + left, y, say(action.text, pen.language), room - left, size, 500, "ink", lines=lines, tight=True
    )
    late = action.due is not None and action.due < pen.today and action.status not in ("done", "dropped")
    due = pen.say(_LATE if late else _BY, day=action.due) if action.due else ""
    who = " · ".join(filter(None, [say(action.owner, pen.language), say(action.department, pen.language)]))
    for said, colour in (
        (who, "ink-2"),
        (
            " · ".join(filter(None, [pen.say(VALUES[action.status]), due, action.ticket or ""])),
            "pain" if late else "ink-3",
        ),
    ):
        used += pen.block(x + left, y + used, said, room - left, small, 400, colour, lines=min(3, lines), tight=True)
    return used
