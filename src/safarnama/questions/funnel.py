"""Funnel: how many customers come how far through ordered steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Duration, Steps
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.furthest import furthest_step, reach_times
from safarnama.journeys.partial import Keyed, Partial
from safarnama.journeys.plans import Plan
from safarnama.journeys.quantiles import median_of
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row


class Funnel(Question):
    """How many customers come how far through ordered steps.

    Other events may come between. ``window`` counts from the first step. A customer's result is the furthest step reached
    from any start, so step k counts the customers who reached at least k. Steps may be ``A|B`` (either), ``A?`` (may be
    left out) or ``!A`` (must not come between its neighbours); there is no limit on their number.
    """

    title: ClassVar[Text] = Text(en="Funnel", fa="قیف")
    example: ClassVar[dict[str, Any]] = {"steps": "product_view,add_to_cart,purchase", "window": "7d"}
    chart: ClassVar[Chart | None] = Chart("funnel", {"label": "touchpoint", "count": "customers", "share": "share"})
    opens: ClassVar[tuple[str, ...]] = ("customers", "left")
    sentences: ClassVar[dict[str, Text]] = {
        "reached": Text(
            en="{share:percent} of {n:customers} get from {first} to {last}; most leave before {worst}",
            fa="{share:percent} از {n:customers} از «{first}» به «{last}» می‌رسند؛ بیشترین ریزش پیش از «{worst}» است",
        ),
        "one": Text(en="{n:customers} reached {first}", fa="{n:customers} به «{first}» رسیدند"),
        "none": Text(
            en="None of the customers reached {first}",
            fa="هیچ مشتری‌ای به «{first}» نرسید",
        ),
        "window": Text(
            en="“Left” means the next step was not seen within {window:duration} of the first.",
            fa="«ریزش» یعنی گام بعد تا {window:duration} پس از گام نخست دیده نشد.",
        ),
    }

    steps: Steps
    window: Duration | None = None

    def check(self, scope: Scope) -> None:
        for step in self.steps:
            scope.numbers(step)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        plan = Plan.of(self.steps, scope, self.window)
        reached, waits = reach_times(shard, scope, plan)
        counted = shard.mask()
        exactly = np.bincount(reached[counted], minlength=plan.length + 1)
        keyed = {}
        for step in range(1, plan.length):
            keyed[f"wait{step}"] = Keyed.each(waits[step][waits[step] >= 0])
        return Partial(sums={"reached": exactly.astype(np.int64)}, keyed=keyed)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        reached = furthest_step(shard, scope, Plan.of(self.steps, scope, self.window))
        if column == "left":
            return (reached == row["step"] - 1) & (reached > 0)
        return reached >= row["step"]

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        steps = [step for step in self.steps if not step.excluded]
        last = row["step"] - (2 if column == "left" else 1)
        return steps[last].names if last >= 0 else ()

    def size(self, partial: Partial) -> int:
        return int(partial.sums["reached"].sum()) if "reached" in partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        steps = [step for step in self.steps if not step.excluded]
        exactly = partial.sums.get("reached", np.zeros(len(steps) + 1, np.int64))
        at_least = exactly[::-1].cumsum()[::-1][1:].tolist()
        started = at_least[0] if at_least else 0
        rows = []
        for place, (step, count) in enumerate(zip(steps, at_least, strict=True)):
            before = at_least[place - 1] if place else count
            low, high = wilson(count, started)
            step_low, step_high = wilson(count, before)
            waits = partial.keyed.get(f"wait{place}")
            rows.append(
                {
                    "step": place + 1,
                    "touchpoint": str(step),
                    "customers": count,
                    "share": count / started if started else None,
                    "low": low if started else None,
                    "high": high if started else None,
                    "left": before - count,
                    "share_of_previous": count / before if before else None,
                    "previous_low": step_low if before else None,
                    "previous_high": step_high if before else None,
                    "median_seconds": median_of(waits) / 1000 if waits is not None and len(waits.keys) else None,
                }
            )
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows = table.to_pylist()
        first, last = (_title(row["touchpoint"]) for row in (rows[0], rows[-1]))
        if not rows[0]["customers"]:
            return Sentence("none", {"first": first})
        if len(rows) == 1:
            return Sentence("one", {"n": rows[0]["customers"], "first": first})
        worst = max(rows[1:], key=lambda row: row["left"])
        return Sentence(
            "reached",
            {
                "share": rows[-1]["share"],
                "n": rows[0]["customers"],
                "first": first,
                "last": last,
                "worst": _title(worst["touchpoint"]),
            },
        )

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        return [Sentence("window", {"window": self.window.total_seconds()})] if self.window else []


_SCHEMA = pa.schema(
    [
        ("step", pa.int64()),
        ("touchpoint", pa.string()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("left", pa.int64()),
        ("share_of_previous", pa.float64()),
        ("previous_low", pa.float64()),
        ("previous_high", pa.float64()),
        ("median_seconds", pa.float64()),
    ]
)


def _title(name: str) -> dict[str, str]:
    """A step's title in both languages, kept as plain data so that a finding can be stored."""
    title = touchpoint(name.strip('"'))
    return {"en": title.title.en, "fa": title.title.fa}
