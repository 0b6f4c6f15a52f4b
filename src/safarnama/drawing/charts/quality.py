"""Data quality: a line for everything that was looked at, what needs mending first."""

from __future__ import annotations

from typing import Any

from safarnama.core import registry
from safarnama.core.finding import Finding
from safarnama.drawing.pen import Pen

_ICONS = {"mend": ("triangle-alert", "pain"), "look": ("circle-alert", "opportunity"), "fine": ("circle-check", "gain")}


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    question: Any = registry.find("question", finding.question)
    at = y
    for row in finding.rows():
        icon, colour = _ICONS[row["level"]]
        pen.icon(icon, x + 9, at + 12, 17, colour)
        used = pen.block(
            x + 28, at + 2, question.say(row, pen.language), room - 28, 12.5, 600 if row["level"] == "mend" else 400
        )
        at += max(26.0, used + 6)
        pen.line(x, at, x + room, at, "hair", 1)
        at += 4
    return at - y
