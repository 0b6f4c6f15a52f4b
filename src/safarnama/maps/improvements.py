"""What could be better, what it is worth, and who does what until when."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from safarnama.maps.evidence import Evidence
from safarnama.maps.part import Part
from safarnama.maps.words import Words


class Opportunity(Part):
    """What could be better at a step or stage. Scores run from 1 (least) to 5 (most); ``solves`` are ids of cards (pains,
    barriers) it would remove. ``customers`` is how many it concerns."""

    id: str
    text: Words
    at: str | None = None
    solves: list[str] = Field(default_factory=list)
    value: int | None = Field(None, ge=1, le=5)
    effort: int | None = Field(None, ge=1, le=5)
    confidence: int | None = Field(None, ge=1, le=5)
    customers: int | None = Field(None, ge=0)
    owner: Words | None = None
    evidence: list[Evidence] = Field(default_factory=list)


class Action(Part):
    """Who does what until when. ``for_`` is the id of the opportunity it serves; ``ticket`` its number or address in the tracker,
    which is shown as text and never fetched."""

    id: str
    text: Words
    for_: str | None = Field(None, alias="for")
    owner: Words | None = None
    department: Words | None = None
    due: date | None = None
    ticket: str | None = None
    status: Literal["idea", "planned", "doing", "done", "dropped"] = "planned"
