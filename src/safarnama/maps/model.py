"""The map document: a grid of words and findings.

Everything has a stable id; order is the order in the file. Words are what people wrote (or discovery wrote and nobody changed);
what came from data stands in ``derived``, by the id of what it belongs to, so a refresh never touches a word.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, PrivateAttr, model_validator

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.grammar import Step as PlanStep
from safarnama.core.words import Text
from safarnama.maps.comments import Comment
from safarnama.maps.derived import Curve, Derived, Figure
from safarnama.maps.evidence import STANDINGS, Evidence, Standing, standing
from safarnama.maps.improvements import Action, Opportunity
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.migrating import SCHEMA
from safarnama.maps.origin import Origin
from safarnama.maps.part import Part
from safarnama.maps.people import Conflict, Persona, Stakeholder
from safarnama.maps.stages import Link, Stage, Step
from safarnama.maps.words import Words
from safarnama.maps.wrong import wrong

if TYPE_CHECKING:
    from safarnama.maps.diff import Diff

_TWICE = Text(
    en="the id {id!r} is used twice; give each stage, step, lane, card, persona, opportunity and comment its own",
    fa="شناسه {id!r} دو بار آمده است؛ به هر مرحله، گام، ردیف، کارت، پرسونا، فرصت و نظر شناسه‌ای جدا بدهید",
)
_NOWHERE = Text(
    en="{who!r} points at {target!r}, which is no {en}", fa="{who!r} به {target!r} اشاره می‌کند که {fa} نیست"
)
_BACKWARDS = Text(
    en="card {card!r} begins at {at!r} and ends before it, at {until!r}",
    fa="کارت {card!r} از {at!r} آغاز می‌شود و پیش از آن، در {until!r}، پایان می‌یابد",
)
_PLACE = Text(en="stage or step", fa="مرحله یا گامی")
_THING = Text(en="stage, step or card", fa="مرحله، گام یا کارتی")
_STEP = Text(en="step", fa="گامی")
_STAGE = Text(en="stage", fa="مرحله‌ای")
_CARD = Text(en="card", fa="کارتی")
_PERSONA = Text(en="persona", fa="پرسونایی")
_OPPORTUNITY = Text(en="opportunity", fa="فرصتی")


class Map(Part):
    """A customer journey map.

    ``kind``: a journey as planned, as it was (actual), one that stands for many (representative), or a template; ``state``:
    now, as it is to be, or as it would be at best; ``status``: draft, tested with customers, or in use. ``variant_of`` and ``inside`` name other
    maps: the one this is a variant of, and the one of which this shows a step.
    """

    schema_: str = Field(SCHEMA, alias="schema")
    id: str
    title: Words
    subtitle: Words | None = None
    kind: Literal["planned", "actual", "representative", "template"] = "actual"
    state: Literal["current", "future", "ideal"] = "current"
    status: Literal["draft", "tested", "in_use"] = "draft"
    variant_of: str | None = None
    inside: str | None = None
    goal: Words | None = None
    business_goal: Words | None = None
    goal_touchpoints: list[str] = Field(default_factory=list)
    scope: Words | None = None
    owner: Words | None = None
    review_due: date | None = None
    departments: list[Words] = Field(default_factory=list)
    stakeholders: list[Stakeholder] = Field(default_factory=list)
    personas: list[Persona] = Field(default_factory=list)
    conflicts: list[Conflict] = Field(default_factory=list)
    stages: list[Stage] = Field(min_length=1)
    lanes: list[Lane] = Field(default_factory=list)
    curves: list[Curve] = Field(default_factory=list)
    links: list[Link] = Field(default_factory=list)
    opportunities: list[Opportunity] = Field(default_factory=list)
    actions: list[Action] = Field(default_factory=list)
    comments: list[Comment] = Field(default_factory=list)
    derived: Derived = Field(default_factory=Derived)
    _origin: Origin = PrivateAttr(default_factory=Origin)
    _whole: Map | None = PrivateAttr(None)

    @model_validator(mode="after")
    def _ids_hold(self) -> Map:
        """Every id is used once, and whatever is pointed at is there."""
        seen: set[str] = set()
        for name in self._ids():
            if name in seen:
                raise wrong(_TWICE, id=name)
            seen.add(name)
        places = {step.id for step in self.steps}
        personas = {persona.id for persona in self.personas}
        cards = {card.id for lane in self.lanes for card in lane.cards}
        stages = {stage.id for stage in self.stages}
        opportunities = {each.id for each in self.opportunities}
        for who, target, known, what in self._pointers():
            if target not in {"things": places | stages | cards, "places": places | stages, "steps": places, "stages": stages, "personas": personas,
                              "cards": cards, "opportunities": opportunities}[known]:  # fmt: skip
                raise wrong(_NOWHERE, who=who, target=target, en=what.en, fa=what.fa)
        for lane in self.lanes:
            for card in lane.cards:
                first, after = self.columns(card)
                if after <= first:
                    raise wrong(_BACKWARDS, card=card.id, at=card.at, until=card.until)
        return self

    def _ids(self) -> Iterator[str]:
        for stage in self.stages:
            yield stage.id
            yield from (substage.id for substage in stage.substages)
            yield from (step.id for step in stage.steps)
        for lane in self.lanes:
            yield lane.id
            yield from (card.id for card in lane.cards)
        for named in (self.personas, self.stakeholders, self.opportunities, self.actions, self.comments):
            yield from (each.id for each in named)

    def _pointers(self) -> Iterator[tuple[str, str, str, Text]]:
        """Who points at what, where that must be found, and what it is called."""
        for lane in self.lanes:
            for card in lane.cards:
                for place in filter(None, (card.at, card.until)):
                    yield card.id, place, "places", _PLACE
                if card.subject:
                    yield card.id, card.subject, "personas", _PERSONA
        for curve in (*self.curves, *self.derived.curves):
            for point in curve.points:
                yield curve.id, point.step, "places", _PLACE
        for link in self.links:
            for end in (link.from_, link.to):
                yield f"{link.from_} → {link.to}", end, "steps", _STEP
        for number, conflict in enumerate(self.conflicts, 1):
            for end in conflict.between:
                yield f"conflicts {number}", end, "personas", _PERSONA
        for person in self.stakeholders:
            for stage in person.stages:
                yield person.id, stage, "stages", _STAGE
        for opportunity in self.opportunities:
            if opportunity.at:
                yield opportunity.id, opportunity.at, "places", _PLACE
            for card_id in opportunity.solves:
                yield opportunity.id, card_id, "cards", _CARD
        for action in self.actions:
            if action.for_:
                yield action.id, action.for_, "opportunities", _OPPORTUNITY
        for comment in self.comments:
            yield comment.id, comment.about, "things", _THING

    # ------------------------------------------------------------------ reading it

    @property
    def file(self) -> Path | None:
        """The file the map was read from; None for one that was made."""
        return self._origin.file

    def read_from(self, file: Path) -> Map:
        """The map itself, which now knows the file it was read from."""
        self._origin = Origin(file)
        return self

    @property
    def steps(self) -> list[Step]:
        """All steps in order."""
        return [step for stage in self.stages for step in stage.steps]

    @property
    def whole(self) -> Map:
        """The map that this is a part of (see ``maps.parting``); itself if it is none."""
        return self._whole or self

    @property
    def before(self) -> tuple[int, int]:
        """How many stages and steps of the whole come before the first of this part: none in a map that is no part."""
        stages, steps = ([each.id for each in all_] for all_ in (self.whole.stages, self.whole.steps))
        return stages.index(self.stages[0].id), steps.index(self.steps[0].id)

    def lane(self, kind: str) -> Lane | None:
        """The first lane of a kind."""
        return next((lane for lane in self.lanes if lane.kind == kind), None)

    def columns(self, card: Card) -> tuple[int, int]:
        """The first step that a card covers and the one after its last, as places among all steps."""
        first, after = self.place(card.at)
        return first, self.place(card.until)[1] if card.until else after

    def place(self, name: str) -> tuple[int, int]:
        """The first step of a stage or step and the one after its last, as places among all steps."""
        at = 0
        for stage in self.stages:
            if stage.id == name:
                return at, at + len(stage.steps)
            for step in stage.steps:
                if step.id == name:
                    return at, at + 1
                at += 1
        raise KeyError(name)

    def plan(self) -> tuple[PlanStep, ...]:
        """The steps that are bound to data, in order, as a plan to hold journeys against."""
        return tuple(PlanStep(tuple(step.touchpoints)) for step in self.steps if step.touchpoints)

    def figure(self, card: Card) -> Figure | None:
        """The number on a card: the one from data, else the one a person wrote."""
        found = self.derived.cards.get(card.id)
        return found.figure if found and found.figure else card.figure

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
        stale = dict.fromkeys(STANDINGS, 0)
        inside = self.place(stage) if stage else (0, len(self.steps))
        cells = 0
        for lane in self.lanes:
            covered: set[int] = set()
            for card in lane.cards:
                first, after = self.columns(card)
                if after <= inside[0] or first >= inside[1] or (card.text is None and self.figure(card) is None):
                    continue
                evidence = self.evidence(card)
                best = standing(evidence)
                counts[best] += 1
                stale[best] += bool(evidence) and all(each.stale(today) for each in evidence)
                covered.update(range(max(first, inside[0]), min(after, inside[1])))
            cells += len(covered)
        total = (inside[1] - inside[0]) * max(1, len(self.lanes))
        return Honesty(counts=counts, stale_counts=stale, coverage=cells / total)

    def check(self, **options: Any) -> Any:
        """Hold the map against every rule of a good one; see ``safarnama.maps.check.checking.check``."""
        return registry.find("door", "check")(self, **options)

    def diff(self, new: Map) -> Diff:
        """What changed from this map to a newer one, by ids: ``Diff``, to be read, drawn, or kept as JSON."""
        from safarnama.maps.diff import diff

        return diff(self, new)

    # ------------------------------------------------------------------ keeping it

    def save(self, path: str | Path) -> Path:
        """Write the map as YAML or JSON, by the ending of the name."""
        from safarnama.maps.document import write_map

        return write_map(self, Path(path))

    @classmethod
    def load(cls, path: str | Path) -> Map:
        """Read a map, a template (``template:NAME``), or a map that was made elsewhere, in any form that ``safarnama.read_map``
        knows; what could not be carried over is said as a warning. Raises ``Mistake`` that says where the document is no map."""
        from safarnama.maps.reading import read

        reading = read(path)
        for left in reading.left:
            warnings.warn(left.say("en"), stacklevel=2)
        return reading.map

    def draw(self, path: str | Path, **options: Any) -> Path:
        """Draw the map into a file; the ending says the output. See ``safarnama.drawing.draw``."""
        drawn: Path = registry.find("door", "draw")(self, path, **options)
        return drawn


class Honesty(Part):
    """Non-empty cards by their best evidence, how many of those are stale, and the share of cells that are filled.

    Only cards count: they are what a map claims. What stages, steps, links and people rest on is told in its notes.
    """

    counts: dict[Standing, int]
    stale_counts: dict[Standing, int]
    coverage: float

    @property
    def cards(self) -> int:
        return sum(self.counts.values())

    @property
    def stale(self) -> int:
        """Cards all of whose evidence is stale."""
        return sum(self.stale_counts.values())

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
