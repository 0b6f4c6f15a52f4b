"""The rows of a map: lanes of one kind of content, and the cards that stand in them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from safarnama.maps.derived import Figure
from safarnama.maps.evidence import Evidence
from safarnama.maps.part import Part
from safarnama.maps.words import Words

LaneKind = Literal[
    "doing", "touchpoints", "channels", "thinking", "quotes", "feeling", "feelings",
    "expectations", "needs", "jobs", "motives", "rewards", "enablers", "barriers", "risks", "objections",
    "strengths", "pains", "moments", "opportunities", "measures", "resources", "images",
    "evidence", "frontstage", "backstage", "support", "systems", "exits", "notes",
]  # fmt: skip
"""Kinds of content. ``thinking`` and ``quotes`` are words of customers; ``feeling`` holds the curve and ``feelings`` named
feelings; ``resources`` are what the company lays out for customers to use; ``evidence`` is what they can touch; ``exits``
are where and how they end the relation; ``risks`` are what may go wrong there."""


class Side(Part):
    """One side of a touchpoint: who, and what it looks like from there."""

    actor: Words
    label: Words | None = None


class Card(Part):
    """One piece of content, at a step or a stage; ``until`` lets it span to a later one.

    ``text`` is None when only data speaks; ``figure`` is a number that a person wrote (one from data stands in the derived
    layer and is shown instead). ``subject`` is the id of the persona it is about, where it is about one.

    Touchpoints: ``icon``, ``channel``, ``device`` and ``place``, ``kind`` (a communication has an ``initiator`` and a ``receiver``,
    each with their own label; an action, a decision and a wait have one actor, the initiator) and, on the map of an actual
    journey, what became of the plan (``status``).
    Channels: their ``role`` in the stage. Feelings: ``polarity``. Needs: ``need`` and whether it is ``met``; a need whose
    ``met`` is None is not known to be. Risks: ``likelihood`` and ``impact`` from 1 (least) to 5 (most). Images: ``image`` is a data URI or a file beside the map.
    """

    id: str
    at: str
    until: str | None = None
    text: Words | None = None
    figure: Figure | None = None
    subject: str | None = None
    icon: str | None = None
    channel: str | None = None
    device: Words | None = None
    place: Words | None = None
    kind: Literal["communication", "action", "decision", "wait"] = "communication"
    initiator: Side | None = None
    receiver: Side | None = None
    status: Literal["planned", "done", "missing", "failed", "ad_hoc", "out_of_order"] | None = None
    role: Literal["opens", "assists", "closes"] | None = None
    polarity: Literal["positive", "neutral", "negative"] | None = None
    need: Literal["functional", "emotional"] | None = None
    met: bool | None = None
    likelihood: int | None = Field(None, ge=1, le=5)
    impact: int | None = Field(None, ge=1, le=5)
    image: str | None = None
    evidence: list[Evidence] = Field(default_factory=list)


class Lane(Part):
    """A row of the map with one kind of content. ``owner`` is the team that answers for it."""

    id: str
    kind: LaneKind
    title: Words | None = None
    note: Words | None = None
    owner: Words | None = None
    cards: list[Card] = Field(default_factory=list)
