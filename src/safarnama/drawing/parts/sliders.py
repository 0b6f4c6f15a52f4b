"""Traits as places between two poles: the dot is this persona, the band where the middle half of customers stand."""

from __future__ import annotations

from collections.abc import Sequence

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width, wrap
from safarnama.maps.people import Trait
from safarnama.maps.words import say

_SIZE, _R = 12.5, 5.5
_BAND = Text(en="band: the middle half of customers", fa="نوار: نیمه میانی مشتریان")


def sliders(pen: Pen, traits: Sequence[Trait], backed: bool, x: float, y: float, wide: float) -> float:
    """Draw them below ``y``; returns the height. What is not ``backed``, nor has evidence of its own, is drawn as assumed."""
    used = 0.0
    for trait in traits:
        used += _slider(pen, trait, backed, x, y + used, wide)
    if any(trait.quartiles for trait in traits):
        used += pen.block(x, y + used, pen.say(_BAND), wide, 11, 400, "ink-3", lines=2)
    return used


def _slider(pen: Pen, trait: Trait, backed: bool, x: float, y: float, wide: float) -> float:
    low, high = say(trait.low, pen.language), say(trait.high, pen.language)
    if width(low, _SIZE) + width(high, _SIZE) + 16 <= wide:
        pen.text(x, y + 12, low, _SIZE)
        pen.text(x + wide, y + 12, high, _SIZE, anchor="end")
        used = 16.0
    else:
        # Poles that are too long to face each other share the width; the higher one says how high the words are.
        room = wide / 2 - 8
        used = max(
            pen.block(x, y, low, room, _SIZE, lines=3, tight=True),
            _at_end(pen, x + wide, y, high, room),
        )
    middle = y + used + 9
    inner = wide - 2 * _R

    def at(value: float) -> float:
        return x + _R + value / 100 * inner

    pen.line(x, middle, x + wide, middle, "rule", 2, round=True)
    if trait.quartiles:
        low_end, high_end = (min(100.0, max(0.0, end)) for end in sorted(trait.quartiles))
        pen.box(at(low_end) - 4, middle - 4, at(high_end) - at(low_end) + 8, 8, "lapis", radius=4, opacity=0.28)
    if backed or trait.evidence:
        pen.disc(at(trait.value), middle, _R, "lapis")
    else:
        pen.disc(at(trait.value), middle, _R, "paper", "ink-3", stroke_width=1.5, dash="2.5 2")
    used += 24
    if trait.evidence:
        evidence.line(pen, trait.evidence, x, y + used + 6, wide, 11)
        used += 16
    return used


def _at_end(pen: Pen, end: float, y: float, said: str, room: float) -> float:
    """Words whose lines end at a place."""
    lines = wrap(said, room, _SIZE, lines=3)
    for number, line in enumerate(lines):
        pen.text(end, y + pen.rise(_SIZE, True) + number * pen.leading(_SIZE, True), line, _SIZE, anchor="end")
    return len(lines) * pen.leading(_SIZE, True)
