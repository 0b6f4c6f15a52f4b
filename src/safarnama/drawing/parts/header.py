"""The head of a sheet: what it says, who it is about, the facts, and how far it may be believed."""

from __future__ import annotations

from safarnama.core.words import Text, calendar
from safarnama.drawing.parts import evidence, whose
from safarnama.drawing.parts.brand import brand
from safarnama.drawing.parts.honesty import bar, score
from safarnama.drawing.parts.portraits import portrait
from safarnama.drawing.parts.related import related
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import fit, width, wrap
from safarnama.maps.evidence import STANDINGS
from safarnama.maps.model import Map
from safarnama.maps.words import say

_KICKER = Text(en="Safarnama · Customer journey map", fa="سفرنامه · نقشه سفر مشتری")
_SHORT_KICKER = Text(en="Customer journey map", fa="نقشه سفر مشتری")
_GOAL, _STATE = Text(en="Goal", fa="هدف"), Text(en="State", fa="وضع")
_PERIOD, _OWNER = Text(en="Period", fa="دوره"), Text(en="Owner", fa="مسئول نقشه")
_STATES = {
    "current": Text(en="Current", fa="موجود"),
    "future": Text(en="Future", fa="مطلوب"),
    "ideal": Text(en="Ideal", fa="آرمانی"),
}
_BUSINESS, _REVIEW = Text(en="Business goal", fa="هدف کسب‌وکار"), Text(en="Review", fa="بازبینی")
_NO_OWNER = Text(en="nobody yet", fa="هنوز کسی نیست")
_HONESTY = Text(en="Honesty: cards backed by evidence", fa="اعتبار نقشه: سهم کارت‌های مستند")
_OF = Text(en="of 100 · {backed:count} of {n:cards}", fa="از ۱۰۰ · {backed:count} از {n:cards}")
_SEGMENT = Text(en="Segment: {segment}", fa="گروه مشتری: {segment}")
_EVERYONE = Text(en="All customers", fa="همه مشتریان")
_COUNTED = Text(en="{customers:customers} · {events:events}", fa="{customers:customers} · {events:events}")


def header(pen: Pen, document: Map, x: float, y: float, wide: float) -> float:
    """Draw it below ``y``; returns its height."""
    pen.line(x, y, x + wide, y, "ink", 2.5)
    top = y + 15
    scale = wide / 1516
    title, who, honesty = 400 * scale, 372 * scale, 306 * scale
    facts = wide - title - who - honesty
    heights = [
        _title(pen, document, x, top, title - 24),
        _persona(pen, document, x + title + 22, top, who - 44),
        _facts(pen, document, x + title + who + 22, top, facts - 44),
        _honesty(pen, document, x + wide - honesty + 22, top, honesty - 22),
    ]
    high = max(94.0, *heights)
    for at in (title, title + who, wide - honesty):
        pen.line(x + at, top, x + at, top + high)
    return high + 15 + 16


def _title(pen: Pen, document: Map, x: float, y: float, room: float) -> float:
    short = pen.setting.logo or pen.setting.page
    kicker = pen.say(_SHORT_KICKER if short else _KICKER)
    brand(pen, x, y + 11, kicker, 11, room, mark=True)
    title = say(document.title, pen.language)
    # A headline is a finding and may be long: smaller type before a cut.
    size = next((size for size in (31, 27, 23.5, 20.5) if len(wrap(title, room, size, 800)) <= 2), 18)
    used = 20 + pen.block(x, y + 20, title, room, size, 800, lines=3, tight=True)
    subtitle = say(document.subtitle, pen.language)
    if subtitle:
        used += 5 + pen.block(x, y + used + 5, subtitle, room, 12, 400, "ink-2", lines=2)
    for icon, text, name in related(document):
        pen.icon(icon, x + 7, y + used + 12, 12, "lapis")
        pen.text(x + 18, y + used + 16, pen.say(text, title=name), 11, 500, "ink-2", room=room - 18)
        used += 19
    return used


def _persona(pen: Pen, document: Map, x: float, y: float, room: float) -> float:
    persona = document.personas[0] if document.personas else None
    size = 90.0 if room > 280 else 62.0
    portrait(pen, persona, x, y, size)
    at = x + size + 16
    room -= size + 16
    name = say(persona.name, pen.language) if persona else pen.say(_EVERYONE)
    letters = next((letters for letters in (17, 15, 13) if width(name, letters, 800) <= room), 0)
    if letters:
        pen.text(at, y + 15, name, letters, 800)
        used = 23.0
    else:
        used = 3 + pen.block(at, y, name, room, 13, 800, lines=2, tight=True)
    if persona and persona.summary:
        used += pen.block(at, y + used, say(persona.summary, pen.language), room, 11, 400, "ink-2", lines=3)
    used += 5
    chips = []
    if persona and persona.segment:
        chips.append((pen.say(_SEGMENT, segment=persona.segment), "users"))
    if document.derived.customers:
        said = pen.say(_COUNTED, customers=document.derived.customers, events=document.derived.events or 0)
        if width(said, 9.5) + 30 > room:
            said = pen.form(document.derived.customers, "customers")  # the foot says the events too
        chips.append((said, "evidence-measured"))
    left, row = 0.0, y + used
    for number, other in enumerate(document.personas[1 : whose.AT_MOST], 1):
        # Who else the map is about, with the marker of the curve and the cards that are theirs.
        said = fit(say(other.name, pen.language), room - 14, 10, 600)
        wide = 14 + width(said, 10, 600)
        if left and left + wide > room:
            left, row = 0.0, row + 17
        whose.marker(pen, number, at + left + 5, row + 8, 3.8, whose.INKS[number][0], wide=0.75)
        pen.text(at + left + 14, row + 11.5, said, 10, 600, whose.INKS[number][1])
        left += wide + 14
    if left and chips:
        left, row = 0.0, row + 20
    for said, icon in chips:
        wide = min(width(said, 9.5) + 30, room)
        if left and left + wide > room:
            left, row = 0.0, row + 23
        with pen.within(icon, "about" if icon == "users" else "counted"):
            pen.box(at + left, row, wide, 19, "surface", "rule", radius=9.5)
            pen.icon(icon, at + left + 12, row + 9.5, 11 if icon == "users" else 9, "lapis")
            pen.text(at + left + 21, row + 12.8, said, 9.5, 400, "ink-2", room=wide - 28)
        left += wide + 5
    return max(size, row + 19 - y)


def _facts(pen: Pen, document: Map, x: float, y: float, room: float) -> float:
    derived = document.derived
    wide = room * 0.62
    period = calendar.say_period(derived.start, derived.end, pen.language) if derived.start and derived.end else "–"
    rows = [
        ((_GOAL, say(document.goal, pen.language) or "–"), (_STATE, None)),
        ((_PERIOD, period), (_OWNER, say(document.owner, pen.language) or pen.say(_NO_OWNER))),
    ]
    if document.business_goal or document.review_due:
        review = pen.form(document.review_due, "date") if document.review_due else "–"
        rows.append(((_BUSINESS, say(document.business_goal, pen.language) or "–"), (_REVIEW, review)))
    late = document.review_due is not None and document.review_due < pen.today
    at = y
    for row in rows:
        high = 0.0
        for (label, value), left, space in zip(row, (x, x + wide + 16), (wide, room - wide - 16), strict=True):
            pen.text(left, at + 9, pen.say(label), 9.5, 500, "ink-3")
            if value is None:
                high = max(high, 15 + _state(pen, document, left, at + 15))
            else:
                quiet = value in ("–", pen.say(_NO_OWNER))
                colour = "ink-3" if quiet else "opportunity" if label is _REVIEW and late else "ink"
                high = max(
                    high,
                    15
                    + pen.block(
                        left,
                        at + 14,
                        value,
                        space,
                        11.5,
                        400 if quiet else 600,
                        colour,
                        lines=2,
                    ),
                )
        at += high + 9
    return at - y


def _state(pen: Pen, document: Map, x: float, y: float) -> float:
    said = pen.say(_STATES[document.state])
    wide = width(said, 10.5, 600) + 32
    future = document.state != "current"
    pen.box(x, y, wide, 19, None if future else "ink", "ink", radius=9.5, dash="3 3" if future else None)
    colour = "ink" if future else "paper"
    pen.icon({"future": "flag", "ideal": "sparkles"}.get(document.state, "map-pin"), x + 14, y + 9.5, 11, colour)
    pen.text(x + 23, y + 13.2, said, 10.5, 600, colour)
    return 19


def _honesty(pen: Pen, document: Map, x: float, y: float, room: float) -> float:
    honesty = document.whole.honesty(pen.today)
    pen.text(x, y + 9, pen.say(_HONESTY), 9.5, 500, "ink-3", room=room)
    wide = pen.text(x, y + 47, score(pen, honesty), 38, 800, "lapis")
    pen.text(
        x + wide + 10,
        y + 47,
        pen.say(_OF, backed=honesty.backed, n=honesty.cards),
        11,
        400,
        "ink-3",
        room=room - wide - 10,
    )
    bar(pen, honesty, x, y + 58, room, 8)
    left, row = x, y + 83.5
    shown = [state for state in STANDINGS if honesty.counts[state] or state in ("measured", "assumed")]
    if honesty.stale:
        shown.append("stale")  # type: ignore[arg-type]
    for state in shown:
        n = honesty.stale if state == "stale" else honesty.counts[state]
        said = f"{pen.say(evidence.WORDS[state])} {pen.form(n, 'count')}"
        wide = 13 + width(said, 9.5)
        if left > x and left + wide > x + room:
            left, row = x, row + 15
        evidence.mark(pen, state, left + 5, row - 3.5)
        pen.text(left + 13, row, said, 9.5, 400, "ink-2")
        left += wide + 11
    return row + 4.5 - y
