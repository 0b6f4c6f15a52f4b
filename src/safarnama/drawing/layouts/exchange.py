"""Exchange: stage by stage what the business does, what customers can use on the way, and what they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.content import by_stage
from safarnama.drawing.parts.legend import Sign, signs_of_evidence
from safarnama.drawing.parts.parties import from_customer
from safarnama.drawing.parts.pills import PILL, Pill, pill_rows
from safarnama.drawing.parts.sheet import sheet
from safarnama.drawing.parts.tile import empty
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Scene, points
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.tokens import stage_colour
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map
from safarnama.maps.words import say

_STAGE, _GAP, _BOX, _EDGE = 116.0, 26.0, 312.0, 4.0
_LEAST, _BETWEEN, _AT_MOST, _LINES = 88.0, 16.0, 4, 3
_KICKER = Text(en="The exchange", fa="داد و ستد")
_NOTHING_AT = Text(
    en="Nothing is named that customers could use at {names:list}.",
    fa="در {names:list} چیزی نام برده نشده که مشتری به کار گیرد.",
)
_NOTHING_AT_MANY = Text(
    en="Nothing is named that customers could use at {missing:count} of {stages:stages}.",
    fa="در {missing:count} مرحله از {stages:stages} چیزی نام برده نشده که مشتری به کار گیرد.",
)
_EVERYWHERE = Text(
    en="At every stage something passes between the business and its customers.",
    fa="در همه مرحله‌ها چیزی میان کسب‌وکار و مشتری می‌گذرد.",
)
_BUSINESS = Text(en="What the business does", fa="آنچه کسب‌وکار می‌کند")
_BETWEEN_THEM = Text(en="What customers can use on the way", fa="آنچه مشتری در راه به کار می‌گیرد")
_CUSTOMER = Text(en="What the customer does", fa="آنچه مشتری می‌کند")
_NOT_SAID = Text(en="not said", fa="نوشته نشده")
_NOTHING = Text(en="nothing named", fa="چیزی نام برده نشده")
_MORE = Text(en="+ {n:count} more", fa="و {n:count} تای دیگر")
_FROM_BUSINESS = Text(en="from the business", fa="از کسب‌وکار")
_FROM_CUSTOMER = Text(en="from the customer", fa="از مشتری")


@dataclass(frozen=True)
class _Line:
    """One line in a box: what it says, and the card it leads back to if there is one."""

    said: str
    card: Card | None
    backed: bool


class Exchange(Layout):
    """What passes between the business and the customer, stage by stage."""

    title: ClassVar[Text] = Text(en="Exchange", fa="داد و ستد")
    by_stage: ClassVar[bool] = True

    example: ClassVar[dict[str, Any]] = {}

    def scene(self, document: Map, language: str, today: date | None = None, setting: Setting = PLAIN) -> Scene:
        pen = Pen(language, today)
        everywhere, before = _between(document.whole), document.before[0]
        between = everywhere[before : before + len(document.stages)]
        signs: list[Sign] = [("line", _FROM_BUSINESS)]
        if any(from_customer(document, card) for cards in between for card in cards):
            signs.append(("second", _FROM_CUSTOMER))

        def body(pen: Pen, x: float, y: float, room: float, tall: float) -> float:
            return _Rows(pen, document, between, x, room).draw(y, tall)

        return sheet(
            document,
            language,
            today,
            body,
            kicker=_KICKER,
            finding=_finding(pen, document.whole, everywhere),
            signs=[*signs, *signs_of_evidence(document, pen)],
            setting=setting,
        )


def _between(document: Map) -> list[list[Card]]:
    """What customers can use at each stage: what the map calls resources, else its touchpoints and channels."""
    resources = by_stage(document, ("resources",))
    if any(resources):
        return resources
    return [
        [card for card in cards if card.kind != "wait"] for cards in by_stage(document, ("touchpoints", "channels"))
    ]


def _finding(pen: Pen, document: Map, between: list[list[Card]]) -> str:
    names = [say(stage.name, pen.language) for stage, cards in zip(document.stages, between, strict=True) if not cards]
    if not names:
        return pen.say(_EVERYWHERE)
    if len(names) > 3:
        return pen.say(_NOTHING_AT_MANY, missing=len(names), stages=len(document.stages))
    return pen.say(_NOTHING_AT, names=names)


class _Rows:
    """A row for each stage."""

    def __init__(self, pen: Pen, document: Map, between: list[list[Card]], x: float, room: float) -> None:
        self.pen, self.document, self.between = pen, document, between
        self.x, self.end = x, x + room
        self.left = x + _STAGE + _GAP
        self.right = self.end - _BOX
        language = pen.language
        done = by_stage(document, ("frontstage", "backstage", "support", "systems"))
        does = by_stage(document, ("doing",))
        self.business = [[self._line(card) for card in cards] for cards in done]
        self.customer = [
            [self._line(card) for card in cards]
            or [_Line(say(step.name, language), None, True) for step in stage.steps]
            for stage, cards in zip(document.stages, does, strict=True)
        ]

    def _line(self, card: Card) -> _Line:
        figure = self.document.figure(card)
        said = say(card.text, self.pen.language) or (say(figure.label, self.pen.language) if figure else "")
        return _Line(said or "–", card, bool(self.document.evidence(card)))

    def draw(self, y: float, tall: float) -> float:
        count = len(self.document.stages)
        heights = [self._height(place) for place in range(count)]
        # What is left of the sheet goes to the rows alike.
        spare = max(0.0, tall - 44 - sum(heights) - _BETWEEN * (count - 1)) / count
        heights = [high + min(spare, 40.0) for high in heights]
        at = y + self._heads(y)
        for place, high in enumerate(heights):
            self._stage(place, at, high, last=place == count - 1)
            self._box(self.business[place], self.left, at, high, "lapis")
            self._box(self.customer[place], self.right, at, high, "second")
            self._way(place, at, high)
            at += high + _BETWEEN
        return at - _BETWEEN - y

    def _heads(self, y: float) -> float:
        pen = self.pen
        for x, icon, words, colour in (
            (self.left, "store", _BUSINESS, "lapis"),
            (self.right, "user", _CUSTOMER, "second-text"),
        ):
            pen.icon(icon, x + 10, y + 11, 19, colour)
            pen.text(x + 28, y + 16, pen.say(words), 14.5, 700, room=_BOX - 30)
        middle = (self.left + _BOX + self.right) / 2
        room = self.right - self.left - _BOX - 16
        pen.text(middle, y + 16, pen.say(_BETWEEN_THEM), 14.5, 700, anchor="middle", room=room)
        pen.line(self.left, y + 28, self.end, y + 28, "ink", 1.5)
        return 42.0

    def _height(self, place: int) -> float:
        blind = Pen(self.pen.language, self.pen.today)
        inside = max(self._lines(blind, lines[place], 0, 0) for lines in (self.business, self.customer))
        ways = sum(len(rows) for rows, _ in self._pills(place)) * (PILL + 8) - 8
        name = say(self.document.stages[place].name, self.pen.language)
        return max(_LEAST, inside + 24, ways + 20, 58 + blind.height(name, _STAGE - 24, 13.5, 700, 3, True))

    # ------------------------------------------------------------------ the three of a row

    def _stage(self, place: int, y: float, high: float, last: bool) -> None:
        """A block that points down to the next."""
        pen, stage = self.pen, self.document.stages[place]
        tip = y + high + (0 if last else 12)
        before = self.document.before[0]
        number = pen.form(before + place + 1, "count")
        with pen.within(stage.id, "stage", title=say(stage.name, pen.language)):
            shape = points(
                (self.x, y),
                (self.x + _STAGE, y),
                (self.x + _STAGE, y + high),
                (self.x + _STAGE / 2, tip),
                (self.x, y + high),
                close=True,
            )
            pen.path(shape, fill=stage_colour(before + place, len(self.document.whole.stages)))
            pen.text(self.x + 14, y + 37, number, 26, 300, "on-dark")
            pen.block(
                self.x + 14,
                y + 48,
                say(stage.name, pen.language),
                _STAGE - 24,
                13.5,
                700,
                "on-dark",
                lines=3,
                tight=True,
            )

    def _box(self, lines: Sequence[_Line], x: float, y: float, high: float, colour: str) -> None:
        pen = self.pen
        if not lines:
            empty(pen, pen.say(_NOT_SAID), x, y, _BOX, high)
            return
        if any(line.backed for line in lines):
            pen.box(x, y, _BOX, high, "surface", "rule", radius=5)
        else:
            pen.box(x, y, _BOX, high, "paper", "assumed-edge", radius=5, dash="3 2.5", hatched=True)
        pen.box(x, y, _EDGE, high, colour, radius=2)
        used = self._lines(Pen(pen.language, pen.today), lines, x, y)
        self._lines(pen, lines, x, y + (high - used) / 2)

    def _lines(self, pen: Pen, lines: Sequence[_Line], x: float, y: float) -> float:
        used, room = 0.0, _BOX - 40
        size = 15.0 if len(lines) == 1 else 13.0
        assumed = bool(lines) and not any(line.backed for line in lines)
        for number, line in enumerate(lines[:_AT_MOST]):
            used += 5 if number else 0
            marked = not line.backed and not assumed
            narrow = room - (18 if marked else 0)
            if line.card:
                with pen.within(line.card.id, title=line.said):
                    taken = pen.block(
                        x + 20, y + used, line.said, narrow, size, 500, "ink" if line.backed else "ink-2", lines=2
                    )
                    if marked:
                        evidence.mark(pen, "assumed", x + 20 + room - 6, y + used + pen.leading(size) / 2, 10)
            else:
                taken = pen.block(x + 20, y + used, line.said, room, size, 500, "ink", lines=2)
            used += taken
        if len(lines) > _AT_MOST:
            pen.text(x + 20, y + used + 14, pen.say(_MORE, n=len(lines) - _AT_MOST), 11, 400, "ink-3", room=room)
            used += 18
        if assumed:
            evidence.line(pen, (), x + 20, y + used + 14, room, 11)
            used += 18
        return used

    def _pills(self, place: int) -> list[tuple[list[list[Pill]], str]]:
        """Lines of pills and the side they come from."""
        cards, room = self.between[place], self.right - self.left - _BOX - 110
        ways = []
        for side, mine in (
            ("business", [card for card in cards if not from_customer(self.document, card)]),
            ("customer", [card for card in cards if from_customer(self.document, card)]),
        ):
            rows = pill_rows(self.pen, self.document, mine, room, _LINES if side == "business" else _LINES - 1)
            if rows:
                ways.append((rows, side))
        return ways

    def _way(self, place: int, y: float, high: float) -> None:
        """What passes, on arrows from one side to the other."""
        pen = self.pen
        start, end = self.left + _BOX + 8, self.right - 8
        middle = (start + end) / 2
        ways = self._pills(place)
        if not ways:
            said = pen.say(_NOTHING)
            pen.line(start, y + high / 2, end, y + high / 2, "nodata", 1.25, dash="2 5")
            half = 8 + Pen(pen.language).text(0, 0, said, 11.5) / 2
            pen.box(middle - half, y + high / 2 - 10, 2 * half, 20, "paper")
            pen.text(middle, y + high / 2 + 4, said, 11.5, 400, "ink-3", anchor="middle")
            return
        at = y + (high - (sum(len(rows) for rows, _ in ways) * (PILL + 8) - 8)) / 2
        for rows, side in ways:
            colour = "lapis" if side == "business" else "second"
            for row in rows:
                line = at + PILL / 2
                there = (start, end) if side == "business" else (end, start)
                if all(pill.backed for pill in row):
                    pen.arrow(there[0], line, there[1], line, colour, 1.75)
                else:
                    way = 1 if there[1] > there[0] else -1
                    pen.line(there[0], line, there[1] - way * 12, line, colour, 1.5, dash="6 5")
                    pen.arrow(there[1] - way * 6, line, there[1], line, colour, 1.5)
                left = middle - (sum(pill.wide for pill in row) + 10 * (len(row) - 1)) / 2
                for pill in row:
                    pill.draw(pen, left, at, colour)
                    left += pill.wide + 10
                at += PILL + 8
