"""The questions, asked of Journeys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench import asked
from safarnama.journeys.journeys import Journeys
from safarnama.questions.flow import Flow
from safarnama.questions.funnel import Funnel
from safarnama.questions.overview import Overview
from safarnama.questions.paths import Paths


def load(path: Path) -> asked.Tool:
    """Journeys from the file, and how to ask them."""
    journeys = Journeys.from_parquet(path, customer=asked.CUSTOMER, touchpoint=asked.TOUCHPOINT, time=asked.TIME)

    def reach() -> Any:
        rows = journeys.ask(Overview()).rows()
        return asked.reach((row["name"], row["events"], row["customers"]) for row in rows)

    def flow() -> Any:
        rows = journeys.ask(Flow(medians=False)).rows()
        inner = (row for row in rows if row["from"] and row["to"])
        return asked.flow((row["from"], row["to"], row["count"], 1000 * row["mean_seconds"]) for row in inner)

    def funnel() -> Any:
        rows = journeys.ask(Funnel(steps=",".join(asked.STEPS), window=asked.WINDOW)).rows()
        return asked.funnel(row["customers"] for row in rows)

    def paths() -> Any:
        rows = journeys.ask(Paths(length=asked.LENGTH, collapse=False, top=asked.TOP)).rows()
        single = [row for row in rows if row["steps"] is not None]
        counted = ((tuple(row["path"].split(" > ")), row["customers"]) for row in single)
        return asked.paths(counted, sum(row["paths"] for row in rows))

    asks: asked.Answers = {"reach": reach, "flow": flow, "funnel": funnel, "paths": paths}
    return asked.Tool("safarnama", journeys.customers, journeys.events, asks)
