"""What of a map stands where: the cards of some kinds in a stage or at a step."""

from __future__ import annotations

from collections.abc import Sequence

from safarnama.drawing.parts.frame import stage_columns
from safarnama.maps.derived import Curve, Point
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map

GOOD = ("enablers", "strengths", "rewards")
BAD = ("pains", "barriers", "objections")


def cards_of(document: Map, kinds: Sequence[str]) -> list[Card]:
    """The cards of lanes of these kinds that say something, in the order of the kinds."""
    return [
        card
        for kind in kinds
        for lane in document.lanes
        if lane.kind == kind
        for card in lane.cards
        if card.text or document.figure(card)
    ]


def by_stage(document: Map, kinds: Sequence[str]) -> list[list[Card]]:
    """Those cards, stage by stage: a card stands where it begins."""
    placed = [(document.columns(card)[0], card) for card in cards_of(document, kinds)]
    return [[card for at, card in placed if first <= at < after] for first, after in stage_columns(document)]


def by_step(document: Map, kinds: Sequence[str]) -> list[list[Card]]:
    """Those cards, step by step: a card stands where it begins."""
    cards = cards_of(document, kinds)
    found: list[list[Card]] = [[] for _ in document.steps]
    for card in cards:
        found[document.columns(card)[0]].append(card)
    return found


def weightiest(document: Map, cards: Sequence[Card]) -> Card | None:
    """The card to show where there is room for one: the highest share, then what rests on evidence, then the first."""

    def weight(card: Card) -> tuple[float, bool]:
        figure = document.figure(card)
        return (figure.value if figure and figure.form == "percent" else -1.0), bool(document.evidence(card))

    return max(cards, key=weight, default=None)


def points_of(document: Map, curve: Curve) -> dict[int, Point]:
    """The points of a curve by the place of their step; one at a stage stands at its middle step."""
    places = {step.id: number for number, step in enumerate(document.steps)}
    for stage, (first, after) in zip(document.stages, stage_columns(document), strict=True):
        places.setdefault(stage.id, (first + after - 1) // 2)
    return {places[point.step]: point for point in curve.points}


def felt(document: Map) -> dict[int, Point]:
    """The points of the first curve of feelings that has any."""
    curve = next((curve for curve in document.curves_of("feeling") if curve.points), None)
    return points_of(document, curve) if curve else {}
