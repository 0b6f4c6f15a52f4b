"""The evidence notes of a drawing: every card, and what is said beside cards, in full with all that it rests on, on pages at its
end or below it.

A text that is too long for its card ends there at a word with "…"; here it stands whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from safarnama.core.words import Text as Sentence
from safarnama.core.words import speech
from safarnama.drawing.lanes import TITLES
from safarnama.drawing.notes import card_words, lane_title
from safarnama.drawing.paper import Page, Paper, page_of
from safarnama.drawing.particulars import particulars
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.brand import brand
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Icon, Mark, Scene, Text
from safarnama.drawing.setting import Setting
from safarnama.drawing.tokens import smallest
from safarnama.maps.evidence import Evidence
from safarnama.maps.model import Map
from safarnama.maps.words import say

TITLE = Sentence(en="Notes: every card in full", fa="یادداشت‌ها: هر کارت به‌طور کامل")
_STAGES = Sentence(en="Stages and steps", fa="مرحله‌ها و گام‌ها")
_COLUMN, _GAP, _MARGIN, _TOP = 300.0, 28.0, 36.0, 30.0
_HEAD = 60.0
_LEAST = 2 * _MARGIN + 3 * _COLUMN + 2 * _GAP  # a sheet of notes has three columns, however narrow what stands above


@dataclass(frozen=True)
class _Line:
    """One line of a note, drawn at the origin. ``keeps`` it with the next: no column ends there."""

    marks: tuple[Text | Icon, ...]
    high: float
    keeps: bool = False
    before: float = 0.0  # air above it, but not at the top of a column


def note_pages(document: Map, language: str, today: date | None, setting: Setting, paper: Paper) -> list[Page]:
    """The notes on pages of a paper, in columns."""
    wide, high = paper.room(smallest("sheet"))
    pen = Pen(language, today)
    count, column = _columns(wide - 2 * _MARGIN)
    columns = _flow(list(_lines(pen, document, column)), high - _TOP - _HEAD - _MARGIN)
    starts = range(0, len(columns), count)
    pages = []
    for number, start in enumerate(starts, 1):
        page = (number, len(starts)) if len(starts) > 1 else None
        drawn = Pen(language, today, replace(setting, page=page))
        _head(drawn, document, wide)
        for place, lines in enumerate(columns[start : start + count]):
            _place(drawn, lines, _MARGIN + place * (column + _GAP), _TOP + _HEAD)
        scene = Scene(
            wide,
            high,
            tuple(drawn.marks),
            drawn.direction,
            language,
            title=say(document.title, language),
            description=pen.say(TITLE),
        )
        pages.append(replace(page_of(scene, paper.name), name=pen.say(TITLE) if number == 1 else ""))
    return pages


def noted(scene: Scene, document: Map, language: str, today: date | None, named: bool = False) -> Scene:
    """A drawing with the notes of a map below it; ``named`` says of which, where there are several."""
    pen = Pen(language, today)
    wide = max(scene.width, _LEAST)
    room = wide - 2 * _MARGIN
    count, column = _columns(room)
    lines = list(_lines(pen, document, column))
    tall = sum(line.high + line.before for line in lines) / count
    while len(columns := _flow(lines, tall)) > count:
        tall += 12
    pen.line(_MARGIN, scene.height, _MARGIN + room, scene.height, "ink", 1.5)
    said = [pen.say(TITLE), *([say(document.title, language)] if named else ())]
    pen.text(_MARGIN, scene.height + 26, " · ".join(said), 14, 800, room=room)
    used = [
        _place(pen, lines, _MARGIN + place * (column + _GAP), scene.height + 44) for place, lines in enumerate(columns)
    ]
    height = max(used, default=scene.height + 44) + _MARGIN
    return replace(scene, width=wide, height=height, marks=(*scene.marks, *pen.marks))


def _columns(room: float) -> tuple[int, float]:
    """How many columns, and how wide each is."""
    count = max(1, int((room + _GAP) // (_COLUMN + _GAP)))
    return count, (room - (count - 1) * _GAP) / count


def _head(pen: Pen, document: Map, wide: float) -> None:
    room = wide - 2 * _MARGIN
    pen.line(_MARGIN, _TOP, _MARGIN + room, _TOP, "ink", 2.5)
    brand(pen, _MARGIN, _TOP + 22, pen.say(TITLE), 11, room, mark=True)
    pen.text(_MARGIN, _TOP + 45, say(document.title, pen.language), 15, 800, room=room)


def _flow(lines: Sequence[_Line], high: float) -> list[list[_Line]]:
    """Lines in columns that are at most so high. What keeps with its next goes on with it."""
    columns: list[list[_Line]] = [[]]
    used, at = 0.0, 0
    while at < len(lines):
        after = at + 1
        while after < len(lines) and lines[after - 1].keeps:
            after += 1
        group = lines[at:after]
        tall = sum(line.high + line.before for line in group)
        if columns[-1] and used + tall > high:
            columns.append([])
            used = 0.0
        used += tall - (0.0 if columns[-1] else group[0].before)
        columns[-1] += group
        at = after
    return columns


def _place(pen: Pen, lines: Sequence[_Line], x: float, y: float) -> float:
    """Draw a column below ``y``; returns where it ends."""
    for number, line in enumerate(lines):
        y += line.before if number else 0.0
        pen.add(*(replace(mark, x=mark.x + x, y=mark.y + y) for mark in line.marks))
        y += line.high
    return y


def _lines(pen: Pen, document: Map, room: float) -> Iterator[_Line]:
    """Everything that is said, line by line."""
    language = pen.language
    yield from _heading(pen, pen.say(_STAGES), room)
    for number, stage in enumerate(document.stages, 1):
        named = " · ".join(filter(None, [say(stage.name, language), say(stage.tagline, language)]))
        steps = " · ".join(say(step.name, language) for step in stage.steps)
        yield from _block(pen, f"{pen.form(number, 'count')}. {named}", room, 10.5, 600, before=4, keeps=True)
        yield from _block(pen, steps, room, 10.5)
    names = [say(step.name, language) for step in document.steps]
    for lane in document.lanes:
        told = [(card, said) for card in lane.cards if (said := card_words(document, card, language))]
        if told:
            yield from _heading(pen, lane_title(lane, language), room)
        for card, said in told:
            where = speech.listed(names[slice(*document.columns(card))], language)
            yield from _note(pen, where, said, document.evidence(card), room)
    curves = [curve for curve in document.curves_of("feeling") if curve.points]
    if curves:
        yield from _heading(pen, pen.say(TITLES["feeling"]), room)
    for curve in curves:
        whose = say(curve.name, language)
        places = {stage.id: say(stage.name, language) for stage in document.stages}
        places |= {step.id: say(step.name, language) for step in document.steps}
        for point in curve.points:
            said = " · ".join(filter(None, [pen.form(point.value, "signed.1"), whose]))
            yield from _note(pen, places[point.step], said, point.evidence, room)
    for group in particulars(document, language):
        yield from _heading(pen, group.title, room)
        for each in group.things:
            yield from _note(pen, each.about, each.said, each.found, room)


def _heading(pen: Pen, said: str, room: float) -> Iterator[_Line]:
    yield from _block(pen, said, room, 12, 800, "lapis", before=16, keeps=True)


def _note(pen: Pen, where: str, said: str, found: Sequence[Evidence] | None, room: float) -> Iterator[_Line]:
    """One thing in full; ``found`` is None where it is nothing that evidence could back."""
    yield from _block(pen, where, room, 9.5, 600, "ink-2", before=9, keeps=bool(said) or found is not None)
    yield from _block(pen, said, room, 10.5, keeps=found is not None)
    if found is None:
        return
    pieces: Sequence[Evidence | None] = found or [None]
    for each in pieces:
        state = "assumed" if each is None else "stale" if each.stale(pen.today) else each.kind
        words = evidence.told(pen, each) if each else [pen.say(evidence.WORDS["assumed"])]
        yield from _block(pen, " · ".join(words), room, 9, 400, "ink-3", indent=14, state=state)


def _block(
    pen: Pen,
    said: str,
    room: float,
    size: float,
    weight: int = 400,
    colour: str = "ink",
    before: float = 0.0,
    keeps: bool = False,
    indent: float = 0.0,
    state: str = "",
) -> Iterator[_Line]:
    """A text broken into lines. ``keeps`` its last with what follows; of a short text all lines stay together."""
    blind = Pen(pen.language, pen.today)
    step = blind.leading(size)
    blind.block(indent, 0, said, room - indent, size, weight, colour)
    broken = cast(list[Text], blind.marks)
    short = len(broken) <= 4
    for number, mark in enumerate(broken):
        marks: list[Mark] = [replace(mark, y=mark.y - number * step)]
        if state and not number:
            icon = Pen(pen.language)
            evidence.mark(icon, state, 5, mark.y - size * 0.34)
            marks += icon.marks
        last = number == len(broken) - 1
        yield _Line(
            tuple(cast(list[Text | Icon], marks)),
            step,
            keeps if last else short or number == 0,
            0.0 if number else before,
        )
