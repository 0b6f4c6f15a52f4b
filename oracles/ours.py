"""What we say of the same log, through the door that everybody uses."""

from __future__ import annotations

from datetime import date
from typing import Any

from oracles import forms
from oracles.forms import Asked
from safarnama.core.grammar import quoted
from safarnama.journeys.journeys import Journeys
from safarnama.questions.flow import Flow
from safarnama.questions.funnel import Funnel
from safarnama.questions.overview import Overview
from safarnama.questions.paths import Paths
from safarnama.questions.retention import Retention
from safarnama.questions.sessions import Sessions
from safarnama.questions.stepmatrix import Stepmatrix

_LONGEST = 1000  # touchpoints of a path: as many as a path may show


def answers(journeys: Journeys, asked: Asked) -> dict[str, Any]:
    """Our answer to everything that any of the others is asked, in the same form."""
    flow = journeys.ask(Flow(medians=False)).rows()
    inner = [row for row in flow if row["from"] and row["to"]]
    paths = journeys.ask(Paths(length=_LONGEST, collapse=False, top=1000)).rows()
    single = [row for row in paths if row["steps"] is not None]
    matrix = journeys.ask(Stepmatrix(steps=forms.STEPS, top=1000)).rows()
    sessions = journeys.ask(Sessions(gap="30min")).rows()
    retained = [row for row in journeys.ask(Retention(period="week", periods=4)).rows() if row["cohort"] is not None]
    found: dict[str, Any] = {
        "flow: counts": forms.table((row["from"], row["to"], row["count"]) for row in inner),
        "flow: total hours": round(sum(row["count"] * row["mean_seconds"] for row in inner) / 3600),
        "flow: starts": forms.table((row["to"], row["count"]) for row in flow if row["from"] is None),
        "flow: ends": forms.table((row["from"], row["count"]) for row in flow if row["to"] is None),
        "paths: variants": sum(row["paths"] for row in paths),
        "paths: counts": sorted((row["customers"] for row in single), reverse=True),
        "stepmatrix": forms.table(
            (row["step"], row["touchpoint"], row["customers"])
            for row in matrix
            if row["state"] == "at" and row["customers"]
        ),
        "reach": forms.table((row["name"], row["events"], row["customers"]) for row in journeys.ask(Overview()).rows()),
        "sessions": sum(row["sessions"] for row in sessions),
        "sessions of one event": next(row["sessions"] for row in sessions if row["size"] == "1"),
    }
    found |= _retention(retained)
    for steps, days in asked.funnels:
        rows = journeys.ask(Funnel(steps=",".join(map(quoted, steps)), window=f"{days}d")).rows()
        found[forms.funnel_name(steps, days) + " (windowFunnel)"] = [row["customers"] for row in rows]
    for first, second in asked.pairs:
        there = journeys.where(f"did {quoted(first)} > {quoted(second)}").customers
        found[forms.pair_name(first, second) + " (sequenceMatch)"] = there
    return found


def _retention(rows: list[dict[str, Any]]) -> dict[str, Any]:
    cells = []
    for row in rows:
        if isinstance(row["cohort"], str) and row["cohort"][:4].isdigit():
            day = date.fromisoformat(row["cohort"])
            week = forms.week_of((day - date(1970, 1, 1)).days * 86_400_000)
            cells.append((week, row["since"], row["customers"]))
    first = min((week for week, *_ in cells), default=0)
    return {
        "retention by week": forms.table(cell for cell in cells if cell[2]),
        "retention of the first week, four weeks (retention)": [n for week, _, n in sorted(cells) if week == first],
    }
