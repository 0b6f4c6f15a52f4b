"""Grow: getting customers on one side, growing them on the other, as a bow tie with retention as its hinge."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from math import sqrt
from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.content import by_stage
from safarnama.drawing.parts.hinge import hinge, kept, kept_sentence
from safarnama.drawing.parts.legend import Sign
from safarnama.drawing.parts.missing import missing
from safarnama.drawing.parts.reach import drop
from safarnama.drawing.parts.sheet import MARGIN, WIDE, sheet
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Gradient, Scene, Segment
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.shaping import width
from safarnama.maps.model import Map
from safarnama.maps.words import say

_LEAST, _HALF, _HINGE, _TALL = 142.0, 516.0, 66.0, 330.0
_HEADS = 58.0
_KICKER = Text(en="Getting and growing customers", fa="به دست آوردن و پروردن مشتری")
_GETTING, _GROWING = (
    Text(en="Getting customers", fa="به دست آوردن مشتری"),
    Text(en="Growing customers", fa="پروردن مشتری"),
)
_FROM_TO = Text(en="{first} to {last}", fa="از {first} تا {last}")
_RETENTION = Text(en="Retention", fa="حفظ مشتری")
_OF = Text(en="of {n:customers}", fa="از {n:customers}")
_NOT_COUNTED = Text(en="not counted", fa="شمرده نشده")
_UNCOUNTED = Text(
    en="How many customers come to each stage has not been counted; the shape is only a sketch.",
    fa="هنوز شمرده نشده که به هر مرحله چند مشتری می‌رسد؛ این شکل تنها یک طرح است.",
)
_NOTHING_AFTER = Text(en="Nothing after {stage} is on this map.", fa="پس از {stage} چیزی روی این نقشه نیست.")
_HINT = Text(
    en="Add the stages in which customers return, buy more and recommend.",
    fa="مرحله‌هایی را بیفزایید که مشتری در آن‌ها برمی‌گردد، بیشتر می‌خرد و معرفی می‌کند.",
)
_LEAVE = Text(en="{share} leave", fa="{share} ریزش")
_ROOT = Text(en="height: square root of the number of customers", fa="بلندا: ریشه دوم شمار مشتریان")
_SHARE_OF = Text(en="shares of growing: of those at {stage}", fa="سهم‌های پروردن: از کسانی که به «{stage}» رسیده‌اند")
_SKETCH = Text(en="sketch, not counted", fa="طرح؛ شمرده نشده")


class Grow(Layout):
    """Getting customers and growing them, with retention as the hinge."""

    title: ClassVar[Text] = Text(en="Get and grow", fa="به دست آوردن و پروردن")

    example: ClassVar[dict[str, Any]] = {}

    def scene(self, document: Map, language: str, today: date | None = None, setting: Setting = PLAIN) -> Scene:
        pen = Pen(language, today)
        turn = hinge(document) + 1
        sides = [turn * _LEAST, (len(document.stages) - turn) * _LEAST]
        getting, growing = (max(_HALF, side) for side in sides)
        counted = any(stage.id in document.derived.stages for stage in document.stages)
        signs: list[Sign] = [("measured", _ROOT)] if counted else [("assumed-box", _SKETCH)]
        if counted and kept(document):
            stage = document.stages[turn - 1].name
            signs.append(("", Text(**{each: _SHARE_OF.say(each, stage=say(stage, each)) for each in ("en", "fa")})))

        def body(pen: Pen, x: float, y: float, room: float, tall: float) -> float:
            return _BowTie(pen, document, turn, x, getting, growing).draw(y, tall)

        return sheet(
            document,
            language,
            today,
            body,
            kicker=_KICKER,
            finding=kept_sentence(pen, document) if counted else pen.say(_UNCOUNTED),
            signs=signs,
            wide=max(WIDE, 2 * MARGIN + getting + growing + 2 * _HINGE + 12),
            setting=setting,
        )


class _BowTie:
    """Two halves about a disc; ``turn`` is the place of the first stage of growing."""

    def __init__(self, pen: Pen, document: Map, turn: int, x: float, getting: float, growing: float) -> None:
        self.pen, self.document, self.turn, self.x = pen, document, turn, x
        self.getting, self.growing = getting, growing
        self.hinge = x + getting + 6 + _HINGE
        self.reach = [document.derived.stages.get(stage.id) for stage in document.stages]
        most = max((found.customers for found in self.reach if found), default=0) or 1
        self.counted = any(self.reach)
        heights, last = [], _TALL
        for place, found in enumerate(self.reach):
            if found:
                last = max(10.0, sqrt(found.customers / most) * _TALL)
            elif not self.counted:
                # A sketch: narrower towards the hinge, wider behind it.
                away = abs(place - turn + 0.5) / max(1, max(turn, len(self.reach) - turn))
                last = _TALL * (0.35 + 0.5 * min(1.0, away))
            heights.append(last)
        self.heights = heights
        self.middle = 0.0

    def draw(self, y: float, tall: float) -> float:
        pen, document = self.pen, self.document
        blind = _BowTie(Pen(pen.language, pen.today), document, self.turn, self.x, self.getting, self.growing)
        below = 8 + max(blind._label(place, 0, 0, self._segment(place)[1] - 14) for place in range(len(self.heights)))
        spare = max(0.0, tall - _HEADS - _TALL - 44 - below) / 2
        self.middle = y + _HEADS + spare * 0.6 + _TALL / 2
        self._heads(y)
        top = self.middle + _TALL / 2 + 34
        self._half(
            0, self.turn, self.x, self.getting, Gradient(((0, "ribbon"), (0.35, "lapis-2"), (1, "lapis")), along=True)
        )
        start = self.hinge + _HINGE + 6
        if self.turn < len(self.heights):
            self._half(
                self.turn,
                len(self.heights),
                start,
                self.growing,
                Gradient(((0, "gain"), (1, "gain-track")), along=True),
            )
        else:
            stage = say(document.stages[-1].name, pen.language)
            missing(
                pen,
                "repeat",
                pen.say(_NOTHING_AFTER, stage=stage),
                pen.say(_HINT),
                start + 10,
                self.middle - 110,
                self.growing - 10,
                220,
            )
        for place in range(len(self.heights)):
            x, wide = self._segment(place)
            colour = "lapis" if place < self.turn else "gain"
            foot = self.middle + self._height_at(place) / 2
            pen.line(x + wide / 2, foot + 8, x + wide / 2, top - 8, "assumed-edge", 1.5, dash="1 4")
            pen.icon(self._icon(place), x + wide / 2, top + 10, 22, colour)
            self._label(place, x + wide / 2, top + 26, wide - 14)
        self._chips()
        self._disc()
        return top + 26 + below - y

    # ------------------------------------------------------------------ the shape

    def _segment(self, place: int) -> tuple[float, float]:
        """Start and width of the part of a half that belongs to a stage."""
        if place < self.turn:
            wide = self.getting / self.turn
            return self.x + place * wide, wide
        wide = self.growing / (len(self.heights) - self.turn)
        return self.hinge + _HINGE + 6 + (place - self.turn) * wide, wide

    def _next(self, place: int) -> float:
        """The height at the end of a stage's part."""
        last = self.turn - 1 if place < self.turn else len(self.heights) - 1
        return self.heights[min(place + 1, last)]

    def _height_at(self, place: int) -> float:
        return (self.heights[place] + self._next(place)) / 2

    def _half(self, first: int, after: int, x: float, wide: float, fill: Gradient) -> None:
        places = [
            (x + number * wide / (after - first), self.heights[first + number]) for number in range(after - first)
        ]
        places.append((x + wide, self.heights[after - 1]))
        upper = _edge([(at, self.middle - high / 2) for at, high in places])
        lower = _edge([(at, self.middle + high / 2) for at, high in reversed(places)])
        outline: tuple[Segment, ...] = (*upper, ("L", lower[0][1]), *lower[1:], ("Z", ()))
        if self.counted:
            self.pen.path(outline, fill=fill)
        else:
            self.pen.path(outline, fill="paper", stroke="assumed-edge", width=1.2, dash="5 4", hatched=True)

    def _disc(self) -> None:
        pen, x, y = self.pen, self.hinge, self.middle
        pen.disc(x, y, _HINGE + 9, "paper")
        pen.disc(x, y, _HINGE, "ink")
        found = kept(self.document)
        pen.text(x, y - 20, pen.say(_RETENTION), 15, 700, "paper", anchor="middle", room=104)
        if found is None:
            pen.text(x, y + 10, "–", 24, 800, "opportunity-mark", anchor="middle")
            pen.text(x, y + 32, pen.say(_NOT_COUNTED), 11, 400, "paper", anchor="middle", room=104)
            return
        _, stage, share, customers = found
        with pen.within(stage.id, "kept"):
            pen.text(x, y + 15, pen.form(share, "percent"), 29, 800, "opportunity-mark", anchor="middle")
            pen.text(x, y + 36, pen.say(_OF, n=customers), 10.5, 400, "paper", anchor="middle", room=104)

    # ------------------------------------------------------------------ words

    def _heads(self, y: float) -> None:
        pen = self.pen
        end = self.hinge + _HINGE + 6 + self.growing
        for x, words, colour, stages in (
            (self.x, _GETTING, "lapis", self.document.stages[: self.turn]),
            (end, _GROWING, "gain", self.document.stages[self.turn :]),
        ):
            anchor, room = ("start", self.getting - 20) if colour == "lapis" else ("end", self.growing - 20)
            pen.text(x, y + 20, pen.say(words), 17, 800, colour, anchor=anchor, room=room)  # type: ignore[arg-type]
            if stages:
                names = [say(stage.name, pen.language) for stage in (stages[0], stages[-1])]
                said = names[0] if len(stages) == 1 else pen.say(_FROM_TO, first=names[0], last=names[1])
                pen.text(x, y + 40, said, 12.5, 400, "ink-2", anchor=anchor, room=room)  # type: ignore[arg-type]

    def _icon(self, place: int) -> str:
        cards = by_stage(self.document, ("touchpoints", "channels"))[place]
        known = [card.icon for card in cards if card.icon]
        return known[0] if known else ("user-plus" if place < self.turn else "repeat")

    def _label(self, place: int, x: float, y: float, room: float) -> float:
        """Name, how many, which share and where, about ``x`` below ``y``; returns the height."""
        pen, stage, found = self.pen, self.document.stages[place], self.reach[place]
        colour = "lapis" if place < self.turn else "gain"
        with pen.within(stage.id, "reach", title=say(stage.name, pen.language)):
            name = say(stage.name, pen.language)
            used = 4 + pen.block(
                x - room / 2 + room / 2, y + 4, name, room, 15.5, 800, lines=2, anchor="middle", tight=True
            )
            said = evidence.count(pen, found.customers, "customers") if found else pen.say(_NOT_COUNTED)
            pen.text(
                x,
                y + used + 17,
                said,
                13 if found else 11.5,
                400,
                "ink-2" if found else "ink-3",
                anchor="middle",
                room=room,
            )
            used += 22
            share = self._share(place)
            if share is not None:
                pen.text(x, y + used + 15, pen.form(share, "percent"), 12, 600, colour, anchor="middle")
                used += 20
        cards = by_stage(self.document, ("touchpoints", "channels"))[place][:2]
        names = [said for card in cards if (said := say(card.text, pen.language))]
        if names:
            used += 3 + pen.block(
                x, y + used + 3, pen.form(names, "list"), room, 12, 400, "ink-3", lines=2, anchor="middle", tight=True
            )
        return used

    def _share(self, place: int) -> float | None:
        """Of all customers while getting; of those at the hinge while growing."""
        here = self.reach[place]
        if here is None:
            return None
        if place < self.turn:
            return here.share
        start = self.reach[self.turn - 1]
        return min(1.0, here.customers / start.customers) if start and start.customers else None

    def _chips(self) -> None:
        """Who leaves after a stage, on the upper edge where the shape narrows."""
        pen = self.pen
        for place in range(len(self.heights)):
            share = drop(self.document, place)
            if not share or place == self.turn - 1:
                continue
            x, wide = self._segment(place)
            shown = pen.form(share, "percent.1" if share < 0.995 else "percent")
            said = pen.say(_LEAVE, share=shown)
            said = said if width(said, 12, 700) + 40 <= wide - 10 else shown
            half = width(said, 12, 700) / 2 + 18
            at, y = x + wide * 0.62, self.middle - self._height_at(place) / 2
            if place in (self.turn - 1, len(self.heights) - 1):
                at = x + wide / 2
            at = min(max(at, self.x + half), self.hinge + _HINGE + 6 + self.growing - half)
            with pen.within(self.document.stages[place].id, "drop"):
                pen.box(at - half, y - 13, 2 * half, 26, "surface", "pain", radius=13, stroke_width=1.2)
                pen.icon("arrow-down", at - half + 16, y, 12, "pain", 2.2)
                pen.text(at - half + 26, y + 4.4, said, 12, 700, "pain")


def _edge(places: list[tuple[float, float]]) -> tuple[Segment, ...]:
    """Through places with level tangents."""
    found: list[Segment] = [("M", places[0])]
    for (x1, y1), (x2, y2) in pairwise(places):
        middle = (x1 + x2) / 2
        found.append(("C", (middle, y1, middle, y2, x2, y2)))
    return tuple(found)
