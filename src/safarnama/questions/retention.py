"""Retention: of the customers who began in a period, how many came back in the periods after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.errors import Mistake
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Flag, Touchpoint, choice, whole_number
from safarnama.core.words import Text, speech
from safarnama.journeys.moments import periods_of, whole_periods
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row

_SIZES = {"day": Text(en="day", fa="روز"), "week": Text(en="week", fa="هفته"), "month": Text(en="month", fa="ماه")}


class Retention(Question):
    """Of the customers who began in a day, week or month, how many came back in each one after it.

    A customer begins with the first ``start`` touchpoint (the first event when none is named) and belongs to the calendar
    ``period`` of that moment: the cohort. ``since`` counts the periods from there; 0 is the cohort's own. ``customers`` are those
    of the cohort with a ``back`` touchpoint (any event when none is named), at or after the start, in exactly that period
    (n-day, or bounded, retention) or, when ``rolling``, in that period or any later one (unbounded retention). So period 0 is
    everybody unless ``back`` names something else. Days, weeks and months are those of the workspace's time zone and of
    ``calendar`` (the workspace's unless one is named): Jalali weeks begin on Saturday, Gregorian ones on Monday.

    What has not been seen to its end is unknown, not zero: a cell is empty when the data end before the last day of its period.
    The last rows are all cohorts together, each period over the cohorts that have been followed so far.
    """

    title: ClassVar[Text] = Text(en="Retention", fa="ماندگاری")
    example: ClassVar[dict[str, Any]] = {"period": "week", "periods": 6}
    chart: ClassVar[Chart | None] = Chart(
        "matrix", {"row": "cohort", "column": "since", "value": "share", "size": "of"}
    )
    opens: ClassVar[tuple[str, ...]] = ("customers", "of")
    sentences: ClassVar[dict[str, Text]] = {
        "one": Text(
            en="{share:percent} of {n:customers} came back in the {size} after the one they began in",
            fa="{share:percent} از {n:customers} در {size} پس از آغاز بازگشتند",
        ),
        "two": Text(
            en="{share:percent} of {n:customers} came back in the {size} after the one they began in; {later:percent} of {m:customers} "
            "did {long} after it",
            fa="{share:percent} از {n:customers} در {size} پس از آغاز بازگشتند؛ {long} پس از آن، {later:percent} از "
            "{m:customers}",
        ),
        "one_rolling": Text(
            en="{share:percent} of {n:customers} came back in the {size} after the one they began in, or later",
            fa="{share:percent} از {n:customers} در {size} پس از آغاز یا دیرتر بازگشتند",
        ),
        "two_rolling": Text(
            en="{share:percent} of {n:customers} came back in the {size} after the one they began in, or later; {later:percent} of "
            "{m:customers} did {long} after it, or later",
            fa="{share:percent} از {n:customers} در {size} پس از آغاز یا دیرتر بازگشتند؛ {long} پس از آن یا دیرتر، "
            "{later:percent} از {m:customers}",
        ),
        "young": Text(
            en="{n:customers} began, and none of them can be followed for a whole {size} yet",
            fa="{n:customers} آغاز کرده‌اند و هنوز هیچ‌یک را نمی‌توان یک {size} کامل دنبال کرد",
        ),
        "unknown": Text(
            en="Empty cells are not known yet: the data end before that {size} does.",
            fa="خانه‌های خالی هنوز معلوم نیست: داده پیش از پایان آن {size} تمام می‌شود.",
        ),
        "new": Text(
            en="A customer begins with the first event in the data; whoever came before the data began looks new.",
            fa="آغاز هر مشتری نخستین رویداد او در داده است؛ کسی که پیش از آغاز داده هم مشتری بوده، تازه به نظر می‌رسد.",
        ),
        "later": Text(
            en="“Or later” has less time to come true for those who began late.",
            fa="«یا دیرتر» برای کسانی که دیر آغاز کرده‌اند فرصت کمتری دارد.",
        ),
    }

    start: Touchpoint | None = None
    back: Touchpoint | None = None
    period: choice(**_SIZES) = "week"  # type: ignore[valid-type]
    periods: whole_number(1, 400) = 12  # type: ignore[valid-type]
    rolling: Flag = False
    calendar: (
        choice(  # type: ignore[valid-type]
            gregorian=Text(en="Gregorian", fa="میلادی"), jalali=Text(en="Jalali", fa="هجری خورشیدی")
        )
        | None
    ) = None

    def check(self, scope: Scope) -> None:
        for name in (self.start, self.back):
            if name is not None:
                scope.number(name)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        names, _ = self._periods(scope)
        back = np.zeros((len(names), self.periods + 1), np.int64)
        cohort = self._follow(shard, scope, back, -1, np.zeros(0, np.bool_))
        began = np.bincount(cohort[cohort >= 0], minlength=len(names)).astype(np.int64)
        return Partial(sums={"began": began, "back": back})

    def _follow(self, shard: Shard, scope: Scope, counts: np.ndarray, since: int, found: np.ndarray) -> np.ndarray:
        """The cohort of every customer, -1 for none; fills ``counts`` (P, K + 1), and ``found`` (C,) with who was back in period
        ``since`` unless that is empty."""
        starts = self._periods(scope)[1]
        start, back = (-1 if name is None else scope.number(name) for name in (self.start, self.back))
        cohort = np.full(shard.customers, -1, np.int32)
        _follow(
            shard.code, shard.gap, shard.offset, shard.first, shard.long_at, shard.long_ms, shard.runs, scope.table,
            starts, start, back, self.rolling, cohort, counts, since, found,
        )  # fmt: skip
        return cohort

    def _periods(self, scope: Scope) -> tuple[list[str], np.ndarray]:
        return periods_of(self._scope(scope), self.period)

    def _scope(self, scope: Scope) -> Scope:
        return replace(scope, calendar=self.calendar) if self.calendar else scope

    def among(self, row: Row) -> tuple[Any, ...]:
        return (row["cohort"], row["since"])

    def size(self, partial: Partial) -> int:
        return int(partial.sums["began"].sum()) if partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        rows: list[dict[str, Any]] = []

        def add(cohort: str | None, since: int, began: int, followed: int, back: int) -> None:
            low, high = wilson(back, followed)
            rows.append(
                {
                    "cohort": cohort,
                    "state": "at" if cohort else "all",
                    "since": since,
                    "of": followed if not cohort else began,
                    "customers": back if followed else None,
                    "share": back / followed if followed else None,
                    "low": low if followed else None,
                    "high": high if followed else None,
                }
            )

        if self.size(partial):
            names, known, began, back = self._followed(partial, scope)
            for place, name in enumerate(names):
                for since in range(known.shape[1] if began[place] else 0):
                    followed = int(began[place]) if known[place, since] else 0
                    add(name, since, int(began[place]), followed, int(back[place, since]))
            for since in range(known.shape[1]):
                followed = int(began[known[:, since]].sum())
                add(None, since, followed, followed, int(back[known[:, since], since].sum()))
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def _followed(self, partial: Partial, scope: Scope) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
        """Names of cohorts, which of their periods the data hold whole (P, K + 1), who began, and who was back (P, K + 1). K is at
        most what the oldest cohort has been followed for."""
        names, _ = self._periods(scope)
        whole = whole_periods(self._scope(scope), self.period)
        began, back = partial.sums["began"], partial.sums["back"]
        oldest = int(np.flatnonzero(began)[0])
        most = min(self.periods, max(0, whole - 1 - oldest)) + 1
        known = np.arange(len(names))[:, None] + np.arange(most) < whole
        return names, known, began, back[:, :most]

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        if row["customers"] is None and column == "customers":
            raise Mistake(_NOT_YET)
        names, _ = self._periods(scope)
        found = np.zeros(shard.customers, np.bool_)
        counts = np.zeros((len(names), row["since"] + 1), np.int64)
        cohort = self._follow(shard, scope, counts, row["since"], found)
        if row["cohort"] is not None:
            mine = cohort == names.index(row["cohort"])
        else:
            whole = whole_periods(self._scope(scope), self.period)
            mine = (cohort >= 0) & (cohort + row["since"] < whole)
        return mine if column == "of" else mine & found

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return () if self.start is None else (self.start,)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        size = {"en": _SIZES[self.period].en, "fa": _SIZES[self.period].fa}
        pooled = {row["since"]: row for row in table.to_pylist() if row["state"] == "all" and row["of"]}
        if 1 not in pooled:
            return Sentence("young", {"n": self.size(partial), "size": size})
        said = {"size": size, "share": pooled[1]["share"], "n": pooled[1]["of"]}
        last = max(pooled)
        more = "_rolling" if self.rolling else ""
        if last == 1:
            return Sentence("one" + more, said)
        long = {language: speech.say(last, f"{self.period}s", language) for language in ("en", "fa")}
        return Sentence("two" + more, {**said, "later": pooled[last]["share"], "m": pooled[last]["of"], "long": long})

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        said = [Sentence("unknown", {"size": {"en": _SIZES[self.period].en, "fa": _SIZES[self.period].fa}})]
        if self.rolling:
            said.append(Sentence("later"))
        return [*said, Sentence("new")] if self.start is None else said


@compiled
def _follow(
    code, gap, offset, first, long_at, long_ms, runs, table, starts, start, back, rolling, cohort, counts, since, found
):
    last_period = starts.size - 2
    periods = counts.shape[1]
    seen = np.full(periods, -1, np.int64)  # the last customer that was back in each period since their start
    for r in range(runs.shape[0]):
        k = np.searchsorted(long_at, offset[runs[r, 0]])
        for c in range(runs[r, 0], runs[r, 1]):
            now = first[c]
            began = np.int64(-1)
            at = np.int64(-1)
            until = now  # the end of the period of the event before
            for i in range(offset[c], offset[c + 1] - 1):
                now += np.int64(gap[i])
                if k < long_at.size and long_at[k] == i:
                    now += long_ms[k]
                    k += 1
                t = np.int64(table[code[i]])
                if began < 0 and start >= 0 and t != start:
                    continue
                if now >= until:
                    at = min(np.searchsorted(starts, now, side="right") - 1, last_period)
                    at = max(at, np.int64(0))
                    until = starts[at + 1]
                if began < 0:
                    began = at
                    cohort[c] = at
                if back >= 0 and t != back:
                    continue
                away = at - began
                if rolling:
                    # Whoever is back now was also back "then or later" in every period before.
                    away = min(away, periods - 1)
                    while away >= 0 and seen[away] != c:
                        seen[away] = c
                        counts[began, away] += 1
                        if away == since:
                            found[c] = True
                        away -= 1
                elif away < periods and seen[away] != c:
                    seen[away] = c
                    counts[began, away] += 1
                    if away == since:
                        found[c] = True


_NOT_YET = Text(
    en="That is not known yet: the data end before that period does. Open a cell with a number, or the column “of”.",
    fa="این هنوز معلوم نیست؛ داده پیش از پایان آن دوره تمام می‌شود. خانه‌ای را باز کنید که عدد دارد، یا ستون of را.",
)
_SCHEMA = pa.schema(
    [
        ("cohort", pa.string()),
        ("state", pa.string()),
        ("since", pa.int64()),
        ("of", pa.int64()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)
