"""Tree: the ways customers take, branch by branch from a common beginning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Flag, whole_number
from safarnama.core.paths import path_names, say_path
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.journeys.ways import Ways
from safarnama.questions.question import Question, Row


@dataclass(frozen=True)
class _Level:
    """The branches of one depth, in the order of their steps: where each begins and ends among the distinct paths, its last
    touchpoint (-1 where paths have ended before), and its customers."""

    starts: np.ndarray
    ends: np.ndarray
    last: np.ndarray
    customers: np.ndarray


class Tree(Question):
    """The first ``length`` touchpoints of every customer as a tree: a branch is everybody who began in the same way.

    ``share`` is of those on the branch before it, ``share_of_all`` of everybody; ``ended`` did nothing more. Each branch shows its
    ``top`` largest next ones, the rest is *other*, so a branch is always the sum of what grows from it and of what ended. With
    ``collapse`` the same touchpoint several times in a row is one. ``--shape 'cut after X'`` plants the tree at X.
    """

    title: ClassVar[Text] = Text(en="Path tree", fa="درخت مسیرها")
    example: ClassVar[dict[str, Any]] = {"length": 4, "top": 4}
    chart: ClassVar[Chart | None] = Chart("tree")
    opens: ClassVar[tuple[str, ...]] = ("customers", "ended")
    sentences: ClassVar[dict[str, Text]] = {
        "branch": Text(
            en="{share:percent} of {n:customers} begin with {first}; of these {then:percent} go on to {second}",
            fa="{share:percent} از {n:customers} با «{first}» آغاز می‌کنند؛ {then:percent} از اینان به «{second}» می‌روند",
        ),
        "root": Text(
            en="{share:percent} of {n:customers} begin with {first}, and do nothing more",
            fa="{share:percent} از {n:customers} با «{first}» آغاز می‌کنند و دیگر کاری نمی‌کنند",
        ),
    }

    length: whole_number(1, 30) = 5  # type: ignore[valid-type]
    collapse: Flag = True
    top: whole_number(1, 1000) = 4  # type: ignore[valid-type]

    @property
    def _ways(self) -> Ways:
        return Ways(self.length, self.collapse)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        return self._ways.count(shard, scope)

    def among(self, row: Row) -> tuple[Any, ...]:
        return path_names(row["path"])[:-1]

    def size(self, partial: Partial) -> int:
        return int(partial.sums["all"][0]) if "all" in partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        everyone = self.size(partial)
        rows: list[dict[str, Any]] = []
        if everyone:
            steps, customers = self._ways.variants(partial, scope)
            levels = list(_levels(steps, customers))
            self._grow(levels, 0, 0, len(steps), everyone, everyone, (), scope, rows)
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def _grow(
        self,
        levels: list[_Level],
        depth: int,
        start: int,
        end: int,
        parent: int,
        everyone: int,
        before: tuple[str, ...],
        scope: Scope,
        rows: list[dict[str, Any]],
    ) -> None:
        """The branches that grow from the paths start … end, each followed by its own."""
        if depth == len(levels):
            return
        level = levels[depth]
        low, high = np.searchsorted(level.starts, [start, end])
        mine = np.arange(low, high)[level.last[low:high] >= 0]
        order = mine[np.argsort(-level.customers[mine], kind="stable")]

        def add(name: str | None, state: str, customers: int, ended: int) -> None:
            interval = wilson(customers, parent)
            path = (*before, name) if name is not None else before
            rows.append(
                {
                    "depth": depth + 1,
                    "path": say_path(path),
                    "touchpoint": name,
                    "state": state,
                    "customers": customers,
                    "share": customers / parent,
                    "low": interval[0],
                    "high": interval[1],
                    "share_of_all": customers / everyone,
                    "ended": ended,
                }
            )

        for branch in order[: self.top].tolist():
            name = scope.touchpoints[int(level.last[branch])]
            first, last = int(level.starts[branch]), int(level.ends[branch])
            size = int(level.customers[branch])
            add(name, "at", size, _ended(levels, depth, first, size))
            self._grow(levels, depth + 1, first, last, size, everyone, (*before, name), scope, rows)
        rest = order[self.top :]
        if rest.size:
            ended = sum(
                _ended(levels, depth, int(level.starts[each]), int(level.customers[each])) for each in rest.tolist()
            )
            add(None, "other", int(level.customers[rest].sum()), ended)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        taken = self._ways.taken(shard, scope)
        depth = row["depth"]
        prefix = _numbers(row["path"], scope)
        here = (taken[:, : len(prefix)] == prefix).all(axis=1)
        if row["state"] == "other":
            named = [
                scope.number(each["touchpoint"])
                for each in rows
                if each["state"] == "at" and each["depth"] == depth and _numbers(each["path"], scope)[:-1] == prefix
            ]
            here &= (taken[:, depth - 1] >= 0) & ~np.isin(taken[:, depth - 1], named)
        if column == "ended":
            here &= taken[:, depth] < 0 if depth < self.length else True
        return here

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return () if row["touchpoint"] is None else (row["touchpoint"],)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows = table.to_pylist()
        first = rows[0]
        then = [row for row in rows if row["depth"] == 2 and row["path"].startswith(first["path"] + " > ")]
        said = {"share": first["share"], "n": self.size(partial), "first": _title(first["touchpoint"])}
        if not then:
            return Sentence("root", said)
        return Sentence("branch", {**said, "then": then[0]["share"], "second": _title(then[0]["touchpoint"])})


def _levels(steps: np.ndarray, customers: np.ndarray) -> Iterator[_Level]:
    """Depth by depth the branches of distinct paths (m, length) that stand in the order of their steps."""
    new = np.zeros(len(steps), bool)
    new[0] = True
    for depth in range(steps.shape[1]):
        new[1:] |= steps[1:, depth] != steps[:-1, depth]
        starts = np.flatnonzero(new)
        yield _Level(
            starts, np.append(starts[1:], len(steps)), steps[starts, depth], np.add.reduceat(customers, starts)
        )


def _ended(levels: list[_Level], depth: int, start: int, customers: int) -> int:
    """How many of a branch did nothing more: those whose path is the branch itself, which stands first in it."""
    if depth + 1 == len(levels):
        return customers
    after = levels[depth + 1]
    place = int(np.searchsorted(after.starts, start))
    return int(after.customers[place]) if after.last[place] < 0 else 0


def _numbers(path: str, scope: Scope) -> list[int]:
    return [scope.number(name) for name in path_names(path)]


def _title(name: str) -> dict[str, str]:
    title = touchpoint(name).title
    return {"en": title.en, "fa": title.fa}


_SCHEMA = pa.schema(
    [
        ("depth", pa.int64()),
        ("path", pa.string()),
        ("touchpoint", pa.string()),
        ("state", pa.string()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("share_of_all", pa.float64()),
        ("ended", pa.int64()),
    ]
)
