"""Grid: stages and steps across, lanes down, the curve as the tallest lane."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.drawing.lanes import DRAW, ICONS, TITLES, curve
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.parts import journey, ways
from safarnama.drawing.parts.footer import footer
from safarnama.drawing.parts.frame import Frame, stage_columns
from safarnama.drawing.parts.header import header
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Group, Line, Mark, Scene
from safarnama.maps.lanes import Lane
from safarnama.maps.model import Map
from safarnama.maps.words import say

_SHEET = (1588.0, 1123.0)  # A3, landscape
_MARGIN, _RAIL, _COLUMN = 36.0, 136.0, 118.0
_HERO, _TALLEST_HERO = 190.0, 300.0
_ABOVE_CURVE = ("images", "jobs", "expectations", "needs", "doing", "touchpoints", "channels", "thinking", "quotes")
_BEHIND = ("backstage", "support", "systems")
_VISIBILITY = Text(en="Line of visibility", fa="خط رؤیت")
_DESCRIPTION = Text(
    en="Customer journey map with {stages:stages} and {steps:steps}: {names:list}.",
    fa="نقشه سفر مشتری با {stages:stages} و {steps:steps}: {names:list}.",
)


class Grid(Layout):
    """Stages × lanes with the feeling curve: the default way to draw a map."""

    title: ClassVar[Text] = Text(en="Grid", fa="جدول")

    example: ClassVar[dict[str, Any]] = {}

    def scene(self, document: Map, language: str, today: date | None = None) -> Scene:
        columns = len(document.steps)
        width = max(_SHEET[0], 2 * _MARGIN + _RAIL + columns * _COLUMN)
        frame = Frame(width, _MARGIN, _RAIL, columns)
        # Once with the least the hero needs, to see what is left of the sheet; then for good.
        used = self._draw(Pen(language, today), document, frame, _HERO)
        goal = width * _SHEET[1] / _SHEET[0]
        hero = min(_TALLEST_HERO, max(_HERO, _HERO + goal - used))
        pen = Pen(language, today)
        # At least the height of the paper; a map of many steps is a strip and ends where its lanes do.
        height = max(_SHEET[1], self._draw(pen, document, frame, hero))
        names = [say(stage.name, language) for stage in document.stages]
        return Scene(
            width=width,
            height=height,
            marks=tuple(pen.marks),
            direction=pen.direction,
            language=language,
            title=say(document.title, language),
            description=_DESCRIPTION.say(language, stages=len(names), steps=columns, names=names),
        )

    def _draw(self, pen: Pen, document: Map, frame: Frame, hero: float) -> float:
        y = 30.0
        y += header(pen, document, frame.margin, y, frame.width - 2 * frame.margin)
        y += journey.stages(pen, document, frame, y)
        y += journey.reached(pen, document, frame, y)
        borders: list[Mark] = []
        back = len(pen.marks)
        body = y
        y += ways.substages(pen, document, frame, y)
        y += ways.links(pen, document, frame, y)
        y += journey.steps(pen, document, frame, y)
        for lane in (lane for lane in document.lanes if lane.kind in _ABOVE_CURVE):
            y += self._lane(pen, document, lane, frame, y)
        y = self._hero(pen, document, frame, y, hero)
        below = [lane for lane in document.lanes if lane.kind not in (*_ABOVE_CURVE, *_BEHIND, "feeling")]
        for lane in below:
            y += self._lane(pen, document, lane, frame, y)
        visible = y
        behind = [lane for lane in document.lanes if lane.kind in _BEHIND]
        if behind:
            y += self._line_of_visibility(pen, frame, y)
        for lane in behind:
            y += self._lane(pen, document, lane, frame, y, ground="sunk")
        y += 14
        for number, (first, _) in enumerate(stage_columns(document)):
            if number:
                borders.append(Line(frame.x(first), body + 5, frame.x(first), visible - 6, "rule", 1))
        pen.marks[back:back] = borders
        y += footer(pen, document, frame.margin, y, frame.width - 2 * frame.margin)
        return y + 8

    def _lane(self, pen: Pen, document: Map, lane: Lane, frame: Frame, y: float, ground: str | None = None) -> float:
        if not lane.cards:
            return 0.0
        inner = Pen(pen.language, pen.today)
        high = DRAW[lane.kind](inner, document, lane, frame, y)
        name = say(lane.title, pen.language) or pen.say(TITLES[lane.kind])
        rail = Pen(pen.language, pen.today)
        high = max(
            high,
            9 + journey.rail_name(rail, frame, y + 2, name, say(lane.note, pen.language), ICONS[lane.kind]),
        )
        if ground:
            pen.box(frame.margin, y, frame.right - frame.margin, high, ground)
        else:
            pen.line(frame.margin, y, frame.right, y)
        pen.add(*rail.marks)
        pen.add(Group(tuple(inner.marks), id=f"lane-{lane.id}", title=name, role="lane"))
        return high

    def _hero(self, pen: Pen, document: Map, frame: Frame, y: float, high: float) -> float:
        pen.line(frame.margin, y, frame.right, y)
        felt = any(found.points for found in document.curves_of("feeling"))
        if felt or not any(found.points for found in document.curves_of("chance")):
            curve.feeling(pen, document, frame, y, high)
        else:
            curve.chance(pen, document, frame, y, high)
        return y + high

    def _line_of_visibility(self, pen: Pen, frame: Frame, y: float) -> float:
        pen.icon("eye-off", frame.margin + 8, y + 9, 14)
        pen.text(frame.margin + 23, y + 12.5, pen.say(_VISIBILITY), 9.5, 600, room=frame.rail - 28)
        pen.line(frame.left, y + 9, frame.right, y + 9, "ink", 1.5, dash="7 5")
        return 18.0
