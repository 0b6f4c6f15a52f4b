"""Honesty as a bar of the four states, its score, and the coverage beside it."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.maps.evidence import STANDINGS
from safarnama.maps.model import Honesty

_SCORE = Text(en="honesty", fa="اعتبار نقشه")
_COVERAGE = Text(en="coverage {share:percent}", fa="پوشش {share:percent}")
_NONE = Text(en="0", fa="صفر")
_EMPTY = Text(en="no cards yet", fa="هنوز کارتی ندارد")
_LOOKS: dict[str, tuple[str, str | None, float, str | None]] = {
    "measured": ("lapis", None, 1, None),
    "surveyed": ("lapis-2", None, 1, None),
    "observed": ("surface", "lapis", 1.5, None),
    "assumed": ("paper", "assumed-edge", 1, "3 2"),
}


def score(pen: Pen, found: Honesty) -> str:
    """The score as it is written: a large Persian zero alone would be taken for the mark of what was observed."""
    return pen.form(found.score, "count") if found.score else pen.say(_NONE)


def honesty(pen: Pen, found: Honesty, x: float, y: float, wide: float) -> float:
    """Draw it below ``y``; returns the height."""
    if not found.cards:
        pen.box(x, y + 22, wide, 7, None, "assumed-edge", radius=2, dash="3 2")
        pen.text(x, y + 14, pen.say(_EMPTY), 11, 400, "ink-3", room=wide)
        return 30.0
    taken = pen.text(x, y + 15, score(pen, found), 17, 800, "lapis")
    beside = pen.text(x + taken + 6, y + 14.5, pen.say(_SCORE), 11, 400, "ink-3")
    said = pen.say(_COVERAGE, share=found.coverage)
    if taken + beside + 22 + width(said, 11) <= wide:
        pen.text(x + wide, y + 14.5, said, 11, 400, "ink-3", anchor="end")
    bar(pen, found, x, y + 22, wide, 7)
    return 30.0


def bar(pen: Pen, found: Honesty, x: float, y: float, wide: float, high: float) -> None:
    """The four states in their order, each as long as its share of the cards; what is stale is hatched, for it backs nothing."""
    known = [state for state in STANDINGS if found.counts[state]]
    room = wide - 3.0 * max(0, len(known) - 1)
    for state in known:
        fill, edge, thick, dash = _LOOKS[state]
        stale = found.stale_counts.get(state, 0)
        for number, old in ((found.counts[state] - stale, False), (stale, True)):
            part = number / found.cards * room
            if old and number:
                pen.box(x, y, part, high, "paper", "lapis", radius=2, stroke_width=1, hatched=True)
            elif number:
                pen.box(
                    x, y, part, high, fill, edge, radius=2, stroke_width=thick, dash=dash, hatched=state == "assumed"
                )
            x += part
        x += 3
