"""Lifecycle: in every period, who is new, who stays, who is back after a silence and who has fallen silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.errors import Mistake
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Touchpoint, choice
from safarnama.core.words import Text
from safarnama.core.words.calendar import say_date, say_month
from safarnama.journeys.moments import periods_of, whole_periods
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row

_SIZES = {"day": Text(en="day", fa="روز"), "week": Text(en="week", fa="هفته"), "month": Text(en="month", fa="ماه")}
_KINDS = ("new", "returning", "back", "dormant")


class Lifecycle(Question):
    """In every day, week or month, how many customers are new, stay, are back after a silence, or have fallen silent.

    A customer is active in a calendar ``period`` with an event in it, or with ``active`` when that touchpoint is named. Those
    active are *new* (never before), *returning* (also in the period just before) or *back* (not in the one just before, but
    earlier): ``customers`` is the three together. *Dormant* are those who were active in the period just before and are not in
    this one; everybody is counted there once for each silence, in its first period. ``share`` is of the customers active in the
    period before, those who are active again. The last period is not over when the data end before its last day: who is dormant
    in it is not known yet. Days, weeks and months are those of the workspace's time zone and of ``calendar``.
    """

    title: ClassVar[Text] = Text(en="Lifecycle", fa="چرخه مشتری")
    example: ClassVar[dict[str, Any]] = {"period": "week"}
    chart: ClassVar[Chart | None] = Chart("lifecycle", {"label": "period", "count": "customers"})
    opens: ClassVar[tuple[str, ...]] = ("customers", *_KINDS)
    sentences: ClassVar[dict[str, Text]] = {
        "last": Text(
            en="In the last whole {size}, {when}: {active:customers}, of whom {new:count} new, {returning:count} also there the {size} before "
            "and {back:count} back after a silence; {dormant:count} fell silent",
            fa="در آخرین {size} کامل، {when}: {active:customers}؛ {new:count} تازه، {returning:count} ماندگار از {size} پیش و {back:count} "
            "بازگشته پس از سکوت؛ {dormant:count} نفر خاموش شدند",
        ),
        "one": Text(
            en="The data reach over less than two whole {size}s: all of {n:customers} look new",
            fa="داده کمتر از دو {size} کامل است؛ هر {n:customers} تازه به نظر می‌رسند",
        ),
        "unfinished": Text(
            en="The last {size} is not over: its numbers are so far, and who falls silent in it is not known yet.",
            fa="آخرین {size} تمام نشده است: شمارش آن تا اینجاست و هنوز معلوم نیست چه کسی در آن خاموش می‌شود.",
        ),
        "new": Text(
            en="Whoever came before the data began looks new.",
            fa="کسی که پیش از آغاز داده هم مشتری بوده، تازه به نظر می‌رسد.",
        ),
    }

    period: choice(**_SIZES) = "week"  # type: ignore[valid-type]
    active: Touchpoint | None = None
    calendar: (
        choice(  # type: ignore[valid-type]
            gregorian=Text(en="Gregorian", fa="میلادی"), jalali=Text(en="Jalali", fa="هجری خورشیدی")
        )
        | None
    ) = None

    def check(self, scope: Scope) -> None:
        if self.active is not None:
            scope.number(self.active)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        counts, everyone = self._live(shard, scope, -1, np.zeros(0, np.int8))
        return Partial(sums={"kinds": counts, "all": np.array([everyone], np.int64)})

    def _live(self, shard: Shard, scope: Scope, wanted: int, kind: np.ndarray) -> tuple[np.ndarray, int]:
        """Customers by period and kind, int64 (P, 4), and how many were ever active; ``kind`` (C,) is filled with the place of
        their kind in period ``wanted`` unless it is empty."""
        names, starts = self._periods(scope)
        active = -1 if self.active is None else scope.number(self.active)
        counts = np.zeros((len(names), 4), np.int64)
        everyone = _live(
            shard.code, shard.gap, shard.offset, shard.first, shard.long_at, shard.long_ms, shard.runs, scope.table,
            starts, active, counts, wanted, kind,
        )  # fmt: skip
        return counts, everyone

    def _periods(self, scope: Scope) -> tuple[list[str], np.ndarray]:
        return periods_of(self._scope(scope), self.period)

    def _scope(self, scope: Scope) -> Scope:
        return replace(scope, calendar=self.calendar) if self.calendar else scope

    def among(self, row: Row) -> tuple[Any, ...]:
        return (row["period"],)

    def size(self, partial: Partial) -> int:
        return int(partial.sums["all"][0]) if "all" in partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        rows: list[dict[str, Any]] = []
        names, _ = self._periods(scope)
        whole = whole_periods(self._scope(scope), self.period)
        kinds = partial.sums["kinds"].tolist() if self.size(partial) else []
        for place, (new, returning, back, dormant) in enumerate(kinds):
            known = place < whole
            before = returning + dormant if known else 0
            low, high = wilson(returning, before)
            rows.append(
                {
                    "period": names[place],
                    "customers": new + returning + back,
                    "new": new,
                    "returning": returning,
                    "back": back,
                    "dormant": dormant if known else None,
                    "share": returning / before if before else None,
                    "low": low if before else None,
                    "high": high if before else None,
                }
            )
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        if row[column] is None:
            raise Mistake(_NOT_YET)
        kind = np.full(shard.customers, -1, np.int8)
        self._live(shard, scope, self._periods(scope)[0].index(row["period"]), kind)
        if column == "customers":
            return (kind >= 0) & (kind < 3)
        return kind == _KINDS.index(column)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows = table.to_pylist()[: whole_periods(self._scope(scope), self.period)]
        size = {"en": _SIZES[self.period].en, "fa": _SIZES[self.period].fa}
        if len(rows) < 2:
            return Sentence("one", {"size": size, "n": self.size(partial)})
        last = {kind: rows[-1][kind] for kind in _KINDS}
        when = {language: self._said(rows[-1]["period"], language, scope) for language in ("en", "fa")}
        return Sentence("last", {"size": size, "when": when, "active": rows[-1]["customers"], **last})

    def _said(self, period: str, language: str, scope: Scope) -> str:
        if self.period == "month":
            return say_month(period, language, self._scope(scope).calendar)
        day = say_date(date.fromisoformat(period), language)
        return day if self.period == "day" else f"from {day}" if language == "en" else f"از {day}"

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        size = {"en": _SIZES[self.period].en, "fa": _SIZES[self.period].fa}
        whole, names = whole_periods(self._scope(scope), self.period), self._periods(scope)[0]
        return [*([Sentence("unfinished", {"size": size})] if whole < len(names) else []), Sentence("new")]


@compiled
def _live(code, gap, offset, first, long_at, long_ms, runs, table, starts, active, counts, wanted, kind):
    last_period = np.int64(counts.shape[0] - 1)
    everyone = 0
    for r in range(runs.shape[0]):
        k = np.searchsorted(long_at, offset[runs[r, 0]])
        for c in range(runs[r, 0], runs[r, 1]):
            now = first[c]
            until = now  # the end of the period they were last active in
            before = np.int64(-1)
            for i in range(offset[c], offset[c + 1] - 1):
                now += np.int64(gap[i])
                if k < long_at.size and long_at[k] == i:
                    now += long_ms[k]
                    k += 1
                if now < until or (active >= 0 and table[code[i]] != active):
                    continue
                at = np.int64(np.searchsorted(starts, now, side="right") - 1)
                at = min(max(at, np.int64(0)), last_period)
                until = starts[at + 1] if at < last_period else np.int64(0x7FFFFFFFFFFFFFFF)
                what = 0 if before < 0 else 1 if at == before + 1 else 2
                counts[at, what] += 1
                if at == wanted:
                    kind[c] = what
                if what == 2:
                    counts[before + 1, 3] += 1
                    if before + 1 == wanted:
                        kind[c] = 3
                before = at
            if before >= 0:
                everyone += 1
                if before < last_period:
                    counts[before + 1, 3] += 1
                    if before + 1 == wanted:
                        kind[c] = 3
    return everyone


_NOT_YET = Text(
    en="That is not known yet: the data end before that period does.",
    fa="این هنوز معلوم نیست؛ داده پیش از پایان آن دوره تمام می‌شود.",
)
_SCHEMA = pa.schema(
    [
        ("period", pa.string()),
        ("customers", pa.int64()),
        ("new", pa.int64()),
        ("returning", pa.int64()),
        ("back", pa.int64()),
        ("dormant", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)
