"""The findings that a discovered map rests on: asked once, kept, and referred to by every number on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safarnama.core.finding import Finding
from safarnama.core.grammar import Step as PlanStep
from safarnama.core.workspace import Workspace
from safarnama.journeys.journeys import Journeys
from safarnama.maps.evidence import Evidence, Kind
from safarnama.maps.stages import Stage
from safarnama.questions.channels import Channels
from safarnama.questions.conversion import Conversion
from safarnama.questions.dropoff import Dropoff
from safarnama.questions.flow import Flow
from safarnama.questions.friction import Friction
from safarnama.questions.funnel import Funnel
from safarnama.questions.overview import Overview
from safarnama.questions.progress import Progress
from safarnama.questions.scores import Scores


@dataclass
class Asked:
    """``by_step``: the journeys with every touchpoint under the id of its step. Findings by touchpoint are of the data as it
    is, findings by step of those."""

    workspace: Workspace
    journeys: Journeys
    by_step: Journeys
    touchpoints: Finding
    steps: Finding
    months: Finding
    channels: Finding
    flow: Finding
    leaving: Finding
    scores: Finding
    progress: Finding
    conversion: Finding | None
    conversion_of_touchpoints: Finding | None
    again: Finding | None
    friction: Finding
    step_of: dict[str, str]
    goal: list[str]

    @property
    def value_of_goal(self) -> float | None:
        """What one reaching of the goal is worth, in minor units; None where no value is known."""
        rows = [row for row in self.touchpoints.rows() if row["name"] in self.goal]
        events = sum(row["events"] for row in rows)
        value = sum(row.get("value") or 0 for row in rows)
        return value / events if events and value > 0 else None

    def evidence(
        self, finding: Finding, n: int, unit: str = "customers", kind: Kind = "measured", note: Any = None
    ) -> Evidence:
        """Evidence for a card from one of the findings."""
        start, end = finding.period or (None, None)
        sources = ", ".join(self.journeys.scope.words.get("source", ()))
        return Evidence(kind=kind, n=n, unit=unit, source=sources, start=start, end=end, finding=finding.id, note=note)


def ask(workspace: Workspace, journeys: Journeys, stages: list[Stage], goal: list[str]) -> Asked:
    """Ask all questions of a map with these stages."""
    step_of = {name: step.id for stage in stages for step in stage.steps for name in step.touchpoints}
    by_step = journeys.grouped(step_of)
    keep = workspace.keep
    groups = tuple(PlanStep(tuple(name for step in stage.steps for name in step.touchpoints)) for stage in stages)
    goals = (PlanStep(tuple(goal)),) if goal else None
    goal_steps = tuple(dict.fromkeys(step_of[name] for name in goal))
    return Asked(
        workspace=workspace,
        journeys=journeys,
        by_step=by_step,
        touchpoints=keep(journeys.ask(Overview())),
        steps=keep(by_step.ask(Overview())),
        months=keep(journeys.ask(Overview(per="month"))),
        channels=keep(by_step.ask(Channels())),
        flow=keep(by_step.ask(Flow())),
        leaving=keep(by_step.ask(Dropoff())),
        scores=keep(journeys.ask(Scores(back=True))),
        progress=keep(journeys.ask(Progress(stages=groups, goal=goals))),
        conversion=keep(by_step.ask(Conversion(goal=(PlanStep(goal_steps),)))) if goal else None,
        conversion_of_touchpoints=keep(journeys.ask(Conversion(goal=goals))) if goals else None,
        again=keep(journeys.ask(Funnel(steps=goals * 2))) if goals else None,
        friction=keep(journeys.ask(Friction())),
        step_of=step_of,
        goal=goal,
    )
