"""Why a card, or anything else on a map, may be believed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from safarnama.maps.words import Words

Kind = Literal["measured", "surveyed", "observed"]
Standing = Literal["measured", "surveyed", "observed", "assumed"]
STANDINGS: tuple[Standing, ...] = ("measured", "surveyed", "observed", "assumed")
STALE_AFTER = 90  # days


class Evidence(BaseModel):
    """What something on a map rests on: events that were counted, answers that were given, or what was observed.

    ``n`` of ``unit`` (customers, answers, orders …); ``source`` says where it came from; ``start`` and ``end`` the period;
    ``finding`` is the id of the finding it opens to.
    """

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    n: int | None = None
    unit: str = "customers"
    source: Words = ""
    start: date | None = None
    end: date | None = None
    finding: str | None = None
    note: Words | None = None

    def stale(self, today: date) -> bool:
        """Whether its period ended more than 90 days ago."""
        return self.end is not None and (today - self.end).days > STALE_AFTER


def standing(evidence: Sequence[Evidence]) -> Standing:
    """The best evidence of something; what has none is assumed."""
    kinds = {each.kind for each in evidence}
    return next((kind for kind in STANDINGS if kind in kinds), "assumed")
