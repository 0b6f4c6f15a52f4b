"""The questions, asked of Journeys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from bench.engine import questions as asked
from safarnama.journeys.journeys import Journeys
from safarnama.questions.flow import Flow
from safarnama.questions.funnel import Funnel
from safarnama.questions.paths import Paths
from safarnama.questions.question import Question
from safarnama.questions.sessions import Sessions
from safarnama.questions.stepmatrix import Stepmatrix


def load(path: Path) -> asked.Tool:
    """Journeys from the file, and how to ask them."""
    journeys = Journeys.from_parquet(path, customer="customer_id", touchpoint="event", time="ts")
    steps = ",".join(asked.steps_of(journeys.touchpoints))

    def table(question: Question) -> pa.Table:
        return journeys.ask(question).table

    def flow() -> Any:
        found = table(Flow(medians=False))
        return lambda: asked.flow(
            (row["from"], row["to"], row["count"], 1000 * row["mean_seconds"])
            for row in found.to_pylist()
            if row["from"] and row["to"]
        )

    def paths() -> Any:
        found = table(Paths(length=asked.LENGTH, collapse=False, top=asked.TOP))
        rows = found.to_pylist
        return lambda: asked.paths(
            sum(row["paths"] for row in rows()), (row["customers"] for row in rows() if row["steps"] is not None)
        )

    def funnel() -> Any:
        found = table(Funnel(steps=steps, window="7d", medians=False))
        return lambda: asked.funnel(found["customers"].to_pylist())

    def stepmatrix() -> Any:
        found = table(Stepmatrix(steps=asked.STEPS, top=1000))
        return lambda: asked.stepmatrix(
            (row["step"], row["touchpoint"], row["customers"]) for row in found.to_pylist() if row["state"] == "at"
        )

    def sessions() -> Any:
        found = table(Sessions(gap="30min", medians=False, sizes=False))
        return lambda: asked.sessions(sum(found["sessions"].to_pylist()))

    asks: asked.Answers = {"flow": flow, "paths": paths, "funnel": funnel, "sessions": sessions}
    if len(journeys.touchpoints) <= 1000:
        asks["stepmatrix"] = stepmatrix
    return asked.Tool("safarnama", asks)
