"""Friction: every trouble as a sentence, with its weeks, its share and what is usual."""

from __future__ import annotations

from datetime import date
from typing import Any

from safarnama.core import registry
from safarnama.core.finding import Finding
from safarnama.core.words import Text
from safarnama.core.words.calendar import say_period
from safarnama.drawing.parts.evidence import count
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width

_USUAL = Text(en="usually {usual:percent}", fa="معمول {usual:percent}")
_BAR = 300.0


def draw(pen: Pen, finding: Finding, x: float, y: float, room: float) -> float:
    question: Any = registry.find("question", finding.question)
    at = y
    for row in finding.rows():
        at += pen.block(x, at, question.say(row, pen.language), room, 14, 700, lines=2) + 4
        figure = pen.form(row["share"], "percent")
        taken = pen.text(x, at + 18, figure, 18, 800, "pain")
        start = x + max(62.0, taken + 14)
        pen.box(start, at + 7, _BAR, 10, "pain-track", radius=2)
        pen.box(start, at + 7, max(3.0, row["share"] * _BAR), 10, "pain", radius=2)
        pen.line(start + row["low"] * _BAR, at + 12, start + row["high"] * _BAR, at + 12, "ink", 1)
        usual = start + row["usual"] * _BAR
        pen.line(usual, at + 2, usual, at + 22, "ink", 2)
        said = pen.say(_USUAL, usual=row["usual"])
        pen.text(start + _BAR + 14, at + 16, said, 11.5, 400, "ink-2")
        period = say_period(date.fromisoformat(row["start"]), date.fromisoformat(row["end"]), pen.language)
        pen.text(
            start + _BAR + 28 + width(said, 11.5),
            at + 16,
            f"{count(pen, row['n'], 'times')} · {period}",
            11.5,
            400,
            "ink-3",
        )
        at += 34
        pen.line(x, at, x + room, at, "hair")
        at += 12
    return at - y
