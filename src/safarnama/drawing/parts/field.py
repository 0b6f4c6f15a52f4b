"""The field of power over interest: everybody stands in the cell of both, as many below each other as need be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from safarnama.core.words import Text
from safarnama.core.words.digits import persian
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.drawing.tokens import stage_colour
from safarnama.maps.model import Map
from safarnama.maps.people import Stakeholder
from safarnama.maps.words import Bilingual, say

LEVELS = 5
_RAIL, _FOOT, _WORDS = 48.0, 42.0, 26.0
_CHIP, _HIGH, _GAP, _PAD = 124.0, 47.0, 6.0, 8.0
_EMPTY, _LEAST = 54.0, 58.0
_POWER, _INTEREST = Text(en="power", fa="قدرت"), Text(en="interest", fa="علاقه")
_CORNERS = (
    (Text(en="keep satisfied", fa="راضی نگه دارید"), False, True),
    (Text(en="work closely with", fa="با هم پیش بروید"), True, True),
    (Text(en="keep an eye on", fa="زیر نظر داشته باشید"), False, False),
    (Text(en="keep informed", fa="در جریان بگذارید"), True, False),
)


def placed(document: Map) -> list[Stakeholder]:
    """Those whose power and interest are both known."""
    return [each for each in document.stakeholders if each.power is not None and each.interest is not None]


def same(one: str | Bilingual | None, other: str | Bilingual | None) -> bool:
    """Whether two departments have the same name, in either language."""
    return bool(_names(one) & _names(other))


def beside_sponsor(document: Map, who: Stakeholder) -> bool:
    """Whether somebody is of the department of a sponsor without being one."""
    return not who.sponsor and any(
        each.sponsor and same(each.department, who.department) for each in document.stakeholders
    )


@dataclass(frozen=True)
class _Shape:
    """The cells with who stands in them, the widths of the columns with how many stand abreast, and the least heights of rows."""

    cells: Mapping[tuple[int, int], Sequence[Stakeholder]]
    columns: Sequence[float]
    abreast: Sequence[int]
    rows: Sequence[float]

    @property
    def high(self) -> float:
        return sum(self.rows) + 2 * _WORDS


def height(document: Map, wide: float) -> float:
    """The least height of the field in a width."""
    return _shape(document, wide).high + _FOOT


def field(pen: Pen, document: Map, x: float, y: float, wide: float, tall: float) -> float:
    """Draw it below ``y``, at least ``tall`` high; returns its height."""
    shape = _shape(document, wide)
    left = x + _RAIL
    spare = max(0.0, tall - _FOOT - shape.high) / LEVELS
    rows = [high + spare for high in shape.rows]
    high = sum(rows) + 2 * _WORDS
    _ground(pen, left, y, shape.columns, rows, high)
    at = y + high - _WORDS
    for row in _levels():
        at -= rows[row - 1]
        number = persian(str(row)) if pen.language == "fa" else str(row)
        pen.text(left - 10, at + rows[row - 1] / 2 + 4, number, 11.5, 600, "ink-3", anchor="end")
        start = left
        for column, room in zip(_levels(), shape.columns, strict=True):
            found = shape.cells.get((column, row), ())
            _cell(pen, document, found, start, at, room, rows[row - 1], shape.abreast[column - 1])
            start += room
    return high + _FOOT


def _shape(document: Map, wide: float) -> _Shape:
    cells: dict[tuple[int, int], list[Stakeholder]] = {}
    for each in placed(document):
        cells.setdefault((each.interest or 1, each.power or 1), []).append(each)
    counts = [[len(cells.get((column, row), ())) for row in _levels()] for column in _levels()]
    columns = _columns([max(rows) for rows in counts], wide - _RAIL)
    abreast = [max(1, int((room - 2 * _PAD + _GAP) // (_CHIP + _GAP))) for room in columns]
    stacks = [[-(-count // side) for count in rows] for rows, side in zip(counts, abreast, strict=True)]
    highs = [max(stack) * (_HIGH + _GAP) - _GAP + 2 * _PAD for stack in zip(*stacks, strict=True)]
    return _Shape(cells, columns, abreast, [max(_LEAST, high) for high in highs])


def _columns(most: Sequence[int], room: float) -> list[float]:
    """The widths of the columns: one in which nobody stands is narrow, one in which many stand is wide."""
    shares = [min(3, -(-count // 4)) for count in most]
    if not any(shares):
        return [room / LEVELS] * LEVELS
    least = min(_EMPTY, room / LEVELS)
    rest = room - least * shares.count(0)
    # A chip must fit into every column that has one.
    need = _CHIP + 2 * _PAD
    extra = max(0.0, rest - need * sum(share > 0 for share in shares))
    return [need + extra * share / sum(shares) if share else least for share in shares]


def _ground(pen: Pen, left: float, y: float, columns: Sequence[float], rows: Sequence[float], high: float) -> None:
    """The field with its lines, its axes and the words in its corners."""
    wide = sum(columns)
    pen.box(left, y, wide, high, "surface", "rule", radius=5)
    strong = sum(columns[3:])
    top = _WORDS + rows[4] + rows[3]
    pen.box(left + wide - strong, y + 0.5, strong - 0.5, top, "lapis-tint", radius=4, opacity=0.6)
    at = left
    for room in columns[:-1]:
        at += room
        pen.line(at, y + _WORDS, at, y + high - _WORDS, "hair")
    down = y + high - _WORDS
    for each in rows[:-1]:
        down -= each
        pen.line(left, down, left + wide, down, "hair")
    for words, end, up in _CORNERS:
        room = wide / 2 - 20
        place = left + wide - 12 if end else left + 12
        base = y + 18 if up else y + high - 10
        pen.text(place, base, pen.say(words), 11.5, 600, "lapis" if end and up else "ink-3", anchor="end" if end else "start", room=room)  # fmt: skip
    pen.arrow(left - 30, y + high, left - 30, y + 22, "ink-2", 1.5)
    pen.text(left - _RAIL, y + 12, pen.say(_POWER), 11.5, 600, "ink-2", room=_RAIL - 6)
    middle = left
    for number, room in enumerate(columns, 1):
        said = persian(str(number)) if pen.language == "fa" else str(number)
        pen.text(middle + room / 2, y + high + 16, said, 11.5, 600, "ink-3", anchor="middle")
        middle += room
    said = pen.say(_INTEREST)
    beside = width(said, 11.5, 600) + 10
    pen.arrow(left, y + high + 28, left + wide - beside, y + high + 28, "ink-2", 1.5)
    pen.text(left + wide, y + high + 32, said, 11.5, 600, "ink-2", anchor="end")


def _cell(
    pen: Pen, document: Map, found: Sequence[Stakeholder], x: float, y: float, wide: float, high: float, abreast: int
) -> None:
    if not found:
        return
    side = min(abreast, len(found))
    chip = min(190.0, (wide - 2 * _PAD - (side - 1) * _GAP) / side)
    tall = -(-len(found) // side) * (_HIGH + _GAP) - _GAP
    start = x + (wide - side * chip - (side - 1) * _GAP) / 2
    for number, each in enumerate(found):
        row, place = divmod(number, side)
        _chip(pen, document, each, start + place * (chip + _GAP), y + (high - tall) / 2 + row * (_HIGH + _GAP), chip)


def _chip(pen: Pen, document: Map, each: Stakeholder, x: float, y: float, wide: float) -> None:
    """Name, department, and a bar of all stages in which those stand out that they care for."""
    near = beside_sponsor(document, each)
    said = " · ".join(filter(None, [say(each.name, pen.language), say(each.wants, pen.language)]))
    with pen.within(each.id, "stakeholder", title=said):
        if each.sponsor:
            pen.box(x, y, wide, _HIGH, "lapis", radius=5)
        else:
            pen.box(x, y, wide, _HIGH, "paper", "lapis" if near else "rule", radius=5, stroke_width=1.5 if near else 1)
        ink, soft = ("paper", "paper") if each.sponsor else ("ink", "ink-3")
        at = x + 9
        if each.sponsor:
            pen.icon("star", at + 6, y + 13, 12, "paper", 2)
            at += 16
        pen.text(at, y + 17, say(each.name, pen.language), 12, 700, ink, room=x + wide - 8 - at)
        pen.text(x + 9, y + 32, say(each.department, pen.language), 10.5, 400, soft, room=wide - 17)
        count = len(document.stages)
        part = (wide - 18) / count
        gap = min(2.0, part / 4)
        for place, stage in enumerate(document.stages):
            cares = stage.id in each.stages
            colour = "paper" if each.sponsor else stage_colour(place, count)
            pen.box(
                x + 9 + place * part, y + _HIGH - 8.5, part - gap, 4, colour if cares else "track",
                radius=1, opacity=1 if cares else 0.35 if each.sponsor else 1,
            )  # fmt: skip


def _levels() -> range:
    return range(1, LEVELS + 1)


def _names(words: str | Bilingual | None) -> set[str]:
    if words is None:
        return set()
    return {
        said.strip().casefold() for said in ((words,) if isinstance(words, str) else words.values()) if said.strip()
    }
