"""Drop-off: after what customers leave."""

from __future__ import annotations

from collections.abc import Sequence
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
from safarnama.questions.question import Question, Row


class Dropoff(Question):
    """After which touchpoint customers leave: nothing is seen of them for longer than ``silence``.

    Of every visit to a touchpoint it is either known that the customer went on in time, known that they did not, or, when
    the data ends sooner, unknown; shares are of the known ones. ``back`` are those who left and were seen again later; what they do
    in place of the next step of a funnel is the question ``instead``.
    """

    title: ClassVar[Text] = Text(en="Drop-off", fa="ریزش")
    example: ClassVar[dict[str, Any]] = {"silence": "7d"}
    chart: ClassVar[Chart | None] = Chart("bars", {"label": "touchpoint", "count": "left", "share": "share"})
    unit: ClassVar[str] = "events"
    opens: ClassVar[tuple[str, ...]] = ("left", "back", "visits", "went_on", "unknown")
    occurrences: ClassVar[tuple[str, ...]] = opens
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
        return Partial(sums={"visits": self._leave(shard, scope, -1, np.zeros((0, 4), bool))})

    def _leave(self, shard: Shard, scope: Scope, wanted: int, who: np.ndarray) -> np.ndarray:
        """Visits by touchpoint and by what became of them, int64 (A, 4); ``who`` (C, 4) is filled with the customers of those to
        the touchpoint ``wanted``."""
        counts = np.zeros((scope.size, len(_FATES)), np.int64)
        limit = round(self.silence.total_seconds() * 1000)
        end = (scope.last or 0) // 1000
        _leave(
            shard.code, shard.gap, shard.offset, shard.first, shard.long_at, shard.long_ms, shard.runs,
            scope.table, limit, end, counts, wanted, who,
        )  # fmt: skip
        return counts

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        who = np.zeros((shard.customers, len(_FATES)), bool)
        self._leave(shard, scope, scope.number(row["touchpoint"]), who)
        went_on, gone, unknown, back = who.T
        fates = {"went_on": went_on, "left": gone | back, "unknown": unknown, "back": back}
        found: np.ndarray = np.asarray(fates[column] if column in fates else who.any(axis=1))
        return found

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return (row["touchpoint"],)

    def among(self, row: Row) -> tuple[Any, ...]:
        return (row["touchpoint"],)

    def size(self, partial: Partial) -> int:
        return int(partial.sums["visits"].sum()) if partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        counts = partial.sums.get("visits", np.zeros((scope.size, len(_FATES)), np.int64))
        rows = []
        for place, (went_on, gone, unknown, back) in enumerate(counts.tolist()):
            left = gone + back
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
                    "back": back,
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


# What becomes of a visit: on in time, gone for good, not known yet, back after a silence.
_FATES = ("went_on", "gone", "unknown", "back")


@compiled
def _leave(code, gap, offset, first, long_at, long_ms, runs, table, limit, end, counts, wanted, who):
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
                here = table[code[i - 1]]
                fate = 3 if wait > limit else 0
                counts[here, fate] += 1
                if here == wanted:
                    who[c, fate] = True
            here = table[code[last - 1]]
            fate = 1 if end - now > limit else 2
            counts[here, fate] += 1
            if here == wanted:
                who[c, fate] = True


_SCHEMA = pa.schema(
    [
        ("touchpoint", pa.string()),
        ("visits", pa.int64()),
        ("went_on", pa.int64()),
        ("left", pa.int64()),
        ("back", pa.int64()),
        ("unknown", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)
