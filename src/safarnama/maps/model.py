"""The map document: a grid of words and findings.

Everything has a stable id; order is the order in the file. Words are what people wrote (or discovery wrote and nobody changed);
what came from data stands in ``derived``, by the id of what it belongs to, so a refresh never touches a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.maps.evidence import STANDINGS, Evidence, Standing, standing
from safarnama.maps.words import Words

SCHEMA = "https://safarnama.dev/schema/map/1"
LaneKind = Literal[
    "doing", "touchpoints", "thinking", "feeling", "strengths", "pains", "opportunities", "measures",
    "frontstage", "backstage", "support", "evidence",
]  # fmt: skip


class Part(BaseModel):
    """Anything on a map."""

    model_config = ConfigDict(extra="forbid")


class Figure(Part):
    """A number on a card, said as ``form`` (percent, number, count, signed, duration in seconds, money.IRR in minor units),
    with its interval.

    ``label`` says what it is of; ``series`` is its course over time, if known; ``good`` which way is up.
    """

    value: float
    form: str = "percent"
    low: float | None = None
    high: float | None = None
    label: Words = ""
    series: list[float | None] = Field(default_factory=list)
    good: Literal["up", "down"] | None = None


class Card(Part):
    """One piece of content, at a step or a stage; ``until`` lets it span to a later one.

    ``text`` is None when only data speaks. ``icon`` and ``channel`` are for touchpoints; ``action`` says that the customer
    acts, where the default is that something is communicated.
    """

    id: str
    at: str
    until: str | None = None
    text: Words | None = None
    icon: str | None = None
    channel: str | None = None
    action: bool = False
    evidence: list[Evidence] = Field(default_factory=list)


class Lane(Part):
    """A row of the map with one kind of content."""

    id: str
    kind: LaneKind
    title: Words | None = None
    note: Words | None = None
    cards: list[Card] = Field(default_factory=list)


class Step(Part):
    """A place inside a stage. ``touchpoints`` bind it to the data: what happens there is what these say."""

    id: str
    name: Words
    touchpoints: list[str] = Field(default_factory=list)
    moment_of_truth: bool = False


class Stage(Part):
    """A phase of the map."""

    id: str
    name: Words
    tagline: Words | None = None
    steps: list[Step] = Field(min_length=1)


class Link(Part):
    """A way between two steps beside the next one."""

    from_: str = Field(alias="from")
    to: str
    kind: Literal["next", "loop", "branch"] = "next"

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Persona(Part):
    """Who the map is about, and the segment (a filter) that says which customers those are."""

    id: str
    name: Words
    summary: Words | None = None
    segment: str | None = None
    portrait: str | None = None


class Point(Part):
    """One place of a curve, with its interval and, for a feeling, the instrument that said so."""

    step: str
    value: float
    low: float | None = None
    high: float | None = None
    instrument: str | None = None
    evidence: list[Evidence] = Field(default_factory=list)


class Curve(Part):
    """A line over the steps: what customers felt, from −2 (very bad) to +2 (very good), or the chance (0 to 1) that they
    reach the goal from there."""

    id: str
    kind: Literal["feeling", "chance"] = "feeling"
    name: Words | None = None
    persona: str | None = None
    points: list[Point] = Field(default_factory=list)

    @model_validator(mode="after")
    def _in_range(self) -> Curve:
        low, high = (-2, 2) if self.kind == "feeling" else (0, 1)
        for point in self.points:
            if not low <= point.value <= high:
                raise ValueError(
                    f"the curve {self.id!r} has {point.value} at {point.step!r}; {self.kind} runs from {low} to {high}"
                )
        return self


class Reach(Part):
    """How many customers came at least this far, and what share that is of all."""

    customers: int
    share: float
    low: float | None = None
    high: float | None = None
    finding: str | None = None


class FromData(Part):
    """What data says of one card: its number, its evidence and the words that were made of them.

    ``said`` are those words as they were written; a card whose text differs has been edited and keeps its own.
    """

    figure: Figure | None = None
    evidence: list[Evidence] = Field(default_factory=list)
    said: Words | None = None


class Derived(Part):
    """The layer that a refresh replaces. ``stages`` and ``cards`` go by id."""

    at: date | None = None
    fingerprint: str | None = None
    customers: int | None = None
    events: int | None = None
    start: date | None = None
    end: date | None = None
    sources: list[str] = Field(default_factory=list)
    stages: dict[str, Reach] = Field(default_factory=dict)
    steps: dict[str, Reach] = Field(default_factory=dict)
    cards: dict[str, FromData] = Field(default_factory=dict)
    curves: list[Curve] = Field(default_factory=list)
    notes: list[Words] = Field(default_factory=list)


class Map(Part):
    """A customer journey map."""

    schema_: str = Field(SCHEMA, alias="schema")
    id: str
    title: Words
    subtitle: Words | None = None
    kind: Literal["planned", "actual", "representative", "template"] = "actual"
    state: Literal["current", "future"] = "current"
    goal: Words | None = None
    goal_touchpoints: list[str] = Field(default_factory=list)
    scope: Words | None = None
    owner: Words | None = None
    review_due: date | None = None
    personas: list[Persona] = Field(default_factory=list)
    stages: list[Stage] = Field(min_length=1)
    lanes: list[Lane] = Field(default_factory=list)
    curves: list[Curve] = Field(default_factory=list)
    links: list[Link] = Field(default_factory=list)
    derived: Derived = Field(default_factory=Derived)

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    @model_validator(mode="after")
    def _ids_hold(self) -> Map:
        """Every id is used once, and whatever is pointed at is there."""
        seen: set[str] = set()
        for name in self._ids():
            if name in seen:
                raise ValueError(f"the id {name!r} is used twice; give each stage, step, lane and card its own")
            seen.add(name)
        places = {stage.id for stage in self.stages} | {step.id for step in self.steps}
        for lane in self.lanes:
            for card in lane.cards:
                for place in filter(None, (card.at, card.until)):
                    if place not in places:
                        raise ValueError(f"card {card.id!r} stands at {place!r}, which is no stage or step")
        for curve in (*self.curves, *self.derived.curves):
            for point in curve.points:
                if point.step not in places:
                    raise ValueError(f"the curve {curve.id!r} has a point at {point.step!r}, which is no step")
        return self

    def _ids(self) -> Iterator[str]:
        for stage in self.stages:
            yield stage.id
            yield from (step.id for step in stage.steps)
        for lane in self.lanes:
            yield lane.id
            yield from (card.id for card in lane.cards)
        yield from (persona.id for persona in self.personas)

    # ------------------------------------------------------------------ reading it

    @property
    def steps(self) -> list[Step]:
        """All steps in order."""
        return [step for stage in self.stages for step in stage.steps]

    def lane(self, kind: str) -> Lane | None:
        """The first lane of a kind."""
        return next((lane for lane in self.lanes if lane.kind == kind), None)

    def columns(self, card: Card) -> tuple[int, int]:
        """The first step a card covers and the one after its last, as places among all steps."""
        return self._place(card.at)[0], self._place(card.until or card.at)[1]

    def _place(self, name: str) -> tuple[int, int]:
        at = 0
        for stage in self.stages:
            if stage.id == name:
                return at, at + len(stage.steps)
            for step in stage.steps:
                if step.id == name:
                    return at, at + 1
                at += 1
        raise KeyError(name)

    def figure(self, card: Card) -> Figure | None:
        """The number on a card."""
        found = self.derived.cards.get(card.id)
        return found.figure if found else None

    def evidence(self, card: Card) -> list[Evidence]:
        """All that a card rests on: what people gave it and what data says."""
        found = self.derived.cards.get(card.id)
        return [*card.evidence, *(found.evidence if found else [])]

    def curves_of(self, kind: str) -> list[Curve]:
        """The curves of a kind: those people drew, and where they drew nothing those that data says."""
        own = {curve.id: curve for curve in self.curves if curve.kind == kind}
        found = []
        for curve in self.derived.curves:
            if curve.kind == kind:
                drawn = own.pop(curve.id, None)
                steps = {point.step for point in drawn.points} if drawn else set()
                points = [
                    *(drawn.points if drawn else []),
                    *(point for point in curve.points if point.step not in steps),
                ]
                found.append(curve.model_copy(update={"points": points}))
        return [*found, *own.values()]

    def honesty(self, today: date | None = None, stage: str | None = None) -> Honesty:
        """How much of the map (or of one stage) rests on evidence; see ``Honesty``."""
        today = today or date.today()
        counts = dict.fromkeys(STANDINGS, 0)
        stale = 0
        inside = self._place(stage) if stage else (0, len(self.steps))
        cells = 0
        for lane in self.lanes:
            covered: set[int] = set()
            for card in lane.cards:
                first, after = self.columns(card)
                if after <= inside[0] or first >= inside[1] or (card.text is None and self.figure(card) is None):
                    continue
                evidence = self.evidence(card)
                counts[standing(evidence)] += 1
                stale += bool(evidence) and all(each.stale(today) for each in evidence)
                covered.update(range(max(first, inside[0]), min(after, inside[1])))
            cells += len(covered)
        total = (inside[1] - inside[0]) * max(1, len(self.lanes))
        return Honesty(counts=counts, stale=stale, coverage=cells / total)

    # ------------------------------------------------------------------ keeping it

    def save(self, path: str | Path) -> Path:
        """Write the map as YAML or JSON, by the ending of the name."""
        from safarnama.maps.document import write_map

        return write_map(self, Path(path))

    @classmethod
    def load(cls, path: str | Path) -> Map:
        """Read a map. Raises ``Mistake`` that says where the document is not one."""
        from safarnama.maps.document import read_map

        return read_map(Path(path))

    def draw(self, path: str | Path, **options: Any) -> Path:
        """Draw the map into a file; the ending says the output. See ``safarnama.drawing.draw``."""
        drawn: Path = registry.find("door", "draw")(self, path, **options)
        return drawn


class Honesty(Part):
    """Non-empty cards by their best evidence, how many of those are stale, and the share of cells that are filled."""

    counts: dict[Standing, int]
    stale: int
    coverage: float

    @property
    def cards(self) -> int:
        return sum(self.counts.values())

    @property
    def backed(self) -> int:
        """Cards with evidence that is not stale."""
        return self.cards - self.counts["assumed"] - self.stale

    @property
    def score(self) -> int:
        """0 to 100."""
        return round(100 * self.backed / self.cards) if self.cards else 0


def missing_step(name: str) -> Mistake:
    """The mistake of naming a step that a map does not have."""
    return Mistake(Text(en="The map has no step {name}.", fa="نقشه گامی به نام {name} ندارد."), name=name)
