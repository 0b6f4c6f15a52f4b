"""What a workspace knows of a map's subjects."""

from __future__ import annotations

from safarnama.core.grammar import Step as PlanStep
from safarnama.journeys.journeys import Journeys
from safarnama.maps.check.rule import Data
from safarnama.maps.derived import Reach
from safarnama.maps.model import Map
from safarnama.questions.overview import Overview
from safarnama.questions.progress import Progress


def data_of(journeys: Journeys, document: Map) -> Data:
    """What today's journeys say: the touchpoints that happened, the customers of a segment, how many come how far."""
    happened = frozenset(str(row["name"]) for row in journeys.ask(Overview()).rows())

    def customers(segment: str | None) -> int:
        return (journeys.where(segment) if segment else journeys).customers

    return Data(customers, happened, _reach(journeys, document, happened))


def _reach(journeys: Journeys, document: Map, happened: frozenset[str]) -> dict[str, Reach]:
    """By stage; only of maps whose every stage is bound to something that happened, as the count of a stage rests on all."""
    groups = [
        tuple(name for step in stage.steps for name in step.touchpoints if name in happened)
        for stage in document.stages
    ]
    goal = tuple(name for name in document.goal_touchpoints if name in happened)
    if not all(groups):
        return {}
    question = Progress(stages=tuple(map(PlanStep, groups)), goal=(PlanStep(goal),) if goal else None)
    rows = journeys.ask(question).rows()
    return {
        stage.id: Reach(customers=row["customers"], share=row["share"] or 0, low=row["low"], high=row["high"])
        for stage, row in zip(document.stages, rows, strict=True)
    }
