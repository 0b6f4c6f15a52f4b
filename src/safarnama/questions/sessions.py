"""Sessions: how customers' events fall into visits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Duration, Flag
from safarnama.core.words import Text
from safarnama.journeys.moments import moments_of, periods_of
from safarnama.journeys.partial import Keyed, Partial
from safarnama.journeys.quantiles import median_of
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row

# Sessions by how many events they have; each class from its number up to the next.
_SIZES = {"1": 1, "2": 2, "3–5": 3, "6–10": 6, "11–20": 11, "21+": 21}


class Sessions(Question):
    """How customers' events fall into sessions, by how many events a session has.

    A pause longer than ``gap`` begins a new session; with ``midnight`` so does a new day in the workspace's time zone. A session
    lasts from its first event to its last, so one of a single event lasts no time. Nothing is stored: any gap can be asked.
    Without ``medians`` nothing is timed, which is several times faster; without ``sizes`` sessions are only counted, in a single
    row, which is faster still.
    """

    title: ClassVar[Text] = Text(en="Sessions", fa="نشست‌ها")
    example: ClassVar[dict[str, Any]] = {"gap": "30min"}
    chart: ClassVar[Chart | None] = Chart("bars", {"label": "size", "count": "sessions", "share": "share"})
    unit: ClassVar[str] = "sessions"
    opens: ClassVar[tuple[str, ...]] = ("sessions",)
    occurrences: ClassVar[tuple[str, ...]] = opens
    sentences: ClassVar[dict[str, Text]] = {
        "many": Text(
            en="{sessions:sessions} of {n:customers}, {each:number.1} each; half last longer than {median:duration}, "
            "{single:percent} are a single event",
            fa="{sessions:sessions} از {n:customers}، برای هر کدام {each:number.1}؛ نیمی از آنها بیش از {median:duration} طول "
            "می‌کشد و {single:percent} تنها یک رویداد است",
        ),
        "brief": Text(
            en="{sessions:sessions} of {n:customers}, {each:number.1} each; {single:percent} are a single event",
            fa="{sessions:sessions} از {n:customers}، برای هر کدام {each:number.1}؛ {single:percent} تنها یک رویداد است",
        ),
        "total": Text(
            en="{sessions:sessions} of {n:customers}, {each:number.1} each",
            fa="{sessions:sessions} از {n:customers}، برای هر کدام {each:number.1}",
        ),
        "gap": Text(
            en="A pause of more than {gap:duration} begins a new session.",
            fa="مکثی بیش از {gap:duration} نشست تازه‌ای آغاز می‌کند.",
        ),
        "midnight": Text(
            en="A pause of more than {gap:duration} or a new day begins a new session.",
            fa="مکثی بیش از {gap:duration} یا روزی تازه نشست تازه‌ای آغاز می‌کند.",
        ),
    }

    gap: Duration = "30min"  # type: ignore[assignment]
    midnight: Flag = False
    medians: Flag = True
    sizes: Flag = True

    @property
    def _classes(self) -> dict[str, int]:
        """The classes of size: how each is called, and from how many events on."""
        return _SIZES if self.sizes else {"1+": 1}

    def count(self, shard: Shard, scope: Scope) -> Partial:
        limit = round(self.gap.total_seconds() * 1000)
        customers = np.array([shard.counted], np.int64)
        least = np.array(list(self._classes.values()))
        if not (self.medians or self.midnight) and limit < _LONG:
            if not self.sizes:
                sessions = customers + _pauses(shard.gap, shard.offset, shard.runs, np.uint32(limit))
                events = np.array([shard.counted_events], np.int64)
            else:
                sessions, events = _by_size(shard.code, shard.gap, shard.offset, shard.runs, limit, least, shard.end)
            return Partial(sums={"customers": customers, "sessions": sessions, "events": events})
        days = periods_of(scope, "day")[1] if self.midnight else np.zeros(0, np.int64)
        size, length = _sessions(
            shard.code, shard.gap, shard.offset, shard.first, shard.long_at, shard.long_ms, shard.runs, limit, days
        )  # fmt: skip
        kind = np.searchsorted(least, size, side="right") - 1
        return Partial(
            sums={
                "customers": customers,
                "sessions": np.bincount(kind, minlength=least.size).astype(np.int64),
                "events": np.bincount(kind, size, minlength=least.size).astype(np.int64),
            },
            keyed={f"length{at}": Keyed.each(length[kind == at]) for at in range(least.size)} if self.medians else {},
        )

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        slots = np.flatnonzero(shard.code != shard.end)
        owner = np.repeat(np.arange(shard.customers), np.diff(shard.offset) - 1)
        when = moments_of(shard)[slots]
        begins = np.ones(slots.size, bool)
        begins[1:] = (owner[1:] != owner[:-1]) | (np.diff(when) > round(self.gap.total_seconds() * 1000))
        if self.midnight:
            days = np.searchsorted(periods_of(scope, "day")[1], when, side="right")
            begins[1:] |= days[1:] != days[:-1]
        first = np.flatnonzero(begins)
        classes = self._classes
        kind = (
            np.searchsorted(np.array(list(classes.values())), np.diff(np.append(first, slots.size)), side="right") - 1
        )
        found = np.zeros(shard.customers, bool)
        found[owner[first[kind == list(classes).index(row["size"])]]] = True
        return found

    def size(self, partial: Partial) -> int:
        return int(partial.sums["sessions"].sum()) if partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        everything = self.size(partial)
        rows = []
        for place, name in enumerate(self._classes):
            sessions, events = (int(partial.sums[key][place]) if partial.sums else 0 for key in ("sessions", "events"))
            low, high = wilson(sessions, everything)
            rows.append(
                {
                    "size": name,
                    "sessions": sessions,
                    "share": sessions / everything if everything else None,
                    "low": low if everything else None,
                    "high": high if everything else None,
                    "share_of_events": events / int(partial.sums["events"].sum()) if everything else None,
                    "median_seconds": median_of(partial.keyed[f"length{place}"]) / 1000
                    if sessions and self.medians
                    else None,
                }
            )
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        sessions, customers = self.size(partial), int(partial.sums["customers"][0])
        said = {"sessions": sessions, "n": customers, "each": sessions / customers}
        if not self.sizes:
            return Sentence("total", said)
        said["single"] = int(partial.sums["sessions"][0]) / sessions
        if not self.medians:
            return Sentence("brief", said)
        lengths = Partial()
        for place in range(len(self._classes)):
            lengths = lengths + Partial(keyed={"all": partial.keyed[f"length{place}"]})
        median = median_of(lengths.keyed["all"]) / 1000
        return Sentence("many", {**said, "median": median}) if median >= 1 else Sentence("brief", said)

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        return [Sentence("midnight" if self.midnight else "gap", {"gap": self.gap.total_seconds()})]


# A gap as long as this says only "and more", which is longer than any limit below it.
_LONG = (1 << 32) - 1


@compiled(fastmath=True)
def _pauses(gap, offset, runs, limit):
    """How many gaps are longer than ``limit``; there is none before a customer's first event nor at an END."""
    many = np.int64(0)
    for r in range(runs.shape[0]):
        for i in range(np.uint64(offset[runs[r, 0]]), np.uint64(offset[runs[r, 1]])):
            many += np.int64(gap[i] > limit)
    return many


@compiled
def _by_size(code, gap, offset, runs, limit, classes, end):
    """Sessions, and the events in them, by class of size; ``limit`` below ``_LONG``.

    In blocks: first where sessions begin, without a branch, then how long each is.
    """
    sessions = np.zeros(classes.size, np.int64)
    events = np.zeros(classes.size, np.int64)
    kind = np.zeros(classes[-1] + 1, np.int64)
    for at in range(classes.size):
        kind[classes[at] :] = at
    begins = np.empty(4097, np.int64)
    for r in range(runs.shape[0]):
        low = offset[runs[r, 0]]
        high = offset[runs[r, 1]]
        began = low
        while low < high:
            stop = min(high, low + 4096)
            many = 0
            for i in range(low, stop):
                begins[many] = i
                many += (gap[i] > limit) | (code[i] == end)
            for j in range(many):
                size = begins[j] - began
                place = kind[min(size, kind.size - 1)]
                sessions[place] += 1
                events[place] += size
                # Behind an END the next customer begins; a pause itself stands at the first event of the next session.
                began = begins[j] + (code[begins[j]] == end)
            low = stop
    return sessions, events


@compiled
def _sessions(code, gap, offset, first, long_at, long_ms, runs, limit, days):
    """How many events every session has and how many milliseconds it lasts. ``days``: the starts of all days, or empty."""
    sizes = np.empty(1024, np.int64)
    lengths = np.empty(1024, np.int64)
    many = 0
    for r in range(runs.shape[0]):
        k = np.searchsorted(long_at, offset[runs[r, 0]])
        for c in range(runs[r, 0], runs[r, 1]):
            now = first[c]
            started = now
            size = 0
            day = np.searchsorted(days, now, side="right") if days.size else 0
            for i in range(offset[c], offset[c + 1]):
                wait = np.int64(gap[i])
                if k < long_at.size and long_at[k] == i:
                    wait += long_ms[k]
                    k += 1
                past = now
                now += wait
                ends = i == offset[c + 1] - 1 or wait > limit
                while day < days.size and days[day] <= now:
                    ends = True
                    day += 1
                if ends and size:
                    if many == sizes.size:
                        grown = np.empty(2 * many, np.int64)
                        grown[:many] = sizes
                        sizes = grown
                        grown = np.empty(2 * many, np.int64)
                        grown[:many] = lengths
                        lengths = grown
                    sizes[many] = size
                    lengths[many] = past - started
                    many += 1
                    started = now
                    size = 0
                size += 1
    return sizes[:many].copy(), lengths[:many].copy()


_SCHEMA = pa.schema(
    [
        ("size", pa.string()),
        ("sessions", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("share_of_events", pa.float64()),
        ("median_seconds", pa.float64()),
    ]
)
