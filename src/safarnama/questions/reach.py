"""Reach: how many customers see each touchpoint, how often and how soon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.partial import Keyed, Partial
from safarnama.journeys.percentiles import Percentiles, near, spread, wanted
from safarnama.journeys.quantiles import median_of
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row

if TYPE_CHECKING:
    from safarnama.journeys.local import Countable


class Reach(Question):
    """Which share of customers sees each touchpoint at least once, how often those do, and how soon.

    ``mean_times`` and ``median_times`` are of the customers who see it. ``median_seconds`` is the middle of their times from their
    very first event, whatever it was, to their first at the touchpoint; 0 where journeys begin with it.
    """

    title: ClassVar[Text] = Text(en="Reach", fa="دسترسی به نقاط تماس")
    example: ClassVar[dict[str, Any]] = {}
    chart: ClassVar[Chart | None] = Chart("bars", {"label": "touchpoint", "count": "customers", "share": "share"})
    opens: ClassVar[tuple[str, ...]] = ("customers",)
    sentences: ClassVar[dict[str, Text]] = {
        "later": Text(
            en="{top} reaches the most: {share:percent} of {n:customers}, on average {times:number.1} times each; half of them see "
            "it within {wait:duration} of their first event",
            fa="بیش از همه «{top}» دیده می‌شود: {share:percent} از {n:customers}، هر یک به‌طور میانگین {times:number.1} بار؛ نیمی از "
            "آنها تا {wait:duration} پس از نخستین رویدادشان به آن می‌رسند",
        ),
        "at_once": Text(
            en="{top} reaches the most: {share:percent} of {n:customers}, on average {times:number.1} times each; at least half of "
            "them begin with it",
            fa="بیش از همه «{top}» دیده می‌شود: {share:percent} از {n:customers}، هر یک به‌طور میانگین {times:number.1} بار؛ سفر دست‌کم "
            "نیمی از آنها با همان آغاز می‌شود",
        ),
    }

    def count(self, shard: Shard, scope: Scope) -> Partial:
        what, times, wait = _met(shard, scope)
        return Partial(
            sums={"all": np.array([shard.counted], np.int64)},
            keyed={
                "times": Keyed.of(np.stack([what, times], 1), np.ones(what.size, np.int64)),
                "spread": spread(what, wait),
            },
        )

    def again(self, partials: Sequence[Partial], scope: Scope) -> Countable | None:
        unsure = [each.keyed["spread"] for each in partials if "spread" in each.keyed and "near" not in each.keyed]
        return _Near(wanted(unsure)) if unsure else None

    def size(self, partial: Partial) -> int:
        return int(partial.sums["all"][0]) if "all" in partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        everyone = self.size(partial)
        rows: list[dict[str, Any]] = []
        if everyone:
            percentiles = Percentiles.of(partial.keyed["spread"])
            times = partial.keyed["times"]
            starts = np.searchsorted(times.keys[:, 0], [*percentiles.keys.tolist(), scope.size])
            medians = percentiles.values(partial.keyed["near"])[:, 0].tolist()
            for place, (number, customers) in enumerate(
                zip(percentiles.keys.tolist(), percentiles.n.tolist(), strict=True)
            ):
                mine = slice(starts[place], starts[place + 1])
                often = Keyed(times.keys[mine, 1:], times.counts[mine])
                low, high = wilson(customers, everyone)
                rows.append(
                    {
                        "touchpoint": scope.touchpoints[number],
                        "customers": customers,
                        "share": customers / everyone,
                        "low": low,
                        "high": high,
                        "mean_times": int((often.keys[:, 0] * often.counts[:, 0]).sum()) / customers,
                        "median_times": median_of(often),
                        "median_seconds": medians[place] / 1000,
                    }
                )
        rows.sort(key=lambda row: (-row["customers"], row["touchpoint"]))
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        seen = scope.table[shard.code] == scope.number(row["touchpoint"])
        return np.logical_or.reduceat(seen, shard.offset[:-1]) if shard.customers else np.zeros(0, bool)

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return (row["touchpoint"],)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        top = table.slice(0, 1).to_pylist()[0]
        title = touchpoint(top["touchpoint"]).title
        said = {
            "top": {"en": title.en, "fa": title.fa},
            "share": top["share"],
            "n": self.size(partial),
            "times": top["mean_times"],
        }
        if top["median_seconds"]:
            return Sentence("later", {**said, "wait": top["median_seconds"]})
        return Sentence("at_once", said)


@dataclass(frozen=True)
class _Near:
    """The times to the first meeting around each touchpoint's median."""

    places: np.ndarray

    def count(self, shard: Shard, scope: Scope) -> Partial:
        what, _, wait = _met(shard, scope)
        return Partial(keyed={"near": near(self.places, what, wait)})


def _met(shard: Shard, scope: Scope) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each touchpoint of each customer once: its number, how often, and milliseconds from the first event to the first time."""
    runs = shard.runs
    events = int((shard.offset[runs[:, 1]] - shard.offset[runs[:, 0]]).sum())
    what, times, wait = (np.empty(events, np.int64) for _ in range(3))
    many = _meet(
        shard.code, shard.gap, shard.offset, shard.long_at, shard.long_ms, runs, scope.table, what, times, wait
    )  # fmt: skip
    return what[:many], times[:many], wait[:many]


@compiled
def _meet(code, gap, offset, long_at, long_ms, runs, table, what, times, wait):
    size = np.int64(table[-1])
    place = np.full(size + 1, -1, np.int64)  # where each touchpoint was last put down …
    many = np.int64(0)
    for r in range(runs.shape[0]):
        k = np.searchsorted(long_at, offset[runs[r, 0]])
        for c in range(runs[r, 0], runs[r, 1]):
            mine = many  # … and if that is before here, it was for another customer
            now = np.int64(0)
            for i in range(offset[c], offset[c + 1] - 1):
                now += np.int64(gap[i])
                if k < long_at.size and long_at[k] == i:
                    now += long_ms[k]
                    k += 1
                t = np.int64(table[code[i]])
                if place[t] < mine:
                    place[t] = many
                    what[many] = t
                    times[many] = 0
                    wait[many] = now
                    many += 1
                times[place[t]] += 1
    return many


_SCHEMA = pa.schema(
    [
        ("touchpoint", pa.string()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("mean_times", pa.float64()),
        ("median_times", pa.float64()),
        ("median_seconds", pa.float64()),
    ]
)
