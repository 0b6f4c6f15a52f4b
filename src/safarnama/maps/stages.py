"""The columns of a map: stages, what they are made of, and the ways between steps."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from safarnama.core.words import Text
from safarnama.maps.evidence import Evidence
from safarnama.maps.part import Part
from safarnama.maps.words import Words
from safarnama.maps.wrong import wrong

_UNKNOWN = Text(
    en="step {step!r} is in substage {substage!r}, which stage {stage!r} does not have",
    fa="گام {step!r} در زیرمرحله {substage!r} است که مرحله {stage!r} ندارد",
)
_APART = Text(
    en="the steps of substage {substage!r} do not stand together in stage {stage!r}",
    fa="گام‌های زیرمرحله {substage!r} در مرحله {stage!r} کنار هم نیستند",
)


class Step(Part):
    """A place inside a stage. ``touchpoints`` bind it to the data: what happens there is what these say.

    ``substage`` names the substage of its stage that it belongs to; ``map`` another map that shows this step in full;
    ``wait`` how long it lasts as planned, in seconds.
    """

    id: str
    name: Words
    touchpoints: list[str] = Field(default_factory=list)
    moment_of_truth: bool = False
    substage: str | None = None
    owner: Words | None = None
    map: str | None = None
    wait: float | None = Field(None, ge=0)
    evidence: list[Evidence] = Field(default_factory=list)


class Substage(Part):
    """A part of a stage that has a name; steps say which they belong to."""

    id: str
    name: Words


class Effort(Part):
    """What a stage costs a department: ``level`` from 1 (hardly any) to 5 (most of its time), ``hours`` a month where known."""

    department: Words
    level: int | None = Field(None, ge=1, le=5)
    hours: float | None = Field(None, ge=0)
    note: Words | None = None
    evidence: list[Evidence] = Field(default_factory=list)


class Stage(Part):
    """A phase of the map. ``goal`` is what the customer wants there, ``business_goal`` what the company does."""

    id: str
    name: Words
    tagline: Words | None = None
    goal: Words | None = None
    business_goal: Words | None = None
    owner: Words | None = None
    effort: list[Effort] = Field(default_factory=list)
    evidence: list[Evidence] = Field(default_factory=list)
    substages: list[Substage] = Field(default_factory=list)
    steps: list[Step] = Field(min_length=1)

    @model_validator(mode="after")
    def _substages_hold(self) -> Stage:
        """A step's substage is one of its stage, and the steps of a substage stand together."""
        known = {each.id for each in self.substages}
        seen: list[str | None] = []
        for step in self.steps:
            if step.substage is not None and step.substage not in known:
                raise wrong(_UNKNOWN, step=step.id, substage=step.substage, stage=self.id)
            if not seen or seen[-1] != step.substage:
                if step.substage is not None and step.substage in seen:
                    raise wrong(_APART, substage=step.substage, stage=self.id)
                seen.append(step.substage)
        return self


class Link(Part):
    """A way between two steps beside the next one. ``condition`` says when it is taken ("if not in stock"), ``wait`` how long
    it takes until they arrive, in seconds; ``share`` is the share of customers who take it, 0 to 1.
    """

    from_: str = Field(alias="from")
    to: str
    kind: Literal["next", "loop", "branch"] = "next"
    label: Words | None = None
    condition: Words | None = None
    wait: float | None = Field(None, ge=0)
    share: float | None = Field(None, ge=0, le=1)
    evidence: list[Evidence] = Field(default_factory=list)
