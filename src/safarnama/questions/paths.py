"""Paths: the ways customers take, each exactly as it was taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.finding import Chart, Sentence
from safarnama.core.grammar import Did, parse_filter, quoted
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Flag, whole_number
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.partial import Keyed, Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row


class Paths(Question):
    """The first ``length`` touchpoints of every customer, counted exactly; the most frequent ``top`` are shown, the rest
    together as *other*.

    With ``collapse`` the same touchpoint several times in a row is one.
    """

    title: ClassVar[Text] = Text(en="Paths", fa="مسیرها")
    example: ClassVar[dict[str, Any]] = {"length": 5}
    chart: ClassVar[Chart | None] = Chart("bars", {"label": "path", "count": "customers", "share": "share"})
    opens: ClassVar[tuple[str, ...]] = ("customers",)
    sentences: ClassVar[dict[str, Text]] = {
        "top": Text(
            en="The most taken of {paths:paths} is {path}: {share:percent} of {n:customers}",
            fa="پررفت‌وآمدترین از میان {paths:paths}: {path}؛ {share:percent} از {n:customers}",
        ),
        "other": Text(
            en="{n:paths} that fewer took are together in “other”.",
            fa="{n:paths} کم‌رفت‌وآمدتر در «دیگر» جمع شده است.",
        ),
    }

    length: whole_number(1, 50) = 5  # type: ignore[valid-type]
    collapse: Flag = True
    top: whole_number(1, 100_000) = 20  # type: ignore[valid-type]

    def count(self, shard: Shard, scope: Scope) -> Partial:
        bits = max(1, int(scope.size).bit_length())
        fits = self.length * bits <= 64
        keys = np.empty(shard.customers, np.uint64)
        _keys(
            shard.code,
            shard.offset,
            shard.runs,
            scope.table,
            self.length,
            self.collapse,
            bits if fits else 0,
            keys,
        )
        keys = keys[shard.mask()]
        owners = np.flatnonzero(shard.mask())
        if fits:
            _, example, counts = _distinct(keys)
        else:
            # Equal hashes might be two paths: each is compared with the path it is counted as.
            example, counts = _distinct_paths(
                keys, owners, shard.code, shard.offset, scope.table, self.length, self.collapse
            )  # fmt: skip
        paths = _paths(shard.code, shard.offset, scope.table, self.length, self.collapse, owners[example])
        return Partial(sums={"all": np.array([owners.size])}, keyed={"paths": Keyed.of(paths, counts.reshape(-1, 1))})

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        taken = _paths(
            shard.code, shard.offset, scope.table, self.length, self.collapse, np.arange(shard.customers)
        )  # fmt: skip
        if row["steps"] is not None:
            return (taken == self._numbers(row, scope)).all(axis=1)
        shown = [(taken == self._numbers(each, scope)).all(axis=1) for each in rows if each["steps"] is not None]
        return ~np.logical_or.reduce(shown)

    def _numbers(self, row: Row, scope: Scope) -> np.ndarray:
        """A path as it is written, as numbers with -1 behind the last."""
        out = np.full(self.length, -1, np.int64)
        steps = parse_filter(f"did {row['path']}")
        assert isinstance(steps, Did)
        out[: len(steps.steps)] = [scope.number(step.names[0]) for step in steps.steps]
        return out

    def size(self, partial: Partial) -> int:
        return int(partial.sums["all"][0]) if "all" in partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        paths = partial.keyed.get("paths", Keyed(np.zeros((0, self.length), np.int64), np.zeros((0, 1), np.int64)))
        everyone = self.size(partial)
        order = np.argsort(-paths.counts[:, 0], kind="stable")
        rows = []
        for place in order[: self.top].tolist():
            steps = [scope.touchpoints[number] for number in paths.keys[place].tolist() if number >= 0]
            rows.append(_row(" > ".join(map(quoted, steps)), len(steps), 1, int(paths.counts[place, 0]), everyone))
        rest = order[self.top :]
        if rest.size:
            rows.append(_row("other", None, int(rest.size), int(paths.counts[rest, 0].sum()), everyone))
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        top = table.slice(0, 1).to_pylist()[0]
        path = partial.keyed["paths"]
        best = path.keys[int(np.argmax(path.counts[:, 0]))]
        titles = [touchpoint(scope.touchpoints[number]).title for number in best.tolist() if number >= 0]
        spoken = {"en": " › ".join(t.en for t in titles), "fa": " › ".join(t.fa for t in titles)}
        return Sentence(
            "top", {"paths": len(path.keys), "path": spoken, "share": top["share"], "n": self.size(partial)}
        )

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        rest = len(partial.keyed["paths"].keys) - self.top if "paths" in partial.keyed else 0
        return [Sentence("other", {"n": rest})] if rest > 0 else []


def _row(path: str, steps: int | None, paths: int, customers: int, everyone: int) -> dict[str, Any]:
    low, high = wilson(customers, everyone)
    share = customers / everyone
    return {
        "path": path,
        "steps": steps,
        "paths": paths,
        "customers": customers,
        "share": share,
        "low": low,
        "high": high,
    }


@compiled
def _keys(code, offset, runs, table, length, collapse, bits, keys):
    """One number a customer: its path packed, ``bits`` a step, or a hash of it when ``bits`` is 0."""
    size = np.int64(table[-1])
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            key = np.uint64(0)
            taken = 0
            before = np.int64(-1)
            for i in range(offset[c], offset[c + 1] - 1):
                now = np.int64(table[code[i]])
                if collapse and now == before:
                    continue
                before = now
                if bits > 0:
                    key = (key << np.uint64(bits)) | np.uint64(now + 1)
                else:
                    key = (key ^ np.uint64(now + 1)) * np.uint64(0x9E3779B97F4A7C15)
                    key ^= key >> np.uint64(29)
                taken += 1
                if taken == length:
                    break
            keys[c] = key
    return size


@compiled
def _distinct(keys):
    """Distinct numbers, the place of one example each, and counts: scattered by hash into small tables first."""
    n = keys.size
    parts = 1
    while parts * 16384 < n:
        parts *= 2
    shift = np.uint64(64)
    p = parts
    while p > 1:
        shift -= np.uint64(1)
        p //= 2
    golden = np.uint64(0x9E3779B97F4A7C15)
    starts = np.zeros(parts + 1, np.int64)
    for i in range(n):
        at = np.int64((keys[i] * golden) >> shift) if parts > 1 else 0
        starts[at + 1] += 1
    for q in range(parts):
        starts[q + 1] += starts[q]
    cursor = starts[:-1].copy()
    spread = np.empty(n, np.uint64)
    places = np.empty(n, np.int64)
    for i in range(n):
        at = np.int64((keys[i] * golden) >> shift) if parts > 1 else 0
        spread[cursor[at]] = keys[i]
        places[cursor[at]] = i
        cursor[at] += 1
    distinct = np.empty(n, np.uint64)
    example = np.empty(n, np.int64)
    counts = np.empty(n, np.int64)
    many = 0
    for q in range(parts):
        size = starts[q + 1] - starts[q]
        width = 16
        while width < 2 * size:
            width *= 2
        slots = np.full(width, -1, np.int64)
        for i in range(starts[q], starts[q + 1]):
            at = np.int64((spread[i] * golden) >> np.uint64(20)) & (width - 1)
            while slots[at] >= 0 and distinct[slots[at]] != spread[i]:
                at = (at + 1) & (width - 1)
            if slots[at] < 0:
                slots[at] = many
                distinct[many] = spread[i]
                example[many] = places[i]
                counts[many] = 1
                many += 1
            else:
                counts[slots[at]] += 1
    return distinct[:many].copy(), example[:many].copy(), counts[:many].copy()


@compiled
def _same(a, b, code, offset, table, length, collapse):
    """Whether two customers took the same path."""
    i = offset[a]
    j = offset[b]
    end_i = offset[a + 1] - 1
    end_j = offset[b + 1] - 1
    before_i = np.int64(-1)
    before_j = np.int64(-1)
    for _ in range(length):
        while collapse and i < end_i and table[code[i]] == before_i:
            i += 1
        while collapse and j < end_j and table[code[j]] == before_j:
            j += 1
        if i == end_i or j == end_j:
            return i == end_i and j == end_j
        before_i = np.int64(table[code[i]])
        before_j = np.int64(table[code[j]])
        if before_i != before_j:
            return False
        i += 1
        j += 1
    return True


@compiled
def _distinct_paths(keys, owners, code, offset, table, length, collapse):
    width = 16
    while width < 2 * keys.size:
        width *= 2
    slots = np.full(width, -1, np.int64)
    example = np.empty(keys.size, np.int64)
    counts = np.empty(keys.size, np.int64)
    many = 0
    for i in range(keys.size):
        at = np.int64((keys[i] * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(20)) & (width - 1)
        while slots[at] >= 0:
            other = example[slots[at]]
            if keys[other] == keys[i] and _same(owners[other], owners[i], code, offset, table, length, collapse):
                break
            at = (at + 1) & (width - 1)
        if slots[at] < 0:
            slots[at] = many
            example[many] = i
            counts[many] = 1
            many += 1
        else:
            counts[slots[at]] += 1
    return example[:many].copy(), counts[:many].copy()


@compiled
def _paths(code, offset, table, length, collapse, owners):
    """The paths of these customers, one a row, -1 behind the last step."""
    out = np.full((owners.size, length), -1, np.int64)
    for row in range(owners.size):
        c = owners[row]
        taken = 0
        before = np.int64(-1)
        for i in range(offset[c], offset[c + 1] - 1):
            now = np.int64(table[code[i]])
            if collapse and now == before:
                continue
            before = now
            out[row, taken] = now
            taken += 1
            if taken == length:
                break
    return out


_SCHEMA = pa.schema(
    [
        ("path", pa.string()),
        ("steps", pa.int64()),
        ("paths", pa.int64()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)
