"""The questions, asked of Journeys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.engine import questions as asked
from safarnama.journeys.journeys import Journeys
from safarnama.questions.flow import Flow
from safarnama.questions.funnel import Funnel
from safarnama.questions.paths import Paths
from safarnama.questions.sessions import Sessions
from safarnama.questions.stepmatrix import Stepmatrix


def load(path: Path) -> asked.Tool:
    """Journeys from the file, and how to ask them."""
    journeys = Journeys.from_parquet(path, customer="customer_id", touchpoint="event", time="ts")
    steps = ",".join(asked.steps_of(journeys.touchpoints))

    def flow() -> Any:
        rows = journeys.ask(Flow(medians=False)).table.to_pylist()
        return asked.flow(
            (row["from"], row["to"], row["count"], 1000 * row["mean_seconds"])
            for row in rows
            if row["from"] and row["to"]
        )

    def paths() -> Any:
        rows = journeys.ask(Paths(length=asked.LENGTH, collapse=False, top=asked.TOP)).rows()
        return asked.paths(sum(row["paths"] for row in rows), (r["customers"] for r in rows if r["steps"] is not None))

    def funnel() -> Any:
        return asked.funnel(row["customers"] for row in journeys.ask(Funnel(steps=steps, window="7d")).rows())

    def stepmatrix() -> Any:
        rows = journeys.ask(Stepmatrix(steps=asked.STEPS, top=1000)).rows()
        return asked.stepmatrix((r["step"], r["touchpoint"], r["customers"]) for r in rows if r["state"] == "at")

    def sessions() -> Any:
        rows = journeys.ask(Sessions(gap="30min", medians=False)).rows()
        return asked.sessions(sum(row["sessions"] for row in rows))

    asks: asked.Answers = {"flow": flow, "paths": paths, "funnel": funnel, "sessions": sessions}
    if len(journeys.touchpoints) <= 1000:
        asks["stepmatrix"] = stepmatrix
    return asked.Tool("safarnama", asks)
