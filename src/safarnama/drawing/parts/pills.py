"""Pills: a few words with an icon in a rounded frame, as many beside each other as fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safarnama.core.words import Text
from safarnama.drawing.parts.parties import parties
from safarnama.drawing.parts.token import icon_of
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import fit, width
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map
from safarnama.maps.words import say

PILL = 31.0
_MORE = Text(en="+ {n:count} more", fa="و {n:count} تای دیگر")
_TEXT = {"second": "second-text"}


@dataclass(frozen=True)
class Pill:
    """Words, beside them a figure and who gives to whom, and the card they lead back to."""

    said: str
    whole: str
    figure: str
    icon: str
    card: str
    backed: bool
    wide: float

    def draw(self, pen: Pen, x: float, y: float, colour: str) -> None:
        tone = _TEXT.get(colour, colour) if self.backed else "ink-2"
        if not self.card:
            pen.box(x, y, self.wide, PILL, "paper", "rule", radius=PILL / 2)
            pen.text(x + self.wide / 2, y + PILL / 2 + 4, self.said, 11.5, 400, "ink-3", anchor="middle")
            return
        with pen.within(self.card, title=self.whole):
            if self.backed:
                pen.box(x, y, self.wide, PILL, "surface", colour, radius=PILL / 2, stroke_width=1.5)
            else:
                pen.box(x, y, self.wide, PILL, "surface", "assumed-edge", radius=PILL / 2, stroke_width=1.5, dash="4 3")
            pen.icon(self.icon, x + 20, y + PILL / 2, 16, tone)
            taken = pen.text(x + 34, y + PILL / 2 + 4.8, self.said, 13.5, 700, tone)
            if self.figure:
                pen.text(x + 34 + taken + 8, y + PILL / 2 + 4.3, self.figure, 11.5, 400, "ink-2")


def pill_rows(pen: Pen, document: Map, cards: Sequence[Card], room: float, rows: int) -> list[list[Pill]]:
    """Pills for cards in at most so many rows; what does not fit is counted in the last."""
    found: list[list[Pill]] = []
    used = 0.0
    for number, card in enumerate(cards):
        pill = _pill(pen, document, card, room)
        if not found or used + 10 + pill.wide > room:
            if len(found) == rows:
                return _closed(pen, found, len(cards) - number, room)
            found.append([])
            used = -10.0
        found[-1].append(pill)
        used += 10 + pill.wide
    return found


def _closed(pen: Pen, rows: list[list[Pill]], left: int, room: float) -> list[list[Pill]]:
    """The last row makes room for how many are left."""
    while True:
        said = pen.say(_MORE, n=left)
        more = Pill(said, said, "", "", "", True, width(said, 11.5) + 26)
        last = rows[-1]
        if not last or sum(pill.wide + 10 for pill in last) + more.wide <= room:
            last.append(more)
            return rows
        last.pop()
        left += 1


def _pill(pen: Pen, document: Map, card: Card, room: float) -> Pill:
    figure = document.figure(card)
    whole = say(card.text, pen.language) or (say(figure.label, pen.language) if figure else "") or "–"
    who = fit(parties(card, pen.language), min(170.0, room * 0.4), 11.5)
    shown = " · ".join(filter(None, [pen.form(figure.value, figure.form) if figure else "", who]))
    beside = width(shown, 11.5) + 8 if shown else 0.0
    said = fit(whole, room - 52 - beside, 13.5, 700)
    wide = width(said, 13.5, 700) + beside + 52
    return Pill(said, whole, shown, icon_of(card), card.id, bool(document.evidence(card)), wide)
