"""Stakeholders: who has power over the journey and who cares for it, what they want, and what it costs whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.core.words.digits import persian
from safarnama.core.words.speech import listed
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.parts.answering import actions, owned, owners
from safarnama.drawing.parts.effort import effort, has_effort
from safarnama.drawing.parts.field import beside_sponsor, field, height, placed
from safarnama.drawing.parts.legend import Sign
from safarnama.drawing.parts.missing import missing
from safarnama.drawing.parts.section import Section
from safarnama.drawing.parts.sheet import MARGIN, WIDE, sheet
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Scene
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.shaping import fit, width
from safarnama.drawing.tokens import stage_colour
from safarnama.maps.model import Map
from safarnama.maps.people import Stakeholder
from safarnama.maps.words import say

_SIDE, _MATRIX, _GAP, _COLUMNS = 404.0, 640.0, 36.0, 3
_STRONG = 4  # from which power and interest on it is best to work together
_KICKER = Text(en="Stakeholders: power and interest", fa="ذی‌نفعان: قدرت و علاقه")
_CLOSELY = Text(
    en="Most power and interest: {names:list}. Work closely together.",
    fa="بیشترین قدرت و علاقه: {names:list}. دوشادوش پیش بروید.",
)
_NO_SPONSOR = Text(en="Nobody sponsors this map yet.", fa="این نقشه هنوز حامی ندارد.")
_WANTS, _EFFORT = Text(en="What they want", fa="چه می‌خواهند"), Text(en="Effort of departments", fa="زحمت واحدها")
_ANSWERS, _TO_DO = (
    Text(en="Who answers for what", fa="مسئول هر چیز کیست"),
    Text(en="What is to be done", fa="چه باید کرد"),
)
_UNPLACED = Text(en="Not placed", fa="جایشان هنوز معلوم نیست")
_STAGES = Text(en="Stages", fa="مرحله‌ها")
_NO_POWER, _NO_INTEREST = Text(en="power unknown", fa="قدرت نامشخص"), Text(en="interest unknown", fa="علاقه نامشخص")
_NEITHER = Text(en="power and interest unknown", fa="قدرت و علاقه نامشخص")
_NOBODY = Text(en="No stakeholder is written down.", fa="هنوز ذی‌نفعی نوشته نشده.")
_NOWHERE = Text(en="Nobody’s power and interest are known yet.", fa="هنوز قدرت و علاقه کسی معلوم نیست.")
_HINT = Text(
    en="Who decides about this journey, who works in it, whom does it concern? Give each power and interest from 1 to 5.",
    fa="چه کسی درباره این سفر تصمیم می‌گیرد، چه کسی در آن کار می‌کند و به چه کسی مربوط است؟ به هر یک قدرت و علاقه‌ای از ۱ تا ۵ بدهید.",
)
_SPONSOR = Text(en="sponsor", fa="حامی")
_OF_SPONSOR = Text(en="of a sponsor’s department", fa="از واحد یک حامی")


class Stakeholders(Layout):
    """Everybody the map concerns, placed by power and interest, with what they want and the effort of departments."""

    title: ClassVar[Text] = Text(en="Stakeholders", fa="ذی‌نفعان")
    example: ClassVar[dict[str, Any]] = {}

    def scene(self, document: Map, language: str, today: date | None = None, setting: Setting = PLAIN) -> Scene:
        wide, alone = _size(document)

        def body(pen: Pen, x: float, y: float, room: float, tall: float) -> float:
            return _Sheet(pen, document, x, room, alone).draw(y, tall)

        signs: list[Sign] = []
        if any(each.sponsor for each in placed(document)):
            signs.append(("sponsor", _SPONSOR))
        if any(beside_sponsor(document, each) for each in placed(document)):
            signs.append(("sponsored", _OF_SPONSOR))
        return sheet(
            document,
            language,
            today,
            body,
            kicker=_KICKER,
            finding=_finding(Pen(language, today), document),
            signs=signs,
            wide=wide,
            named=False,
            setting=setting,
        )


def _size(document: Map) -> tuple[float, bool]:
    """How wide the sheet is, and whether the field has its whole width for itself: many people in few cells want room."""
    beside = WIDE - 2 * MARGIN - _SIDE - _GAP
    if height(document, beside) <= beside:
        return WIDE, False
    wides = (WIDE, 1600.0, 2000.0)
    return next((wide for wide in wides if height(document, wide - 2 * MARGIN) <= wide), wides[-1]), True


def _finding(pen: Pen, document: Map) -> str:
    if not document.stakeholders:
        return ""
    strong = [each for each in _ordered(placed(document)) if min(each.power or 0, each.interest or 0) >= _STRONG]
    parts = [] if any(each.sponsor for each in document.stakeholders) else [pen.say(_NO_SPONSOR)]
    if strong:
        parts.append(pen.say(_CLOSELY, names=[say(each.name, pen.language) for each in strong[:3]]))
    return " ".join(parts)


def _ordered(people: Sequence[Stakeholder]) -> list[Stakeholder]:
    """Sponsors first, then those with most power and interest."""
    return sorted(people, key=lambda each: (not each.sponsor, -(each.power or 0) - (each.interest or 0)))


class _Sheet:
    """The field at the start; at the end, and below where there is no room, what is to be known beside it."""

    def __init__(self, pen: Pen, document: Map, x: float, room: float, alone: bool) -> None:
        self.pen, self.document, self.x, self.room, self.alone = pen, document, x, room, alone

    def draw(self, y: float, tall: float) -> float:
        pen, document = self.pen, self.document
        blind = Pen(pen.language, pen.today)
        key = self._key(blind, 0, self.room)
        sections: list[tuple[Section, list[Stakeholder]]] = []
        if has_effort(document):
            sections.append((Section("gauge", pen.say(_EFFORT), partial(_effort, document)), []))
        if owned(document, pen.language):
            sections.append((Section("user", pen.say(_ANSWERS), partial(owners, document)), []))
        if any(each.status not in ("done", "dropped") for each in document.actions):
            sections.append((Section("clipboard-list", pen.say(_TO_DO), partial(actions, document)), []))
        wants = [each for each in _ordered(placed(document)) if each.wants or each.stages]
        unplaced = [each for each in document.stakeholders if each.power is None or each.interest is None]
        for icon, title, people in (("target", _WANTS, wants), ("circle-help", _UNPLACED, unplaced)):
            if people:
                sections.append((Section(icon, pen.say(title), partial(_people, document, people)), people))
        beside, below, side = [], [], 0.0
        for section, people in sections:
            high = section.draw(blind, 0, 0, _SIDE) + 18
            if not self.alone and (not people or side + high <= tall):
                beside.append(section)
                side += high
            else:
                below.append((section, people))
        wide = self.room - (_SIDE + _GAP if beside else 0)
        used = max(tall - key if not below else 0.0, side - key, 430.0 if document.stakeholders else 200.0)
        if placed(document):
            used = field(pen, document, self.x, y, wide, used)
        else:
            said = pen.say(_NOWHERE if document.stakeholders else _NOBODY)
            used = missing(pen, "users", said, pen.say(_HINT), self.x, y, wide, used)
        at = y
        for section in beside:
            at += section.draw(pen, self.x + self.room - _SIDE, at, _SIDE) + 18
        used = max(used, at - y - 18 if beside else 0)
        used += self._key(pen, y + used, self.room)
        for section, people in below:
            used += 18
            if people:
                section = Section(section.icon, section.title, partial(_spread, document, people))
            used += section.draw(pen, self.x, y + used, self.room if people else min(self.room, _MATRIX))
        return used

    def _key(self, pen: Pen, y: float, wide: float) -> float:
        """The stages by number and colour, beside each other; returns the height."""
        if not self.document.stakeholders and not has_effort(self.document):
            return 0.0
        at, used = self.x, 22.0
        at += pen.text(at, y + used, pen.say(_STAGES), 11, 700, "ink-2") + 14
        for place, stage in enumerate(self.document.stages):
            name = fit(say(stage.name, pen.language), 200, 11)
            long = 24 + width(name, 11) + 14
            if at > self.x and at + long > self.x + wide:
                at, used = self.x, used + 22
            number = persian(str(place + 1)) if pen.language == "fa" else str(place + 1)
            pen.box(at, y + used - 12, 18, 16, stage_colour(place, len(self.document.stages)), radius=2)
            pen.text(at + 9, y + used, number, 10.5, 700, "on-dark", anchor="middle")
            pen.text(at + 24, y + used, name, 11, 400, "ink-2")
            at += long
        return used + 8


def _effort(document: Map, pen: Pen, x: float, y: float, wide: float) -> float:
    return effort(pen, document, x, y, wide)


def _people(document: Map, people: Sequence[Stakeholder], pen: Pen, x: float, y: float, wide: float) -> float:
    """One below the other."""
    used = 0.0
    for number, each in enumerate(people):
        if number:
            pen.line(x, y + used + 2, x + wide, y + used + 2, "hair")
            used += 7
        used += _person(pen, document, each, x, y + used, wide)
    return used


def _spread(document: Map, people: Sequence[Stakeholder], pen: Pen, x: float, y: float, wide: float) -> float:
    """In columns of about the same height, one after the other."""
    count = max(_COLUMNS, round(wide / 390))
    room = (wide - (count - 1) * _GAP) / count
    blind = Pen(pen.language, pen.today)
    highs = [_person(blind, document, each, 0, 0, room) + 7 for each in people]
    target = sum(highs) / count
    columns: list[list[Stakeholder]] = [[]]
    filled = 0.0
    for each, high in zip(people, highs, strict=True):
        if columns[-1] and filled + high / 2 > target and len(columns) < count:
            columns.append([])
            filled = 0.0
        columns[-1].append(each)
        filled += high
    return max(_people(document, mine, pen, x + place * (room + _GAP), y, room) for place, mine in enumerate(columns))


def _person(pen: Pen, document: Map, each: Stakeholder, x: float, y: float, wide: float) -> float:
    """Name and department, what they want, and the stages they care for in words."""
    with pen.within(each.id, "wants"):
        at = x
        if each.sponsor:
            pen.icon("star", x + 7, y + 10, 13, "lapis", 2)
            at += 19
        name, place = say(each.name, pen.language), say(each.department, pen.language)
        taken = pen.text(at, y + 15, name, 13, 700, room=(wide - (at - x)) * (0.6 if place else 1))
        pen.text(at + taken + 9, y + 15, place, 11, 400, "ink-3", room=max(30.0, x + wide - at - taken - 9))
        used = 19.0
        used += pen.block(x, y + used, say(each.wants, pen.language), wide, 13, 400, "ink-2", lines=3, tight=True)
        names = [say(stage.name, pen.language) for stage in document.stages if stage.id in each.stages]
        said = [listed(names, pen.language)] if names else []
        if each.power is None or each.interest is None:
            unknown = (
                _NEITHER
                if each.power is None and each.interest is None
                else _NO_POWER
                if each.power is None
                else _NO_INTEREST
            )
            said.append(pen.say(unknown))
        if said:
            used += 2 + pen.block(x, y + used + 2, " · ".join(said), wide, 11, 400, "ink-3", lines=2)
    return used + 3
