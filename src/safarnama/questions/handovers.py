"""Hand-overs: how customers pass from one channel to another, and where they break."""

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
from safarnama.core.words.lexicon import channel_title
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row

_BREAKS = ("broken", "repeated", "returned", "stopped")
_COUNTED = ("count", "customers", "milliseconds", "repeated", "returned", "stopped", "broken")


class Handovers(Question):
    """How often customers pass from one channel to another, and how often that breaks.

    A hand-over is two events in a row of a customer on different channels, no further apart than ``within``; events without a
    channel are passed over. It is *broken* when the customer has to do the same thing again (``repeated``), goes straight back
    (``returned``: the next event is on the channel left), or is not seen any more (``stopped``: it was the customer's last event,
    and none of ``goal``). One may break in several of these ways. ``share`` is of the hand-overs out of the same channel.
    """

    title: ClassVar[Text] = Text(en="Hand-overs between channels", fa="رفتن از کانالی به کانال دیگر")
    example: ClassVar[dict[str, Any]] = {"within": "7d"}
    chart: ClassVar[Chart | None] = Chart(
        "passages", {"from": "from", "to": "to", "count": "count", "part": "broken", "names": "channel"}
    )
    unit: ClassVar[str] = "handovers"
    opens: ClassVar[tuple[str, ...]] = ("customers", "count", *_BREAKS)
    occurrences: ClassVar[tuple[str, ...]] = ("count", *_BREAKS)
    sentences: ClassVar[dict[str, Text]] = {
        "breaks": Text(
            en="{share:percent} of {n:handovers} break; most often from {first} to {second}, {worst:times}",
            fa="{share:percent} از {n:handovers} گسسته می‌شود؛ بیش از همه از «{first}» به «{second}»، {worst:times}",
        ),
        "whole": Text(en="None of {n:handovers} breaks", fa="هیچ‌یک از {n:handovers} گسسته نمی‌شود"),
        "broken": Text(
            en="Broken: done again on the new channel, straight back to the old one, or not seen any more.",
            fa="گسست یعنی همان کار در کانال تازه تکرار شد، مشتری یک‌راست به کانال پیش برگشت، یا دیگر دیده نشد.",
        ),
    }

    within: Duration | None = None
    goal: Steps | None = None

    def check(self, scope: Scope) -> None:
        for step in self.goal or ():
            scope.numbers(step)

    def _pass(self, shard: Shard, scope: Scope, first: int, second: int, who: np.ndarray) -> np.ndarray:
        """Counts by pair of channels, int64 (channels, channels, 7); ``who`` (C, 5) is filled with who took the pair from
        ``first`` to ``second``, and for whom it broke in any way and in each."""
        channels = len(scope.words.get("channel", ())) + 1
        counts = np.zeros((channels, channels, len(_COUNTED)), np.int64)
        goal = np.zeros(scope.size + 1, bool)
        for step in self.goal or ():
            goal[scope.numbers(step)] = True
        limit = (1 << 62) if self.within is None else round(self.within.total_seconds() * 1000)
        column = shard.words.get("channel", np.zeros(shard.code.size, np.uint8))
        _hand_over(
            shard.code, shard.gap, shard.offset, shard.first, shard.long_at, shard.long_ms, shard.runs,
            scope.table, column, goal, limit, counts, first, second, who,
        )  # fmt: skip
        return counts

    def count(self, shard: Shard, scope: Scope) -> Partial:
        return Partial(sums={"pairs": self._pass(shard, scope, -1, -1, np.zeros((0, 1 + len(_BREAKS)), bool))})

    def among(self, row: Row) -> tuple[Any, ...]:
        return (row["from"],)

    def size(self, partial: Partial) -> int:
        return int(partial.sums["pairs"][:, :, 0].sum()) if partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        names = [None, *scope.words.get("channel", ())]
        rows: list[dict[str, Any]] = []
        pairs = partial.sums.get("pairs", np.zeros((0, 0, len(_COUNTED)), np.int64))
        leaving = pairs[:, :, 0].sum(axis=1) if pairs.size else np.zeros(0, np.int64)
        for first, second in np.argwhere(pairs[:, :, 0] > 0).tolist():
            here = dict(zip(_COUNTED, pairs[first, second].tolist(), strict=True))
            wait = here.pop("milliseconds")
            low, high = wilson(here["count"], int(leaving[first]))
            broken_low, broken_high = wilson(here["broken"], here["count"])
            rows.append(
                {
                    "from": names[first],
                    "to": names[second],
                    **here,
                    "share": here["count"] / int(leaving[first]),
                    "low": low,
                    "high": high,
                    "share_broken": here["broken"] / here["count"],
                    "broken_low": broken_low,
                    "broken_high": broken_high,
                    "mean_seconds": wait / here["count"] / 1000,
                }
            )
        rows.sort(key=lambda row: (-row["count"], row["from"], row["to"]))
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        names = [None, *scope.words.get("channel", ())]
        who = np.zeros((shard.customers, 1 + len(_BREAKS)), bool)
        self._pass(shard, scope, names.index(row["from"]), names.index(row["to"]), who)
        return who[:, 1 + _BREAKS.index(column) if column in _BREAKS else 0]

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        everything = self.size(partial)
        broken = int(partial.sums["pairs"][:, :, _COUNTED.index("broken")].sum())
        if not broken:
            return Sentence("whole", {"n": everything})
        worst = max(table.to_pylist(), key=lambda row: row["broken"])
        titles = [channel_title(worst[end]) for end in ("from", "to")]
        first, second = ({"en": title.en, "fa": title.fa} for title in titles)
        said = {"share": broken / everything, "n": everything, "worst": worst["broken"]}
        return Sentence("breaks", {**said, "first": first, "second": second})

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        return [Sentence("broken")]


@compiled
def _hand_over(
    code, gap, offset, first, long_at, long_ms, runs, table, column, goal, limit, counts, wanted, other, who
):
    seen = np.full(counts.shape[:2], -1, np.int64)
    for r in range(runs.shape[0]):
        k = np.searchsorted(long_at, offset[runs[r, 0]])
        for c in range(runs[r, 0], runs[r, 1]):
            now = np.int64(0)
            channel = np.int64(0)  # of the last event that has one, its time and touchpoint
            when = np.int64(0)
            what = np.int64(-1)
            past = np.int64(0)  # the channel before the hand-over that it was, 0 when it was none
            broke = False
            stop = offset[c + 1] - 1
            for i in range(offset[c], stop):
                now += np.int64(gap[i])
                if k < long_at.size and long_at[k] == i:
                    now += long_ms[k]
                    k += 1
                here = np.int64(column[i])
                if here == 0:
                    continue
                number = np.int64(table[code[i]])
                if past > 0 and here == past:
                    counts[past, channel, 4] += 1
                    if not broke:
                        counts[past, channel, 6] += 1
                    if past == wanted and channel == other:
                        who[c, 1] = True
                        who[c, 3] = True
                past = np.int64(0)
                broke = False
                if channel > 0 and here != channel and now - when <= limit:
                    past = channel
                    counts[past, here, 0] += 1
                    counts[past, here, 2] += now - when
                    if seen[past, here] != c:
                        seen[past, here] = c
                        counts[past, here, 1] += 1
                    if number == what:
                        counts[past, here, 3] += 1
                        broke = True
                    if i + 1 == stop and not goal[number]:
                        counts[past, here, 5] += 1
                        broke = True
                    counts[past, here, 6] += broke
                    if past == wanted and here == other:
                        who[c, 0] = True
                        who[c, 1] |= broke
                        who[c, 2] |= number == what
                        who[c, 4] |= i + 1 == stop and not goal[number]
                channel = here
                when = now
                what = number


_SCHEMA = pa.schema(
    [
        ("from", pa.string()),
        ("to", pa.string()),
        ("count", pa.int64()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("broken", pa.int64()),
        ("share_broken", pa.float64()),
        ("broken_low", pa.float64()),
        ("broken_high", pa.float64()),
        ("repeated", pa.int64()),
        ("returned", pa.int64()),
        ("stopped", pa.int64()),
        ("mean_seconds", pa.float64()),
    ]
)
