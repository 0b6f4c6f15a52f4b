"""Representatives: a few real journeys that stand for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Steps, a_number, whole_number
from safarnama.core.paths import path_names, say_path
from safarnama.core.words import Text
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.journeys.variants import counted, distances, variants_of
from safarnama.questions.question import Question, Row

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

_MOST = 1_500  # distinct variants that can be chosen


class Representatives(Question):
    """A few real journeys that stand for all: how many, whom each stands for, and how well.

    A journey is its first ``length`` different touchpoints in a row (repeats are one), up to the first ``goal`` when one is given.
    Two are as unlike as the share of changes that make one of the other (Levenshtein, 1966). Chosen is the journey that has most
    customers within ``radius`` of it, then the one with most of those not yet near one, and so on (greedy covering; the idea of
    representative sets with a coverage is that of Gabadinho and Ritschard, 2013), until ``coverage`` of the customers is near
    one, or ``k`` are chosen. Every customer then belongs to the nearest, of equals to the first by its touchpoints. *Coverage* is the
    share of customers near one, *fitness* one minus the mean distance to the nearest, over all customers. Of very many distinct
    journeys the 1,500 most frequent are those that can be chosen.
    """

    title: ClassVar[Text] = Text(en="Representative journeys", fa="سفرهای نماینده")
    example: ClassVar[dict[str, Any]] = {"length": 6}
    chart: ClassVar[Chart | None] = Chart("strips", {"label": "path", "count": "customers", "share": "share"})
    opens: ClassVar[tuple[str, ...]] = ("customers", "exactly")
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
            en="The limit of {k:count} was reached at {coverage:percent}, below the {wanted:percent} that was asked for; give a larger --k.",
            fa="با {k:count} نماینده، که سقف مجاز است، به {coverage:percent} رسیدیم و نه {wanted:percent} خواسته‌شده؛ --k بیشتری بدهید.",
        ),
        "rare": Text(
            en="{rare:count} rarer journeys could not be chosen; the {n:customers} who took them belong to the nearest as well.",
            fa="{rare:count} سفر کمیاب‌تر نامزد نبود؛ {n:customers} که آنها را رفته‌اند هم به نزدیک‌ترین نماینده تعلق دارند.",
        ),
    }

    length: whole_number(2, 40) = 10  # type: ignore[valid-type]
    goal: Steps | None = None
    k: whole_number(1, 50) = 8  # type: ignore[valid-type]
    coverage: a_number(0.05, 1) = 0.8  # type: ignore[valid-type]
    radius: a_number(0, 1) = 0.4  # type: ignore[valid-type]

    _paths: tuple[tuple[str, ...], ...] | None = None  # the journeys that stand for all, where they were chosen before

    def held(self, journeys: Journeys) -> Question:
        same = self.model_copy()
        same._paths = tuple(path_names(row["path"]) for row in self.answer(journeys).rows())
        return same

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
        names = sorted(path_names(each["path"]) for each in rows)
        chosen = self._variants(names, scope)
        mine = names.index(path_names(row["path"]))
        found = variants_of(shard, scope, self.length, self._goal(scope))
        variants, which = np.unique(found, axis=0, return_inverse=True)
        if column == "exactly":
            whose = (variants == chosen[mine]).all(axis=1)
        else:
            whose = distances(variants, chosen).argmin(axis=1) == mine
        mask[np.flatnonzero(shard.mask())] = whose[which.ravel()]
        return mask

    def _variants(self, paths: Sequence[tuple[str, ...]], scope: Scope) -> np.ndarray:
        variants = np.full((len(paths), self.length), -1, np.int64)
        for place, path in enumerate(paths):
            variants[place, : len(path)] = [scope.number(name) for name in path]
        return variants

    def size(self, partial: Partial) -> int:
        return int(partial.sums["all"][0]) if "all" in partial.sums else 0

    def _chosen(self, partial: Partial, scope: Scope) -> np.ndarray:
        """The variants that were chosen, int64 (k, length), in the order of their touchpoints' names."""
        if self._paths is not None:
            return self._variants(sorted(self._paths), scope)
        found = partial.keyed["variants"]
        # The most frequent; of equals the first by its touchpoints, so that the same journeys give the same answer.
        order = np.argsort(-found.counts[:, 0], kind="stable")[:_MOST]
        keys, weight = found.keys[order], found.counts[order, 0]
        apart = distances(keys, keys)
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
        chosen.sort(key=lambda place: _names(keys[place], scope))
        return np.ascontiguousarray(keys[chosen])

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        n = self.size(partial)
        if not n:
            return _SCHEMA.empty_table()
        found, chosen = partial.keyed["variants"], self._chosen(partial, scope)
        weight = found.counts[:, 0]
        apart = distances(found.keys, chosen)
        nearest = apart.argmin(axis=1)
        rows: list[dict[str, Any]] = []
        for place, variant in enumerate(chosen):
            mine = nearest == place
            customers = int(weight[mine].sum())
            if not customers:  # chosen among others
                continue
            far = apart[mine, place]
            low, high = wilson(customers, n)
            rows.append(
                {
                    "path": say_path(_names(variant, scope)),
                    "customers": customers,
                    "share": customers / n,
                    "low": low,
                    "high": high,
                    "exactly": int(weight[(found.keys == variant).all(axis=1)].sum()),
                    "near": float(weight[mine][far <= self.radius + 1e-12].sum() / customers),
                    "distance": float((far * weight[mine]).sum() / customers),
                }
            )
        rows.sort(key=lambda row: (-row["customers"], row["path"]))
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def _fit(self, table: pa.Table) -> dict[str, float]:
        """How well the chosen stand for all."""
        rows = table.to_pylist()
        n = sum(row["customers"] for row in rows)
        distance = sum(row["distance"] * row["customers"] for row in rows) / n
        coverage = sum(row["near"] * row["customers"] for row in rows) / n
        return {"k": len(rows), "coverage": coverage, "fitness": 1 - distance, "distance": distance}

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        return Sentence("found", {**self._fit(table), "n": self.size(partial)})

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        n = self.size(partial)
        if not n:
            return []
        fit = self._fit(self.table(partial, scope))
        said = [Sentence("distance", {"distance": fit["distance"], "radius": self.radius})]
        if fit["coverage"] < self.coverage:
            said.append(Sentence("short", {"k": fit["k"], "coverage": fit["coverage"], "wanted": self.coverage}))
        counts = np.sort(partial.keyed["variants"].counts[:, 0])[::-1]
        if counts.size > _MOST:
            said.append(Sentence("rare", {"n": int(counts[_MOST:].sum()), "rare": int(counts.size - _MOST)}))
        return said


def _names(variant: np.ndarray, scope: Scope) -> tuple[str, ...]:
    return tuple(scope.touchpoints[number] for number in variant.tolist() if number >= 0)


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
