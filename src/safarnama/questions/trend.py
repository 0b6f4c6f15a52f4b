"""Trend: how something goes over days, weeks or months, where its level changes and what stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar, Literal

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.errors import Mistake
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Duration, Steps, choice
from safarnama.core.words import Text
from safarnama.core.words.calendar import say_date, say_month
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.furthest import furthest_step
from safarnama.journeys.moments import end_of, moments_of, periods_of, whole_periods
from safarnama.journeys.partial import Partial
from safarnama.journeys.plans import Plan
from safarnama.journeys.scope import Scope
from safarnama.journeys.series import OUTSTANDING, Course, course_of
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row

_SIZES = {"day": Text(en="day", fa="روز"), "week": Text(en="week", fa="هفته"), "month": Text(en="month", fa="ماه")}
_FEWEST = {"day": 7, "week": 3, "month": 3}
_LEAST = 6  # whole periods, to speak of a level
Measure = Literal["customers", "events", "share"]


class Trend(Question):
    """How many customers or events each day, week or month has, where the level changes, and what stands out.

    Without ``steps`` all events count; with one step (``A`` or ``A|B``) those of it, and ``share`` is of the customers who were there
    at all in that period. With two steps or more it is a funnel over time: ``customers`` are those who take the first step for
    the first time in that period, ``share`` how many of them get to the last (within ``window``).

    ``measure`` is the series that is looked at: *customers*, *events* or *share*. Its level changes where parting it lowers the
    squared distance from the levels by more than 3·log n times the noise (optimal partitioning: Jackson and others, 2005; a stretch
    has at least 7 days, 3 weeks or 3 months); on days the pattern of the week is taken out first. A value stands out when it
    is more than 3.5 robust standard deviations from what is expected (Iglewicz and Hoaglin, 1993). A last period that is not
    over is shown and left out of all that.
    """

    title: ClassVar[Text] = Text(en="Trend", fa="روند")
    example: ClassVar[dict[str, Any]] = {"steps": "purchase", "per": "week"}
    chart: ClassVar[Chart | None] = Chart("lines", {"label": "period", "count": "customers", "share": "share"})
    opens: ClassVar[tuple[str, ...]] = ("customers", "events", "reached")
    occurrences: ClassVar[tuple[str, ...]] = ("events",)
    sentences: ClassVar[dict[str, Text]] = {
        "share_changed": Text(
            en="{what}: about {level:percent.1} from {when} on, {before:percent.1} before",
            fa="{what}: از {when} حدود {level:percent.1}، پیش از آن {before:percent.1}",
        ),
        "count_changed": Text(
            en="{what}: about {level:count} a {size} from {when} on, {before:count} before",
            fa="{what}: از {when} حدود {level:count} در هر {size}، پیش از آن {before:count}",
        ),
        "share_stands_out": Text(
            en="{what}: steady at about {level:percent.1}; {times:times} it stands out, most in {when} ({value:percent.1})",
            fa="{what}: ثابت، حدود {level:percent.1}؛ {times:times} نامعمول است، بیش از همه {when} ({value:percent.1})",
        ),
        "count_stands_out": Text(
            en="{what}: steady at about {level:count} a {size}; {times:times} it stands out, most in {when} ({value:count})",
            fa="{what}: ثابت، حدود {level:count} در هر {size}؛ {times:times} نامعمول است، بیش از همه {when} ({value:count})",
        ),
        "share_steady": Text(
            en="{what}: steady at about {level:percent.1}; nothing stands out",
            fa="{what}: ثابت، حدود {level:percent.1}؛ چیزی نامعمول نیست",
        ),
        "count_steady": Text(
            en="{what}: steady at about {level:count} a {size}; nothing stands out",
            fa="{what}: ثابت، حدود {level:count} در هر {size}؛ چیزی نامعمول نیست",
        ),
        "short": Text(
            en="{what}: too few whole {size}s to speak of a level",
            fa="{what}: شمار {size}های کامل برای سخن گفتن از سطح کافی نیست",
        ),
        "unfinished": Text(
            en="The last {size} is not over; its numbers are so far.",
            fa="آخرین {size} تمام نشده است؛ عددهای آن تا اینجاست.",
        ),
        "later": Text(
            en="Whoever took the first step late in the data may yet get to the last.",
            fa="کسی که نزدیک پایان داده گام نخست را برداشته شاید هنوز به گام آخر برسد.",
        ),
        "late": Text(
            en="Who took the first step in the last {n:count} of these {size}s has had less time than the window: these shares may yet rise and have no level.",
            fa="کسانی که گام نخست را در {n:count} {size} پایانی برداشته‌اند کمتر از پنجره وقت داشته‌اند؛ این سهم‌ها شاید بیشتر شود و سطحی ندارد.",
        ),
    }

    steps: Steps | None = None
    per: choice(**_SIZES) = "day"  # type: ignore[valid-type]
    measure: (
        choice(  # type: ignore[valid-type]
            customers=Text(en="Customers", fa="مشتریان"),
            events=Text(en="Events", fa="رویدادها"),
            share=Text(en="Share", fa="سهم"),
        )
        | None
    ) = None
    window: Duration | None = None
    calendar: (
        choice(  # type: ignore[valid-type]
            gregorian=Text(en="Gregorian", fa="میلادی"), jalali=Text(en="Jalali", fa="هجری خورشیدی")
        )
        | None
    ) = None

    @property
    def is_funnel(self) -> bool:
        """Whether it is a funnel over time."""
        return len(self.steps or ()) > 1

    @property
    def looked_at(self) -> Measure:
        """The series that is looked at."""
        return self.measure or ("share" if self.is_funnel else "customers")

    def check(self, scope: Scope) -> None:
        if self.steps:
            Plan.of(self.steps, scope, self.window)
        if self.looked_at == "share" and not self.steps:
            raise Mistake(_SHARE_OF_WHAT)
        if self.window is not None and not self.is_funnel:
            raise Mistake(_WINDOW_OF_WHAT)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        counts, people = self._count(shard, scope, -1, np.zeros(0, np.bool_))
        return Partial(sums={"counts": counts, "people": np.array([people], np.int64)})

    def _count(self, shard: Shard, scope: Scope, wanted: int, chosen: np.ndarray) -> tuple[np.ndarray, int]:
        """By period the customers, the events, and the customers who were there at all (of a funnel those who got to its end),
        int64 (P, 3); and all customers. ``chosen`` (C,) is filled with those of period ``wanted`` unless it is empty."""
        names, starts = self._periods(scope)
        counts = np.zeros((len(names), 3), np.int64)
        asked = np.full(scope.size + 1, not self.steps, np.bool_)
        if self.steps:
            asked[scope.numbers(self.steps[0])] = True
        people = _over_time(
            shard.code, moments_of(shard), shard.offset, shard.runs, scope.table, starts, asked, self.is_funnel,
            self._got_there(shard, scope), counts, wanted, chosen,
        )  # fmt: skip
        return counts, people

    def _got_there(self, shard: Shard, scope: Scope) -> np.ndarray:
        if not self.is_funnel:
            return np.zeros(shard.customers, np.bool_)
        plan = Plan.of(self.steps or (), scope, self.window)
        return furthest_step(shard, scope, plan) >= plan.length

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        chosen = np.zeros(shard.customers, np.bool_)
        self._count(shard, scope, self._periods(scope)[0].index(row["period"]), chosen)
        return chosen & self._got_there(shard, scope) if column == "reached" else chosen

    def _periods(self, scope: Scope) -> tuple[list[str], np.ndarray]:
        return periods_of(self._scope(scope), self.per)

    def _scope(self, scope: Scope) -> Scope:
        return replace(scope, calendar=self.calendar) if self.calendar else scope

    def among(self, row: Row) -> tuple[Any, ...]:
        return (row["period"],)

    def size(self, partial: Partial) -> int:
        return int(partial.sums["people"][0]) if "people" in partial.sums else 0

    def _whole(self, scope: Scope) -> int:
        """How many periods, from the first on, are over; of a funnel with a window those whose last beginner had all of it."""
        scope = self._scope(scope)
        whole = whole_periods(scope, self.per)
        if not self.is_funnel or self.window is None:
            return whole
        starts, window = self._periods(scope)[1], self.window / timedelta(milliseconds=1)
        while whole and starts[whole] + window > end_of(scope):
            whole -= 1
        return whole

    def _course(self, partial: Partial, scope: Scope) -> Course | None:
        whole = self._whole(scope)
        if whole < _LEAST:
            return None
        customers, events, of = partial.sums["counts"][:whole].T.astype(np.float64)
        season = 7 if self.per == "day" else 0
        if self.looked_at == "share":
            hits, everyone = (of, customers) if self.is_funnel else (customers, of)
            return course_of(hits, everyone, season, _FEWEST[self.per])
        return course_of(events if self.looked_at == "events" else customers, None, season, _FEWEST[self.per])

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        if not self.size(partial):
            return _SCHEMA.empty_table()
        course = self._course(partial, scope)
        rows = []
        for place, (name, counted) in enumerate(
            zip(self._periods(scope)[0], partial.sums["counts"].tolist(), strict=True)
        ):
            customers, events, of = counted
            hits, everyone = (of, customers) if self.is_funnel else (customers, of)
            low, high = wilson(hits, everyone)
            known = course is not None and place < course.level.size
            score = float(course.score[place]) if course and known else 0.0
            rows.append(
                {
                    "period": name,
                    "customers": customers,
                    "events": events,
                    "reached": hits if self.is_funnel else None,
                    "share": hits / everyone if everyone and self.steps else None,
                    "low": low if everyone and self.steps else None,
                    "high": high if everyone and self.steps else None,
                    "level": float(course.level[place]) if course and known else None,
                    "expected": float(course.expected[place]) if course and known else None,
                    "change": place in course.changes if course and known else None,
                    "stands_out": ("high" if score > 0 else "low") if abs(score) > OUTSTANDING else None,
                }
            )
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        course = self._course(partial, scope)
        size = {"en": _SIZES[self.per].en, "fa": _SIZES[self.per].fa}
        words: dict[str, Any] = {"what": self._what(), "size": size}
        if course is None:
            return Sentence("short", words)
        share = self.looked_at == "share"

        def number(value: float) -> float | int:
            return float(value) if share else round(float(value))

        kind = "share" if share else "count"
        words["level"] = number(course.level[-1])
        rows = table.to_pylist()
        if course.changes:
            at = course.changes[-1]
            words |= {"before": number(course.level[at - 1]), "when": self._when(rows[at]["period"], scope)}
            return Sentence(f"{kind}_changed", words)
        out = np.flatnonzero(np.abs(course.score) > OUTSTANDING)
        if out.size:
            most = int(out[np.argmax(np.abs(course.score[out]))])
            words |= {
                "times": int(out.size),
                "when": self._when(rows[most]["period"], scope),
                "value": number(rows[most][self.looked_at]),
            }
            return Sentence(f"{kind}_stands_out", words)
        return Sentence(f"{kind}_steady", words)

    def _what(self) -> dict[str, str]:
        if not self.steps:
            text = _ALL["events" if self.looked_at == "events" else "customers"]
            return {"en": text.en, "fa": text.fa}
        ends = [self.steps[0], self.steps[-1]] if len(self.steps) > 1 else [self.steps[0]]
        titles = [[touchpoint(name).title for name in step.names] for step in ends]
        en = " to ".join(" / ".join(title.en for title in step) for step in titles)
        fa = " تا ".join(" / ".join(title.fa for title in step) for step in titles)
        return {"en": f"From {en}", "fa": f"از {fa}"} if self.is_funnel else {"en": en, "fa": fa}

    def _when(self, period: str, scope: Scope) -> dict[str, str]:
        if self.per == "month":
            calendar = self._scope(scope).calendar
            return {language: say_month(period, language, calendar) for language in ("en", "fa")}
        return {language: say_date(date.fromisoformat(period), language) for language in ("en", "fa")}

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        size = {"en": _SIZES[self.per].en, "fa": _SIZES[self.per].fa}
        whole, names = whole_periods(self._scope(scope), self.per), self._periods(scope)[0]
        said = [Sentence("unfinished", {"size": size})] if whole < len(names) else []
        late = whole - self._whole(scope)
        if late:
            said.append(Sentence("late", {"n": late, "size": size}))
        return said + ([Sentence("later")] if self.is_funnel and self.window is None else [])


_ALL = {"customers": Text(en="Customers", fa="مشتریان"), "events": Text(en="Events", fa="رویدادها")}
_SHARE_OF_WHAT = Text(
    en="A share needs a step: add, for example, --steps purchase.",
    fa="سهم گامی می‌خواهد؛ برای نمونه --steps purchase را بیفزایید.",
)
_WINDOW_OF_WHAT = Text(
    en="A window is the time from the first step to the last: give --steps at least two steps.",
    fa="پنجره زمان میان گام نخست و آخر است؛ در --steps دست‌کم دو گام بدهید.",
)
_SCHEMA = pa.schema(
    [
        ("period", pa.string()),
        ("customers", pa.int64()),
        ("events", pa.int64()),
        ("reached", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("level", pa.float64()),
        ("expected", pa.float64()),
        ("change", pa.bool_()),
        ("stands_out", pa.string()),
    ]
)


@compiled
def _over_time(code, when, offset, runs, table, starts, asked, once, there, counts, wanted, chosen):
    people = 0
    last_period = np.int64(counts.shape[0] - 1)
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            at = np.int64(-1)
            until = np.int64(-(1 << 62))  # the end of the period they were last seen in
            mine = np.int64(-1)  # the period that counted them last
            met = False
            for i in range(offset[c], offset[c + 1] - 1):
                t = when[i]
                if t >= until:
                    at = min(last_period, max(np.int64(0), np.int64(np.searchsorted(starts, t, side="right") - 1)))
                    until = starts[at + 1]
                    if not once:
                        counts[at, 2] += 1
                if not asked[table[code[i]]]:
                    continue
                counts[at, 1] += 1
                if once and met:
                    continue
                met = True
                if mine != at:
                    mine = at
                    counts[at, 0] += 1
                    if once and there[c]:
                        counts[at, 2] += 1
                    if at == wanted:
                        chosen[c] = True
            people += met
    return people
