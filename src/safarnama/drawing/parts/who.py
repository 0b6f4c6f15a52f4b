"""The side panel of a persona's sheet: the portrait, who they are in facts, and which customers they stand for."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.particulars import worth
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.portraits import portrait
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.maps.model import Map
from safarnama.maps.people import Persona
from safarnama.maps.words import say

WIDE = 318.0
_PAD, _FACE, _BOX = 34.0, 170.0, 13.0
_EVERYONE = Text(en="All customers", fa="همه مشتریان")
_GENDER, _AGE = Text(en="Gender", fa="جنسیت"), Text(en="Age", fa="سن")
_REGION, _INCOME = Text(en="Region", fa="منطقه"), Text(en="Income", fa="درآمد")
_COMPANY, _DUTIES = Text(en="Company", fa="شرکت"), Text(en="Duties", fa="وظایف")
_SHARE, _WORTH = Text(en="Share of customers", fa="سهم از مشتریان"), Text(en="Worth", fa="ارزش")
_SEGMENT = Text(en="Segment", fa="گروه مشتری")
_RESTS, _STANDS = Text(en="Rests on", fa="پشتوانه"), Text(en="Stands for", fa="نماینده")
_OF = Text(en="{part:count} of {all:customers}", fa="{part:count} از {all:customers}")
_MORE = Text(en="+ {n:count} more", fa="و {n:count} تای دیگر")
_SOURCES, _MOST_DUTIES = 3, 5


def who(pen: Pen, document: Map, persona: Persona | None, x: float, y: float, tall: float) -> float:
    """Draw it from ``y`` on; what tells of customers ends at the foot of ``tall``. Returns the height that it needs."""
    left, room = x + _PAD, WIDE - 2 * _PAD
    used = 40.0
    portrait(pen, persona, x + (WIDE - _FACE) / 2, y + used, _FACE)
    used += _FACE + 12
    name = say(persona.name, pen.language) if persona else pen.say(_EVERYONE)
    size = next((size for size in (29.0, 24.0, 20.0) if width(name, size, 800) <= room), 17.0)
    middle = x + WIDE / 2
    used += pen.block(middle, y + used, name, room, size, 800, lines=3, anchor="middle", tight=True) + 2
    if persona and persona.job:
        used += pen.block(
            middle, y + used, say(persona.job, pen.language), room, 13.5, 600, "ink-2", lines=2, anchor="middle"
        )
    if persona and persona.summary:
        said = say(persona.summary, pen.language)
        used += pen.block(middle, y + used, said, room, 13, 400, "ink-2", lines=6, anchor="middle")
    used += 12
    for number, (label, value) in enumerate(_facts(pen, persona)):
        if number:
            pen.line(left, y + used, left + room, y + used, "rule")
        used += _fact(pen, label, value, left, y + used, room)
    if persona:
        used += _duties(pen, persona, left, y + used, room)
    box = _customers(Pen(pen.language, pen.today), document, persona, left, 0, room)
    if box:
        used += 18
        _customers(pen, document, persona, left, y + max(used, tall - 26 - box), room)
    return used + box + 26


def _facts(pen: Pen, persona: Persona | None) -> list[tuple[str, str]]:
    if persona is None:
        return []
    rows = (
        (_GENDER, persona.gender), (_AGE, persona.age), (_REGION, persona.region), (_INCOME, persona.income),
        (_COMPANY, persona.company_size),
    )  # fmt: skip
    return [(pen.say(label), said) for label, words in rows if (said := say(words, pen.language))]


def _fact(pen: Pen, label: str, value: str, x: float, y: float, room: float) -> float:
    """A label and its value: on one line where they fit, else below each other."""
    taken = pen.text(x, y + 20, label, 12.5, 400, "ink-3", room=room)
    if taken + 14 + width(value, 12.5, 600) <= room:
        pen.text(x + room, y + 20, value, 12.5, 600, anchor="end")
        return 30.0
    return 30 + pen.block(x, y + 25, value, room, 12.5, 600, lines=3)


def _duties(pen: Pen, persona: Persona, x: float, y: float, room: float) -> float:
    said = [words for each in persona.duties if (words := say(each, pen.language))]
    if not said:
        return 0.0
    pen.text(x, y + 26, pen.say(_DUTIES), 12.5, 400, "ink-3", room=room)
    used = 32.0
    for words in said[:_MOST_DUTIES]:
        used += pen.block(x, y + used, words, room, 12.5, 600, lines=3, tight=True) + 5
    if len(said) > _MOST_DUTIES:
        pen.text(x, y + used + 10, pen.say(_MORE, n=len(said) - _MOST_DUTIES), 11, 400, "ink-3", room=room)
        used += 16
    return used


def _customers(pen: Pen, document: Map, persona: Persona | None, x: float, y: float, wide: float) -> float:
    """Which customers these are, how many, what one is worth, and what that rests on; returns the height."""
    if persona is None:
        return 0.0
    blind = Pen(pen.language, pen.today)
    high = _inside(blind, document, persona, x + _BOX, 0, wide - 2 * _BOX)
    if persona.evidence:
        pen.box(x, y, wide, high, "surface", "rule", radius=6)
    else:
        pen.box(x, y, wide, high, "paper", "assumed-edge", radius=6, dash="3 2.5", hatched=True)
    _inside(pen, document, persona, x + _BOX, y, wide - 2 * _BOX)
    return high


def _inside(pen: Pen, document: Map, persona: Persona, x: float, y: float, room: float) -> float:
    used = 10.0
    title = (
        _SHARE
        if persona.share is not None
        else _STANDS
        if persona.segment or persona.worth or persona.value
        else _RESTS
    )
    beside = evidence.line_width(pen, persona.evidence, 11)
    evidence.line(pen, persona.evidence, x + room - beside, y + used + 12, beside + 1, 11)
    pen.text(x, y + used + 12, pen.say(title), 11.5, 400, "ink-3", room=room - beside - 8)
    used += 18
    if persona.share is not None:
        taken = pen.text(x, y + used + 29, pen.form(persona.share, "percent"), 27, 800, "lapis")
        everybody = document.derived.customers
        if everybody:
            said = pen.say(_OF, part=round(persona.share * everybody), all=everybody)
            if taken + 10 + width(said, 12) <= room:
                pen.text(x + taken + 10, y + used + 28, said, 12, 400, "ink-2")
        used += 38
    value = worth(persona.value, pen.language) if persona.value else ""
    told = " · ".join(filter(None, [value, say(persona.worth, pen.language)]))
    for label, said in ((_WORTH, told), (_SEGMENT, persona.segment or "")):
        if said:
            used += _pair(pen, pen.say(label), said, x, y + used, room)
    # The sources that its words rest on, as far as they have names.
    sources = dict.fromkeys(said for each in persona.evidence if (said := say(each.source, pen.language)))
    for said in list(sources)[:_SOURCES]:
        used += pen.block(x, y + used + 2, said, room, 11, 400, "ink-3", lines=2) + 2
    return used + 9


def _pair(pen: Pen, label: str, value: str, x: float, y: float, room: float) -> float:
    beside = pen.text(x, y + 13, label, 11.5, 400, "ink-3", room=room) + 8
    if beside + width(value, 11.5, 600) <= room:
        pen.text(x + room, y + 13, value, 11.5, 600, "ink-2", anchor="end")
        return 20.0
    return 20 + pen.block(x, y + 17, value, room, 11.5, 600, "ink-2", lines=3)
