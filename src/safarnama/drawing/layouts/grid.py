"""Grid: stages and steps across, lanes down, the curve as the tallest lane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.drawing.lanes import DRAW, ICONS, TITLES, curve, plan
from safarnama.drawing.layouts.layout import LAST, Layout
from safarnama.drawing.paper import Paper
from safarnama.drawing.parts import journey, plans, ways
from safarnama.drawing.parts.brand import page_words
from safarnama.drawing.parts.footer import footer
from safarnama.drawing.parts.frame import Frame, stage_columns
from safarnama.drawing.parts.header import header
from safarnama.drawing.parts.pages import Block, Piece, pack, spread
from safarnama.drawing.parts.running import running_head
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Group, Line, Mark, Scene
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.tokens import smallest
from safarnama.maps.lanes import Lane
from safarnama.maps.model import Map
from safarnama.maps.parting import between
from safarnama.maps.words import say

_SHEET = (1588.0, 1123.0)  # A3, landscape
_MARGIN, _RAIL, _COLUMN = 36.0, 136.0, 118.0
_HERO, _TALLEST_HERO = 190.0, 300.0
_WIDER = 1.12  # from one try to the next
_LARGER = (1.08, 1.16, 1.25)  # than the smallest type
_VISIBLE, _REACHING = 18.0, 14.0
_ABOVE_CURVE = ("images", "jobs", "expectations", "needs", "doing", "touchpoints", "channels", "thinking", "quotes")
_BEHIND = ("backstage", "support", "systems")
_VISIBILITY = Text(en="Line of visibility", fa="خط رؤیت")
_FROM_PAGE = Text(en="from page {page:count}: {said}", fa="از صفحه {page:count}: {said}")
_DESCRIPTION = Text(
    en="Customer journey map with {stages:stages} and {steps:steps}: {names:list}.",
    fa="نقشه سفر مشتری با {stages:stages} و {steps:steps}: {names:list}.",
)


class Grid(Layout):
    """Stages × lanes with the feeling curve: the default way to draw a map."""

    title: ClassVar[Text] = Text(en="Grid", fa="جدول")
    by_stage: ClassVar[bool] = True

    example: ClassVar[dict[str, Any]] = {}

    def scene(self, document: Map, language: str, today: date | None = None, setting: Setting = PLAIN) -> Scene:
        document = plan.planned(document)
        width = max(_SHEET[0], _needed(len(document.steps)))
        # A map of many steps is a strip and ends where its lanes do.
        high = _SHEET[1] if width == _SHEET[0] else 0.0
        return _sheet(_whole(document), Pen(language, today, setting), width, high)

    def fitted(self, document: Map, language: str, today: date | None, setting: Setting, paper: Paper) -> Scene:
        document = plan.planned(document)
        needed, most = _needed(len(document.steps)), paper.room(smallest("sheet"))[0]
        width = max(needed, min(most, _SHEET[0]))
        tried: list[Scene] = []
        # The wider a sheet, the lower its cards: until it has the shape of the paper, or its type is as small as may be.
        while not tried or (width < most and tried[-1].height > width * paper.shape > 0):
            width = min(most, width * _WIDER) if tried else width
            tried.append(_sheet(_whole(document), Pen(language, today, setting), width, width * paper.shape))
        return max(tried, key=paper.type_size)

    def parted(
        self,
        document: Map,
        language: str,
        today: date | None,
        setting: Setting,
        paper: Paper,
        alone: bool = False,
    ) -> list[tuple[Map, Scene]]:
        document = plan.planned(document)
        lengths = [len(stage.steps) for stage in document.stages]
        pen = Pen(language, today, replace(setting, page=LAST))
        pieces: list[Piece] = []
        room = (0.0, 0.0)
        for larger in (1.0, *_LARGER):
            # The type may grow as long as that takes no more pages.
            found = _pieces(document, pen, paper, paper.room(smallest("sheet") / larger), lengths, alone)
            if not found or (pieces and len(found) > len(pieces)):
                break
            pieces, room = found, paper.room(smallest("sheet") / larger)
        pages = {
            card.id: number
            for number, piece in enumerate(pieces, 1)
            for block in piece.blocks
            if block.lane
            for card in block.lane.cards
        }
        parts = []
        for number, piece in enumerate(pieces, 1):
            pen = Pen(language, today, replace(setting, page=(number, len(pieces)) if len(pieces) > 1 else None))
            wide = _width(piece.document, paper, room[0])
            sheet = _sheet(replace(piece, pages=pages), pen, wide, room[1] if paper.height else 0.0, every=True)
            parts.append((piece.document, sheet))
        return parts if all(paper.holds(scene) for _, scene in parts) else []


def _pieces(
    document: Map, pen: Pen, paper: Paper, room: tuple[float, float], lengths: Sequence[int], alone: bool
) -> list[Piece]:
    """What stands on which page, if a page has that room; empty where that cannot be."""
    most = int((room[0] - 2 * _MARGIN - _RAIL) // _COLUMN)
    pieces: list[Piece] = []
    for first, after in spread(lengths, most, alone) if most > 0 else ():
        part = between(document, first, after)
        found = _packed(part, pen, _width(part, paper, room[0]), room[1], first=not pieces)
        if not found:
            return []
        pieces += found
    return pieces


def _width(part: Map, paper: Paper, room: float) -> float:
    """How wide a sheet is: as the paper, or as its columns need where that has no width of its own."""
    return room if paper.width else max(_SHEET[0], _needed(len(part.steps)))


def _needed(steps: int) -> float:
    """The least width of so many columns."""
    return 2 * _MARGIN + _RAIL + steps * _COLUMN


def _ordered(document: Map) -> Iterator[Lane | None]:
    """The lanes from the top down; None where the curve stands."""
    yield from (lane for lane in document.lanes if lane.kind in _ABOVE_CURVE)
    yield None
    yield from (lane for lane in document.lanes if lane.kind not in (*_ABOVE_CURVE, *_BEHIND, "feeling"))
    yield from (lane for lane in document.lanes if lane.kind in _BEHIND)


def _whole(document: Map) -> Piece:
    """The map on one sheet, without lanes that hold nothing."""
    return Piece(document, [Block(lane) for lane in _ordered(document) if lane is None or lane.cards])


def _packed(part: Map, pen: Pen, width: float, high: float, first: bool) -> list[Piece]:
    """Some stages on pages of that size, the lanes from the top down; empty where that cannot be."""
    whole, before = part.whole, part.before[1]
    here = {card.id for lane in whole.lanes for card in lane.cards if whole.columns(card)[0] >= before}
    full = {lane.id for lane in whole.lanes if lane.cards}
    blocks = []
    for lane in _ordered(part):
        if lane is None:
            blocks.append(Block())
        elif lane.id in full:  # one that holds something elsewhere has its row here too: what is not known is seen
            mine = lane.model_copy(update={"cards": [card for card in lane.cards if card.id in here]})
            blocks.append(Block(mine, tuple(card for card in lane.cards if card.id not in here)))
    frame = Frame(width, _MARGIN, _RAIL, len(part.steps), all=True)

    def blind(first: bool) -> _Rows:
        return _Rows(Pen(pen.language, pen.today, pen.setting), Piece(part, (), first), frame)

    known: dict[tuple[str, int, bool], float] = {}

    def taken(block: Block, above: Sequence[Block]) -> float:
        opens = _opens(block, above)
        cards = block.lane.cards if block.lane else []
        # What of a lane is measured once: its rows by their first card.
        name = cards[0].id if cards else block.lane.id if block.lane else ""
        key = (name, len(cards), opens)
        if key not in known:
            known[key] = blind(first).row(block, 0, _HERO, opens)
        return known[key]

    heads = [blind(False).draw(0), blind(first).draw(0)]
    for head in heads[::-1]:
        # A page that is too low for the whole head and a lane takes the short one at once.
        found = pack(part, blocks, taken, lambda page, head=head: high - (heads[0] if page else head))  # type: ignore[misc]
        if found:
            return [
                Piece(
                    part.model_copy(update={"lanes": [block.lane for block in page if block.lane]}),
                    page,
                    first and not number and head == heads[1],
                )
                for number, page in enumerate(found)
            ]
    return []


def _opens(block: Block, above: Sequence[Block]) -> bool:
    """Whether the line of visibility goes before it."""
    return _behind(block) and not any(map(_behind, above))


def _behind(block: Block) -> bool:
    return block.lane is not None and block.lane.kind in _BEHIND


def _sheet(piece: Piece, pen: Pen, width: float, high: float, every: bool = False) -> Scene:
    """A piece on a sheet that is ``high``, or higher if it must be; 0 for one that is as high as it needs. ``every``: no card
    is left out for room."""
    document = piece.document
    frame = Frame(width, _MARGIN, _RAIL, len(document.steps), all=every)
    hero = _TALLEST_HERO
    if high and Block() in piece.blocks:
        # Once with the least the hero needs, to see what is left of the sheet; then for good.
        used = _Rows(Pen(pen.language, pen.today, pen.setting), piece, frame).draw(_HERO)
        hero = min(_TALLEST_HERO, max(_HERO, _HERO + high - used))
    height = max(high, _Rows(pen, piece, frame).draw(hero, high))
    names = [say(stage.name, pen.language) for stage in document.stages]
    said = pen.say(_DESCRIPTION, stages=len(names), steps=len(document.steps), names=names)
    return Scene(
        width=width,
        height=height,
        marks=tuple(pen.marks),
        direction=pen.direction,
        language=pen.language,
        title=say(document.title, pen.language),
        description=": ".join(filter(None, [page_words(pen), said])),
    )


class _Rows:
    """The sheet from the top down."""

    def __init__(self, pen: Pen, piece: Piece, frame: Frame) -> None:
        self.pen, self.piece, self.frame, self.document = pen, piece, frame, piece.document

    def draw(self, hero: float, high: float = 0.0) -> float:
        """All of it, with the curve ``hero`` high and the foot at the end of a sheet that is ``high``; returns its height."""
        pen, document, frame = self.pen, self.document, self.frame
        y = 30.0
        head = header if self.piece.first else running_head
        y += head(pen, document, frame.margin, y, frame.width - 2 * frame.margin)
        y += journey.stages(pen, document, frame, y)
        # A page that goes on has no room to say again what stages and steps are for.
        y += plans.plans(pen, document, frame, y) if self.piece.first else 0.0
        y += journey.reached(pen, document, frame, y)
        borders: list[Mark] = []
        back = len(pen.marks)
        body = y
        y += ways.substages(pen, document, frame, y)
        y += ways.links(pen, document, frame, y)
        y += journey.steps(pen, document, frame, y, notes=self.piece.first)
        visible = 0.0
        for number, block in enumerate(self.piece.blocks):
            opens = _opens(block, self.piece.blocks[:number])
            visible = y if opens else visible
            y += self.row(block, y, hero, opens)
        visible = visible or y
        foot = footer(
            Pen(pen.language, pen.today, pen.setting), document, frame.margin, 0, frame.width - 2 * frame.margin
        )
        y = max(y + 14, high - foot - 8)
        for number, (first, _) in enumerate(stage_columns(document)):
            if number:
                borders.append(Line(frame.x(first), body + 5, frame.x(first), visible - 6, "rule", 1))
        pen.marks[back:back] = borders
        y += footer(pen, document, frame.margin, y, frame.width - 2 * frame.margin)
        return y + 8

    def row(self, block: Block, y: float, hero: float, opens: bool) -> float:
        """A lane, under the line of visibility if that ``opens`` before it; or the curve. Returns the height."""
        if block.lane is None:
            self._hero(y, hero)
            return hero
        above = self._line_of_visibility(y) if opens else 0.0
        return above + self._lane(block, block.lane, y + above)

    def _lane(self, block: Block, lane: Lane, y: float) -> float:
        pen, document, frame = self.pen, self.document, self.frame
        inner = Pen(pen.language, pen.today)
        draw = plan.draw if lane.kind == plan.KIND else DRAW[lane.kind]
        high = draw(inner, document, lane, frame, y) if lane.cards else 0.0
        high += self._reaching(inner, block, y + high)
        name = say(lane.title, pen.language) or pen.say(TITLES[lane.kind])
        rail = Pen(pen.language, pen.today)
        high = max(
            high,
            9
            + journey.rail_name(
                rail, frame, y + 2, name, say(lane.note, pen.language), ICONS.get(lane.kind, "clipboard-list")
            ),
        )
        if _behind(block):
            pen.box(frame.margin, y, frame.right - frame.margin, high, "sunk")
        else:
            pen.line(frame.margin, y, frame.right, y)
        pen.add(*rail.marks)
        pen.add(Group(tuple(inner.marks), id=f"lane-{lane.id}", title=name, role="lane"))
        return high

    def _reaching(self, pen: Pen, block: Block, y: float) -> float:
        """Cards that began on an earlier page: a line each, that says where."""
        for number, card in enumerate(block.reaching):
            x, room = self.frame.span(self.document, card)
            said = pen.say(_FROM_PAGE, page=self.piece.pages.get(card.id, 0), said=say(card.text, pen.language))
            pen.icon("arrow-right", x + 14, y + number * _REACHING + 11, 10, "ink-3", turns=True)
            pen.text(x + 23, y + number * _REACHING + 14, said, 9, 400, "ink-3", room=room - 30)
        return len(block.reaching) * _REACHING + (7 if block.reaching else 0)

    def _hero(self, y: float, high: float) -> None:
        pen, document, frame = self.pen, self.document, self.frame
        pen.line(frame.margin, y, frame.right, y)
        felt = any(found.points for found in document.whole.curves_of("feeling"))
        if felt or not any(found.points for found in document.whole.curves_of("chance")):
            curve.feeling(pen, document, frame, y, high)
        else:
            curve.chance(pen, document, frame, y, high)

    def _line_of_visibility(self, y: float) -> float:
        pen, frame = self.pen, self.frame
        pen.icon("eye-off", frame.margin + 8, y + 9, 14)
        pen.text(frame.margin + 23, y + 12.5, pen.say(_VISIBILITY), 9.5, 600, room=frame.rail - 28)
        pen.line(frame.left, y + 9, frame.right, y + 9, "ink", 1.5, dash="7 5")
        return _VISIBLE
