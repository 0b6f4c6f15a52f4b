"""What data says of a map: figures, curves, how many came how far. A refresh replaces all of it and no word of anybody's."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from safarnama.core.words import Text
from safarnama.maps.evidence import Evidence
from safarnama.maps.part import Part
from safarnama.maps.words import Words
from safarnama.maps.wrong import wrong

_RANGE = Text(
    en="the curve {curve!r} has {value} at {step!r}; it runs from {low} to {high}",
    fa="منحنی {curve!r} در {step!r} مقدار {value} دارد؛ بازه‌اش از {low} تا {high} است",
)


class Benchmark(Part):
    """What others reach: a value in the figure's own form, and whose it is."""

    value: float
    of: Words
    source: Words | None = None


class Figure(Part):
    """A number on a card, said as ``form`` (percent, number, count, signed, duration in seconds, money.IRR in minor units),
    with its interval.

    ``label`` says what it is of; ``series`` is its course over time, if known; ``good`` which way is up; ``target`` what is
    wanted and ``benchmark`` what others reach, both in the same form.
    """

    value: float
    form: str = "percent"
    low: float | None = None
    high: float | None = None
    label: Words = ""
    series: list[float | None] = Field(default_factory=list)
    good: Literal["up", "down"] | None = None
    target: float | None = None
    benchmark: Benchmark | None = None


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
                raise wrong(_RANGE, curve=self.id, value=point.value, step=point.step, low=low, high=high)
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
    """The layer that a refresh replaces. ``stages``, ``steps`` and ``cards`` go by id."""

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
