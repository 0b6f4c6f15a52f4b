"""Drop-off: after what customers leave."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Duration
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question


class Dropoff(Question):
    """After which touchpoint customers leave: nothing is seen of them for longer than ``silence``.

    Of every visit to a touchpoint it is either known that the customer went on in time, known that they did not, or, when
    the data ends sooner, unknown; shares are of the known ones.
    """

    title: ClassVar[Text] = Text(en="Drop-off", fa="ریزش")
    example: ClassVar[dict[str, Any]] = {"silence": "7d"}
    chart: ClassVar[Chart | None] = Chart("bars", {"label": "touchpoint", "count": "left", "share": "share"})
    unit: ClassVar[str] = "events"
    sentences: ClassVar[dict[str, Text]] = {
        "most": Text(
            en="Most leave after {top}: {left:times}, {share:percent} of its visits; the usual is {usual:percent}",
            fa="بیشترین ریزش پس از «{top}» است: {left:times}، {share:percent} از دفعات آن؛ معمول {usual:percent} است",
        ),
        "nobody": Text(en="Nobody was seen to leave", fa="کسی دیده نشد که برود"),
        "silence": Text(
            en="“Left” means nothing was seen for {silence:duration}; they may have gone on elsewhere.",
            fa="«ریزش» یعنی تا {silence:duration} چیزی دیده نشد؛ شاید جای دیگری ادامه داده باشند.",
        ),
    }

    silence: Duration = "7d"  # type: ignore[assignment]

    def count(self, shard: Shard, scope: Scope) -> Partial:
        counts = np.zeros((scope.size, 3), np.int64)
        limit = round(self.silence.total_seconds() * 1000)
        end = (scope.last or 0) // 1000
        _leave(
            shard.code, shard.gap, shard.offset, shard.first, shard.long_at, shard.long_ms, shard.runs,
            scope.table, limit, end, counts,
        )  # fmt: skip
        return Partial(sums={"visits": counts})

    def size(self, partial: Partial) -> int:
        return int(partial.sums["visits"].sum()) if partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        counts = partial.sums.get("visits", np.zeros((scope.size, 3), np.int64))
        rows = []
        for place, (went_on, left, unknown) in enumerate(counts.tolist()):
            if went_on + left + unknown == 0:
                continue
            known = went_on + left
            low, high = wilson(left, known)
            rows.append(
                {
                    "touchpoint": scope.touchpoints[place],
                    "visits": known + unknown,
                    "went_on": went_on,
                    "left": left,
                    "unknown": unknown,
                    "share": left / known if known else None,
                    "low": low if known else None,
                    "high": high if known else None,
                }
            )
        rows.sort(key=lambda row: (-row["left"], row["touchpoint"]))
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows = table.to_pylist()
        left, known = sum(row["left"] for row in rows), sum(row["left"] + row["went_on"] for row in rows)
        if not left:
            return Sentence("nobody")
        title = touchpoint(rows[0]["touchpoint"]).title
        top = {"en": title.en, "fa": title.fa}
        return Sentence("most", {"top": top, "left": rows[0]["left"], "share": rows[0]["share"], "usual": left / known})

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        return [Sentence("silence", {"silence": self.silence.total_seconds()})]


@compiled
def _leave(code, gap, offset, first, long_at, long_ms, runs, table, limit, end, counts):
    for r in range(runs.shape[0]):
        k = np.searchsorted(long_at, offset[runs[r, 0]])
        for c in range(runs[r, 0], runs[r, 1]):
            now = first[c]
            last = offset[c + 1] - 1
            for i in range(offset[c] + 1, last):
                wait = np.int64(gap[i])
                if k < long_at.size and long_at[k] == i:
                    wait += long_ms[k]
                    k += 1
                now += wait
                counts[table[code[i - 1]], 1 if wait > limit else 0] += 1
            counts[table[code[last - 1]], 1 if end - now > limit else 2] += 1


_SCHEMA = pa.schema(
    [
        ("touchpoint", pa.string()),
        ("visits", pa.int64()),
        ("went_on", pa.int64()),
        ("left", pa.int64()),
        ("unknown", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)
