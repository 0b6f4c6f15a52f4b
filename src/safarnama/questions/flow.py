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
from safarnama.journeys.percentiles import EIGHTHS, Percentiles, numbered, wanted
from safarnama.journeys.quantiles import BUCKETS, bucket
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row

if TYPE_CHECKING:
    from safarnama.journeys.local import Countable

_AT_ONCE = 4096  # pairs whose waiting times are looked at in one pass
_PERCENTS = (10, 50, 90)


class Flow(Question):
    """What directly follows what: how often, for how many customers, and how long it takes: mean, median, and the tenth and the
    ninetieth percentile.

    A row without *from* counts starts, one without *to* ends. ``medians=no`` leaves the percentiles and the customers out, which
    takes one look instead of three.
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

    def again(self, partials: Sequence[Partial], scope: Scope) -> Countable | None:
        found = [each.keyed for each in partials if self.medians and "pairs" in each.keyed]
        if any("near" in each for each in found) or not found:
            return None
        if any("spread" in each for each in found):
            return _Within(wanted((each["spread"] for each in found), _PERCENTS))
        return _Waits(np.unique(np.concatenate([each["pairs"].keys for each in found]), axis=0))

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        first, second = (scope.size if row[end] is None else scope.number(row[end]) for end in ("from", "to"))
        numbers = scope.table[shard.code]
        # Before a customer's first event stands the END of the one before: the start.
        follows = (np.concatenate([[scope.size], numbers[:-1]]) == first) & (numbers == second)
        return np.logical_or.reduceat(follows, shard.offset[:-1]) if shard.customers else np.zeros(0, bool)

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return (row["from"],) if row["from"] is not None else ()

    def among(self, row: Row) -> tuple[Any, ...]:
        return (row["from"],)

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
        if "near" in partial.keyed:
            found = np.full((len(_PERCENTS), many), np.nan)
            percentiles = Percentiles.of(partial.keyed["spread"], _PERCENTS).values(partial.keyed["near"])
            # A percentile lies between two milliseconds at most as finely as hundredths.
            found[:, (pairs.keys < scope.size).all(axis=1)] = np.round(percentiles.T * 100) / 100_000
            times = [pa.array(row[order], from_pandas=True) for row in found]
        people = partial.keyed.get("customers")
        columns = [
            names.take(pa.array(first)),
            names.take(pa.array(second)),
            pa.array(count),
            pa.array(count / leaving[first]),
            pa.array(low),
            pa.array(high),
            pa.array(wait / count / 1000, mask=outside),
            *times,
            pa.nulls(many, pa.int64()) if people is None else pa.array(people.counts[order, 0]),
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
class _Waits:
    """How the waiting times of some pairs spread over eighths of octaves, and how many customers took each of these pairs."""

    pairs: np.ndarray

    def count(self, shard: Shard, scope: Scope) -> Partial:
        people = np.zeros(len(self.pairs), np.int64)
        _took(shard.code, shard.offset, shard.runs, *_lookup(self.pairs, scope), people)
        taken = np.flatnonzero(people)
        inner = self.pairs[(self.pairs < scope.size).all(axis=1)]
        keys, counts = [np.zeros((0, 2), np.int64)], [np.zeros((0, 2), np.int64)]
        for at in range(0, len(inner), _AT_ONCE):
            some = inner[at : at + _AT_ONCE]
            out = np.zeros((len(some), BUCKETS), np.int64)
            _spread(
                shard.code, shard.gap, shard.offset, shard.runs, shard.long_at, shard.long_ms, *_lookup(some, scope), out
            )  # fmt: skip
            pair, eighth = np.nonzero(out)
            keys.append(np.stack([_key(some, scope)[pair], eighth], 1))
            counts.append(np.stack([out[pair, eighth], np.zeros(pair.size, np.int64)], 1))
        return Partial(
            keyed={
                "customers": Keyed(self.pairs[taken], people[taken, None]),
                "spread": Keyed(np.concatenate(keys), np.concatenate(counts)),
            }
        )


@dataclass(frozen=True)
class _Within:
    """The waiting times in the places that hold a percentile."""

    places: np.ndarray

    def count(self, shard: Shard, scope: Scope) -> Partial:
        keys, number = np.unique(self.places // EIGHTHS, return_inverse=True)
        pairs = np.stack(np.divmod(keys, scope.size + 1), 1)
        found, waits = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for at in range(0, len(pairs), _AT_ONCE):
            some = pairs[at : at + _AT_ONCE]
            mine = np.flatnonzero((number >= at) & (number < at + _AT_ONCE))
            place = np.full((len(some), BUCKETS), -1, np.int32)
            place[number[mine] - at, self.places[mine] % EIGHTHS] = mine
            here, wait = _collect(
                shard.code, shard.gap, shard.offset, shard.runs, shard.long_at, shard.long_ms,
                *_lookup(some, scope), place,
            )  # fmt: skip
            found.append(here)
            waits.append(wait)
        return Partial(keyed={"near": numbered(self.places, np.concatenate(found), np.concatenate(waits))})


def _key(pairs: np.ndarray, scope: Scope) -> np.ndarray:
    return pairs[:, 0] * (scope.size + 1) + pairs[:, 1]


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
