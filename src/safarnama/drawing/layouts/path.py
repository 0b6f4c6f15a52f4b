"""Path: the steps as numbered stops along a road that turns at the edge of the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil, sqrt
from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.core.words.counted import FEW, few
from safarnama.drawing.lanes import ICONS
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.parts import evidence, ways
from safarnama.drawing.parts.content import by_step, felt
from safarnama.drawing.parts.frame import stage_columns
from safarnama.drawing.parts.legend import Sign, signs_of_evidence
from safarnama.drawing.parts.road import APART, Road
from safarnama.drawing.parts.sheet import MARGIN, sheet
from safarnama.drawing.parts.step_notes import step_notes
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Scene, points
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.shaping import width, wrap
from safarnama.drawing.tokens import stage_colour
from safarnama.maps.derived import Point
from safarnama.maps.evidence import Evidence
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map
from safarnama.maps.stages import Link
from safarnama.maps.words import say

_STOP, _ROW = 22.0, 182.0
_MOST_WAYS = 3  # from one stop
_NAMED = 3  # at most so many steps are named in a sentence
_STEEP = 1.2  # a feeling this far from neutral colours its stop
_KICKER = Text(en="The path, action by action", fa="مسیر، کنش به کنش")
_UPHILL = Text(
    en="{low:count} of {steps:steps} are uphill: {names:list}.",
    fa="از {steps:steps}، {low:count} تا سربالایی است: {names:list}.",
)
_MANY_UPHILL = Text(en="{low:count} of {steps:steps} are uphill.", fa="از {steps:steps}، {low:count} تا سربالایی است.")
_ONE_UPHILL = Text(en="One of {steps:steps} is uphill: {name}.", fa="از {steps:steps}، یکی سربالایی است: {name}.")
_LEVEL = Text(en="Nowhere on the way do customers feel bad.", fa="در هیچ جای راه، احساس مشتری بد نیست.")
_UNKNOWN = Text(
    en="Nobody has asked how customers feel along the way.", fa="هنوز کسی نپرسیده که مشتری در راه چه احساسی دارد."
)
_NO_DATA = Text(en="no data", fa="بدون داده")
_ARRIVE = Text(en="of {all:customers} arrive", fa="از {all:customers} می‌رسند")
_BACK = Text(en="back to {number:count}", fa="برگشت به {number:count}")
_ON = Text(en="on to {number:count}", fa="رفتن به {number:count}")
_PEAK, _VALLEY = Text(en="peak", fa="اوج"), Text(en="low", fa="فرود")
_SCORE = Text(en="feeling from −2 to +2", fa="احساس از −۲ تا +۲")
_TRUTH = Text(en="moment of truth", fa="لحظه حقیقت")


class Path(Layout):
    """Numbered actions along a road: the way a customer goes, and where it is steep."""

    title: ClassVar[Text] = Text(en="Path", fa="مسیر")
    by_stage: ClassVar[bool] = True

    example: ClassVar[dict[str, Any]] = {}

    def scene(self, document: Map, language: str, today: date | None = None, setting: Setting = PLAIN) -> Scene:
        count = len(document.steps)
        columns = 4 if count <= 12 else max(4, ceil(sqrt(count * 1.25)))
        known = felt(document.whole)
        signs: list[Sign] = signs_of_evidence(document, Pen(language, today))
        if known:
            signs += [("pain", _VALLEY), ("gain", _PEAK), ("", _SCORE)]

        def body(pen: Pen, x: float, y: float, room: float, tall: float) -> float:
            return _Way(pen, document, x, columns).draw(y)

        return sheet(
            document,
            language,
            today,
            body,
            kicker=_KICKER,
            finding=_finding(Pen(language, today), document.whole, known),
            signs=signs,
            wide=2 * MARGIN + Road(0, columns, ()).width,
            setting=setting,
        )


def _finding(pen: Pen, document: Map, known: dict[int, Point]) -> str:
    if not known:
        return pen.say(_UNKNOWN)
    steep = [place for place in sorted(known) if known[place].value <= -_STEEP]
    names = [say(document.steps[place].name, pen.language) for place in steep]
    if len(names) > _NAMED:
        return pen.say(_MANY_UPHILL, low=len(names), steps=len(document.steps))
    if len(names) == 1:
        return pen.say(_ONE_UPHILL, steps=len(document.steps), name=names[0])
    if names:
        return pen.say(_UPHILL, low=len(names), steps=len(document.steps), names=names)
    return pen.say(_LEVEL) if min(point.value for point in known.values()) > -1 else ""


class _Way:
    """The road with all that stands along it."""

    def __init__(self, pen: Pen, document: Map, x: float, columns: int) -> None:
        self.pen, self.document, self.x, self.columns = pen, document, x, columns
        self.steps = document.steps
        self.felt = felt(document)
        self.exits = by_step(document, ("exits",))
        self.places = {step.id: place for place, step in enumerate(document.whole.steps)}
        self.ways = [[link for link in ways.apart(document) if link.from_ == step.id] for step in self.steps]
        told = [by_step(document, kinds) for kinds in (("doing",), ("thinking", "quotes"), ("touchpoints",))]
        self.cards: list[Card | None] = [
            next((cards[place][0] for cards in told if cards[place]), None) for place in range(len(self.steps))
        ]

    def draw(self, y: float) -> float:
        blind = _Way(Pen(self.pen.language, self.pen.today), self.document, self.x, self.columns)
        rows, at = [], y + 26
        for first in range(0, len(self.steps), self.columns):
            rows.append(at)
            inside = range(first, min(first + self.columns, len(self.steps)))
            at += max(_ROW, 88 + max(blind._words(place, 0, 0) for place in inside))
        road = Road(self.x, self.columns, rows)
        finish = self._finish(road)
        road.draw(self.pen, finish)
        self._flags(road)
        for place in range(len(self.steps)):
            self._stop(place, *road.stop(place))
        if self.steps[-1] is self.document.whole.steps[-1]:
            self._arrived(finish, rows[-1])
        else:
            self._goes_on(finish, rows[-1], road.onward(len(rows) - 1))
        return at - 40 - y

    def _finish(self, road: Road) -> float:
        """Where the road ends: where the next stop would stand."""
        row, column = divmod(len(self.steps) - 1, self.columns)
        return road.place(row, column)[0] + road.onward(row) * APART

    # ------------------------------------------------------------------ stops

    def _stop(self, place: int, x: float, y: float) -> None:
        pen, step = self.pen, self.steps[place]
        point, found = self.felt.get(place), self._evidence(place)
        tone = "lapis"
        if point and point.evidence and abs(point.value) >= _STEEP:
            tone = "gain" if point.value > 0 else "pain"
        steep, backed = tone != "lapis", bool(found)
        colour = tone if backed else "nodata" if found is None else "ink-3"
        with pen.within(step.id, "stop", title=say(step.name, pen.language)):
            pen.disc(x, y, _STOP + 2.5, "track")
            pen.disc(
                x, y, _STOP, colour if steep else "surface", colour, stroke_width=2.2, dash=None if backed else "4 3.5"
            )
            number = pen.form(self.document.before[1] + place + 1, "count")
            pen.text(x, y + 6.5, number, 18, 700, "paper" if steep else colour, anchor="middle")
        self._words(place, x - _STOP, y + 33)

    def _evidence(self, place: int) -> list[Evidence] | None:
        """What a stop rests on: its feeling, else what is said there, else the step itself; None where there is nothing at all."""
        if place in self.felt:
            return self.felt[place].evidence
        card, own = self.cards[place], self.steps[place].evidence
        return self.document.evidence(card) or own if card else own or None

    def _words(self, place: int, x: float, y: float) -> float:
        """Name, what happens, evidence and feeling, below ``y``; returns the height."""
        pen, step, card = self.pen, self.steps[place], self.cards[place]
        room = APART - 18
        point, found = self.felt.get(place), self._evidence(place)
        name = say(step.name, pen.language)
        size = 16.0 if width(name, 16, 700) <= room - 24 else 14.0
        icons = []
        if point and point.evidence and abs(point.value) >= _STEEP:
            icons.append(("smile", "gain") if point.value > 0 else ("frown" if point.value > -1.5 else "angry", "pain"))
        if step.moment_of_truth:
            icons.append(("star", "opportunity"))
        space = room - 23 * len(icons)
        lines = wrap(name, space, size, 700, 2)
        used = pen.block(x, y, name, space, size, 700, lines=2, tight=True)
        end = x + max((width(line, size, 700) for line in lines), default=0.0)
        for number, (icon, colour) in enumerate(icons):
            pen.icon(icon, end + 16 + 23 * number, y + pen.leading(size, True) / 2, 18, colour, 1.9)
        used += 3
        if card and card.text:
            with pen.within(card.id, title=say(card.text, pen.language)):
                used += pen.block(x, y + used, say(card.text, pen.language), room, 13, 400, "ink-2", lines=3)
        with pen.within(step.id, "felt"):
            self._note(point, found, x, y + used + 14, room)
        used += 22
        used += step_notes(pen, self.document, step, x, y + used, room, 11)
        for way_out in self.exits[place][:_MOST_WAYS]:
            used += self._leaves(way_out, x, y + used, room)
        for link in self.ways[place][:_MOST_WAYS]:
            used += self._way_from(link, x, y + used, room)
        return used

    def _leaves(self, card: Card, x: float, y: float, room: float) -> float:
        """How customers end the relation at a stop, below ``y``; returns the height."""
        pen, said = self.pen, say(card.text, self.pen.language)
        with pen.within(card.id, title=said):
            pen.icon(ICONS["exits"], x + 6, y + 8.5, 12, "pain" if self.document.evidence(card) else "ink-3")
            backed = bool(self.document.evidence(card))
            used = pen.block(x + 17, y, said, room - 34, 11.5, 500, "pain" if backed else "ink-2", lines=2, tight=True)
            if not backed:
                evidence.mark(pen, "assumed", x + room - 8, y + 8, 9)
        return used + 4

    def _way_from(self, link: Link, x: float, y: float, room: float) -> float:
        """Where else customers go from a stop, below ``y``; returns the height."""
        pen = self.pen
        target = self.places[link.to]
        text = _BACK if target <= self.places[link.from_] else _ON
        said = ": ".join(filter(None, [pen.say(text, number=target + 1), ways.whole(pen, link)]))
        with pen.within(f"{link.from_}-{link.to}", link.kind, title=said):
            pen.icon("repeat" if link.kind == "loop" else "git-branch", x + 6, y + 8.5, 12, "ink-2")
            used = pen.block(x + 17, y, said, room - 34, 11.5, 500, "ink-2", lines=6, tight=True)
            if not link.evidence:
                evidence.mark(pen, "assumed", x + room - 8, y + 8, 9)
        return used + 4

    def _note(self, point: Point | None, found: list[Evidence] | None, x: float, y: float, room: float) -> None:
        pen = self.pen
        if found is None:
            pen.disc(x + 5, y - 4, 4.2, "surface", "nodata", stroke_width=1.2)
            pen.text(x + 14, y, pen.say(_NO_DATA), 11.5, 400, "ink-3", room=room)
            return
        said = pen.form(point.value, "signed.1") if point else ""
        left = room - (width(f" · {said}", 11.5, 700) + 6 if said else 0)
        evidence.line(pen, found, x, y, left, 11.5)
        if point:
            taken = min(left, evidence.line_width(pen, found, 11.5))
            tone = "lapis" if not found or abs(point.value) < _STEEP else "gain" if point.value > 0 else "pain"
            pen.text(x + taken + 6, y, "·", 11.5, 400, "ink-3")
            pen.text(x + taken + 13, y, said, 11.5, 700, tone)

    # ------------------------------------------------------------------ along the road

    def _flags(self, road: Road) -> None:
        """The name of each stage lies on the road before its first stop and points the way of travel."""
        for number, (stage, (first, _)) in enumerate(
            zip(self.document.stages, stage_columns(self.document), strict=True)
        ):
            row = max(0, first - 1) // self.columns
            way = road.onward(row)
            if first == 0:
                start, end = self.x + 10, road.first - _STOP - 14
            else:
                before, _ = road.stop(first - 1)
                middle = before + way * APART / 2
                start, end = middle - APART / 2 + _STOP + 12, middle + APART / 2 - _STOP - 12
            self._flag(number, stage.id, start, end, road.rows[row], way)

    def _flag(self, number: int, stage: str, start: float, end: float, y: float, way: int) -> None:
        pen = self.pen
        name = say(self.document.stages[number].name, pen.language)
        before = self.document.before[0]
        place = pen.form(before + number + 1, "count")
        reach = self.document.derived.stages.get(stage)
        share = pen.form(reach.share, "percent") if reach else ""
        room = end - start - 9 - 18
        counted = width(place, 13, 700) + 7
        beside = counted + width(name, 13, 700) + 10 + width(share, 11.5)
        if share and beside > room:
            share, beside = "", counted + width(name, 13, 700)
        wide = min(room, max(beside, 60.0)) + 18
        # The flag stands close to the stop it names.
        left = end - 9 - wide if way > 0 else start + 9
        if number == 0:
            left = start
        tip = left + wide + 9 if way > 0 else left - 9
        back, front = (left, left + wide) if way > 0 else (left + wide, left)
        shape = points((back, y - 15), (front, y - 15), (tip, y), (front, y + 15), (back, y + 15), close=True)
        with pen.within(stage, "stage", title=name):
            pen.path(shape, fill=stage_colour(before + number, len(self.document.whole.stages)))
            pen.text(left + 9, y + 4.6, place, 13, 700, "on-dark")
            pen.text(left + 9 + counted, y + 4.6, name, 13, 700, "on-dark", room=room - counted)
            if share:
                pen.text(left + wide - 9, y + 4.6, share, 11.5, 400, "on-dark", anchor="end")

    def _goes_on(self, x: float, y: float, way: int) -> None:
        """The road goes on on the next page."""
        self.pen.disc(x, y, _STOP + 2.5, "paper")
        self.pen.disc(x, y, _STOP, "surface", "ink-3", stroke_width=1.5)
        self.pen.icon("arrow-right" if way > 0 else "arrow-left", x, y, 20, "ink-2", 2, turns=True)

    def _arrived(self, x: float, y: float) -> None:
        """The end of the road, and how many came so far."""
        pen, document = self.pen, self.document.whole
        pen.disc(x, y, 33, "paper")
        pen.disc(x, y, 30, "ink")
        pen.icon("flag", x + 1, y, 26, "opportunity-mark", 2)
        counted: Sequence[str] = [stage.id for stage in document.stages if stage.id in document.derived.stages]
        start, room = x - 25, 100.0
        if len(counted) > 1:
            last, first = document.derived.stages[counted[-1]], document.derived.stages[counted[0]]
            shown = pen.say(FEW) if few(last.customers, "customers") else pen.form(last.customers, "count")
            pen.text(start, y + 55, shown, 19, 800, room=room)
            pen.block(start, y + 60, pen.say(_ARRIVE, all=first.customers), room, 11.5, 400, "ink-2", lines=2)
        elif document.goal:
            pen.block(start, y + 38, say(document.goal, pen.language), room, 13, 600, "ink", lines=6, tight=True)
