"""Flow: what follows what, how often and after how long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilsons
from safarnama.core.parameters import Flag
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.pairs import DENSE, pairs_of
from safarnama.journeys.partial import Keyed, Partial
from safarnama.journeys.percentiles import EIGHTHS, Percentiles
from safarnama.journeys.quantiles import BUCKETS, bucket
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

_AT_ONCE = 4096  # pairs whose waiting times are looked at in one pass
_PERCENTS = (10, 50, 90)


class Flow(Question):
    """What directly follows what: how often, for how many customers, and how long it takes: mean, median, and the tenth and the
    ninetieth percentile.

    A row without *from* counts starts, one without *to* ends. ``medians=no`` leaves the percentiles and the customers out, which
    takes one pass instead of four.
    """

    title: ClassVar[Text] = Text(en="Flow", fa="جریان")
    example: ClassVar[dict[str, Any]] = {}
    chart: ClassVar[Chart | None] = Chart("flow", {"from": "from", "to": "to", "count": "count"})
    unit: ClassVar[str] = "events"
    opens: ClassVar[tuple[str, ...]] = ("count", "customers")
    occurrences: ClassVar[tuple[str, ...]] = ("count",)
    sentences: ClassVar[dict[str, Text]] = {
        "top": Text(
            en="{first} is most often followed by {second}: {n:times}, {share:percent} of what comes after it",
            fa="پس از «{first}» بیش از همه «{second}» می‌آید: {n:times}، {share:percent} از آنچه پس از آن است",
        ),
        "single": Text(en="No event has a successor", fa="هیچ رویدادی رویداد پسین ندارد"),
    }

    medians: Flag = True

    def count(self, shard: Shard, scope: Scope) -> Partial:
        return Partial(keyed={"pairs": pairs_of(shard, scope)})

    def counted(self, journeys: Journeys) -> Partial:
        partial = journeys.count(self)
        if not self.medians or "pairs" not in partial.keyed:
            return partial
        pairs = partial.keyed["pairs"].keys
        inner = pairs[(pairs < journeys.scope.size).all(axis=1)]
        found = [_percentiles(journeys, inner[at : at + _AT_ONCE]) for at in range(0, len(inner), _AT_ONCE)]
        times = np.concatenate(found) if found else np.zeros((0, len(_PERCENTS)), np.int64)
        return partial + journeys.count(_People(pairs)) + Partial(sums={"times": times})

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        first, second = (scope.size if row[end] is None else scope.number(row[end]) for end in ("from", "to"))
        numbers = scope.table[shard.code]
        # Before a customer's first event stands the END of the one before: the start.
        follows = (np.concatenate([[scope.size], numbers[:-1]]) == first) & (numbers == second)
        return np.logical_or.reduceat(follows, shard.offset[:-1]) if shard.customers else np.zeros(0, bool)

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return (row["from"],) if row["from"] is not None else ()

    def size(self, partial: Partial) -> int:
        pairs = partial.keyed.get("pairs")
        if pairs is None or not len(pairs.keys):
            return 0
        # Every event is followed by exactly one thing, be it the end; the starts stand last.
        first = pairs.keys[:, 0]
        return int(pairs.counts[: np.searchsorted(first, first[-1]), 0].sum())

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        pairs = partial.keyed.get("pairs", Keyed(np.zeros((0, 2), np.int64), np.zeros((0, 2), np.int64)))
        many = len(pairs.keys)
        names = pa.array([*scope.touchpoints, None], pa.string())
        leaving = np.bincount(pairs.keys[:, 0], pairs.counts[:, 0], scope.size + 1)
        order = np.argsort(-pairs.counts[:, 0], kind="stable")
        first, second = (pairs.keys[:, end][order] for end in (0, 1))
        count, wait = (pairs.counts[:, end][order] for end in (0, 1))
        outside = (first == scope.size) | (second == scope.size)
        low, high = wilsons(count, leaving[first])
        times = [pa.nulls(many, pa.float64())] * len(_PERCENTS)
        if "times" in partial.sums:
            found = np.full((len(_PERCENTS), many), np.nan)
            found[:, (pairs.keys < scope.size).all(axis=1)] = partial.sums["times"].T / 100_000
            times = [pa.array(row[order], from_pandas=True) for row in found]
        people = partial.sums.get("customers")
        columns = [
            names.take(pa.array(first)),
            names.take(pa.array(second)),
            pa.array(count),
            pa.array(count / leaving[first]),
            pa.array(low),
            pa.array(high),
            pa.array(wait / count / 1000, mask=outside),
            *times,
            pa.nulls(many, pa.int64()) if people is None else pa.array(people[order]),
        ]
        return pa.Table.from_arrays(columns, schema=_SCHEMA)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        pairs = partial.keyed["pairs"]
        (first, second), count = pairs.keys.T, pairs.counts[:, 0]
        told = np.where((first != second) & (first < scope.size) & (second < scope.size), count, 0)
        top = int(np.argmax(told))
        if not told[top]:
            return Sentence("single")
        return Sentence(
            "top",
            {
                "first": _title(scope.touchpoints[first[top]]),
                "second": _title(scope.touchpoints[second[top]]),
                "n": int(count[top]),
                "share": int(count[top]) / int(count[first == first[top]].sum()),
            },
        )


@dataclass(frozen=True)
class _Histogram:
    """How the waiting times of some pairs spread over eighths of octaves."""

    pairs: np.ndarray

    def count(self, shard: Shard, scope: Scope) -> Partial:
        out = np.zeros((len(self.pairs), BUCKETS), np.int64)
        _spread(
            shard.code,
            shard.gap,
            shard.offset,
            shard.runs,
            shard.long_at,
            shard.long_ms,
            *_lookup(self.pairs, scope),
            out,
        )
        return Partial(sums={"waits": out})


@dataclass(frozen=True)
class _Within:
    """The waiting times of some pairs in the eighths that hold a percentile, each with how often it occurs."""

    pairs: np.ndarray
    place: np.ndarray  # int32 (pairs, BUCKETS), -1 where no percentile is

    def count(self, shard: Shard, scope: Scope) -> Partial:
        place, wait = _collect(
            shard.code, shard.gap, shard.offset, shard.runs, shard.long_at, shard.long_ms,
            *_lookup(self.pairs, scope), self.place,
        )  # fmt: skip
        return Partial(keyed={"near": Keyed.of(np.stack([place, wait], 1), np.ones((wait.size, 1), np.int64))})


@dataclass(frozen=True)
class _People:
    """How many customers took each of some pairs."""

    pairs: np.ndarray

    def count(self, shard: Shard, scope: Scope) -> Partial:
        out = np.zeros(len(self.pairs), np.int64)
        _took(shard.code, shard.offset, shard.runs, *_lookup(self.pairs, scope), out)
        return Partial(sums={"customers": out})


def _lookup(pairs: np.ndarray, scope: Scope) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs as rows of successors: where each touchpoint's begin, what they are, and the number of the pair."""
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    starts = np.searchsorted(pairs[order, 0], np.arange(scope.size + 2)).astype(np.int32)
    if scope.size <= DENSE:
        side = scope.size + 1
        dense = np.full(side * side, -1, np.int32)
        dense[pairs[:, 0] * side + pairs[:, 1]] = np.arange(len(pairs))
        return scope.table, dense, np.zeros(0, np.int32)
    return scope.table, pairs[order, 1].astype(np.int32), np.concatenate([starts, order.astype(np.int32)])


@compiled
def _pair_number(a, b, size, dense, rows):
    if rows.size == 0:
        return dense[a * (size + 1) + b]
    low = rows[a]
    high = rows[a + 1]
    while low < high:
        middle = (low + high) // 2
        if dense[middle] < b:
            low = middle + 1
        else:
            high = middle
    if low < rows[a + 1] and dense[low] == b:
        return rows[size + 2 + low]
    return -1


@compiled
def _spread(code, gap, offset, runs, long_at, long_ms, table, dense, rows, out):
    bits = np.empty(1, np.float64)
    size = np.int64(table[-1])
    for r in range(runs.shape[0]):
        start = offset[runs[r, 0]]
        k = np.searchsorted(long_at, start)
        before = size
        for i in range(start, offset[runs[r, 1]]):
            now = np.int64(table[code[i]])
            if before != size and now != size:
                wait = np.int64(gap[i])
                if k < long_at.size and long_at[k] == i:
                    wait += long_ms[k]
                pair = _pair_number(before, now, size, dense, rows)
                if pair >= 0:
                    out[pair, bucket(wait, bits)] += 1
            if k < long_at.size and long_at[k] == i:
                k += 1
            before = now


@compiled
def _collect(code, gap, offset, runs, long_at, long_ms, table, dense, rows, place):
    bits = np.empty(1, np.float64)
    size = np.int64(table[-1])
    places = np.empty(1024, np.int64)
    waits = np.empty(1024, np.int64)
    many = 0
    for r in range(runs.shape[0]):
        start = offset[runs[r, 0]]
        k = np.searchsorted(long_at, start)
        before = size
        for i in range(start, offset[runs[r, 1]]):
            now = np.int64(table[code[i]])
            if before != size and now != size:
                wait = np.int64(gap[i])
                if k < long_at.size and long_at[k] == i:
                    wait += long_ms[k]
                pair = _pair_number(before, now, size, dense, rows)
                at = -1 if pair < 0 else place[pair, bucket(wait, bits)]
                if at >= 0:
                    if many == places.size:
                        grown = np.empty(2 * many, np.int64)
                        grown[:many] = places
                        places = grown
                        grown = np.empty(2 * many, np.int64)
                        grown[:many] = waits
                        waits = grown
                    places[many] = at
                    waits[many] = wait
                    many += 1
            if k < long_at.size and long_at[k] == i:
                k += 1
            before = now
    return places[:many].copy(), waits[:many].copy()


@compiled
def _took(code, offset, runs, table, dense, rows, out):
    size = np.int64(table[-1])
    seen = np.full(out.size, -1, np.int64)
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            before = size
            for i in range(offset[c], offset[c + 1]):
                now = np.int64(table[code[i]])
                pair = _pair_number(before, now, size, dense, rows)
                if pair >= 0 and seen[pair] != c:
                    seen[pair] = c
                    out[pair] += 1
                before = now


def _percentiles(journeys: Journeys, pairs: np.ndarray) -> np.ndarray:
    """The percentiles of the waiting times of some pairs in hundredths of a millisecond, int64 (pairs, 3): whole numbers, for a
    percentile lies between two of them at most so finely."""
    histogram = journeys.count(_Histogram(pairs)).sums["waits"]
    pair, eighth = np.nonzero(histogram)
    counts = np.stack([histogram[pair, eighth], np.zeros(pair.size, np.int64)], 1)
    percentiles = Percentiles.of(Keyed(np.stack([pair, eighth], 1), counts), _PERCENTS)
    # Every pair is at least once: its number is its place among the keys.
    place = np.full(histogram.shape, -1, np.int32)
    place[percentiles.places // EIGHTHS, percentiles.places % EIGHTHS] = np.arange(percentiles.places.size)
    near = journeys.count(_Within(pairs, place)).keyed["near"]
    return np.round(percentiles.values(near) * 100).astype(np.int64)


def _title(name: str) -> dict[str, str]:
    title = touchpoint(name).title
    return {"en": title.en, "fa": title.fa}


_SCHEMA = pa.schema(
    [
        ("from", pa.string()),
        ("to", pa.string()),
        ("count", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("mean_seconds", pa.float64()),
        ("p10_seconds", pa.float64()),
        ("median_seconds", pa.float64()),
        ("p90_seconds", pa.float64()),
        ("customers", pa.int64()),
    ]
)
