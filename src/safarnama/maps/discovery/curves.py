"""The curves of a discovered map: what customers felt where they were asked, and the chance of the goal from every step."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from safarnama.maps.derived import Curve, Point
from safarnama.maps.discovery.asked import Asked
from safarnama.maps.model import Map

_ENOUGH = 5  # answers; fewer are no feeling of anybody


def curves(document: Map, asked: Asked) -> list[Curve]:
    """All curves that the data allows."""
    return [curve for curve in (_feeling(document, asked), _chance(document, asked)) if curve.points]


def _feeling(document: Map, asked: Asked) -> Curve:
    """Answers of all instruments at a step, each on its own scale brought to −2 … +2, weighed by how many answered."""
    by_step: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in asked.scores.rows():
        by_step[asked.step_of[row["touchpoint"]]].append(row)
    points = []
    for step in document.steps:
        rows = by_step.get(step.id, [])
        n = sum(row["answers"] for row in rows)
        if n < _ENOUGH:
            continue

        def mean(column: str, rows: list[dict[str, Any]] = rows, n: int = n) -> float:
            return float(sum(row[column] * row["answers"] for row in rows) / n)

        instruments = sorted({row["instrument"] or "rating" for row in rows})
        points.append(
            Point(
                step=step.id,
                value=round(mean("feeling"), 4),
                low=round(mean("feeling_low"), 4),
                high=round(mean("feeling_high"), 4),
                instrument=", ".join(instruments),
                evidence=[asked.evidence(asked.scores, n, "answers", "surveyed")],
            )
        )
    return Curve(id="feeling", kind="feeling", points=points)


def _chance(document: Map, asked: Asked) -> Curve:
    if asked.conversion is None:
        return Curve(id="chance", kind="chance")
    rows = {row["touchpoint"]: row for row in asked.conversion.rows()}
    points = []
    for step in _before_goal(document):
        row = rows.get(step)
        if row and row["customers"] >= _ENOUGH:
            points.append(
                Point(
                    step=step,
                    value=row["share"],
                    low=row["low"],
                    high=row["high"],
                    evidence=[asked.evidence(asked.conversion, row["customers"])],
                )
            )
    return Curve(id="chance", kind="chance", points=points)


def _before_goal(document: Map) -> list[str]:
    """The steps up to the one that reaches the goal, that one left out."""
    goals = set(document.goal_touchpoints)
    steps = document.steps
    at = next((place for place, step in enumerate(steps) if goals & set(step.touchpoints)), len(steps))
    return [step.id for step in steps[:at]]
