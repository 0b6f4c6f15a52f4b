"""Diff: two maps in one picture, the new one with what it was before."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any, ClassVar, Literal

from safarnama.core.errors import Mistake
from safarnama.core.words import Text, speech
from safarnama.drawing.changes import beside, curves, header, rows, spine, tags
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.frame import Frame
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Line, Mark, Scene
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.shaping import width
from safarnama.maps.diff import KINDS, Change
from safarnama.maps.diff import Diff as Changes
from safarnama.maps.diff.union import Union
from safarnama.maps.evidence import STANDINGS

_SHEET = (1588.0, 1123.0)  # A3, landscape
_MARGIN, _RAIL, _COLUMN = 36.0, 136.0, 118.0
_HERO, _TALLEST_HERO = 190.0, 300.0
_DESCRIPTION = Text(en="{headline}. Changes by kind: {counts}.", fa="{headline}. تغییرها به تفکیک نوع: {counts}.")
_COUNT = Text(en="{kind} {n:count}", fa="{kind} {n:count}")
_TWO_MAPS = Text(
    en="The layout diff draws two maps that were compared: safarnama diff OLD.yaml NEW.yaml --picture FILE.",
    fa="چیدمان diff دو نقشه مقایسه‌شده را می‌کشد: safarnama diff OLD.yaml NEW.yaml --picture FILE.",
)
_SIGNS = Text(en="Signs", fa="نشانه‌ها")


class Diff(Layout):
    """Two maps on one grid: what came, went, moved or is otherwise, with both curves."""

    title: ClassVar[Text] = Text(en="Difference of two maps", fa="تفاوت دو نقشه")
    draws: ClassVar[Literal["map", "persona", "finding", "diff", "collection"]] = "diff"

    example: ClassVar[dict[str, Any]] = {}

    def scene(self, document: Changes, language: str, today: date | None = None, setting: Setting = PLAIN) -> Scene:
        if not isinstance(document, Changes):
            raise Mistake(_TWO_MAPS)
        union = Union(document.old, document.new)
        columns = len(union.columns)
        frame = Frame(max(_SHEET[0], 2 * _MARGIN + _RAIL + columns * _COLUMN), _MARGIN, _RAIL, columns)
        # Once with the least the hero needs, to see what is left of the sheet; then for good.
        used = _draw(Pen(language, today, setting), document, union, frame, _HERO)
        goal = frame.width * setting.shape or _SHEET[1]
        hero = min(_TALLEST_HERO, max(_HERO, _HERO + goal - used))
        pen = Pen(language, today, setting)
        height = _draw(pen, document, union, frame, hero)
        headline = document.headline(language, pen.today)
        counts = Counter(change.kind for change in document)
        said = [_COUNT.say(language, kind=tags.WORDS[kind], n=counts[kind]) for kind in KINDS if counts[kind]]
        return Scene(
            width=frame.width,
            height=height,
            marks=tuple(pen.marks),
            direction=pen.direction,
            language=language,
            title=headline,
            description=_DESCRIPTION.say(language, headline=headline, counts=speech.listed(said, language))
            if said
            else headline,
        )


def _draw(pen: Pen, found: Changes, union: Union, frame: Frame, hero: float) -> float:
    of: dict[str, dict[str, tuple[Change, ...]]] = defaultdict(dict)
    for change in found:
        of[change.what][change.id] = (*of[change.what].get(change.id, ()), change)
    wide = frame.width - 2 * frame.margin
    y = 30.0
    y += header.header(pen, found, frame.margin, y, wide)
    y += spine.stages(pen, union, of["stage"], frame, y)
    y += spine.reached(pen, union, frame, y)
    back, body = len(pen.marks), y
    y += spine.steps(pen, union, of["step"], frame, y)
    if curves.kind_of(union):
        pen.line(frame.margin, y, frame.right, y)
        curves.curves(pen, union, frame, y, hero)
        y += hero
    for was, now in union.lanes:
        lane = now or was
        if lane and lane.kind != "feeling":
            y += rows.row(pen, union, was, now, of["lane"].get(lane.id, ()), of["card"], frame, y)
    borders: list[Mark] = [
        Line(frame.x(stretch.first), body + 5, frame.x(stretch.first), y - 6, "rule", 1) for stretch in union.stages[1:]
    ]
    pen.marks[back:back] = borders
    y += 14
    y += beside.beside(pen, found, curves.shown(union), frame.margin, y, wide) + 8
    return y + _footer(pen, frame.margin, y, wide) + 8


def _footer(pen: Pen, x: float, y: float, wide: float) -> float:
    """What the signs mean. What does not fit beside each other goes below."""
    pen.line(x, y, x + wide, y, "ink", 1)
    if not pen.setting.legend:
        return 12
    at, base = x + pen.text(x, y + 20, pen.say(_SIGNS), 10, 700) + 14, y + 20
    for kind in KINDS:
        space = tags.width_of(pen, kind, 9.5)
        at, base = (x, base + 18) if at + space > x + wide else (at, base)
        at += tags.tag(pen, kind, at, base, space + 1, 9.5) + 16
    for name, text in (("before", curves.BEFORE), ("now", curves.NOW)):
        space = 34 + width(pen.say(text), 9.5)
        at, base = (x, base + 18) if at + space > x + wide else (at, base)
        curves.sample(pen, name, at, base - 3.5)
        at += 34 + pen.text(at + 34, base, pen.say(text), 9.5, 400, "ink-2") + 16
    for state in (*STANDINGS, "stale"):
        said = pen.say(evidence.LEGEND[state])
        space = 14 + width(said, 9.5)
        at, base = (x, base + 18) if at + space > x + wide else (at, base)
        evidence.mark(pen, state, at + 5, base - 3.5, 10)
        at += 14 + pen.text(at + 14, base, said, 9.5, 400, "ink-2") + 16
    return base + 14 - y
