"""Paths: the ways customers take, each exactly as it was taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilsons
from safarnama.core.parameters import Flag, whole_number
from safarnama.core.paths import path_names, say_path
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.partial import Keyed, Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.journeys.ways import Ways
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
        return self._ways.count(shard, scope)

    @property
    def _ways(self) -> Ways:
        return Ways(self.length, self.collapse)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        taken = self._ways.taken(shard, scope)
        if row["steps"] is not None:
            return (taken == self._numbers(row, scope)).all(axis=1)
        shown = [(taken == self._numbers(each, scope)).all(axis=1) for each in rows if each["steps"] is not None]
        return ~np.logical_or.reduce(shown)

    def _numbers(self, row: Row, scope: Scope) -> np.ndarray:
        """A path as it is written, as numbers with -1 behind the last."""
        out = np.full(self.length, -1, np.int64)
        names = path_names(row["path"])
        out[: len(names)] = [scope.number(name) for name in names]
        return out

    def size(self, partial: Partial) -> int:
        return int(partial.sums["all"][0]) if "all" in partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        paths = partial.keyed.get("paths", Keyed(np.zeros((0, 1), np.int64), np.zeros((0, 1), np.int64)))
        everyone = self.size(partial)
        shown = _most(paths.counts[:, 0], self.top)
        customers = paths.counts[shown, 0]
        ways = self._ways.steps(paths.keys[shown], scope)
        names: list[str] = [say_path(way) for way in ways]
        steps: list[int | None] = [len(way) for way in ways]
        many = [1] * len(ways)
        if rest := len(paths.keys) - len(ways):
            names, steps, many = [*names, "other"], [*steps, None], [*many, rest]
            customers = np.append(customers, everyone - customers.sum())
        low, high = wilsons(customers, np.full(customers.size, everyone))
        columns = [names, steps, many, customers, customers / max(1, everyone), low, high]
        return pa.Table.from_arrays(
            [pa.array(column, kind) for column, kind in zip(columns, _SCHEMA.types, strict=True)], schema=_SCHEMA
        )

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        top = table.slice(0, 1).to_pylist()[0]
        path = partial.keyed["paths"]
        best = int(np.argmax(path.counts[:, 0]))
        titles = [touchpoint(name).title for name in self._ways.steps(path.keys[best : best + 1], scope)[0]]
        spoken = {"en": " › ".join(t.en for t in titles), "fa": " › ".join(t.fa for t in titles)}
        return Sentence(
            "top", {"paths": len(path.keys), "path": spoken, "share": top["share"], "n": self.size(partial)}
        )

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        rest = len(partial.keyed["paths"].keys) - self.top if "paths" in partial.keyed else 0
        return [Sentence("other", {"n": rest})] if rest > 0 else []


_OFTEN = 1 << 14


def _most(counts: np.ndarray, top: int) -> np.ndarray:
    """The places of the ``top`` largest, the first of equals first; as a stable sort from the largest would give them."""
    if top < counts.size:
        # Most ways are taken by one or two: counting how many by how many is quicker than to put them in order.
        often = np.bincount(np.minimum(counts, _OFTEN))
        least = np.flatnonzero(often[::-1].cumsum()[::-1] >= top)[-1]
        if least == _OFTEN:
            most = counts[counts >= least]
            least = np.partition(most, most.size - top)[most.size - top]
        more = np.flatnonzero(counts > least)
        places = np.concatenate([more, np.flatnonzero(counts == least)[: top - more.size]])
    else:
        places = np.arange(counts.size)
    return places[np.argsort(-counts[places], kind="stable")]


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
