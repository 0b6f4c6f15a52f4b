"""Overview: what there is, by touchpoint, channel, month or any other dimension."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.errors import unknown
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Attribute
from safarnama.core.words import Text
from safarnama.core.words.calendar import say_date, say_month
from safarnama.core.words.lexicon import touchpoint, value_title
from safarnama.journeys.moments import moments_of, periods_of
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row

_CALENDAR = ("day", "week", "month")


class Overview(Question):
    """Events and customers by touchpoint, channel, month … with value where there is any.

    ``per`` is touchpoint, day, week, month (in the workspace's calendar) or a dimension of events: channel, device, place,
    campaign, source, or a property that was carried along. Each customer counts once in every row it has a part in.
    """

    title: ClassVar[Text] = Text(en="Overview", fa="نمای کلی")
    example: ClassVar[dict[str, Any]] = {"per": "touchpoint"}
    chart: ClassVar[Chart | None] = Chart("bars", {"label": "name", "count": "customers", "share": "share"})
    opens: ClassVar[tuple[str, ...]] = ("customers", "events")
    occurrences: ClassVar[tuple[str, ...]] = ("events",)
    sentences: ClassVar[dict[str, Text]] = {
        "all": Text(
            en="{n:customers} in {events:events}; {share:percent} of them meet {top}",
            fa="{n:customers} در {events:events}؛ {share:percent} آنها «{top}» داشته‌اند",
        ),
        "seen": Text(
            en="{n:customers} in {events:events}; {share:percent} of them are seen in {top}",
            fa="{n:customers} در {events:events}؛ {share:percent} آنها در «{top}» دیده شده‌اند",
        ),
        "periods": Text(
            en="{n:customers} in {events:events}; the fullest {size} is {top} with {most:customers}",
            fa="{n:customers} در {events:events}؛ پرمشتری‌ترین {size} {top} است با {most:customers}",
        ),
    }

    per: Attribute = "touchpoint"

    def check(self, scope: Scope) -> None:
        known = ["touchpoint", *_CALENDAR, *scope.words]
        if self.per not in known:
            raise unknown(Text(en="Dimension", fa="بعد"), self.per, known)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        names = self._names(scope)
        which = self._which(shard, scope)
        events = np.zeros(len(names) + 1, np.int64)
        customers = np.zeros(len(names) + 1, np.int64)
        _count(which, shard.offset, shard.runs, events, customers)
        value = np.zeros(len(names) + 1, np.int64)
        if "value" in shard.numbers:
            sparse = shard.numbers["value"]
            owner = np.searchsorted(shard.offset, sparse.at, side="right") - 1
            inside = shard.mask()[owner]
            np.add.at(value, which[sparse.at[inside]], sparse.value[inside])
        everyone = np.array([shard.counted, int(events.sum())], np.int64)
        return Partial(sums={"events": events, "customers": customers, "value": value, "all": everyone})

    def _names(self, scope: Scope) -> list[str | None]:
        if self.per == "touchpoint":
            return list(scope.touchpoints)
        if self.per in _CALENDAR:
            return list(periods_of(scope, self.per)[0])
        return [None, *scope.words[self.per]]

    def _which(self, shard: Shard, scope: Scope) -> np.ndarray:
        """The row of the answer every slot counts in, int32 (S,); an END counts in one past the last."""
        if self.per == "touchpoint":
            return scope.table[shard.code]
        if self.per in _CALENDAR:
            names, starts = periods_of(scope, self.per)
            which = np.clip(np.searchsorted(starts, moments_of(shard), side="right") - 1, 0, len(names) - 1).astype(
                np.int32
            )
        else:
            column = shard.words.get(self.per)
            which = np.zeros(shard.code.size, np.int32) if column is None else column.astype(np.int32)
        which[shard.offset[1:] - 1] = len(self._names(scope))
        return which

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        seen = self._which(shard, scope) == self._names(scope).index(row["name"])
        return np.logical_or.reduceat(seen, shard.offset[:-1]) if shard.customers else np.zeros(0, bool)

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return (row["name"],) if self.per == "touchpoint" else ()

    def size(self, partial: Partial) -> int:
        return int(partial.sums["all"][0]) if "all" in partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        names = self._names(scope)
        everyone, all_events = (int(n) for n in partial.sums.get("all", np.zeros(2, np.int64)))
        rows: list[dict[str, Any]] = []
        for place, name in enumerate(names):
            events, customers = (
                int(partial.sums[key][place]) if partial.sums else 0 for key in ("events", "customers")
            )
            if not events and self.per not in _CALENDAR:
                continue
            low, high = wilson(customers, everyone)
            rows.append(
                {
                    "name": name,
                    "events": events,
                    "share_of_events": events / all_events if all_events else None,
                    "customers": customers,
                    "share": customers / everyone if everyone else None,
                    "low": low,
                    "high": high,
                    "events_per_customer": events / customers if customers else None,
                    "value": int(partial.sums["value"][place]),
                }
            )
        if self.per not in _CALENDAR:
            rows.sort(key=lambda row: (-row["customers"], -row["events"], row["name"] or ""))
        table = pa.Table.from_pylist(rows, schema=_SCHEMA)
        return table if partial.sums.get("value", np.zeros(1)).any() else table.drop_columns(["value"])

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows = table.to_pylist()
        top = max(rows, key=lambda row: row["customers"])
        everyone, events = (int(n) for n in partial.sums["all"])
        if self.per in _CALENDAR:
            size = {"en": self.per, "fa": {"day": "روز", "week": "هفته", "month": "ماه"}[self.per]}
            said = {
                "n": everyone,
                "events": events,
                "size": size,
                "top": self._period(top["name"], scope),
                "most": top["customers"],
            }
            return Sentence("periods", said)
        title = touchpoint(top["name"]).title if self.per == "touchpoint" else value_title(top["name"] or "-")
        top_title = {"en": title.en, "fa": title.fa}
        key = "all" if self.per == "touchpoint" else "seen"
        return Sentence(key, {"n": everyone, "events": events, "share": top["share"], "top": top_title})

    def _period(self, name: str, scope: Scope) -> dict[str, str]:
        if self.per == "month":
            return {language: say_month(name, language, scope.calendar) for language in ("en", "fa")}
        return {language: say_date(date.fromisoformat(name), language) for language in ("en", "fa")}


@compiled
def _count(which, offset, runs, events, customers):
    seen = np.full(events.size, -1, np.int64)  # the last customer that had a part in each row
    end = events.size - 1
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            for i in range(offset[c], offset[c + 1]):
                w = which[i]
                if w == end:
                    continue
                events[w] += 1
                if seen[w] != c:
                    seen[w] = c
                    customers[w] += 1


_SCHEMA = pa.schema(
    [
        ("name", pa.string()),
        ("events", pa.int64()),
        ("share_of_events", pa.float64()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("events_per_customer", pa.float64()),
        ("value", pa.int64()),
    ]
)
