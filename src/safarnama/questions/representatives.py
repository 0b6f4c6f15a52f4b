"""Representatives: a few real journeys that stand for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Steps, a_number, whole_number
from safarnama.core.words import Text
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.journeys.variants import counted, distances, variants_of
from safarnama.questions.question import Question, Row

_MOST = 1_500  # distinct variants that are held against each other


class Representatives(Question):
    """A few real journeys that stand for all: how many, whom each stands for, and how well.

    A journey is its first ``length`` different touchpoints in a row (repeats are one), up to the first ``goal`` when one is given.
    Two are as unlike as the share of changes that make one of the other (Levenshtein, 1966). Chosen is the journey that has most
    customers within ``radius`` of it, then the one with most of those not yet near one, and so on (greedy covering; the idea of
    representative sets with a coverage is that of Gabadinho and Ritschard, 2013), until ``coverage`` of the customers is near
    one, or ``k`` are chosen. Every customer then belongs to the nearest. *Coverage* is the share of customers near one, *fitness*
    one minus the mean distance to the nearest, over all customers. Of very many distinct journeys the 1,500 most frequent are held
    against each other; the customers of the others are said as *other*.
    """

    title: ClassVar[Text] = Text(en="Representative journeys", fa="سفرهای نماینده")
    example: ClassVar[dict[str, Any]] = {"length": 6}
    chart: ClassVar[Chart | None] = Chart("strips", {"label": "path", "count": "customers", "share": "share"})
    opens: ClassVar[tuple[str, ...]] = ("exactly",)
    sentences: ClassVar[dict[str, Text]] = {
        "found": Text(
            en="{k:journeys} stand for {n:customers}: {coverage:percent} are near one of them, fitness {fitness:percent}",
            fa="{k:journeys} نماینده {n:customers} است: {coverage:percent} به یکی از آنها نزدیک‌اند، برازش {fitness:percent}",
        ),
        "distance": Text(
            en="Mean distance to the nearest {distance:number.2}; near is up to {radius:number.2}, from 0 (the same) to 1.",
            fa="میانگین فاصله تا نزدیک‌ترین {distance:number.2}؛ نزدیک یعنی تا {radius:number.2}، از ۰ (یکسان) تا ۱.",
        ),
        "short": Text(
            en="{k:count} were as many as was allowed; {coverage:percent} is less than the {wanted:percent} that was asked for.",
            fa="بیش از {k:count} مجاز نبود؛ {coverage:percent} کمتر از {wanted:percent} خواسته‌شده است.",
        ),
        "other": Text(
            en="{n:customers} have one of {rare:count} rare journeys that were not held against the others; they stand under “other”.",
            fa="{n:customers} یکی از {rare:count} سفر کمیاب را دارند که با بقیه سنجیده نشده است؛ در «دیگر» آمده‌اند.",
        ),
    }

    length: whole_number(2, 40) = 10  # type: ignore[valid-type]
    goal: Steps | None = None
    k: whole_number(1, 50) = 8  # type: ignore[valid-type]
    coverage: a_number(0.05, 1) = 0.8  # type: ignore[valid-type]
    radius: a_number(0, 1) = 0.4  # type: ignore[valid-type]

    def check(self, scope: Scope) -> None:
        for step in self.goal or ():
            scope.numbers(step)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        found = variants_of(shard, scope, self.length, self._goal(scope))
        return Partial(sums={"all": np.array([len(found)], np.int64)}, keyed={"variants": counted(found)})

    def _goal(self, scope: Scope) -> tuple[int, ...]:
        return tuple(number for step in self.goal or () for number in scope.numbers(step))

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        mask = np.zeros(shard.customers, bool)
        if row["path"] == "other":
            return mask
        wanted = [scope.number(name) for name in row["path"].split(" > ")]
        key = np.full(self.length, -1, np.int64)
        key[: len(wanted)] = wanted
        mask[np.flatnonzero(shard.mask())] = (variants_of(shard, scope, self.length, self._goal(scope)) == key).all(1)
        return mask

    def size(self, partial: Partial) -> int:
        return int(partial.sums["all"][0]) if "all" in partial.sums else 0

    def _chosen(self, partial: Partial) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[int], np.ndarray]:
        """The variants that are held against each other, their customers, their distances, those chosen, and for each variant the
        place among the chosen of its nearest."""
        found = partial.keyed["variants"]
        # The most frequent; of equals the first by its touchpoints, so that the same journeys give the same answer.
        order = np.argsort(-found.counts[:, 0], kind="stable")[:_MOST]
        keys, weight = found.keys[order], found.counts[order, 0]
        apart = distances(keys)
        near = apart <= self.radius + 1e-12
        left = weight.astype(np.float64)
        chosen: list[int] = []
        while len(chosen) < min(self.k, len(keys)):
            gain = near @ left
            # Of equal gains the one that is nearer to those it covers.
            cost = np.where(near, apart, 0.0) @ left
            best = int(np.lexsort((np.arange(len(keys)), cost, -gain))[0])
            if gain[best] <= 0:
                break
            chosen.append(best)
            left[near[best]] = 0
            if weight.sum() - left.sum() >= self.coverage * self.size(partial) - 1e-9:
                break
        return keys, weight, apart, chosen, np.argmin(apart[:, chosen], axis=1)

    def _fit(self, partial: Partial) -> dict[str, float]:
        _, weight, apart, chosen, nearest = self._chosen(partial)
        far = apart[np.arange(len(weight)), np.array(chosen)[nearest]]
        covered = weight[far <= self.radius + 1e-12].sum()
        mean = float((far * weight).sum() / weight.sum())
        return {
            "k": len(chosen),
            "coverage": float(covered) / self.size(partial),
            "fitness": 1 - mean,
            "distance": mean,
        }

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        n = self.size(partial)
        if not n:
            return _SCHEMA.empty_table()
        keys, weight, apart, chosen, nearest = self._chosen(partial)
        rows = []
        for place, variant in enumerate(chosen):
            mine = nearest == place
            customers = int(weight[mine].sum())
            far = apart[mine, variant]
            low, high = wilson(customers, n)
            rows.append(
                {
                    "path": " > ".join(scope.touchpoints[number] for number in keys[variant].tolist() if number >= 0),
                    "customers": customers,
                    "share": customers / n,
                    "low": low,
                    "high": high,
                    "exactly": int(weight[variant]),
                    "near": float(weight[mine][far <= self.radius + 1e-12].sum() / customers),
                    "distance": float((far * weight[mine]).sum() / customers),
                }
            )
        rows.sort(key=lambda row: (-int(row["customers"]), row["path"]))  # type: ignore[call-overload]
        rest = n - int(weight.sum())
        if rest:
            low, high = wilson(rest, n)
            rows.append({"path": "other", "customers": rest, "share": rest / n, "low": low, "high": high, "exactly": 0})
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        return Sentence("found", {**self._fit(partial), "n": self.size(partial)})

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        n = self.size(partial)
        if not n:
            return []
        fit = self._fit(partial)
        said = [Sentence("distance", {"distance": fit["distance"], "radius": self.radius})]
        if fit["coverage"] < self.coverage:
            said.append(Sentence("short", {"k": fit["k"], "coverage": fit["coverage"], "wanted": self.coverage}))
        counts = np.sort(partial.keyed["variants"].counts[:, 0])[::-1]
        if counts.size > _MOST:
            said.append(Sentence("other", {"n": int(counts[_MOST:].sum()), "rare": int(counts.size - _MOST)}))
        return said


_SCHEMA = pa.schema(
    [
        ("path", pa.string()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("exactly", pa.int64()),
        ("near", pa.float64()),
        ("distance", pa.float64()),
    ]
)
