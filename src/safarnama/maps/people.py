"""Who a map is about, and who stands behind it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from safarnama.maps.evidence import Evidence
from safarnama.maps.part import Part
from safarnama.maps.words import Words

DecisionRole = Literal["initiator", "influencer", "decider", "buyer", "user", "gatekeeper"]


class Trait(Part):
    """A slider between two poles: ``value`` from 0 (all ``low``) to 100 (all ``high``); where customers were measured,
    ``quartiles`` are the 25th and 75th percentile of them."""

    low: Words
    high: Words
    value: float = Field(ge=0, le=100)
    quartiles: tuple[float, float] | None = None
    evidence: list[Evidence] = Field(default_factory=list)


class Objection(Part):
    """What a buyer holds against it, the answer, and the material that sales can use."""

    text: Words
    answer: Words | None = None
    material: Words | None = None
    evidence: list[Evidence] = Field(default_factory=list)


class Saying(Part):
    """Words of a customer, and who said them."""

    text: Words
    by: Words | None = None
    evidence: list[Evidence] = Field(default_factory=list)


class Value(Part):
    """What a customer is worth as a number: ``amount`` of ``unit`` (toman a year, orders a month)."""

    amount: float
    unit: Words


class Persona(Part):
    """Who the map is about, and the segment (a filter) that says which customers those are.

    ``portrait`` names a drawn person in a few words: woman, man or crowd; scarf, short, long, bun, curly or bald; beard,
    moustache or shaven; glasses, grey, suit; blue, green, red, saffron or orange. ``picture`` is one of their own (a data URI,
    or a PNG or JPEG in the folder of the map) and is shown instead. ``share`` is the part of all customers (0 to 1); ``value`` what one is worth
    as a number, ``worth`` in words; ``jobs`` are the jobs to be done.
    ``deadline`` is when it must be settled; ``buying_stage`` the place in the buying cycle; ``roles`` those in the decision,
    several at once.
    """

    id: str
    name: Words
    summary: Words | None = None
    segment: str | None = None
    portrait: str | None = None
    picture: str | None = None
    gender: Words | None = None
    age: Words | None = None
    job: Words | None = None
    duties: list[Words] = Field(default_factory=list)
    income: Words | None = None
    region: Words | None = None
    company_size: Words | None = None
    channels: list[str] = Field(default_factory=list)
    devices: list[str] = Field(default_factory=list)
    goals: list[Words] = Field(default_factory=list)
    jobs: list[Words] = Field(default_factory=list)
    needs: list[Words] = Field(default_factory=list)
    worries: list[Words] = Field(default_factory=list)
    frustrations: list[Words] = Field(default_factory=list)
    requirements: list[Words] = Field(default_factory=list)
    urgency: Words | None = None
    deadline: date | None = None
    buying_stage: Words | None = None
    roles: list[DecisionRole] = Field(default_factory=list)
    objections: list[Objection] = Field(default_factory=list)
    traits: list[Trait] = Field(default_factory=list)
    quotes: list[Saying] = Field(default_factory=list)
    share: float | None = Field(None, ge=0, le=1)
    value: Value | None = None
    worth: Words | None = None
    evidence: list[Evidence] = Field(default_factory=list)


class Conflict(Part):
    """Where the requirements of members of a buying committee cannot all be met; ``between`` are personas."""

    between: list[str] = Field(min_length=2)
    text: Words
    way_out: Words | None = None
    evidence: list[Evidence] = Field(default_factory=list)


class Stakeholder(Part):
    """Somebody in the company (or outside) whom the map concerns. ``power`` and ``interest`` from 1 to 5."""

    id: str
    name: Words
    department: Words | None = None
    sponsor: bool = False
    wants: Words | None = None
    power: int | None = Field(None, ge=1, le=5)
    interest: int | None = Field(None, ge=1, le=5)
    stages: list[str] = Field(default_factory=list)
    evidence: list[Evidence] = Field(default_factory=list)
