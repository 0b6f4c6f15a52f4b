"""Times: how long customers are in touchpoints or stages, and how long between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.errors import Mistake
from safarnama.core.finding import Chart, Sentence
from safarnama.core.grammar import Step
from safarnama.core.parameters import Duration, Steps
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.partial import Partial
from safarnama.journeys.percentiles import Percentiles, near, owners, spread, wanted
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row

if TYPE_CHECKING:
    from safarnama.journeys.local import Countable

_PERCENTS = (10, 25, 50, 75, 90)
_COLUMNS = ("p10_seconds", "p25_seconds", "median_seconds", "p75_seconds", "p90_seconds")


class Times(Question):
    """How long customers are in each touchpoint, or in each of the given ``stages``, and how long between one and the next.

    A stay is a run of events of one stage, nothing of another stage between them. Its time *in* runs from its first event to its
    last (0 when there is one only), the time *between* from the last event of a stay to the first of the next. A stage is written
    ``A|B``; what belongs to none is passed over. With ``pause``, a silence longer than that ends a stay and counts neither in nor
    between: what is left is time spent, without the days away. ``times`` are how often, ``customers`` how many of them,
    percentiles by linear interpolation, ``share_of_time`` of all times of all rows added up.
    """

    title: ClassVar[Text] = Text(en="Times", fa="زمان‌ها")
    example: ClassVar[dict[str, Any]] = {"stages": "home|search,product_view,add_to_cart|payment,purchase"}
    chart: ClassVar[Chart | None] = Chart("spans", {"label": "touchpoint", "next": "next", "count": "times"})
    opens: ClassVar[tuple[str, ...]] = ("customers", "times")
    occurrences: ClassVar[tuple[str, ...]] = ("times",)
    sentences: ClassVar[dict[str, Text]] = {
        "between": Text(
            en="{share:percent} of the time passes between {a} and {b}: {times:times}, {median:duration} at the median and "
            "{mean:duration} on average",
            fa="{share:percent} از زمان میان «{a}» و «{b}» می‌گذرد: {times:times}، با میانه {median:duration} و میانگین {mean:duration}",
        ),
        "in": Text(
            en="{share:percent} of the time passes in {a}: {times:times}, {median:duration} at the median and {mean:duration} on "
            "average",
            fa="{share:percent} از زمان در «{a}» می‌گذرد: {times:times}، با میانه {median:duration} و میانگین {mean:duration}",
        ),
        "none": Text(en="No time passes within these journeys", fa="در این سفرها زمانی نمی‌گذرد"),
        "in_means": Text(
            en="Time “in” runs from the first to the last event of a stay: 0 when there is one only.",
            fa="زمانِ «در» از نخستین تا آخرین رویداد هر ماندن است؛ اگر یک رویداد باشد صفر است.",
        ),
        "pause": Text(
            en="Silences of more than {pause:duration} count neither in nor between.",
            fa="سکوت‌های بیش از {pause:duration} نه «در» به شمار آمده‌اند و نه «میان».",
        ),
    }

    stages: Steps | None = None
    pause: Duration | None = None

    def check(self, scope: Scope) -> None:
        taken: set[int] = set()
        for step in self.stages or ():
            if step.excluded or step.optional:
                raise Mistake(_MARKS, seen=str(step))
            mine = scope.numbers(step)
            for number in taken & set(mine):
                raise Mistake(_TWICE, seen=scope.touchpoints[number])
            taken |= set(mine)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        what, time, who = self._spent(shard, scope)
        return Partial(
            sums={"all": np.array([shard.counted], np.int64)},
            keyed={"customers": owners(what, who), "spread": spread(what, time)},
        )

    def _spent(self, shard: Shard, scope: Scope) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Every time: what it is (stage · (S + 1) + the next, S for the time in), milliseconds, and the customer."""
        runs = shard.runs
        events = int((shard.offset[runs[:, 1]] - shard.offset[runs[:, 0]]).sum())
        what, time = np.empty(2 * events, np.int64), np.empty(2 * events, np.int64)
        who = np.empty(2 * events, np.int32)
        pause = -1 if self.pause is None else round(self.pause.total_seconds() * 1000)
        stage = np.arange(scope.size + 1)
        if self.stages is not None:
            stage[:] = -1
            for place, step in enumerate(self.stages):
                stage[scope.numbers(step)] = place
        size = scope.size if self.stages is None else len(self.stages)
        many = _spend(
            shard.code, shard.gap, shard.offset, shard.long_at, shard.long_ms, runs, scope.table, stage, size, pause,
            what, time, who,
        )  # fmt: skip
        return what[:many], time[:many], who[:many]

    def again(self, partials: Sequence[Partial], scope: Scope) -> Countable | None:
        unsure = [each.keyed["spread"] for each in partials if "spread" in each.keyed and "near" not in each.keyed]
        return _Near(self, wanted(unsure, _PERCENTS)) if unsure else None

    def size(self, partial: Partial) -> int:
        return int(partial.sums["all"][0]) if "all" in partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        rows: list[dict[str, Any]] = []
        if self.size(partial):
            names = self._names(scope)
            found = Percentiles.of(partial.keyed["spread"], _PERCENTS)
            people = partial.keyed["customers"].counts[:, 0].tolist()
            everything = int(found.total.sum())
            places = (found.values(partial.keyed["near"]) / 1000).tolist()
            for place, (key, times, total) in enumerate(
                zip(found.keys.tolist(), found.n.tolist(), found.total.tolist(), strict=True)
            ):
                at, following = divmod(key, len(names) + 1)
                rows.append(
                    {
                        "kind": "in" if following == len(names) else "between",
                        "touchpoint": names[at],
                        "next": names[following] if following < len(names) else None,
                        "customers": people[place],
                        "times": times,
                        **dict(zip(_COLUMNS, places[place], strict=True)),
                        "mean_seconds": total / times / 1000,
                        "share_of_time": total / everything if everything else None,
                    }
                )
            rows.sort(key=self._order(names))
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def _order(self, names: list[str]) -> Any:
        """Times in before times between; stages as they were given, touchpoints by how often."""
        if self.stages is None:
            return lambda row: (row["kind"] != "in", -row["times"], row["touchpoint"], row["next"] or "")
        places = {name: place for place, name in enumerate(names)}
        return lambda row: (row["kind"] != "in", places[row["touchpoint"]], places.get(row["next"], -1))

    def _names(self, scope: Scope) -> list[str]:
        return list(scope.touchpoints) if self.stages is None else [str(step) for step in self.stages]

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        names = self._names(scope)
        following = len(names) if row["next"] is None else names.index(row["next"])
        what, _, who = self._spent(shard, scope)
        found = np.zeros(shard.customers, bool)
        found[who[what == names.index(row["touchpoint"]) * (len(names) + 1) + following]] = True
        return found

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        if self.stages is None:
            return (row["next"] or row["touchpoint"],)
        return next(step.names for step in self.stages if str(step) == (row["next"] or row["touchpoint"]))

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows = [row for row in table.to_pylist() if row["share_of_time"]]
        if not rows:
            return Sentence("none")
        top = max(rows, key=lambda row: row["share_of_time"])
        said = {"share": top["share_of_time"], "times": top["times"], "median": top["median_seconds"]}
        said["mean"] = top["mean_seconds"]
        said["a"] = self._title(top["touchpoint"])
        if top["next"] is None:
            return Sentence("in", said)
        return Sentence("between", {**said, "b": self._title(top["next"])})

    def _title(self, name: str) -> dict[str, str]:
        step = next((step for step in self.stages or () if str(step) == name), Step((name,)))
        titles = [touchpoint(each).title for each in step.names]
        return {"en": " / ".join(title.en for title in titles), "fa": " / ".join(title.fa for title in titles)}

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        said = [Sentence("in_means")]
        return [*said, Sentence("pause", {"pause": self.pause.total_seconds()})] if self.pause else said


@dataclass(frozen=True)
class _Near:
    """The times around the percentiles."""

    times: Times
    places: np.ndarray

    def count(self, shard: Shard, scope: Scope) -> Partial:
        what, time, _ = self.times._spent(shard, scope)
        return Partial(keyed={"near": near(self.places, what, time)})


@compiled
def _spend(code, gap, offset, long_at, long_ms, runs, table, stage, size, pause, what, time, who):
    many = np.int64(0)
    for r in range(runs.shape[0]):
        k = np.searchsorted(long_at, offset[runs[r, 0]])
        for c in range(runs[r, 0], runs[r, 1]):
            now = np.int64(0)
            here = np.int64(-1)  # the stage of the stay, when it began, and its last event so far
            since = np.int64(0)
            last = np.int64(0)
            for i in range(offset[c], offset[c + 1] - 1):
                now += np.int64(gap[i])
                if k < long_at.size and long_at[k] == i:
                    now += long_ms[k]
                    k += 1
                s = stage[table[code[i]]]
                if s < 0:
                    continue
                away = pause >= 0 and now - last > pause
                if here >= 0 and (s != here or away):
                    what[many] = here * (size + 1) + size
                    time[many] = last - since
                    who[many] = c
                    many += 1
                    if not away:
                        what[many] = here * (size + 1) + s
                        time[many] = now - last
                        who[many] = c
                        many += 1
                if s != here or away:
                    since = now
                here = s
                last = now
            if here >= 0:
                what[many] = here * (size + 1) + size
                time[many] = last - since
                who[many] = c
                many += 1
    return many


_MARKS = Text(
    en="{seen} is no stage: a stage is a touchpoint or several written A|B, without ! and ?.",
    fa="{seen} مرحله نیست؛ مرحله یک نقطه تماس است یا چند نقطه که A|B نوشته می‌شود، بی ! و ?.",
)
_TWICE = Text(
    en="{seen} stands in two stages; it can belong to one only.",
    fa="{seen} در دو مرحله آمده است؛ تنها به یکی می‌تواند تعلق داشته باشد.",
)
_SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("touchpoint", pa.string()),
        ("next", pa.string()),
        ("customers", pa.int64()),
        ("times", pa.int64()),
        *((column, pa.float64()) for column in _COLUMNS),
        ("mean_seconds", pa.float64()),
        ("share_of_time", pa.float64()),
    ]
)
