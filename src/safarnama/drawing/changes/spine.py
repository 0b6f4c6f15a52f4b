"""The spine of two maps: the stages and steps of both, and how many came that far before and now."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.core.words.digits import persian
from safarnama.drawing.changes.passage import passage, struck
from safarnama.drawing.changes.tags import kinds_of, tags
from safarnama.drawing.parts.evidence import count
from safarnama.drawing.parts.frame import Frame
from safarnama.drawing.parts.journey import rail_name
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import points
from safarnama.drawing.shaping import width, wrap
from safarnama.drawing.tokens import stage_colour
from safarnama.maps.diff import Change
from safarnama.maps.diff.union import Column, Stretch, Union
from safarnama.maps.spoken import shortened
from safarnama.maps.words import say

Changes = dict[str, tuple[Change, ...]]
_STAGE, _STEP = Text(en="Stage", fa="مرحله"), Text(en="Step", fa="گام")
_REACHED = Text(en="Came this far", fa="تا اینجا آمدند")
_WAS_IN = Text(en="was in: {stage}", fa="پیش‌تر در: {stage}")
_WAS = Text(en="was number {n:count}", fa="پیش‌تر شماره {n:count}")
_STEPS_MOVED = Text(en="its steps moved", fa="گام‌هایش جابه‌جا شدند")
_HIGH, _TIP, _GAP = 46.0, 12.0, 3.0


def stages(pen: Pen, union: Union, changes: Changes, frame: Frame, y: float) -> float:
    """Chevrons; one that went is a dashed outline with its name struck. Returns the height."""
    rail_name(pen, frame, y + 4, pen.say(_STAGE))
    last = len(union.stages) - 1
    kept = [stretch.stage.id for stretch in union.stages if stretch.new]
    lowest = 0.0
    for place, stretch in enumerate(union.stages):
        x1, x2 = frame.x(stretch.first), frame.x(stretch.after)
        start, end = x1 + (_GAP if place else 0), x2 + (0 if place == last else _TIP)
        corners = [(start, y), (x2, y), (end, y + _HIGH / 2), (x2, y + _HIGH), (start, y + _HIGH)]
        if place:
            corners.append((start + _TIP, y + _HIGH / 2))
        at = start + (_TIP if place else 0) + 11
        mine = changes.get(stretch.stage.id, ())
        with pen.within(stretch.stage.id, "stage", title=say(stretch.stage.name, pen.language)):
            if stretch.new:
                number = kept.index(stretch.stage.id)
                pen.path(points(*corners, close=True), fill=stage_colour(number, len(kept)))
                if x2 - at > 96:
                    at += pen.text(at, y + 33, _digits(pen, number + 1), 27, 300, "on-dark") + 10
                _centred(pen, say(stretch.new.name, pen.language), at, x2 - 6 - at, y, "on-dark")
            else:
                pen.path(points(*corners, close=True), fill="sunk", stroke="gone", dash="4 3")
                _struck_name(pen, say(stretch.stage.name, pen.language), at, x2 - 6 - at, y)
            lowest = max(lowest, _became(pen, union, stretch, mine, x1 + 9, x2 - x1 - 14, y + _HIGH + 2))
    return _HIGH + (2 + lowest + 3 if lowest else 4)


def _centred(pen: Pen, name: str, x: float, room: float, y: float, colour: str) -> None:
    size = next((size for size in (15.0, 13.5, 12.0) if width(name, size, 700) <= room), 11.0)
    lines = len(wrap(name, room, size, 700, 2))
    pen.block(
        x, y + _HIGH / 2 - lines * pen.leading(size, True) / 2, name, room, size, 700, colour, lines=2, tight=True
    )


def _struck_name(pen: Pen, name: str, x: float, room: float, y: float) -> None:
    lines = len(wrap(name, room, 11.5, 600, 2))
    struck(pen, x, y + _HIGH / 2 - lines * pen.leading(11.5) / 2, name, room, 11.5, 600, lines=2)


def _became(
    pen: Pen, union: Union, stretch: Stretch, changes: tuple[Change, ...], x: float, room: float, y: float
) -> float:
    """What became of a stage, below it; returns the height."""
    fields = {change.field: change for change in changes if change.field != "reached"}
    if not fields:
        return 0.0
    used = tags(pen, kinds_of(fields.values()), x, y, room)
    if "name" in fields and stretch.old:
        used += struck(pen, x, y + used, say(stretch.old.name, pen.language), room, 9.5, lines=2)
    if "order" in fields:
        used += pen.block(x, y + used, pen.say(_WAS, n=fields["order"].old), room, 9.5, 400, "ink-3", lines=1)
    if union.columns[stretch.first].step is None:
        used += pen.block(x, y + used, pen.say(_STEPS_MOVED), room, 9.5, 400, "ink-3", lines=2)
    return used


def reached(pen: Pen, union: Union, frame: Frame, y: float) -> float:
    """The share of customers that came to each stage, before and now: two bars on one scale and the figures."""
    old, new = union.old.derived.stages, union.new.derived.stages
    if not any(stretch.stage.id in reach for stretch in union.stages for reach in (old, new)):
        return 0.0
    rail_name(pen, frame, y + 2, pen.say(_REACHED))
    for stretch in union.stages:
        x, room = frame.x(stretch.first) + 9, (stretch.after - stretch.first) * frame.column - 18
        was, now = old.get(stretch.stage.id), new.get(stretch.stage.id)
        with pen.within(stretch.stage.id, "reach"):
            for reach, at, fill in ((was, 22.0, "gone"), (now, 27.0, "lapis")):
                if reach:
                    pen.box(x, y + at, max(2.0, room * min(1.0, reach.share)), 3.5, fill, radius=1.75)
            if was and now and was != now:
                shares = (pen.form(was.share, "percent"), pen.form(now.share, "percent"))
                passage(pen, x, y + 1, *shares, room, 12.5, 800, was=11)
                counts = (pen.form(was.customers, "count"), pen.form(now.customers, "count"))
                passage(pen, x, y + 31, *counts, room, 9, 400, "ink-3")
            elif only := now or was:
                hue = "ink-3" if now is None else "ink"
                pen.text(x, y + 1 + pen.rise(12.5), pen.form(only.share, "percent"), 12.5, 800, hue, room=room)
                pen.text(x, y + 31 + pen.rise(9), count(pen, only.customers, "customers"), 9, 400, "ink-3", room=room)
    return 50.0


def steps(pen: Pen, union: Union, changes: Changes, frame: Frame, y: float) -> float:
    """The steps of both maps, numbered as in the new one. Returns the height."""
    rail_name(pen, frame, y + 3, pen.say(_STEP))
    numbers = {step.id: number for number, step in enumerate(union.new.steps, 1)}
    digits = max(width(_digits(pen, len(numbers)), 12, 700) + 5, 12)
    tallest = 30.0
    for place, column in enumerate(union.columns):
        step = column.step
        if step is None:
            continue
        x, room = frame.x(place) + 9, frame.column - 14
        name = say(step.name, pen.language)
        with pen.within(step.id, "step", title=name):
            if column.new:
                pen.text(x, y + 9 + pen.rise(12, True), _digits(pen, numbers[step.id]), 12, 700, "lapis")
                used = 9 + pen.block(x + digits, y + 9, name, room - digits, 12, 700, lines=2, tight=True)
            else:
                pen.text(x, y + 9 + pen.rise(12, True), "–", 12, 700, "ink-3")
                used = 9 + struck(pen, x + digits, y + 8, name, room - digits, 11, 600, lines=2)
            used += _of_step(pen, union, column, changes.get(step.id, ()), x, room, y + used + 1)
        tallest = max(tallest, used + 8)
    return tallest


def _of_step(pen: Pen, union: Union, column: Column, changes: tuple[Change, ...], x: float, room: float, y: float) -> float:  # fmt: skip
    fields = {change.field: change for change in changes if change.field != "reached"}
    if not fields:
        return 0.0
    used = tags(pen, kinds_of(fields.values()), x, y, room)
    if "name" in fields and column.old:
        used += struck(pen, x, y + used, say(column.old.name, pen.language), room, 9.5, lines=2)
    if "inside" in fields:
        stage = next(stage for stage in union.old.stages if any(each.id == fields["inside"].id for each in stage.steps))
        said = pen.say(_WAS_IN, stage=shortened(say(stage.name, pen.language)))
        used += pen.block(x, y + used, said, room, 9.5, 400, "ink-3", lines=2)
    return used


def _digits(pen: Pen, number: int) -> str:
    return persian(str(number)) if pen.language == "fa" else str(number)
