"""The foot of a sheet: what the marks mean and where it all comes from."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.maps.model import Map
from safarnama.maps.words import say

_EVIDENCE = Text(en="Evidence", fa="شواهد")
_BASED = Text(
    en="Based on {events:events} of {customers:customers} · {sources:list} · data up to {end:date}",
    fa="پایه: {events:events} از {customers:customers} · {sources:list} · داده تا {end:date}",
)
_CURVE = Text(en="value and 95% interval", fa="مقدار و بازه ۹۵٪")
_COMMUNICATION, _ACTION = Text(en="communication", fa="ارتباط"), Text(en="action", fa="کنش")


def footer(pen: Pen, document: Map, x: float, y: float, wide: float) -> float:
    """Draw it below ``y``; returns its height. What does not fit beside each other goes below."""
    pen.line(x, y, x + wide, y, "ink", 1)
    base = y + 20
    at = x + pen.text(x, base, pen.say(_EVIDENCE), 10, 700) + 14
    for state in ("measured", "surveyed", "observed", "assumed", "stale"):
        evidence.mark(pen, state, at + 5, base - 3.5, 10)
        at += 14 + pen.text(at + 14, base, pen.say(evidence.LEGEND[state]), 9.5, 400, "ink-2") + 16
    pen.box(at, base - 8, 26, 9, "lapis", opacity=0.15)
    pen.line(at, base - 3.5, at + 26, base - 3.5, "lapis", 2.5)
    at += 32 + pen.text(at + 32, base, pen.say(_CURVE), 9.5, 400, "ink-2") + 16
    pen.disc(at + 6, base - 3.5, 5.6, None, "lapis", stroke_width=1.2)
    at += 17 + pen.text(at + 17, base, pen.say(_COMMUNICATION), 9.5, 400, "ink-2") + 16
    pen.box(at, base - 9, 11, 11, None, "lapis", stroke_width=1.2, radius=2)
    at += 16 + pen.text(at + 16, base, pen.say(_ACTION), 9.5, 400, "ink-2") + 20
    said = based(pen, document)
    if not said:
        return 34
    if width(said, 9.5) <= x + wide - at:
        pen.text(x + wide, base, said, 9.5, 400, "ink-3", anchor="end")
        return 34
    return 32 + pen.block(x, base + 8, said, wide, 9.5, 400, "ink-3", lines=2)


def based(pen: Pen, document: Map) -> str:
    """What the map was counted from, and its notes."""
    derived = document.derived
    parts = []
    if derived.events and derived.customers and derived.end:
        sources = derived.sources[:3] + (["…"] if len(derived.sources) > 3 else [])
        parts.append(
            pen.say(
                _BASED,
                events=derived.events,
                customers=derived.customers,
                sources=sources or ["–"],
                end=derived.end,
            )
        )
    parts += [say(note, pen.language) for note in derived.notes]
    return " · ".join(parts)
