"""Sequences: what often follows what, with other events between, and how it goes with a goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa
from pydantic import PrivateAttr

from safarnama.core.errors import Mistake
from safarnama.core.finding import Chart, Finding, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Duration, Steps, a_number, whole_number
from safarnama.core.paths import path_names, say_path
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.partial import Keyed, Partial
from safarnama.journeys.plans import NO_WINDOW
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.journeys.subsequences import Counting
from safarnama.questions.question import Question, Row

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys
    from safarnama.journeys.local import Countable

_MOST = 50_000  # sequences that are held against the journeys at once


class Sequences(Question):
    """The frequent sequences of touchpoints, other events between them allowed.

    A customer has a sequence when its touchpoints come in that order, each at most ``gap`` after the one before; it counts once for
    a customer. All sequences of up to ``length`` touchpoints that at least ``support`` of the customers have are found, none is
    guessed: a sequence is tried when both the one without its first and the one without its last place are frequent
    (Srikant and Agrawal, 1996). With ``goal``, only what comes before a customer's first goal counts; ``goal_share`` is how many
    of those with the sequence reach the goal afterwards, ``lift`` that share over the share of all customers, with the interval
    of the former. Shown are the ``top`` of at least two touchpoints, by support, or with a goal by how far the lift is surely
    from one.
    """

    title: ClassVar[Text] = Text(en="Frequent sequences", fa="توالی‌های پرتکرار")
    example: ClassVar[dict[str, Any]] = {"support": 0.1, "length": 3}
    chart: ClassVar[Chart | None] = Chart("bars", {"label": "path", "count": "customers", "share": "share"})
    opens: ClassVar[tuple[str, ...]] = ("customers", "converted")
    sentences: ClassVar[dict[str, Text]] = {
        "most": Text(
            en="Most often: {path}, in {share:percent} of {n:customers}",
            fa="پرتکرارترین: {path}، نزد {share:percent} از {n:customers}",
        ),
        "lift": Text(
            en="{path} goes with the goal most: {share:percent} of those who have it reach it, of all {all:percent}",
            fa="{path} بیش از همه با هدف همراه است: {share:percent} از دارندگانش به آن می‌رسند، از همه {all:percent}",
        ),
        "against": Text(
            en="{path} goes against the goal most: {share:percent} of those who have it reach it, of all {all:percent}",
            fa="{path} بیش از همه از هدف دور است: {share:percent} از دارندگانش به آن می‌رسند، از همه {all:percent}",
        ),
        "none": Text(
            en="No sequence of two is common to so many of {n:customers}",
            fa="هیچ توالی دوتایی نزد این شمار از {n:customers} مشترک نیست",
        ),
        "more": Text(
            en="{n:count} more sequences reach the share that was asked for and are not shown.",
            fa="{n:count} توالی دیگر هم به سهم خواسته‌شده می‌رسد و نشان داده نشده.",
        ),
    }

    support: a_number(0.0001, 1) = 0.05  # type: ignore[valid-type]
    length: whole_number(2, 12) = 4  # type: ignore[valid-type]
    gap: Duration | None = None
    goal: Steps | None = None
    top: whole_number(1, 10_000) = 30  # type: ignore[valid-type]
    _only: tuple[str, ...] | None = PrivateAttr(None)  # the paths that are counted, however frequent

    def check(self, scope: Scope) -> None:
        for step in self.goal or ():
            scope.numbers(step)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        return self._counting(scope, [(number,) for number in range(scope.size)]).count(shard, scope)

    def counted(self, journeys: Journeys) -> Partial:
        if self._only is not None:
            return super().counted(journeys)
        scope = journeys.scope
        partial = journeys.count(self)
        everyone = partial.sums.get("all", np.zeros(2, np.int64))
        needed = max(1, int(np.ceil(self.support * int(everyone[0]) - 1e-9)))
        level: list[tuple[int, ...]] = [(number,) for number in range(scope.size)]
        counts = partial.sums.get("counts", np.zeros((scope.size, 2), np.int64))
        found: list[tuple[tuple[int, ...], list[int]]] = []
        while level:
            frequent = counts[:, 0] >= needed
            level = [each for each, often in zip(level, frequent, strict=True) if often]
            kept = counts[frequent]
            found += list(zip(level, kept.tolist(), strict=True))
            if not level or len(level[0]) == self.length:
                break
            level = _joined(level)
            if len(level) > _MOST:
                raise Mistake(_TOO_MANY, n=len(level), support=self.support)
            counts = journeys.count(self._counting(scope, level)).sums["counts"] if level else counts
        rows = [(each, many) for each, many in found if len(each) > 1]
        counted = np.array([many for _, many in rows], np.int64).reshape(-1, 2)
        return self._found(everyone, [each for each, _ in rows], counted)

    def _found(self, everyone: np.ndarray, sequences: list[tuple[int, ...]], counts: np.ndarray) -> Partial:
        keys = np.full((len(sequences), self.length), -1, np.int64)
        for place, each in enumerate(sequences):
            keys[place, : len(each)] = each
        return Partial(sums={"all": everyone}, keyed={"sequences": Keyed.of(keys, counts)})

    def counter(self, journeys: Journeys) -> Countable:
        return self if self._only is None else _Only(self, self._only)

    def in_full(self, findings: Sequence[Finding]) -> Question:
        # A sequence that is not frequent in one answer is not frequent there; how often it is there must be counted.
        full = super().in_full(findings)
        assert isinstance(full, Sequences)
        full._only = tuple(dict.fromkeys(row["path"] for finding in findings for row in finding.rows()))
        return full

    def _counting(self, scope: Scope, sequences: list[tuple[int, ...]]) -> Counting:
        goal = tuple(number for step in self.goal or () for number in scope.numbers(step))
        gap = int(NO_WINDOW) if self.gap is None else round(self.gap.total_seconds() * 1000)
        return Counting(sequences, gap, goal)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        sequence = tuple(scope.number(name) for name in path_names(row["path"]))
        return self._counting(scope, [sequence]).having(shard, scope, 0, column == "converted")

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return path_names(row["path"])[-1:]

    def size(self, partial: Partial) -> int:
        return int(partial.sums["all"][0]) if "all" in partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        return pa.Table.from_pylist(self._rows(partial, scope)[: self.top], schema=_SCHEMA)

    def _rows(self, partial: Partial, scope: Scope) -> list[dict[str, Any]]:
        n = self.size(partial)
        if not n or "sequences" not in partial.keyed:
            return []
        found = partial.keyed["sequences"]
        whole = int(partial.sums["all"][1]) / n
        rows = []
        for key, (customers, reached) in zip(found.keys.tolist(), found.counts.tolist(), strict=True):
            low, high = wilson(customers, n)
            row: dict[str, Any] = {
                "path": say_path(scope.touchpoints[number] for number in key if number >= 0),
                "customers": customers, "share": customers / n, "low": low, "high": high,
            }  # fmt: skip
            if self.goal:
                ends = wilson(reached, customers)
                row |= {"converted": reached, "goal_share": reached / customers}
                if whole:
                    lifted = (reached / customers / whole, ends[0] / whole, ends[1] / whole)
                    row |= dict(zip(("lift", "lift_low", "lift_high"), lifted, strict=True))
            rows.append(row)
        rows.sort(key=lambda row: (-_sure(row), -row["customers"], row["path"]))
        return rows

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows, n = table.to_pylist(), self.size(partial)
        if not rows:
            return Sentence("none", {"n": n})
        if rows[0].get("lift") is None:
            most = max(rows, key=lambda row: row["customers"])
            return Sentence("most", {"path": _said(most["path"]), "share": most["share"], "n": n})
        # Rows lie in the order of how surely they go with the goal or against it; good news first, where there is any.
        first = next((row for row in rows if row["lift"] > 1), rows[0])
        whole = int(partial.sums["all"][1]) / n
        said = {"path": _said(first["path"]), "share": first["goal_share"], "all": whole}
        return Sentence("lift" if first["lift"] >= 1 else "against", said)

    def conclude(self, whole: Partial, scope: Scope, segments: dict[str, Partial] | None = None) -> Finding:
        finding = super().conclude(whole, scope, segments)
        lifted = any(lift is not None for lift in finding.table["lift"].to_pylist())
        return replace(finding, chart=_LIFTS) if lifted else finding

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        found = partial.keyed.get("sequences")
        more = len(found.keys) - self.top if found is not None else 0
        return [Sentence("more", {"n": more})] if more > 0 else []


_LIFTS = Chart("lifts", {"label": "path", "count": "customers", "share": "share", "lift": "lift"})
_TOO_MANY = Text(
    en="{n:count} sequences would have to be tried. Raise support (now {support:percent.1}), or shorten length.",
    fa="باید {n:count} توالی آزموده شود. support را (اکنون {support:percent.1}) بیشتر یا length را کمتر کنید.",
)
_SCHEMA = pa.schema(
    [
        ("path", pa.string()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("converted", pa.int64()),
        ("goal_share", pa.float64()),
        ("lift", pa.float64()),
        ("lift_low", pa.float64()),
        ("lift_high", pa.float64()),
    ]
)


@dataclass(frozen=True)
class _Only:
    """Some sequences, each with how many customers have it."""

    asked: Sequences
    paths: tuple[str, ...]

    def count(self, shard: Shard, scope: Scope) -> Partial:
        sequences = [tuple(scope.number(name) for name in path_names(path)) for path in self.paths]
        counted = self.asked._counting(scope, sequences).count(shard, scope).sums
        return self.asked._found(counted["all"], sequences, counted["counts"])


def _joined(level: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """All sequences one longer whose two ends are frequent, in order."""
    after: dict[tuple[int, ...], list[int]] = {}
    for each in level:
        after.setdefault(each[:-1], []).append(each[-1])
    return [(*each, last) for each in level for last in after.get(each[1:], ())]


def _sure(row: dict[str, Any]) -> float:
    """How far from one the lift is at the near end of its interval; 0 without a goal."""
    if row.get("lift") is None:
        return 0.0
    return max(row["lift_low"] - 1, 1 - row["lift_high"], 0.0)


def _said(path: str) -> dict[str, str]:
    titles = [touchpoint(name).title for name in path_names(path)]
    return {"en": " › ".join(title.en for title in titles), "fa": " › ".join(title.fa for title in titles)}
