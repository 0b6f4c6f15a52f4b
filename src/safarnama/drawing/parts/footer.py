"""The foot of a sheet: what the marks mean and where it all comes from."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.token import token
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.maps.model import Map
from safarnama.maps.words import say

_EVIDENCE = Text(en="Evidence", fa="شواهد")
_BASED = Text(
    en="Based on {events:events} of {customers:customers} · {sources:list} · data up to {end:date}",
    fa="پایه: {events:events} از {customers:customers} · {sources:list} · داده تا {end:date}",
)
# What stands for what: the room of the mark, the gap behind its words, and the words.
_SIGNS: dict[str, tuple[float, float, Text]] = {
    **{state: (14.0, 16.0, words) for state, words in evidence.LEGEND.items()},
    "curve": (32.0, 16.0, Text(en="value and 95% interval", fa="مقدار و بازه ۹۵٪")),
    "communication": (17.0, 16.0, Text(en="communication", fa="ارتباط")),
    "action": (16.0, 20.0, Text(en="action", fa="کنش")),
    "decision": (17.0, 16.0, Text(en="decision", fa="تصمیم")),
    "wait": (17.0, 16.0, Text(en="wait", fa="انتظار")),
}


def footer(pen: Pen, document: Map, x: float, y: float, wide: float) -> float:
    """Draw it below ``y``; returns its height. What does not fit beside each other goes below."""
    pen.line(x, y, x + wide, y, "ink", 1)
    at, base = _legend(pen, document, x, y + 20, wide) if pen.setting.legend else (x, y + 20)
    said = based(pen, document)
    if not said:
        return base - y + 14 if pen.setting.legend else 12
    if width(said, 9.5) <= x + wide - at:
        pen.text(x + wide, base, said, 9.5, 400, "ink-3", anchor="end")
        return base - y + 14
    top = base + 8 if pen.setting.legend else y + 7
    return top + 4 - y + pen.block(x, top, said, wide, 9.5, 400, "ink-3", lines=2)


def _legend(pen: Pen, document: Map, x: float, base: float, wide: float) -> tuple[float, float]:
    """What the marks mean; returns where the last line ends, and its baseline."""
    at = x + pen.text(x, base, pen.say(_EVIDENCE), 10, 700) + 14
    kinds = {card.kind for lane in document.whole.lanes if lane.kind == "touchpoints" for card in lane.cards}
    for kind, (room, gap, words) in _SIGNS.items():
        if kind in ("decision", "wait") and kind not in kinds:
            continue
        said = pen.say(words)
        if at + room + width(said, 9.5) > x + wide:
            at, base = x, base + 16
        _sign(pen, kind, at, base)
        at += room + pen.text(at + room, base, said, 9.5, 400, "ink-2") + gap
    return at, base


def _sign(pen: Pen, kind: str, x: float, base: float) -> None:
    """A sample of a mark, its start at ``x``."""
    match kind:
        case "curve":
            pen.box(x, base - 8, 26, 9, "lapis", opacity=0.15)
            pen.line(x, base - 3.5, x + 26, base - 3.5, "lapis", 2.5)
        case "communication" | "action" | "decision" | "wait":
            token(pen, kind, x + 0.4, base - 9.1, 11.2, None, "lapis", 1.2)
        case _:
            evidence.mark(pen, kind, x + 5, base - 3.5, 10)


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
