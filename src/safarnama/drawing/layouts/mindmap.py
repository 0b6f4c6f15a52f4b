"""Mind map: the persona in the middle; about it what they need, fear and require, who decides, where they stand, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from safarnama.core.words import Text
from safarnama.drawing.layouts.layout import Layout
from safarnama.drawing.parts.branches import HEAD, Branch, hang, heading, stem
from safarnama.drawing.parts.cycle import cycle
from safarnama.drawing.parts.known import ROLES, Item, told, written
from safarnama.drawing.parts.legend import signs_of_evidence
from safarnama.drawing.parts.portraits import portrait
from safarnama.drawing.parts.sheet import sheet
from safarnama.drawing.parts.urgency import urgency
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Scene
from safarnama.drawing.setting import PLAIN, Setting
from safarnama.drawing.shaping import width
from safarnama.maps.model import Map
from safarnama.maps.people import Persona
from safarnama.maps.words import Bilingual, say

_SIDE, _FACE, _RING = 300.0, 94.0, 104.0
_AIR = 26.0
_KICKER = Text(en="A mind map of the persona", fa="نقشه ذهنی پرسونا")
_EVERYONE = Text(en="All customers", fa="همه مشتریان")
_NO_PERSONA = Text(
    en="This map names no persona; what is known of all customers stands here.",
    fa="این نقشه پرسونایی ندارد؛ آنچه از همه مشتریان می‌دانیم اینجاست.",
)
_OTHERS = Text(en="Also on this map: {names:list}.", fa="پرسوناهای دیگر این نقشه: {names:list}.")
_NEEDS, _WORRIES = Text(en="Needs", fa="نیازها"), Text(en="Worries", fa="نگرانی‌ها")
_FRUSTRATIONS, _REQUIREMENTS = Text(en="Frustrations", fa="ناامیدی‌ها"), Text(en="Requirements", fa="الزامات")
_ROLE, _PLACE = (
    Text(en="Role in the decision", fa="نقش در تصمیم"),
    Text(en="Place in the buying cycle", fa="جای او در چرخه خرید"),
)
_WORDS, _GOALS = Text(en="In their own words", fa="از زبان خودشان"), Text(en="Goals", fa="هدف‌ها")


class Mindmap(Layout):
    """The persona in the middle of needs, worries, frustrations, requirements, role, place and urgency."""

    title: ClassVar[Text] = Text(en="Mind map", fa="نقشه ذهنی")

    example: ClassVar[dict[str, Any]] = {}

    def scene(self, document: Map, language: str, today: date | None = None, setting: Setting = PLAIN) -> Scene:
        pen = Pen(language, today)
        finding = "" if document.personas else pen.say(_NO_PERSONA)
        if len(document.personas) > 1:
            finding = pen.say(_OTHERS, names=[say(persona.name, language) for persona in document.personas[1:4]])

        def body(pen: Pen, x: float, y: float, room: float, tall: float) -> float:
            return _Mind(pen, document, x, room).draw(y, tall)

        return sheet(
            document,
            language,
            today,
            body,
            kicker=_KICKER,
            finding=finding,
            signs=signs_of_evidence(document, pen),
            named=False,
            setting=setting,
        )


class _Mind:
    """The middle and its six branches, with urgency below."""

    def __init__(self, pen: Pen, document: Map, x: float, room: float) -> None:
        self.pen, self.document, self.x, self.room = pen, document, x, room
        self.persona: Persona | None = document.personas[0] if document.personas else None
        self.middle = x + room / 2

    def draw(self, y: float, tall: float) -> float:
        pen = self.pen
        start = [self._needs(), self._worries(), self._frustrations()]
        end = [self._requirements(), self._role(), Branch("route", _PLACE)]
        blind = Pen(pen.language, pen.today)
        rows = [
            HEAD + max(hang(blind, one, 0, 0, _SIDE), self._hang(blind, other, 0, 0)) + _AIR
            for one, other in zip(start, end, strict=True)
        ]
        above, below = self._who(blind, 0), urgency(blind, self.persona, 0, 0) + 18
        needed = max(sum(rows) - _AIR, above + 2 * _RING + 24 + below)
        spare = max(0.0, max(tall, needed) - (sum(rows) - _AIR)) / (len(rows) - 1)
        high = max(tall, needed)
        # The face stands as near to the middle as the words above and below it let it.
        centre = min(max(high / 2, above + 12 + _RING), high - below - 12 - _RING)
        self._who(pen, y + max(0.0, min(26.0, centre - _RING - 12 - above)))
        self._stems(y, rows, spare, y + centre, start, end)
        pen.disc(self.middle, y + centre, _RING, "paper", "lapis", stroke_width=2)
        portrait(pen, self.persona, self.middle - _FACE, y + centre - _FACE, 2 * _FACE)
        at = y
        for number, (one, other) in enumerate(zip(start, end, strict=True)):
            for branch, x in ((one, self.x), (other, self.x + self.room - _SIDE)):
                heading(pen, branch, x, at, _SIDE)
                self._hang(pen, branch, x, at + HEAD)
            at += rows[number] + min(spare, 90.0)
        urgency(pen, self.persona, self.middle, y + centre + _RING + 10)
        return high

    def _hang(self, pen: Pen, branch: Branch, x: float, y: float) -> float:
        if branch.title is _PLACE:
            return cycle(pen, self.document, self.persona, x, y + 6, _SIDE) + 6
        return hang(pen, branch, x, y, _SIDE)

    def _stems(
        self,
        y: float,
        rows: Sequence[float],
        spare: float,
        centre: float,
        start: Sequence[Branch],
        end: Sequence[Branch],
    ) -> None:
        at = y
        for number, away in enumerate((-58.0, 0.0, 58.0)):
            across = ((_RING + 11) ** 2 - away**2) ** 0.5
            rule = at + HEAD
            stem(self.pen, (self.middle - across, centre + away), (self.x + _SIDE, rule), start[number].colour)
            stem(
                self.pen, (self.middle + across, centre + away), (self.x + self.room - _SIDE, rule), end[number].colour
            )
            at += rows[number] + min(spare, 90.0)

    def _who(self, pen: Pen, y: float) -> float:
        """Name, one line about them and what they say, above the face; returns the height."""
        persona, room = self.persona, 360.0
        name = say(persona.name, pen.language) if persona else pen.say(_EVERYONE)
        size = next((size for size in (27.0, 22.0, 18.0) if width(name, size, 800) <= room), 16.0)
        used = pen.block(self.middle, y, name, room, size, 800, lines=2, anchor="middle", tight=True) + 2
        if persona and persona.summary:
            used += pen.block(
                self.middle,
                y + used,
                say(persona.summary, pen.language),
                room,
                12.5,
                400,
                "ink-2",
                lines=3,
                anchor="middle",
            )
        said = say(persona.quotes[0].text, pen.language) if persona and persona.quotes else ""
        if said:
            quote = f"«{said}»" if pen.language == "fa" else f"“{said}”"
            used += 4 + pen.block(
                self.middle, y + used + 4, quote, room - 60, 14, 600, "lapis", lines=2, anchor="middle"
            )
        return used

    # ------------------------------------------------------------------ branches

    def _branch(
        self, icon: str, title: Text, words: Sequence[str | Bilingual], kinds: Sequence[str], colour: str = "lapis"
    ) -> Branch:
        """What the persona says; where she says nothing, what the lanes say."""
        said = written(self.pen, words)
        if said and self.persona:
            return Branch(icon, title, said, colour, self.persona.evidence)
        return Branch(icon, title, self._told(kinds), colour)

    def _told(self, kinds: Sequence[str]) -> list[Item]:
        return told(self.pen, self.document, self.persona, kinds)

    def _needs(self) -> Branch:
        words = self.persona.needs if self.persona else ()
        return self._branch("heart", _NEEDS, words, ("needs", "jobs", "motives"))

    def _worries(self) -> Branch:
        found = self._branch("circle-alert", _WORRIES, self.persona.worries if self.persona else (), ("objections",))
        if found.items:
            return found
        told = self._told(("thinking", "quotes"))
        return Branch("quote", _WORDS, told) if told else found

    def _frustrations(self) -> Branch:
        words = self.persona.frustrations if self.persona else ()
        return self._branch("zap", _FRUSTRATIONS, words, ("pains", "barriers"), "pain")

    def _requirements(self) -> Branch:
        words = self.persona.requirements if self.persona else ()
        found = self._branch("clipboard-check", _REQUIREMENTS, words, ("expectations",))
        if found.items:
            return found
        goals = written(self.pen, self.persona.goals if self.persona else ()) or written(
            self.pen, [self.document.goal] if self.document.goal else ()
        )
        return Branch("target", _GOALS, goals, found=self.persona.evidence if self.persona else ()) if goals else found

    def _role(self) -> Branch:
        roles = self.persona.roles if self.persona else []
        items = [Item(self.pen.say(ROLES[role])) for role in roles]
        return Branch("users", _ROLE, items, found=self.persona.evidence if self.persona and items else None)
