"""Persona: the sheet of one persona. What they say is the headline; beside it who they are, below it what they want and feel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, ClassVar, Literal

from safarnama.core.errors import Mistake, unknown
from safarnama.core.parameters import PersonaId
from safarnama.core.words import Text
from safarnama.core.words.lexicon import channel_icon, channel_title, value_title
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.parts import conflicts, evidence
from safarnama.drawing.parts.brand import brand
from safarnama.drawing.parts.cycle import cycle
from safarnama.drawing.parts.known import ROLES, told, written
from safarnama.drawing.parts.legend import legend, signs_of_evidence
from safarnama.drawing.parts.missing import missing
from safarnama.drawing.parts.objections import objections
from safarnama.drawing.parts.section import Section, listed
from safarnama.drawing.parts.sheet import HIGHEST
from safarnama.drawing.parts.sliders import sliders
from safarnama.drawing.parts.strip import strip
from safarnama.drawing.parts.tags import tags
from safarnama.drawing.parts.urgency import BY, scale
from safarnama.drawing.parts.who import WIDE as PANEL
from safarnama.drawing.parts.who import who
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Direction, Scene
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.shaping import is_persian, width, wrap
from safarnama.maps.derived import Curve
from safarnama.maps.model import Map
from safarnama.maps.people import Persona, Saying
from safarnama.maps.words import Bilingual, say

_WIDE, _HIGH, _MARGIN, _FOOT = 1280.0, 720.0, 46.0, 24.0
_THIRD, _GAP, _AIR = 236.0, 30.0, 20.0
_STRIP, _BESIDE = 84.0, 158.0
_SENTENCE = re.compile(r"[.!?؟…]+\s+")
_KICKER = Text(en="Persona · journey “{title}”", fa="پرسونا · سفر «{title}»")
_ALSO = Text(en="Also on this map: {names:list}", fa="پرسوناهای دیگر این نقشه: {names:list}")
_GOALS, _NEEDS = Text(en="Goals", fa="هدف‌ها"), Text(en="Needs", fa="نیازها")
_REQUIREMENTS, _EXPECTED = Text(en="Requirements", fa="الزامات"), Text(en="Expectations", fa="انتظارها")
_JOBS = Text(en="Jobs to be done", fa="کارهایی که باید انجام شود")
_WORRIES, _FRUSTRATIONS = Text(en="Worries", fa="نگرانی‌ها"), Text(en="Frustrations", fa="ناامیدی‌ها")
_PAINS = Text(en="Pain points on the way", fa="نقاط درد این سفر")
_OBJECTIONS, _ROLE = Text(en="Objections", fa="اعتراض‌ها"), Text(en="Role in the decision", fa="نقش در تصمیم")
_PLACE, _URGENCY = Text(en="Place in the buying cycle", fa="جای او در چرخه خرید"), Text(en="Urgency", fa="فوریت")
_TRAITS, _WORDS = Text(en="Traits", fa="ویژگی‌ها"), Text(en="In their own words", fa="از زبان خودشان")
_CHANNELS, _DEVICES = Text(en="Channels", fa="کانال‌ها"), Text(en="Devices", fa="دستگاه‌ها")
_JOURNEY, _FELT = (
    Text(en="Their journey", fa="سفر او"),
    Text(en="feeling at {steps:steps}", fa="احساس در {steps:steps}"),
)
_OF_ALL = Text(en="of all customers", fa="همه مشتریان")
_NOTHING = Text(en="Nothing is known of this persona yet.", fa="هنوز چیزی از این پرسونا نمی‌دانیم.")
_HINT = Text(
    en="Write down goals, needs, worries and what they say: safarnama check names what is missing.",
    fa="هدف‌ها، نیازها، نگرانی‌ها و حرف‌هایشان را بنویسید: safarnama check می‌گوید چه کم است.",
)
_NO_PERSONA = Text(
    en="The map has no persona {seen}, since it has none at all. Leave --persona out to see all customers.",
    fa="نقشه پرسونایی به نام {seen} ندارد، چون هیچ پرسونایی ندارد. برای دیدن همه مشتریان --persona را ننویسید.",
)


class Sheet(Layout):
    """One persona: portrait and facts, quote, goals, needs, worries, objections, traits, channels, conflicts and journey."""

    title: ClassVar[Text] = Text(en="Persona", fa="پرسونا")
    example: ClassVar[dict[str, Any]] = {}
    draws: ClassVar[Literal["map", "persona", "finding", "diff", "collection"]] = "persona"

    persona: PersonaId | None = None

    def scene(self, document: Map, language: str, today: date | None = None, setting: Setting = PLAIN) -> Scene:
        chosen = self._chosen(document)
        blind = Pen(language, today, setting)
        needed = max(
            _HIGH,
            min(_WIDE * setting.shape, HIGHEST),
            who(blind, document, chosen, 0, 0, 0),
            _Main(blind, document, chosen).draw(0),
        )
        pen = Pen(language, today, setting)
        pen.box(0, 0, PANEL, needed, "sunk")
        who(pen, document, chosen, 0, 0, needed)
        _Main(pen, document, chosen).draw(needed)
        names = [say(stage.name, language) for stage in document.stages]
        name = say(chosen.name, language) if chosen else ""
        return Scene(
            width=_WIDE,
            height=needed,
            marks=tuple(pen.marks),
            direction=pen.direction,
            language=language,
            title=" · ".join(filter(None, [name, say(document.title, language)])),
            description=" · ".join([pen.say(self.title), *filter(None, [name]), *names]),
        )

    def _chosen(self, document: Map) -> Persona | None:
        """The persona that was asked for, else the first. Raises ``Mistake`` for one that the map does not have."""
        if self.persona is None:
            return document.personas[0] if document.personas else None
        found = next((each for each in document.personas if each.id == self.persona), None)
        if found is None and not document.personas:
            raise Mistake(_NO_PERSONA, seen=self.persona)
        if found is None:
            raise unknown(Text(en="Persona", fa="پرسونا"), self.persona, [each.id for each in document.personas])
        return found


class _Main:
    """Everything beside the panel."""

    def __init__(self, pen: Pen, document: Map, persona: Persona | None) -> None:
        self.pen, self.document, self.persona = pen, document, persona
        self.x, self.room = PANEL + _MARGIN, _WIDE - PANEL - 2 * _MARGIN
        own = persona.quotes if persona else []
        self.quotes = [each for each in own if say(each.text, pen.language)]
        # Where none of theirs is written down, words that customers are known to have said on the way.
        heard = [] if self.quotes else told(pen, document, persona, ("quotes", "thinking"))
        self.heard = [item for item in heard if item.found]

    def draw(self, tall: float) -> float:
        """Draw it on a sheet of that height; returns the height that it needs."""
        pen, blind = self.pen, Pen(self.pen.language, self.pen.today, self.pen.setting)
        y = self._head(38) + 18
        y += self._columns(y) + _AIR
        found = conflicts.of_persona(self.document, self.persona)
        if found and self.persona:
            persona = self.persona
            clashes = Section(
                "git-branch", pen.say(conflicts.TITLE),
                lambda pen, x, y, wide: conflicts.conflicts(pen, self.document, found, persona, x, y, wide),
            )  # fmt: skip
            y += clashes.draw(pen, self.x, y, self.room) + _AIR
        signs = signs_of_evidence(self.document, pen)
        foot = legend(blind, self.document, self.x, 0, self.room, signs) + _FOOT
        journey = _STRIP + 18
        y = max(y, tall - foot - 14 - journey)
        self._journey(y)
        y += journey + 14
        legend(pen, self.document, self.x, y, self.room, signs)
        return y + foot

    # ------------------------------------------------------------------ the headline

    def _head(self, y: float) -> float:
        """What they say, or the title where nobody has heard them; returns where it ends."""
        pen, document, persona = self.pen, self.document, self.persona
        x, room = self.x, self.room
        said = next(iter(self.quotes), None)
        if said is None and self.heard:
            said = Saying(text=self.heard[0].said, evidence=list(self.heard[0].found or ()))
        title = say(document.title, pen.language)
        kicker = pen.say(_KICKER, title=title) if said else pen.say(Sheet.title)
        others = [say(each.name, pen.language) for each in document.personas if each is not persona]
        also = pen.say(_ALSO, names=[*others[:3], *(["…"] if len(others) > 3 else [])]) if others else ""
        taken = brand(pen, x, y + 10, kicker, 11.5, room, mark=True)
        if also and taken + 20 + width(also, 11) <= room:
            pen.text(x + room, y + 10, also, 11, 400, "ink-3", anchor="end")
        y += 22
        if said:
            y += self._quote(said, y)
            return y
        size = next((size for size in (26.0, 22.0) if len(wrap(title, room, size, 800)) <= 2), 18.0)
        return y + pen.block(x, y, title, room, size, 800, lines=3, tight=True)

    def _quote(self, quote: Saying, y: float) -> float:
        """The words large, all after their first sentence in the accent, and below them who said so."""
        pen, x, room = self.pen, self.x, self.room
        said = " ".join(say(quote.text, pen.language).split())
        whole = self._quoted(said)
        size = next((size for size in (26.0, 22.0, 19.0) if len(wrap(whole, room, size, 700)) <= 2), 17.0)
        end = _SENTENCE.search(said)
        first = len(said[: end.end()].split()) if end else 0
        used = 0.0
        if first and is_persian(said) == (pen.language == "fa"):
            way: Direction = "rtl" if pen.language == "fa" else "ltr"
            step, at = pen.leading(size) * 0.93, 0
            for line in wrap(whole, room, size, 700, lines=4):
                words = line.split()
                plain = words[: max(0, first - at)]
                shown = " ".join(plain)
                base = y + used + size * 1.12
                pen.text(x, base, shown, size, 700, direction=way)
                beside = width(shown + " ", size, 700) if shown else 0.0
                pen.text(x + beside, base, " ".join(words[len(plain) :]), size, 700, "lapis", direction=way)
                at += len(words)
                used += step
        else:
            used += pen.block(x, y, whole, room, size, 700, lines=4)
        used += 6
        by = say(quote.by, pen.language)
        beside = evidence.line_width(pen, quote.evidence, 11.5) + 14
        taken = pen.text(x, y + used + 12, by, 12, 400, "ink-2", room=room - beside) if by else -14.0
        evidence.line(pen, quote.evidence, x + taken + 14, y + used + 12, beside, 11.5)
        return used + 18

    # ------------------------------------------------------------------ three columns

    def _columns(self, y: float) -> float:
        """Sections one by one into the wide column that ends first; what is small into the third. Returns the height."""
        pen = self.pen
        wide, narrow = self._wide(), self._narrow()
        if not wide and not narrow:
            return missing(pen, "user", pen.say(_NOTHING), pen.say(_HINT), self.x, y, self.room, 200)
        third = _THIRD + _GAP if narrow else 0.0
        column = (self.room - third - _GAP) / 2
        ends = [0.0, 0.0]
        for section in wide:
            place = 0 if ends[0] <= ends[1] else 1
            ends[place] += section.draw(pen, self.x + place * (column + _GAP), y + ends[place], column) + _AIR
        end = 0.0
        for section in narrow:
            end += section.draw(pen, self.x + self.room - _THIRD, y + end, _THIRD) + _AIR
        return max(*ends, end) - _AIR

    def _wide(self) -> list[Section]:
        persona, pen = self.persona, self.pen
        found = [
            self._written("target", _GOALS, persona.goals if persona else ()) or self._goal(),
            self._written("clipboard-list", _JOBS, persona.jobs if persona else ()),
            self._written("circle-alert", _WORRIES, persona.worries if persona else ()),
            self._written("heart", _NEEDS, persona.needs if persona else ())
            or self._told("heart", _NEEDS, ("needs", "jobs", "motives")),
            self._written("zap", _FRUSTRATIONS, persona.frustrations if persona else (), "pain")
            or self._told("zap", _PAINS, ("pains", "barriers"), "pain"),
            self._written("clipboard-check", _REQUIREMENTS, persona.requirements if persona else ())
            or self._told("clipboard-check", _EXPECTED, ("expectations",)),
        ]
        if persona:
            if persona.objections:
                against = partial(objections, persona.objections)
                found.append(Section("message-circle-warning", pen.say(_OBJECTIONS), against, persona.evidence))
            if persona.roles:
                roles = [
                    ("users" if role != "decider" else "badge-check", pen.say(ROLES[role])) for role in persona.roles
                ]
                found.append(
                    Section("users", pen.say(_ROLE), lambda pen, x, y, wide: tags(pen, roles, x, y + 2, wide, "ink") + 4, persona.evidence)
                )  # fmt: skip
            if persona.buying_stage:
                found.append(
                    Section("route", pen.say(_PLACE), lambda pen, x, y, wide: cycle(pen, self.document, persona, x, y, wide))
                )  # fmt: skip
            if persona.urgency or persona.deadline:
                found.append(Section("hourglass", pen.say(_URGENCY), self._urgency, persona.evidence, "opportunity"))
        if len(self.heard) > 1:
            items = [replace(item, said=self._quoted(item.said)) for item in self.heard[1:]]
            found.append(Section("quote", pen.say(_WORDS), listed(items)))
        return [section for section in found if section]

    def _narrow(self) -> list[Section]:
        persona, pen = self.persona, self.pen
        if persona is None:
            return []
        found = []
        if persona.traits:
            found.append(
                Section(
                    "sliders-horizontal", pen.say(_TRAITS),
                    lambda pen, x, y, wide: sliders(pen, persona.traits, bool(persona.evidence), x, y, wide), persona.evidence,
                )
            )  # fmt: skip
        channels = [(channel_icon(name), _large(channel_title(name).say(pen.language))) for name in persona.channels]
        devices = [(_device_icon(name), _large(value_title(name).say(pen.language))) for name in persona.devices]
        for icon, title, shown in (("share-2", _CHANNELS, channels), ("smartphone", _DEVICES, devices)):
            if shown:
                found.append(
                    Section(icon, pen.say(title), lambda pen, x, y, wide, shown=shown: tags(pen, shown, x, y + 2, wide) + 4, persona.evidence)  # type: ignore[misc]
                )  # fmt: skip
        if len(self.quotes) > 1:
            found.append(Section("quote", pen.say(_WORDS), self._sayings))
        return found

    def _goal(self) -> Section | None:
        """The goal of the whole map, where its only persona has none of their own."""
        alone = len(self.document.personas) < 2
        items = written(self.pen, [self.document.goal] if self.document.goal and alone else [])
        return Section("target", self.pen.say(_GOALS), listed(items), ()) if items else None

    def _quoted(self, said: str) -> str:
        return f"«{said}»" if self.pen.language == "fa" else f"“{said}”"

    def _written(
        self, icon: str, title: Text, words: Sequence[str | Bilingual], colour: str = "lapis"
    ) -> Section | None:
        """What is written of the persona; None where nothing is."""
        items = written(self.pen, words)
        found = self.persona.evidence if self.persona else ()
        return Section(icon, self.pen.say(title), listed(items), found, colour) if items else None

    def _told(self, icon: str, title: Text, kinds: Sequence[str], colour: str = "lapis") -> Section | None:
        """What lanes of these kinds say instead; None where nobody knows."""
        items = told(self.pen, self.document, self.persona, kinds)
        return Section(icon, self.pen.say(title), listed(items), None, colour) if items else None

    def _sayings(self, pen: Pen, x: float, y: float, wide: float) -> float:
        """What else they say; the first is the headline."""
        used = 0.0
        for number, each in enumerate(self.quotes[1:]):
            if number:
                pen.line(x, y + used + 2, x + wide, y + used + 2, "hair")
                used += 6
            used += pen.block(x, y + used, self._quoted(say(each.text, pen.language)), wide, 13.5, 400, lines=4)
            used += pen.block(x, y + used, say(each.by, pen.language), wide, 11.5, 400, "ink-2", lines=2)
            evidence.line(pen, each.evidence, x, y + used + 11, wide, 11)
            used += 17
        return used

    def _urgency(self, pen: Pen, x: float, y: float, wide: float) -> float:
        assert self.persona is not None
        used = pen.block(x, y, say(self.persona.urgency, pen.language), wide, 13.5, 400, lines=3)
        if self.persona.deadline:
            said = pen.say(BY, day=self.persona.deadline)
            pen.text(x, y + used + 14, said, 12, 600, "opportunity", room=wide)
            used += 26 + scale(pen, self.persona.deadline, x, y + used + 26, wide)
        return used

    # ------------------------------------------------------------------ the journey

    def _journey(self, y: float) -> None:
        pen, document = self.pen, self.document
        pen.line(self.x, y, self.x + self.room, y, "ink", 1.5)
        pen.icon("activity", self.x + 9, y + 20, 17, "lapis")
        pen.text(self.x + 26, y + 25, pen.say(_JOURNEY), 14.5, 800, room=_BESIDE - 40)
        curve = self._curve()
        said = pen.say(_FELT, steps=len(curve.points)) if curve else ""
        used = 32 + pen.block(self.x, y + 32, said, _BESIDE - 20, 11, 400, "ink-3", lines=2)
        if curve and curve.persona is None and len(document.personas) > 1:
            pen.block(self.x, y + used, pen.say(_OF_ALL), _BESIDE - 20, 11, 400, "ink-3", lines=2)
        strip(pen, document, curve, self.x + _BESIDE, y + 10, self.room - _BESIDE, _STRIP)

    def _curve(self) -> Curve | None:
        """The persona's own curve of feeling; else one that is of nobody in particular."""
        curves = [curve for curve in self.document.curves_of("feeling") if curve.points]
        own = next((curve for curve in curves if self.persona and curve.persona == self.persona.id), None)
        return own or next((curve for curve in curves if curve.persona is None), None)


def _large(said: str) -> str:
    """A name at the beginning of a line."""
    return said[:1].upper() + said[1:]


def _device_icon(name: str) -> str:
    small = {"mobile", "phone", "smartphone", "android", "ios", "tablet", "app"}
    return "smartphone" if set(re.findall("[a-z]+", name.lower())) & small else "monitor"
