"""Progress: how many customers come at least so far through the stages of a journey."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Steps
from safarnama.core.words import Text
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row


class Progress(Question):
    """How many customers come at least as far as each stage; a stage is written ``A|B|C``.

    Whoever shows anything of a stage came at least as far as all stages before it. With ``goal``, stages behind the one that
    holds the goal count only after it was first reached: a message to somebody who never bought is no loyalty.
    """

    title: ClassVar[Text] = Text(en="Progress", fa="پیشروی")
    example: ClassVar[dict[str, Any]] = {
        "stages": "home|search,product_view,add_to_cart|payment,purchase",
        "goal": "purchase",
    }
    chart: ClassVar[Chart | None] = Chart("funnel", {"label": "touchpoints", "count": "customers", "share": "share"})
    opens: ClassVar[tuple[str, ...]] = ("customers", "stopped")
    sentences: ClassVar[dict[str, Text]] = {
        "far": Text(
            en="{share:percent} of {n:customers} come to the last stage; most stop before stage {worst}",
            fa="{share:percent} از {n:customers} به مرحله آخر می‌رسند؛ بیشترین توقف پیش از مرحله {worst} است",
        ),
    }

    stages: Steps
    goal: Steps | None = None

    def check(self, scope: Scope) -> None:
        for step in (*self.stages, *(self.goal or ())):
            scope.numbers(step)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        furthest = self._furthest(shard, scope)
        return Partial(
            sums={"reached": np.bincount(furthest[furthest >= 0], minlength=len(self.stages)).astype(np.int64)}
        )

    def _furthest(self, shard: Shard, scope: Scope) -> np.ndarray:
        """The furthest stage of every customer, from 0, int64 (C,); -1 for those who do not count."""
        stage = np.full(scope.size + 1, -1, np.int64)
        for place, step in enumerate(self.stages):
            stage[scope.numbers(step)] = place
        goal = np.zeros(scope.size + 1, np.bool_)
        for step in self.goal or ():
            goal[scope.numbers(step)] = True
        at = int(stage[goal].max()) if self.goal else -1
        furthest = np.full(shard.customers, -1, np.int64)
        _reached(shard.code, shard.offset, shard.runs, scope.table, stage, goal, at, furthest)
        return furthest

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        furthest = self._furthest(shard, scope)
        if column == "stopped":
            return (furthest >= 0) & (furthest == row["stage"] - 2)
        return furthest >= row["stage"] - 1

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return self.stages[max(0, row["stage"] - (2 if column == "stopped" else 1))].names

    def size(self, partial: Partial) -> int:
        return int(partial.sums["reached"].sum()) if partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        exactly = partial.sums.get("reached", np.zeros(len(self.stages), np.int64))
        at_least = exactly[::-1].cumsum()[::-1].tolist()
        everyone = at_least[0]
        rows = []
        for place, (step, customers) in enumerate(zip(self.stages, at_least, strict=True)):
            low, high = wilson(customers, everyone)
            before = at_least[place - 1] if place else customers
            rows.append(
                {
                    "stage": place + 1,
                    "touchpoints": str(step),
                    "customers": customers,
                    "share": customers / everyone if everyone else None,
                    "low": low,
                    "high": high,
                    "stopped": before - customers,
                }
            )
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows = table.to_pylist()
        worst = max(rows[1:], key=lambda row: row["stopped"], default=rows[0])
        return Sentence("far", {"share": rows[-1]["share"], "n": rows[0]["customers"], "worst": worst["stage"]})


@compiled
def _reached(code, offset, runs, table, stage, goal, at, reached):
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            furthest = np.int64(0)
            done = at < 0  # without a goal every stage counts from the start
            for i in range(offset[c], offset[c + 1] - 1):
                now = table[code[i]]
                if goal[now]:
                    done = True
                    furthest = max(furthest, at)
                here = stage[now]
                if here > furthest and (done or here <= at):
                    furthest = here
            reached[c] = furthest


_SCHEMA = pa.schema(
    [
        ("stage", pa.int64()),
        ("touchpoints", pa.string()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("stopped", pa.int64()),
    ]
)
