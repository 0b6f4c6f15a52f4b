"""What a question needs to know of the journeys besides the shard it counts: small, and fit to be sent anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from safarnama.core.errors import unknown
from safarnama.core.grammar import Step
from safarnama.core.words import Text
from safarnama.core.words.calendar import Calendar, moment


@dataclass(frozen=True)
class Scope:
    """``touchpoints``: the alphabet A, in the order of its numbers 0 … A-1. ``table``: stored code → number, and END → A, int32.
    ``words``: dimension → values. ``first``, ``last``: microseconds UTC of the data. ``facts``: counts of what is left out.
    ``unit``: what a journey is of: customers, or, once they are split, sessions or episodes.
    """

    touchpoints: tuple[str, ...]
    table: np.ndarray
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    timezone: str = "UTC"
    calendar: Calendar = "gregorian"
    currency: str = ""
    first: int | None = None
    last: int | None = None
    fingerprint: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    attributes: tuple[str, ...] = ()
    unit: str = "customers"

    @property
    def size(self) -> int:
        """The size of the alphabet, A."""
        return len(self.touchpoints)

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last day, in the workspace's time zone."""
        if self.first is None or self.last is None:
            return None
        return moment(self.first, self.timezone).date(), moment(self.last, self.timezone).date()

    def number(self, name: str) -> int:
        """The number of a touchpoint. Raises ``Mistake`` with the nearest name when there is none."""
        try:
            return self.touchpoints.index(name)
        except ValueError:
            raise unknown(Text(en="Touchpoint", fa="نقطه تماس"), name, list(self.touchpoints)) from None

    def numbers(self, step: Step) -> list[int]:
        """The numbers of the touchpoints of a step."""
        return [self.number(name) for name in step.names]


def identity_table(touchpoints: int, end: int) -> np.ndarray:
    """The table under which every touchpoint stands for itself, int32; ``end`` is the code that closes a customer."""
    table = np.full(end + 1, touchpoints, np.int32)
    table[:touchpoints] = np.arange(touchpoints)
    return table


def alphabet_of(codes: Sequence[str], end: int) -> tuple[tuple[str, ...], np.ndarray]:
    """Touchpoints in the order of the alphabet, and the table that reads codes given in any other order, int32."""
    names = sorted(codes)
    table = identity_table(len(names), end)
    places = {name: place for place, name in enumerate(names)}
    table[: len(codes)] = [places[name] for name in codes]
    return tuple(names), table
