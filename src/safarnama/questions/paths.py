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

    length: whole_number(1, 1000) = 5  # type: ignore[valid-type]
    collapse: Flag = True
    top: whole_number(1, 100_000) = 20  # type: ignore[valid-type]

    def count(self, shard: Shard, scope: Scope) -> Partial:
        bits = self._bits(scope)
        keys = np.empty(shard.customers, np.uint64)
        _keys(shard.code, shard.offset, shard.runs, scope.table, self.length, self.collapse, bits, keys)
        owners = np.flatnonzero(shard.mask())
        if bits:
            # A path is one number: counting paths is counting numbers.
            return Partial(
                sums={"all": np.array([owners.size])}, keyed={"paths": Keyed.each(keys[owners].view(np.int64))}
            )
        # Equal hashes might be two paths: each is compared with the path it is counted as.
        example, counts = _distinct_paths(
            keys[owners], owners, shard.code, shard.offset, scope.table, self.length, self.collapse
        )  # fmt: skip
        paths = _paths(shard.code, shard.offset, scope.table, self.length, self.collapse, owners[example])
        return Partial(sums={"all": np.array([owners.size])}, keyed={"paths": Keyed.of(paths, counts.reshape(-1, 1))})

    def _bits(self, scope: Scope) -> int:
        """Bits of a step in a path that is one number, its first step the highest; 0 when it does not fit into 63."""
        bits = max(1, int(scope.size).bit_length())
        return bits if self.length * bits <= 63 else 0

    def _steps(self, key: np.ndarray, scope: Scope) -> list[str]:
        """The touchpoints of a path from its key."""
        bits = self._bits(scope)
        if bits:
            whole = int(key[0])
            key = np.array([(whole >> bits * place & (1 << bits) - 1) - 1 for place in reversed(range(self.length))])
        return [scope.touchpoints[number] for number in key.tolist() if number >= 0]

    def variants(self, partial: Partial, scope: Scope) -> tuple[np.ndarray, np.ndarray]:
        """The distinct paths as numbers with -1 behind the last, int64 (m, length), in the order of their steps, and the customers
        of each, int64 (m,)."""
        paths = partial.keyed["paths"]
        bits = self._bits(scope)
        if not bits:
            return paths.keys, paths.counts[:, 0]
        shifts = bits * np.arange(self.length)[::-1]
        return (paths.keys >> shifts & (1 << bits) - 1) - 1, paths.counts[:, 0]

    def taken(self, shard: Shard, scope: Scope) -> np.ndarray:
        """The path of every customer of a shard, as numbers with -1 behind the last, int64 (C, length)."""
        everybody = np.arange(shard.customers)
        found: np.ndarray = _paths(shard.code, shard.offset, scope.table, self.length, self.collapse, everybody)
        return found

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        taken = self.taken(shard, scope)
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
        paths = partial.keyed.get("paths", Keyed(np.zeros((0, 1), np.int64), np.zeros((0, 1), np.int64)))
        everyone = self.size(partial)
        rows = []
        for place in _most(paths.counts[:, 0], self.top).tolist():
            steps = self._steps(paths.keys[place], scope)
            rows.append(_row(" > ".join(map(quoted, steps)), len(steps), 1, int(paths.counts[place, 0]), everyone))
        rest = len(paths.keys) - len(rows)
        if rest:
            shown = sum(row["customers"] for row in rows)
            rows.append(_row("other", None, rest, everyone - shown, everyone))
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        top = table.slice(0, 1).to_pylist()[0]
        path = partial.keyed["paths"]
        best = path.keys[int(np.argmax(path.counts[:, 0]))]
        titles = [touchpoint(name).title for name in self._steps(best, scope)]
        spoken = {"en": " › ".join(t.en for t in titles), "fa": " › ".join(t.fa for t in titles)}
        return Sentence(
            "top", {"paths": len(path.keys), "path": spoken, "share": top["share"], "n": self.size(partial)}
        )

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        rest = len(partial.keyed["paths"].keys) - self.top if "paths" in partial.keyed else 0
        return [Sentence("other", {"n": rest})] if rest > 0 else []


def _most(counts: np.ndarray, top: int) -> np.ndarray:
    """The places of the ``top`` largest, the first of equals first; as a stable sort from the largest would give them."""
    if top < counts.size:
        least = np.partition(counts, counts.size - top)[counts.size - top]
        more = np.flatnonzero(counts > least)
        places = np.concatenate([more, np.flatnonzero(counts == least)[: top - more.size]])
    else:
        places = np.arange(counts.size)
    return places[np.argsort(-counts[places], kind="stable")]


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
            # Shorter paths stand before those they begin: numbers sort as the rows of steps do.
            keys[c] = key << np.uint64(bits * (length - taken)) if bits > 0 else key


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
