"""The spine of a sheet: stages as chevrons, how many come that far, and the steps."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.parts.evidence import count
from safarnama.drawing.parts.frame import Frame, stage_columns
from safarnama.drawing.parts.step_notes import with_evidence
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Segment, points
from safarnama.drawing.shaping import width, wrap
from safarnama.drawing.tokens import stage_colour
from safarnama.maps.derived import Reach
from safarnama.maps.model import Map
from safarnama.maps.words import say

_STAGE = Text(en="Stage", fa="مرحله")
_COUNTS = Text(en="{stages:stages}, {steps:steps}", fa="{stages:stages}، {steps:steps}")
_REACHED, _BETWEEN = (
    Text(en="Came this far", fa="تا اینجا آمدند"),
    Text(en="and drop-off between", fa="و ریزش میان مرحله‌ها"),
)
_STEP = Text(en="Step", fa="گام")


def stages(pen: Pen, document: Map, frame: Frame, y: float) -> float:
    """Chevrons in one hue, deeper as the journey goes on."""
    high = 50.0
    rail_name(
        pen,
        frame,
        y + 4,
        pen.say(_STAGE),
        pen.say(_COUNTS, stages=len(document.whole.stages), steps=len(document.whole.steps)),
    )
    tip, gap = 12.0, 3.0
    before, count = document.before[0], len(document.whole.stages)
    for place, (stage, (first, after)) in enumerate(zip(document.stages, stage_columns(document), strict=True), before):
        x1, x2 = frame.x(first), frame.x(after)
        last = place == count - 1
        start = x1 + (gap if first else 0)
        end = x2 + (0 if last else tip)
        corners = [(start, y), (x2, y), (end, y + high / 2), (x2, y + high), (start, y + high)]
        if place:
            corners.append((start + tip, y + high / 2))
        pen.path(points(*corners, close=True), fill=stage_colour(place, count))
        number = pen.form(place + 1, "count")
        at = start + (tip if place else 0) + 11
        room = x2 - at - 8
        name = say(stage.name, pen.language)
        tagline = say(stage.tagline, pen.language)
        if room > 96:
            at += pen.text(at, y + 36, number, 29, 300, "lapis-2" if place > 2 else "lapis-tint") + 11
        room = x2 - at - 6
        size = next((size for size in (15.5, 14, 12.5, 11.5) if width(name, size, 700) <= room), 11)
        lines = wrap(name, room, size, 700, 2)
        if len(lines) == 2:
            pen.block(at, y + 25 - pen.leading(size, True), name, room, size, 700, "on-dark", lines=2, tight=True)
        elif tagline and width(tagline, 10.5) <= room:
            pen.text(at, y + 22, name, size, 700, "on-dark", room=room)
            pen.text(at, y + 38, tagline, 10.5, 400, "on-dark", room=room)
        else:
            pen.text(at, y + 30, name, size, 700, "on-dark", room=room)
    return high


def reached(pen: Pen, document: Map, frame: Frame, y: float) -> float:
    """A ribbon as high as the share of customers that came at least this far; the drop between stages as a chip."""
    reach = document.derived.stages
    if not any(stage.id in reach for stage in document.stages):
        return 0.0
    high, base = 44.0, y + 42
    rail_name(pen, frame, y + 6, pen.say(_REACHED), pen.say(_BETWEEN))
    known = [
        (place, columns, reach[stage.id])
        for place, (stage, columns) in enumerate(zip(document.stages, stage_columns(document), strict=True))
        if stage.id in reach
    ]
    earlier = [_before(document, known[0][0]), *(here for _, _, here in known)]
    rise = 33.0
    edge: list[Segment] = []
    bend = 20.0
    for number, (_, (first, after), here) in enumerate(known):
        level = base - max(1.5, rise * here.share)
        x1, x2 = frame.x(first), frame.x(after)
        came = earlier[number]
        before = base - max(1.5, rise * came.share) if came else level
        if number == 0:
            edge.append(("M", (x1, before)))
        if came:
            edge.append(("C", (x1, before, x1, level, x1 + bend, level)))
        edge.append(("L", (x2 - (bend if number < len(known) - 1 else 0), level)))
    x_first, x_last = frame.x(known[0][1][0]), frame.x(known[-1][1][1])
    pen.path((*edge, ("L", (x_last, base)), ("L", (x_first, base)), ("Z", ())), fill="ribbon")
    pen.path(tuple(edge), stroke="lapis", width=1.5)
    for number, (place, (first, after), here) in enumerate(known):
        came = earlier[number]
        dropped = 1 - here.customers / came.customers if came and came.customers > here.customers else 0.0
        # At the edge of a page the chip stands inside, and the figure beside it.
        inside = number == 0 and dropped
        x = frame.x(first) + (76 if inside else 14 if number == 0 else 38)
        room = frame.x(after) - x - (30 if number < len(known) - 1 else 4)
        # Inside a high ribbon, above a low one: its line never runs through the figure.
        level = base - rise * here.share
        line = base - 6 if base - level > 21 else level - 5
        said = count(pen, here.customers, "customers")
        with pen.within(document.stages[place].id, "reach"):
            taken = pen.text(x, line, pen.form(here.share, "percent"), 14, 800)
            if taken + 10 + width(said, 9.5) <= room:
                pen.text(x + taken + 10, line - 0.5, said, 9.5, 400, "ink-3")
        if dropped:
            with pen.within(document.stages[place].id, "drop"):
                _drop(pen, frame.x(first) + (36 if inside else 0), y + 9, dropped)
    return high


def _before(document: Map, place: int) -> Reach | None:
    """How many came to the stage that was counted before this one, where that stands on an earlier page."""
    whole, at = document.whole, document.before[0] + place
    if whole.stages[at].steps[0] not in document.steps:
        return None  # its beginning stands there too
    counted = [stage.id for stage in whole.stages[:at] if stage.id in whole.derived.stages]
    return whole.derived.stages[counted[-1]] if counted else None


def steps(pen: Pen, document: Map, frame: Frame, y: float, notes: bool = True) -> float:
    """The steps, numbered, with (``notes``) who answers for each and the map it opens."""
    room = frame.column - 14
    before = document.before[1]
    number_room = max(width(str(before + len(document.steps)), 12, 700) + 5, 12)
    tallest = 0.0
    for place, step in enumerate(document.steps):
        number = pen.form(before + place + 1, "count")
        x = frame.x(place) + 9
        name = say(step.name, pen.language)
        pen.text(x, y + 9 + pen.rise(12, True), number, 12, 700, "lapis")
        used = pen.block(x + number_room, y + 9, name, room - number_room, 12, 700, lines=2, tight=True)
        with pen.within(step.id, "step"):
            used += (
                with_evidence(pen, document, step, x + number_room, y + 11 + used, room - number_room) if notes else 0.0
            )
        tallest = max(tallest, used)
    high = 16 + tallest
    rail_name(pen, frame, y + 3, pen.say(_STEP))
    return max(34.0, high)


def rail_name(
    pen: Pen, frame: Frame, y: float, name: str, note: str = "", icon: str = "", room: float | None = None
) -> float:
    """A row's name in the rail; returns the height it takes."""
    x = frame.margin + (23 if icon else 0)
    space = (room or frame.rail) - (x - frame.margin) - 10
    if icon:
        pen.icon(icon, frame.margin + 8, y + 13, 16, "lapis")
    used = 5 + pen.block(x, y + 5, name, space, 11.5, 700, lines=3)
    if note:
        used += pen.block(x, y + used, note, space, 9, 400, "ink-3", lines=3)
    return used


def _drop(pen: Pen, x: float, y: float, share: float) -> None:
    said = pen.form(share, "percent.1" if share < 0.995 else "percent")
    wide = width(said, 10, 700) + 28
    pen.box(x - wide / 2, y - 8.5, wide, 17, "surface", "pain", radius=8.5)
    pen.icon("arrow-down", x - wide / 2 + 13, y, 10.5, "pain", 2.4)
    pen.text(x - wide / 2 + 21, y + 3.6, said, 10, 700, "pain")
