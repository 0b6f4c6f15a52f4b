"""Stages: a block for each, as high as the share of customers that come so far, and below it what makes it work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.content import BAD, GOOD, by_stage, weightiest
from safarnama.drawing.parts.legend import Sign, signs_of_evidence
from safarnama.drawing.parts.reach import drop, leavers
from safarnama.drawing.parts.sheet import MARGIN, WIDE, sheet
from safarnama.drawing.parts.tile import empty, tile
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Scene, points
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.shaping import width, wrap
from safarnama.drawing.tokens import stage_colour
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map
from safarnama.maps.words import say

_COLUMN, _GAP, _WIDEST = 190.0, 10.0, 420.0  # the least of a block, between two, the most its words run
_FULL, _CHEVRON, _TIP = 126.0, 62.0, 13.0
_AT_MOST, _AIR = 3, 22.0
_KICKER = Text(en="The stages, and what makes each work", fa="مرحله‌ها، و آنچه هر یک را پیش می‌برد")
_BREAKS = Text(en="What breaks it", fa="آنچه خرابش می‌کند")
_NO_PAIN = Text(en="no pain point known", fa="نقطه دردی ثبت نشده")
_MORE = Text(en="+ {n:count} more", fa="و {n:count} تای دیگر")
_UNCOUNTED = Text(
    en="How many customers come to each stage has not been counted.",
    fa="هنوز شمرده نشده که به هر مرحله چند مشتری می‌رسد.",
)
_LEAVE = Text(en="{share} leave", fa="{share} ریزش")
_HEIGHT = Text(
    en="height of a block: share of customers who come so far", fa="بلندای هر ستون: سهم مشتریانی که تا آنجا می‌آیند"
)
_List = tuple[tuple[str, ...], Text, str, str]  # kinds of lanes, heading, icon, hue
# What is listed below a stage: the first of these that the map has anything of, and the next ones while there is room.
_LISTS: tuple[_List, ...] = (
    (GOOD, Text(en="What makes it work", fa="آنچه پیشش می‌برد"), "check", "gain"),
    (("opportunities",), Text(en="What would make it work", fa="آنچه بهترش می‌کند"), "lightbulb", "opportunity"),
    (
        ("needs", "expectations", "jobs", "motives"),
        Text(en="What customers want here", fa="آنچه مشتری می‌خواهد"),
        "target",
        "lapis",
    ),
    (("touchpoints", "channels"), Text(en="Where it happens", fa="جای آن"), "map-pin", "lapis"),
    (("doing",), Text(en="What customers do", fa="آنچه مشتری می‌کند"), "footprints", "lapis"),
)


class Stages(Layout):
    """Four to seven blocks with what makes each work: the map in a minute."""

    title: ClassVar[Text] = Text(en="Stages", fa="مرحله‌ها")
    by_stage: ClassVar[bool] = True

    example: ClassVar[dict[str, Any]] = {}

    def scene(self, document: Map, language: str, today: date | None = None, setting: Setting = PLAIN) -> Scene:
        count = len(document.stages)
        wide = max(WIDE, 2 * MARGIN + count * _COLUMN + (count - 1) * _GAP)
        said = Pen(language, today)
        whole = document.whole
        finding = leavers(said, whole)
        if not any(stage.id in whole.derived.stages for stage in whole.stages):
            finding = said.say(_UNCOUNTED)
        signs: list[Sign] = signs_of_evidence(document, said)
        if document.derived.stages:
            signs.append(("", _HEIGHT))

        def body(pen: Pen, x: float, y: float, room: float, tall: float) -> float:
            return _Blocks(pen, document, x, room).draw(y, tall)

        return sheet(
            document, language, today, body, kicker=_KICKER, finding=finding, signs=signs, wide=wide, setting=setting
        )


class _Blocks:
    """The columns of the sheet, row by row."""

    def __init__(self, pen: Pen, document: Map, x: float, room: float) -> None:
        self.pen, self.document, self.left = pen, document, x
        self.count, self.room = len(document.stages), room
        self.before, self.all = document.before[0], len(document.whole.stages)
        self.column = (room - (self.count - 1) * _GAP) / self.count

    def x(self, place: int) -> float:
        return self.left + place * (self.column + _GAP)

    def inner(self, place: int) -> tuple[float, float]:
        """Start and width of what is written below a block."""
        start = self.x(place) + (12 if place else 2)
        return start, min(_WIDEST, self.x(place) + self.column - 8 - start)

    def draw(self, y: float, tall: float) -> float:
        blind = _Blocks(Pen(self.pen.language, self.pen.today), self.document, self.left, self.room)
        found = [chosen for chosen in _LISTS if any(by_stage(self.document, chosen[0]))]
        rows: list[Callable[[_Blocks, float], float]] = [_Blocks._shares, _Blocks._heads]
        rows += [partial(_Blocks._list, chosen=chosen) for chosen in found[:1]]
        rows += [_Blocks._breaks, _Blocks._measures]
        heights = [row(blind, 0) for row in rows]
        for chosen in found[1:]:
            more = partial(_Blocks._list, chosen=chosen)
            high = more(blind, 0)
            if sum(heights) + high <= tall:
                rows.append(more)
                heights.append(high)
        # What is left over goes between the rows below the chevrons.
        below = sum(high > 0 for high in heights[2:])
        air = min(_AIR, max(0.0, tall - sum(heights)) / max(1, below))
        at = y
        for place, row in enumerate(rows):
            high = row(self, at)
            at += high + (air if high and place > 1 else 0.0)
        return at - y

    def _shares(self, y: float) -> float:
        """Columns as high as the share of customers; none where nobody counted."""
        pen, reach = self.pen, self.document.derived.stages
        if not any(stage.id in reach for stage in self.document.stages):
            return 4.0
        foot = y + _FULL + 42
        for place, stage in enumerate(self.document.stages):
            here = reach.get(stage.id)
            if here is None:
                continue
            x, high = self.x(place), max(5.0, min(1.0, here.share) * _FULL)
            with pen.within(stage.id, "reach"):
                pen.box(x, foot - high, self.column, high, "ribbon")
                pen.box(x, foot - high, self.column, 2.5, stage_colour(self.before + place, self.all))
                taken = pen.text(x + 1, foot - high - 10, pen.form(here.share, "percent"), 27, 800)
                said = evidence.count(pen, here.customers, "customers")
                if taken + 12 + width(said, 12) <= self.column:
                    pen.text(x + self.column, foot - high - 10, said, 12, 400, "ink-3", anchor="end")
            share = drop(self.document.whole, self.before + place)
            if share:
                said = pen.say(_LEAVE, share=pen.form(share, "percent.1" if share < 0.995 else "percent"))
                wide, end = width(said, 12, 700), x + self.column - 9
                # Inside a high block; above a low one there is the figure, so it stands close to the chevron.
                base = foot - 10 if high > 26 else foot - 5
                if high > 17:
                    with pen.within(stage.id, "drop"):
                        pen.text(end, base, said, 12, 700, "pain", anchor="end")
                        pen.icon("arrow-down", end - wide - 10, base - 4, 12, "pain", 2.2)
        return _FULL + 42

    def _heads(self, y: float) -> float:
        pen = self.pen
        for place, stage in enumerate(self.document.stages):
            last, first = self.before + place == self.all - 1, self.before + place == 0
            x, end = self.x(place), self.x(place) + self.column
            tip = end if last else end + _GAP
            back = end if last else tip - _TIP
            corners = [(x, y), (back, y), (tip, y + _CHEVRON / 2), (back, y + _CHEVRON), (x, y + _CHEVRON)]
            if not first:
                corners.append((x + _TIP, y + _CHEVRON / 2))
            pen.path(points(*corners, close=True), fill=stage_colour(self.before + place, self.all))
            number = pen.form(self.before + place + 1, "count")
            at = x + (16 if first else 26)
            with pen.within(stage.id, "stage", title=say(stage.name, pen.language)):
                at += pen.text(at, y + 43, number, 34, 300, "on-dark") + 11
                _name(pen, say(stage.name, pen.language), say(stage.tagline, pen.language), at, y, back - 4 - at)
        return _CHEVRON + 14

    def _list(self, y: float, chosen: _List) -> float:
        pen, document = self.pen, self.document
        kinds, title, icon, hue = chosen
        stages = by_stage(document, kinds)
        high = 0.0
        for place, cards in enumerate(stages):
            x, room = self.inner(place)
            pen.text(x, y + 11, pen.say(title), 11.5, 600, "ink-3", room=room)
            used = 24.0
            for card in cards[:_AT_MOST]:
                used += self._line(card, x, y + used, room, icon, hue)
            if len(cards) > _AT_MOST:
                pen.text(
                    x + 24, y + used + 11, pen.say(_MORE, n=len(cards) - _AT_MOST), 11, 400, "ink-3", room=room - 24
                )
                used += 18
            if not cards:
                pen.text(x + 2, y + used + 12, "–", 13, 400, "ink-3")
                used += 20
            high = max(high, used)
        return high + 12

    def _line(self, card: Card, x: float, y: float, room: float, icon: str, hue: str) -> float:
        pen = self.pen
        backed = bool(self.document.evidence(card))
        figure = self.document.figure(card)
        said = say(card.text, pen.language) or (say(figure.label, pen.language) if figure else "") or "–"
        with pen.within(card.id, title=said):
            pen.icon(icon, x + 8, y + 10, 15, hue if backed else "ink-3", 2.2)
            if not backed:
                evidence.mark(pen, "assumed", x + room - 5, y + 10, 10)
            used = pen.block(x + 24, y, said, room - 24 - (0 if backed else 16), 13.5, 400, "ink", lines=3)
        return used + 5

    def _breaks(self, y: float) -> float:
        pen, document = self.pen, self.document
        stages = by_stage(document, BAD)
        if not any(stages):
            return 0.0
        chosen = [weightiest(document, cards) for cards in stages]
        blind = Pen(pen.language, pen.today)
        high = max(
            tile(blind, document, card, *self._place(place, y + 22), "pain")
            for place, card in enumerate(chosen)
            if card
        )
        more = 0.0
        for place, card in enumerate(chosen):
            x, top, room = self._place(place, y + 22)
            pen.text(x, y + 11, pen.say(_BREAKS), 11.5, 600, "ink-3", room=room)
            if card is None:
                empty(pen, pen.say(_NO_PAIN), x, top, room, high)
                continue
            tile(pen, document, card, x, top, room, "pain", high)
            if len(stages[place]) > 1:
                said = pen.say(_MORE, n=len(stages[place]) - 1)
                pen.text(x + 2, top + high + 15, said, 11, 400, "ink-3", room=room)
                more = 18.0
        return 22 + high + more + 16

    def _place(self, place: int, y: float) -> tuple[float, float, float]:
        x, room = self.inner(place)
        return x, y, room

    def _measures(self, y: float) -> float:
        document = self.document
        stages = by_stage(document, ("measures",))
        chosen = [next((card for card in reversed(cards) if document.figure(card)), None) for cards in stages]
        if not any(chosen):
            return 0.0
        return max(self._measure(place, card, y) for place, card in enumerate(chosen))

    def _measure(self, place: int, card: Card | None, y: float) -> float:
        pen, document = self.pen, self.document
        x, room = self.inner(place)
        pen.line(x, y, x + room, y, stage_colour(self.before + place, self.all), 1.5)
        figure = document.figure(card) if card else None
        if card is None or figure is None:
            pen.text(x, y + 24, "–", 13, 400, "ink-3")
            return 30.0
        with pen.within(card.id):
            label = say(figure.label, pen.language) or say(card.text, pen.language)
            used = 7 + pen.block(x, y + 7, label, room, 11.5, 600, "ink-3", lines=2)
            shown = pen.form(figure.value, figure.form)
            size = next((size for size in (25.0, 20.0, 16.0) if width(shown, size, 800) <= room), 13.0)
            taken = pen.text(x, y + used + 25, shown, size, 800, room=room)
            if figure.low is not None and figure.high is not None:
                said = evidence.interval(pen, figure)
                if taken + 8 + width(said, 11.5) <= room:
                    pen.text(x + taken + 8, y + used + 25, said, 11.5, 400, "ink-2")
            evidence.line(pen, document.evidence(card), x, y + used + 45, room, 11)
        return used + 52


def _name(pen: Pen, said: str, more: str, x: float, y: float, room: float) -> None:
    """The name of a stage on its chevron, and what happens there if it fits."""
    size = next((size for size in (17.5, 15.5, 13.5) if width(said, size, 700) <= room), 12.0)
    if len(wrap(said, room, size, 700, 2)) > 1:
        pen.block(x, y + _CHEVRON / 2 - pen.leading(size, True), said, room, size, 700, "on-dark", lines=2, tight=True)
    elif more and width(more, 11.8) <= room:
        pen.text(x, y + 27, said, size, 700, "on-dark", room=room)
        pen.text(x, y + 46, more, 11.8, 400, "on-dark", room=room)
    elif more and room > 110:
        pen.text(x, y + 20, said, size, 700, "on-dark", room=room)
        pen.block(x, y + 27, more, room, 11, 400, "on-dark", lines=2, tight=True)
    else:
        pen.text(x, y + 37, said, size, 700, "on-dark", room=room)
