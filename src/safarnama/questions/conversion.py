"""Conversion: from each touchpoint, how many go on to reach a goal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Duration, Steps
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row

_MANY = 30  # customers; below that an extreme is chance


class Conversion(Question):
    """Of the customers seen at a touchpoint before they first reach the goal, how many reach it afterwards.

    Each customer counts once at a touchpoint, from the first time it is met. With ``window`` the goal must follow within
    that time.
    """

    title: ClassVar[Text] = Text(en="Conversion", fa="نرخ تبدیل")
    example: ClassVar[dict[str, Any]] = {"goal": "purchase"}
    chart: ClassVar[Chart | None] = Chart("bars", {"label": "touchpoint", "count": "converted", "share": "share"})
    opens: ClassVar[tuple[str, ...]] = ("customers", "converted")
    sentences: ClassVar[dict[str, Text]] = {
        "spread": Text(
            en="{high:percent} of those at {best} reach the goal, {low:percent} of those at {worst}",
            fa="از کسانی که به «{best}» رسیده‌اند {high:percent} به هدف می‌رسند، از «{worst}» {low:percent}",
        ),
        "none": Text(en="Nobody is seen before the goal", fa="کسی پیش از هدف دیده نشد"),
    }

    goal: Steps
    window: Duration | None = None

    def check(self, scope: Scope) -> None:
        for step in self.goal:
            scope.numbers(step)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        seen, converted = self._convert(shard, scope, -1, np.zeros((0, 2), bool))
        return Partial(sums={"seen": seen, "converted": converted, "all": np.array([shard.counted])})

    def _convert(self, shard: Shard, scope: Scope, wanted: int, who: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Customers seen at each touchpoint and those who converted, int64 (A,) each; ``who`` (C, 2) is filled with both for the
        touchpoint ``wanted``."""
        goal = np.zeros(scope.size + 1, np.bool_)
        for step in self.goal:
            goal[scope.numbers(step)] = True
        seen = np.zeros(scope.size, np.int64)
        converted = np.zeros(scope.size, np.int64)
        limit = -1 if self.window is None else round(self.window.total_seconds() * 1000)
        _convert(
            shard.code, shard.gap, shard.offset, shard.first, shard.long_at, shard.long_ms, shard.runs,
            scope.table, goal, limit, seen, converted, wanted, who,
        )  # fmt: skip
        return seen, converted

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        who = np.zeros((shard.customers, 2), bool)
        self._convert(shard, scope, scope.number(row["touchpoint"]), who)
        return who[:, 1 if column == "converted" else 0]

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return (row["touchpoint"],)

    def among(self, row: Row) -> tuple[Any, ...]:
        return (row["touchpoint"],)

    def size(self, partial: Partial) -> int:
        return int(partial.sums["all"][0]) if partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        goals = {number for step in self.goal for number in scope.numbers(step)}
        rows: list[dict[str, Any]] = []
        for place, name in enumerate(scope.touchpoints):
            seen, converted = (int(partial.sums[key][place]) if partial.sums else 0 for key in ("seen", "converted"))
            if not seen or place in goals:
                continue
            low, high = wilson(converted, seen)
            share = converted / seen
            rows.append(
                {
                    "touchpoint": name,
                    "customers": seen,
                    "converted": converted,
                    "share": share,
                    "low": low,
                    "high": high,
                }
            )
        rows.sort(key=lambda row: (-row["share"], row["touchpoint"]))
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows = table.to_pylist()
        if not rows:
            return Sentence("none")
        # A headline speaks of many: the extremes of a handful are chance.
        rows = [row for row in rows if row["customers"] >= _MANY] or rows
        titles = [touchpoint(row["touchpoint"]).title for row in (rows[0], rows[-1])]
        best, worst = ({"en": title.en, "fa": title.fa} for title in titles)
        return Sentence("spread", {"best": best, "worst": worst, "high": rows[0]["share"], "low": rows[-1]["share"]})


@compiled
def _convert(code, gap, offset, first, long_at, long_ms, runs, table, goal, limit, seen, converted, wanted, who):
    met = np.full(seen.size + 1, -1, np.int64)  # the customer that last met each touchpoint, and when
    when = np.zeros(seen.size + 1, np.int64)
    order = np.empty(seen.size + 1, np.int64)
    for r in range(runs.shape[0]):
        k = np.searchsorted(long_at, offset[runs[r, 0]])
        for c in range(runs[r, 0], runs[r, 1]):
            now = first[c]
            many = 0
            for i in range(offset[c], offset[c + 1] - 1):
                now += np.int64(gap[i])
                if k < long_at.size and long_at[k] == i:
                    now += long_ms[k]
                    k += 1
                here = table[code[i]]
                if goal[here]:
                    for j in range(many):
                        if limit < 0 or now - when[order[j]] <= limit:
                            converted[order[j]] += 1
                            if order[j] == wanted:
                                who[c, 1] = True
                    break
                if met[here] != c:
                    met[here] = c
                    when[here] = now
                    order[many] = here
                    many += 1
                    seen[here] += 1
                    if here == wanted:
                        who[c, 0] = True
            while k < long_at.size and long_at[k] < offset[c + 1]:
                k += 1


_SCHEMA = pa.schema(
    [
        ("touchpoint", pa.string()),
        ("customers", pa.int64()),
        ("converted", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)
