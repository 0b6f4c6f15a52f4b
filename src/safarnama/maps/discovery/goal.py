"""What a journey is for, when nobody said: the touchpoint that brings value, or whose name says that something was achieved."""

from __future__ import annotations

from safarnama.core.errors import unknown
from safarnama.core.grammar import parse_steps
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.journeys import Journeys
from safarnama.questions.overview import Overview


def goal_of(journeys: Journeys, told: str | None) -> list[str]:
    """The touchpoints that reach the goal (``A|B`` are both it); empty when there is none to be seen."""
    names = journeys.touchpoints
    if told:
        wanted = [told] if told in names else [name for step in parse_steps(told) for name in step.names]
        for name in wanted:
            if name not in names:
                raise unknown(Text(en="Touchpoint", fa="نقطه تماس"), name, list(names))
        return wanted
    rows = journeys.ask(Overview()).rows()
    total = sum(max(0, row.get("value") or 0) for row in rows)
    for row in sorted(rows, key=lambda row: -(row.get("value") or 0)):
        if total and row["value"] >= 0.5 * total:
            return [row["name"]]
    achieved = [row for row in rows if touchpoint(row["name"]).sign > 0 and touchpoint(row["name"]).stage == "purchase"]
    return [max(achieved, key=lambda row: row["customers"])["name"]] if achieved else []
