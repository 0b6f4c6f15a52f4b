"""Roles: the part each channel plays in each stage: it opens, assists or closes."""

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
from safarnama.core.words.lexicon import channel_title
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row

_PARTS = ("customers", "opens", "assists", "closes")


class Roles(Question):
    """For each stage (``A|B|C``; the whole journey when none is given) and channel: how many customers used it there, and in which
    part.

    A channel *opens* a stage for a customer when the first of that customer's events in it happened there, *closes* it when the
    last did, and *assists* when one between them did; it may play more than one part. Events without a channel do not count.
    ``role`` is the part it plays for most; of equals the first.
    """

    title: ClassVar[Text] = Text(en="Roles of channels", fa="نقش کانال‌ها")
    example: ClassVar[dict[str, Any]] = {"stages": "home|search|product_view,add_to_cart,purchase"}
    chart: ClassVar[Chart | None] = Chart("roles")
    opens: ClassVar[tuple[str, ...]] = _PARTS
    sentences: ClassVar[dict[str, Text]] = {
        "parts": Text(
            en="{opener} opens for {opens:percent} of {n:customers}, {closer} closes for {closes:percent}",
            fa="برای {opens:percent} از {n:customers} «{opener}» آغازگر است و برای {closes:percent} «{closer}» پایان‌دهنده",
        ),
        "same": Text(
            en="{opener} opens for {opens:percent} of {n:customers} and closes for {closes:percent}",
            fa="«{opener}» برای {opens:percent} از {n:customers} آغازگر است و برای {closes:percent} پایان‌دهنده",
        ),
        "none": Text(en="The data names no channel", fa="در داده کانالی نام برده نشده است"),
    }

    stages: Steps | None = None

    def check(self, scope: Scope) -> None:
        for step in self.stages or ():
            scope.numbers(step)

    def _stages(self, scope: Scope) -> np.ndarray:
        """The stage of every touchpoint, int32 (A + 1,), -1 for none."""
        stage = np.full(scope.size + 1, -1 if self.stages else 0, np.int32)
        for place, step in enumerate(self.stages or ()):
            stage[scope.numbers(step)] = place
        return stage

    def count(self, shard: Shard, scope: Scope) -> Partial:
        many = len(self.stages or (None,))
        channels = len(scope.words.get("channel", ())) + 1
        parts = np.zeros((many, channels, len(_PARTS)), np.int64)
        everyone = np.zeros(many + 1, np.int64)
        column = shard.words.get("channel", np.zeros(shard.code.size, np.uint8))
        _play(shard.code, shard.offset, shard.runs, scope.table, self._stages(scope), column, parts, everyone)
        return Partial(sums={"parts": parts, "everyone": everyone})

    def among(self, row: Row) -> tuple[Any, ...]:
        return (row["stage"],)

    def size(self, partial: Partial) -> int:
        return int(partial.sums["everyone"][-1]) if partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        names = scope.words.get("channel", ())
        rows: list[dict[str, Any]] = []
        for place, step in enumerate(self.stages or (None,)):
            if not partial.sums:
                continue
            everyone = int(partial.sums["everyone"][place])
            for number, channel in enumerate(names, 1):
                here = dict(zip(_PARTS, partial.sums["parts"][place, number].tolist(), strict=True))
                if not here["customers"]:
                    continue
                low, high = wilson(here["customers"], everyone)
                rows.append(
                    {
                        "stage": place + 1,
                        "touchpoints": str(step) if step else None,
                        "channel": channel,
                        **here,
                        "role": max(_PARTS[1:], key=lambda part: here[part]),
                        "share": here["customers"] / everyone,
                        "low": low,
                        "high": high,
                    }
                )
        rows.sort(key=lambda row: (row["stage"], -row["customers"], row["channel"]))
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        who = np.zeros(shard.customers, bool)
        words = shard.words.get("channel")
        if words is None:
            return who
        stage = self._stages(scope)[scope.table[shard.code]]
        slots = np.flatnonzero((stage == row["stage"] - 1) & (words != 0) & (shard.code != shard.end))
        owner = np.searchsorted(shard.offset, slots, side="right") - 1
        first = np.diff(owner, prepend=-1) != 0
        last = np.diff(owner, append=-1) != 0
        part = {"customers": first | True, "opens": first, "closes": last, "assists": ~first & ~last}[column]
        here = words[slots] == list(scope.words["channel"]).index(row["channel"]) + 1
        who[owner[part & here]] = True
        return who

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        names = scope.words.get("channel", ())
        if not table.num_rows:
            return Sentence("none")
        # The first stage that anybody is seen in opens the journey, the last closes it.
        seen = np.flatnonzero(partial.sums["everyone"][:-1])
        begin, end = int(seen[0]), int(seen[-1])
        opens, closes = partial.sums["parts"][begin, :, 1], partial.sums["parts"][end, :, 3]
        opener, closer = int(opens.argmax()), int(closes.argmax())
        return Sentence(
            "same" if opener == closer else "parts",
            {
                "opener": _title(names[opener - 1]),
                "opens": int(opens.max()) / int(partial.sums["everyone"][begin]),
                "closer": _title(names[closer - 1]),
                "closes": int(closes.max()) / int(partial.sums["everyone"][end]),
                "n": self.size(partial),
            },
        )


def _title(name: str) -> dict[str, str]:
    title = channel_title(name)
    return {"en": title.en, "fa": title.fa}


@compiled
def _play(code, offset, runs, table, stage, column, parts, everyone):
    stages = parts.shape[0]
    begun = np.full(stages, -1, np.int64)  # the customer that was last seen in each stage
    last = np.zeros(stages, np.int64)  # the channel of its last event there
    events = np.zeros(stages, np.int64)
    seen = np.full((stages, parts.shape[1]), -1, np.int64)
    between = np.full((stages, parts.shape[1]), -1, np.int64)
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            anywhere = False
            for i in range(offset[c], offset[c + 1] - 1):
                channel = np.int64(column[i])
                s = stage[table[code[i]]]
                if channel == 0 or s < 0:
                    continue
                anywhere = True
                if seen[s, channel] != c:
                    seen[s, channel] = c
                    parts[s, channel, 0] += 1
                if begun[s] != c:
                    begun[s] = c
                    events[s] = 1
                    everyone[s] += 1
                    parts[s, channel, 1] += 1
                else:
                    # What was last until now stands between, unless it was the first.
                    if events[s] > 1 and between[s, last[s]] != c:
                        between[s, last[s]] = c
                        parts[s, last[s], 2] += 1
                    events[s] += 1
                last[s] = channel
            for s in range(stages):
                if begun[s] == c:
                    parts[s, last[s], 3] += 1
            everyone[stages] += anywhere


_SCHEMA = pa.schema(
    [
        ("stage", pa.int64()),
        ("touchpoints", pa.string()),
        ("channel", pa.string()),
        ("customers", pa.int64()),
        ("opens", pa.int64()),
        ("assists", pa.int64()),
        ("closes", pa.int64()),
        ("role", pa.string()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)
