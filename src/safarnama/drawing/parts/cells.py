"""Boxes of a row whose columns are steps: cards of the same place share a box, and no two boxes stand in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.pen import Pen
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map
from safarnama.maps.words import say

AT_MOST = 3
_LEAST, _PAD, _ICON = 56.0, 11.0, 26.0
_MORE = Text(en="+ {n:count} more", fa="و {n:count} تای دیگر")
_BROKEN = ("failed", "missing")


@dataclass(frozen=True)
class Cell:
    """Cards from a first column to one before ``after``."""

    first: int
    after: int
    cards: tuple[Card, ...]

    @property
    def broken(self) -> bool:
        """Whether one of its touchpoints failed or was not there."""
        return any(card.status in _BROKEN for card in self.cards)


def cells(document: Map, cards: Sequence[Card]) -> list[list[Cell]]:
    """The boxes in rows: those that would stand in one place go below each other."""
    places: dict[tuple[int, int], list[Card]] = {}
    for card in cards:
        places.setdefault(document.columns(card), []).append(card)
    rows: list[list[Cell]] = []
    for (first, after), found in sorted(places.items()):
        cell = Cell(first, after, tuple(found))
        row = next((row for row in rows if row[-1].after <= first), None)
        if row is None:
            rows.append([cell])
        else:
            row.append(cell)
    return rows


def cell_height(pen: Pen, document: Map, cell: Cell, wide: float) -> float:
    """The height that a box needs."""
    return max(
        _LEAST, _inside(Pen(pen.language, pen.today), document, cell, 0, 0, wide, "ink", "circle-dot") + 2 * _PAD
    )


def draw_cell(
    pen: Pen, document: Map, cell: Cell, x: float, y: float, wide: float, high: float, icon: str, inset: float = 0.0
) -> None:
    """A box: solid where it rests on evidence, dashed and hatched where it is assumed, in the colour of pain where it broke.

    ``inset`` leaves room at its top for a tag."""
    backed = any(document.evidence(card) for card in cell.cards)
    edge = "pain" if cell.broken else "rule" if backed else "assumed-edge"
    if backed:
        pen.box(x, y, wide, high, "surface", edge, stroke_width=1.75 if cell.broken else 1.2, radius=5)
    else:
        pen.box(x, y, wide, high, "paper", edge, stroke_width=1.2, radius=5, dash="4 3", hatched=True)
    used = _inside(Pen(pen.language, pen.today), document, cell, x, y, wide, "ink", icon)
    _inside(pen, document, cell, x, y + inset + (high - inset - used) / 2, wide, "ink" if backed else "ink-2", icon)


def _inside(pen: Pen, document: Map, cell: Cell, x: float, y: float, wide: float, ink: str, icon: str) -> float:
    used, room = 0.0, wide - 2 * _PAD - _ICON
    backed = any(document.evidence(card) for card in cell.cards)
    for number, card in enumerate(cell.cards[:AT_MOST]):
        said = say(card.text, pen.language)
        figure = document.figure(card)
        if not said and figure:
            said = " ".join(filter(None, [pen.form(figure.value, figure.form), say(figure.label, pen.language)]))
        if number:
            used += 6
        tone = "pain" if card.status in _BROKEN else "lapis" if document.evidence(card) else "ink-3"
        with pen.within(card.id, title=said):
            pen.icon(card.icon or icon, x + _PAD + 9, y + used + pen.leading(12.3, True) / 2 + 1, 18, tone)
            used += pen.block(x + _PAD + _ICON, y + used, said or "–", room, 12.3, 500, ink, lines=3, tight=True)
    if len(cell.cards) > AT_MOST:
        said = pen.say(_MORE, n=len(cell.cards) - AT_MOST)
        pen.text(x + _PAD + _ICON, y + used + 14, said, 10.5, 400, "ink-3", room=room)
        used += 18
    if not backed:
        evidence.line(pen, (), x + _PAD + _ICON - 14, y + used + 13, room + 14, 10.5)
        used += 16
    return used
