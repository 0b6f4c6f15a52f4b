"""Channels: where each touchpoint happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.words import Text
from safarnama.core.words.lexicon import channel_title
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row


class Channels(Question):
    """On which channels each touchpoint happens: events, and the share of the customers who met it that met it there.

    The part a channel plays in a stage is the question ``roles``, the ways between channels are ``handovers``.
    """

    title: ClassVar[Text] = Text(en="Channels", fa="کانال‌ها")
    example: ClassVar[dict[str, Any]] = {}
    chart: ClassVar[Chart | None] = Chart(
        "channels", {"label": "touchpoint", "channel": "channel", "count": "customers", "share": "share"}
    )
    opens: ClassVar[tuple[str, ...]] = ("customers", "events")
    occurrences: ClassVar[tuple[str, ...]] = ("events",)
    sentences: ClassVar[dict[str, Text]] = {
        "first": Text(
            en="{share:percent} of {n:customers} use {channel}",
            fa="{share:percent} از {n:customers} از «{channel}» استفاده می‌کنند",
        ),
        "none": Text(en="The data names no channel", fa="در داده کانالی نام برده نشده است"),
    }

    def count(self, shard: Shard, scope: Scope) -> Partial:
        channels = len(scope.words.get("channel", ())) + 1
        column = shard.words.get("channel")
        if column is None:
            column = np.zeros(shard.code.size, np.uint8)
        # One row more for all touchpoints together, one column more for all channels together.
        events = np.zeros((scope.size + 1, channels + 1), np.int64)
        customers = np.zeros((scope.size + 1, channels + 1), np.int64)
        _count(shard.code, shard.offset, shard.runs, scope.table, column, events, customers)
        return Partial(sums={"events": events, "customers": customers})

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        words = shard.words.get("channel")
        if words is None:
            return np.zeros(shard.customers, bool)
        here = words == list(scope.words["channel"]).index(row["channel"]) + 1
        if row["touchpoint"] is not None:
            here &= scope.table[shard.code] == scope.number(row["touchpoint"])
        return np.logical_or.reduceat(here, shard.offset[:-1]) if shard.customers else np.zeros(0, bool)

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return () if row["touchpoint"] is None else (row["touchpoint"],)

    def among(self, row: Row) -> tuple[Any, ...]:
        return (row["touchpoint"],)

    def size(self, partial: Partial) -> int:
        return int(partial.sums["customers"][-1, -1]) if partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        names = [None, *scope.words.get("channel", ())]
        rows: list[dict[str, Any]] = []
        for place, name in enumerate([*scope.touchpoints, None]):
            for column, channel in enumerate(names):
                if not partial.sums or not partial.sums["events"][place, column] or channel is None:
                    continue
                everyone, customers = (int(partial.sums["customers"][place, at]) for at in (-1, column))
                low, high = wilson(customers, everyone)
                rows.append(
                    {
                        "touchpoint": name,
                        "channel": channel,
                        "events": int(partial.sums["events"][place, column]),
                        "customers": customers,
                        "share": customers / everyone,
                        "low": low,
                        "high": high,
                    }
                )
        rows.sort(
            key=lambda row: (
                row["touchpoint"] is not None,
                row["touchpoint"] or "",
                -row["customers"],
                row["channel"],
            )
        )
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows = table.slice(0, 1).to_pylist()
        if not rows:
            return Sentence("none")
        title = channel_title(rows[0]["channel"])
        said = {"en": title.en, "fa": title.fa}
        return Sentence("first", {"share": rows[0]["share"], "n": self.size(partial), "channel": said})


@compiled
def _count(code, offset, runs, table, column, events, customers):
    size = events.shape[0] - 1
    all_channels = events.shape[1] - 1
    seen = np.full(events.shape, -1, np.int64)
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            for i in range(offset[c], offset[c + 1] - 1):
                here = np.int64(table[code[i]])
                for row in (here, np.int64(size)):
                    for at in (np.int64(column[i]), np.int64(all_channels)):
                        events[row, at] += 1
                        if seen[row, at] != c:
                            seen[row, at] = c
                            customers[row, at] += 1


_SCHEMA = pa.schema(
    [
        ("touchpoint", pa.string()),
        ("channel", pa.string()),
        ("events", pa.int64()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)
