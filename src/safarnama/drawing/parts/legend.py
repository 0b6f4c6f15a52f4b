"""The foot of a sheet that has the shape of a slide: what its marks mean at the start, where it comes from at the end."""

from __future__ import annotations

from collections.abc import Sequence

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.footer import based
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import fit, width
from safarnama.maps.evidence import STANDINGS
from safarnama.maps.model import Map

Sign = tuple[str, Text]  # what stands before the words, and the words; see ``_sign``
_SIZE, _GAP = 11.0, 20.0


def signs_of_evidence(document: Map, pen: Pen) -> list[Sign]:
    """Those marks of evidence that the cards of a map have."""
    honesty = document.honesty(pen.today)
    found: list[Sign] = [(state, evidence.WORDS[state]) for state in STANDINGS if honesty.counts[state]]
    return [*found, ("stale", evidence.LEGEND["stale"])] if honesty.stale else found


def legend(pen: Pen, document: Map | None, x: float, y: float, wide: float, signs: Sequence[Sign]) -> float:
    """Draw it below ``y``; returns its height. What does not fit beside each other goes below. Without a map it says nothing
    of where all comes from."""
    pen.line(x, y, x + wide, y, "rule")
    base, at = y + 21, x
    for kind, words in signs if pen.setting.legend else ():
        said = fit(pen.say(words), wide - 40, _SIZE)
        before = {"": 0.0, "line": 40.0, "second": 40.0, "dashed": 40.0, "failure": 40.0, "arrow": 40.0}.get(kind, 16.0)
        if kind in ("assumed-box", "band", "ground"):
            before = 34.0
        if at > x and at + before + width(said, _SIZE) > x + wide:
            at, base = x, base + 19
        _sign(pen, kind, at, base - 3.8)
        at += before + pen.text(at + before, base, said, _SIZE, 400, "ink-3") + _GAP
    said = based(pen, document) if document else ""
    if said:
        if width(said, _SIZE) > x + wide - at:
            base += 19 if at > x else 0
        pen.text(x + wide, base, said, _SIZE, 400, "ink-3", anchor="end", room=wide)
    return base + 8 - y


def _sign(pen: Pen, kind: str, x: float, y: float) -> None:
    """A sample of a mark, its start at ``x``, its middle at ``y``."""
    match kind:
        case "measured" | "surveyed" | "observed" | "assumed" | "stale":
            evidence.mark(pen, kind, x + 5.5, y, 11)
        case "line" | "second":
            pen.line(x, y, x + 32, y, "lapis" if kind == "line" else "second", 2)
        case "dashed":
            pen.line(x, y, x + 32, y, "ink-3", 1.75, dash="5 4")
        case "failure":
            pen.line(x, y, x + 32, y, "pain", 1.75, dash="5 4")
        case "arrow":
            pen.arrow(x, y, x + 32, y, "ink-2", 1.5)
        case "assumed-box":
            pen.box(x, y - 6, 26, 12, "paper", "assumed-edge", radius=3, dash="3 2.5", hatched=True)
        case "band":
            pen.box(x, y - 5, 26, 10, "lapis", opacity=0.15)
        case "pain" | "gain" | "opportunity" | "gone":
            pen.disc(x + 5.5, y, 5.5, kind)
        case "star":
            pen.icon("star", x + 5.5, y, 12, "opportunity")
        case "ground":
            pen.box(x, y - 6, 26, 12, "sunk", "rule", radius=3)
        case "sponsor":
            pen.box(x, y - 6, 11, 12, "lapis", radius=3)
        case "sponsored":
            pen.box(x + 0.5, y - 5.5, 10.5, 11, "paper", "lapis", radius=3, stroke_width=1.5)
        case "nodata":
            pen.disc(x + 5.5, y, 4.8, "surface", "nodata", stroke_width=1.5)
