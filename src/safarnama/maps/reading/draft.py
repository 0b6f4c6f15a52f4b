"""A map while it is being read: stages, steps and cards in the order in which a file names them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from safarnama.core.words import Text
from safarnama.maps.derived import Curve, Figure, Point
from safarnama.maps.lanes import Card, Lane, LaneKind
from safarnama.maps.model import Map
from safarnama.maps.people import Persona
from safarnama.maps.reading.lane_names import lane_of
from safarnama.maps.reading.reading import Left, Reading, unreadable
from safarnama.maps.stages import Link, Stage, Step
from safarnama.maps.words import Bilingual

_MOST_NAME = 500
MOST = 20_000  # characters of one text; a card has a few dozen
_MOST_CARDS, _MOST_STEPS = 20_000, 2_000
_PERSIAN = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")
_FORBIDDEN = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")


def words(text: str) -> Bilingual:
    """A text in the language of its letters; signs that no document may hold are left out."""
    clean = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return {"fa" if _PERSIAN.search(clean) else "en": clean}


@dataclass
class Draft:
    """What has been read so far. ``name`` is what to call the file in a mistake."""

    name: str
    form: str
    title: str = ""
    goal: str = ""
    stages: list[tuple[str, str, list[Step]]] = field(default_factory=list)  # id, name, steps
    lanes: dict[str, Lane] = field(default_factory=dict)
    points: list[Point] = field(default_factory=list)
    personas: list[Persona] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)  # other fields of the map
    named: dict[str, Bilingual] = field(default_factory=dict)  # names in both languages, by id of stage or step
    _ids: set[str] = field(default_factory=set)
    _again: dict[str, int] = field(default_factory=dict)  # how often a name came, so that the next free one is near
    _steps: int = 0
    _cards: int = 0

    def id(self, name: str, otherwise: str) -> str:
        """An id from a name that is still free: its Latin letters, else ``otherwise`` with a number."""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40] or otherwise
        made = slug
        while made in self._ids:
            self._again[slug] = self._again.get(slug, 1) + 1
            made = f"{slug}_{self._again[slug]}"
        self._ids.add(made)
        return made

    def stage(self, name: str) -> str:
        """Begin a stage; returns its id."""
        if len(self.stages) >= _MOST_STEPS:
            raise unreadable(self.name, _TOO_LONG, n=_MOST_STEPS)
        name = self._short(name)
        made = self.id(name, "stage")
        self.stages.append((made, name, []))
        return made

    def step(self, name: str, stage: str | None = None) -> str:
        """Begin a step in the last stage, or in the one of that id; returns its id."""
        if not self.stages:
            self.stage(name)
        name = self._short(name)
        made = self.id(name, "step")
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise unreadable(self.name, _TOO_LONG, n=_MOST_STEPS)
        steps = next(steps for each, _, steps in reversed(self.stages) if stage is None or each == stage)
        steps.append(Step(id=made, name=words(name)))
        return made

    def _short(self, name: str) -> str:
        """A name as it can be one; that a longer one was cut is said."""
        name = " ".join(name.split()) if len(name) <= _MOST_NAME else name[: 2 * _MOST_NAME]
        if len(name) > _MOST_NAME:
            self.leave(_LONG_NAME, text=name[:40], n=_MOST_NAME)
            name = name[:_MOST_NAME]
        return name or "–"

    def step_at(self, place: str) -> str:
        """The step of that id, or the first of the stage of that id, which is made when it has none."""
        found = next((each for each in self.stages if each[0] == place), None)
        if found is None:
            return place
        return found[2][0].id if found[2] else self.step(found[1], place)

    @property
    def here(self) -> str:
        """The last step, or the last stage when it has none yet."""
        made, _, steps = self.stages[-1]
        return steps[-1].id if steps else made

    def lane(self, name: str) -> Lane:
        """The lane of that name; one that is no usual lane holds notes under its own name."""
        kind = lane_of(name)
        key = kind or f"notes:{' '.join(name.split()).casefold()}"
        if key not in self.lanes:
            title = None if kind else words(name)
            self.lanes[key] = Lane(id=self.id(f"lane_{kind or name}", "lane"), kind=kind or "notes", title=title)
        return self.lanes[key]

    def of_kind(self, kind: LaneKind) -> Lane:
        if kind not in self.lanes:
            self.lanes[kind] = Lane(id=self.id(f"lane_{kind}", "lane"), kind=kind)
        return self.lanes[kind]

    def card(
        self, lane: Lane, at: str, text: str, line: int = 0, figure: Figure | None = None, **fields: Any
    ) -> Card | None:
        """A card in a lane at a step or stage; a text longer than a card can be is cut, and that is said."""
        text = text.strip()
        if not text and figure is None:
            return None
        if len(text) > MOST:
            self.leave(_LONG, line, n=len(text) - MOST)
            text = text[:MOST]
        self._cards += 1
        if self._cards > _MOST_CARDS:
            raise unreadable(self.name, _TOO_MANY, n=_MOST_CARDS)
        card = Card(
            id=self.id(f"card_{self._cards}", "card"),
            at=at,
            text=words(text) if text else None,
            figure=figure,
            **fields,
        )
        lane.cards.append(card)
        return card

    def leave(self, text: Text, line: int = 0, /, **arguments: Any) -> None:
        """Say what was not carried over."""
        self.left.append(Left(text, arguments, line))

    def reading(self) -> Reading:
        """The map that was read. Raises ``Mistake`` when the file names no stage."""
        if not self.stages:
            raise unreadable(self.name, _NO_STAGE)
        stages = []
        for made, name, steps in self.stages:
            # A stage is made of steps; one that names none is a step of its own.
            said = self.named.get(made) or words(name)
            named = [step.model_copy(update={"name": self.named.get(step.id, step.name)}) for step in steps]
            stages.append(
                Stage(id=made, name=said, steps=named or [Step(id=self.id(f"{made}_step", "step"), name=said)])
            )
        curves = [Curve(id=self.id("feeling", "curve"), kind="feeling", points=self.points)] if self.points else []
        if curves and "feeling" not in self.lanes:
            self.of_kind("feeling")
        document = Map(
            id=self.id(self.title or self.name, "map"),
            title=words(self.title or self.name),
            goal=words(self.goal) if self.goal else None,
            kind="planned",
            personas=self.personas,
            stages=stages,
            lanes=[lane for lane in self.lanes.values() if lane.cards or lane.kind == "feeling"],
            curves=curves,
            links=self.links,
            **self.more,
        )
        return Reading(document, self.form, tuple(self.left))


_NO_STAGE = Text(en="it names no stage or step", fa="مرحله یا گامی در آن نام برده نشده است")
_TOO_MANY = Text(en="it has more than {n:cards}", fa="بیش از {n:cards} دارد")
_LONG_NAME = Text(
    en="the name “{text}…” is too long; {n:count} characters of it were kept",
    fa="نام «{text}…» بیش از اندازه دراز است؛ {n:count} نویسه‌اش نگه داشته شد",
)
_TOO_LONG = Text(en="it has more than {n:steps} or stages", fa="بیش از {n:steps} یا مرحله دارد")
_LONG = Text(
    en="a text is longer than a card can hold; {n:count} characters at its end are left out",
    fa="متنی از یک کارت بلندتر است؛ {n:count} نویسه پایانی آن کنار گذاشته شد",
)
