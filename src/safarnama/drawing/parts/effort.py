"""What stages cost departments: a small matrix, the deeper the more, with hours where they are known."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.core.words.digits import persian
from safarnama.drawing.parts.field import same
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.drawing.tokens import stage_colour
from safarnama.maps.model import Map
from safarnama.maps.stages import Effort
from safarnama.maps.words import Bilingual, say

_DEPTH = {1: 0.14, 2: 0.32, 3: 0.5, 4: 0.76, 5: 1.0}
_RAIL, _HOURS, _GAP = 112.0, 66.0, 2.0
_MONTH = Text(en="h / month", fa="ساعت در ماه")
_SCALE = Text(en="1 hardly any … 5 most of its time", fa="۱: ناچیز … ۵: بیشتر وقتش")


def departments(document: Map) -> list[str | Bilingual]:
    """The departments of a map in their order, then those that only a stage's effort names."""
    found: list[str | Bilingual] = []
    for words in [*document.departments, *(each.department for stage in document.stages for each in stage.effort)]:
        if not any(same(words, other) for other in found):
            found.append(words)
    return found


def has_effort(document: Map) -> bool:
    return any(stage.effort for stage in document.stages)


def effort(pen: Pen, document: Map, x: float, y: float, wide: float) -> float:
    """Draw it below ``y``; returns the height."""
    stages = document.stages
    rows = [(words, [_of(stage.effort, words) for stage in stages]) for words in departments(document)]
    hours = [sum(each.hours or 0 for each in cells if each) for _, cells in rows]
    total = _HOURS if any(hours) else 0.0
    part = (wide - _RAIL - total) / len(stages)
    high = 34.0 if total and part >= 30 else 24.0
    for place in range(len(stages)):
        number = persian(str(place + 1)) if pen.language == "fa" else str(place + 1)
        left = x + _RAIL + place * part
        pen.box(left, y, part - _GAP, 17, stage_colour(place, len(stages)), radius=2)
        pen.text(left + (part - _GAP) / 2, y + 12.6, number, 11, 700, "on-dark", anchor="middle")
    if total:
        pen.text(x + wide, y + 12.6, pen.say(_MONTH), 10.5, 400, "ink-3", anchor="end", room=total - 6)
    used = 21.0
    for (words, cells), spent in zip(rows, hours, strict=True):
        used += _row(pen, document, words, cells, spent, x, y + used, wide, part, high, total)
    pen.text(x, y + used + 13, pen.say(_SCALE), 10.5, 400, "ink-3", room=wide)
    return used + 20


def _row(
    pen: Pen, document: Map, words: str | Bilingual, cells: list[Effort | None], spent: float,
    x: float, y: float, wide: float, part: float, high: float, total: float,
) -> float:  # fmt: skip
    """One department; returns its height."""
    sponsor = any(each.sponsor and same(each.department, words) for each in document.stakeholders)
    at = x
    if sponsor:
        pen.icon("star", x + 7, y + high / 2, 12, "lapis", 2)
        at += 18
    said = say(words, pen.language)
    room = x + _RAIL - 8 - at
    lines = 1 if width(said, 12, 600) <= room else 2
    step = pen.leading(12, True)
    pen.block(at, y + (high - lines * step) / 2, said, room, 12, 600, lines=2, tight=True)
    tall = max(high, 2 * step + 2 if lines == 2 else high)
    for place, each in enumerate(cells):
        left, middle = x + _RAIL + place * part, x + _RAIL + place * part + (part - _GAP) / 2
        pen.box(left, y, part - _GAP, tall - _GAP, "track", radius=2)
        if each is None:
            continue
        depth = _DEPTH.get(each.level or 0, 0.0)
        if depth:
            pen.box(left, y, part - _GAP, tall - _GAP, "lapis", radius=2, opacity=depth)
        ink = "paper" if depth > 0.55 else "ink"
        level = pen.form(each.level, "count") if each.level else "–"
        timed = high > 30 and each.hours is not None
        pen.text(middle, y + tall / 2 + (-1 if timed else 3.5), level, 11.5, 700, ink, anchor="middle")
        if timed:
            said = pen.form(round(each.hours or 0), "count")
            pen.text(middle, y + tall / 2 + 12, said, 10.5, 400, ink, anchor="middle", room=part - 4)
    if spent:
        said = pen.form(round(spent), "count")
        pen.text(x + wide, y + tall / 2 + 3.5, said, 11.5, 600, "ink-2", anchor="end", room=total - 4)
    return tall


def _of(efforts: list[Effort], words: str | Bilingual) -> Effort | None:
    """What a department spends on a stage; several entries of one are one."""
    mine = [each for each in efforts if same(each.department, words)]
    if not mine:
        return None
    levels = [each.level for each in mine if each.level is not None]
    hours = [each.hours for each in mine if each.hours is not None]
    return Effort(department=words, level=max(levels, default=None), hours=sum(hours) if hours else None)
