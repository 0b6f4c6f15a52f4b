"""Retention against a calendar walked day by day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

import safarnama as sn
from safarnama.core.errors import Mistake
from safarnama.journeys.journeys import Journeys
from tests.journeys.logs import Event, by_customer, journeys_of
from tests.questions.test_shards import in_pieces

DAY = 86_400_000
times = st.builds(lambda day, rest: day * DAY + rest, st.integers(-3, 70), st.sampled_from([0, 1, DAY // 2, DAY - 1]))
logs = st.lists(st.tuples(st.integers(0, 7), times, st.sampled_from("abc")), min_size=1, max_size=50)


def period_of(day: date, size: str, calendar: str) -> str:
    """The name of the period a day lies in, found by going back to where it begins."""
    if size == "month":
        if calendar == "gregorian":
            return f"{day.year}-{day.month:02d}"
        jalali = JalaliDate(day)
        return f"{jalali.year}-{jalali.month:02d}"
    first = "Sat" if calendar == "jalali" else "Mon"
    while size == "week" and day.strftime("%a") != first:
        day -= timedelta(days=1)
    return day.isoformat()


def there(journeys: Journeys, zone: str, calendar: str) -> Journeys:
    return replace(journeys, scope=replace(journeys.scope, timezone=zone, calendar=calendar))


def day_at(time: int, zone: str) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=time)).astimezone(ZoneInfo(zone)).date()


@given(
    logs,
    st.sampled_from(["day", "week", "month"]),
    st.sampled_from(["gregorian", "jalali"]),
    st.sampled_from(["UTC", "Asia/Tehran", "America/New_York"]),
    st.sampled_from([None, "a"]),
    st.sampled_from([None, "a", "b"]),
    st.booleans(),
    st.sampled_from([1, 3, 90]),
    st.integers(1, 4),
)
def test_whoever_is_back_is_counted_and_what_is_not_over_is_not_known(
    log: list[Event],
    size: str,
    calendar: str,
    zone: str,
    start: str | None,
    back: str | None,
    rolling: bool,
    periods: int,
    pieces: int,
) -> None:
    if {start, back} - {None} - {what for _, _, what in log}:
        return
    days = [day_at(time, zone) for _, time, _ in log]
    whole = [min(days) + timedelta(days=n) for n in range((max(days) - min(days)).days + 1)]
    names = list(dict.fromkeys(period_of(day, size, calendar) for day in whole))
    # The last one is over when the day after the data is of another period.
    over = len(names) - (period_of(max(days) + timedelta(days=1), size, calendar) == names[-1])
    cohorts: dict[int, list[set[int]]] = defaultdict(list)
    for journey in by_customer(log).values():
        begun = [place for place, (_, what) in enumerate(journey) if start in (None, what)]
        if begun:
            seen = [
                names.index(period_of(day_at(time, zone), size, calendar))
                for time, what in journey[begun[0] :]
                if back in (None, what)
            ]
            cohort = names.index(period_of(day_at(journey[begun[0]][0], zone), size, calendar))
            cohorts[cohort].append({each - cohort for each in seen})
    question = sn.Retention(start=start, back=back, period=size, periods=periods, rolling=rolling, calendar=calendar)
    journeys = there(journeys_of(log), zone, "gregorian")
    with pytest.MonkeyPatch.context() as patch:
        split = in_pieces(journeys, pieces, patch)
    finding = split.ask(question)
    assert finding.table.equals(journeys.ask(question).table)
    assert finding.table.equals(
        there(journeys, zone, calendar).ask(question.model_copy(update={"calendar": None})).table
    )
    rows = finding.rows()
    assert finding.n == sum(len(mine) for mine in cohorts.values())
    assert [row["cohort"] for row in rows if row["since"] == 0] == [*(names[c] for c in sorted(cohorts)), None][
        : len(rows)
    ]
    pooled: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        k = row["since"]
        if row["cohort"] is None:
            assert [row["of"], row["customers"] or 0] == pooled[k]
            continue
        cohort = names.index(row["cohort"])
        assert row["of"] == len(cohorts[cohort])
        known = cohort + k < over
        assert (row["customers"] is not None) == (row["share"] is not None) == known
        if known:
            came = sum(any(n >= k for n in mine) if rolling else k in mine for mine in cohorts[cohort])
            assert (row["customers"], row["share"]) == (came, came / len(cohorts[cohort]))
            pooled[k][0] += len(cohorts[cohort])
            pooled[k][1] += came
    if rows:
        assert max(row["since"] for row in rows) == min(periods, max(0, over - 1 - min(cohorts)))
    for number, row in enumerate(rows[:12], 1):
        assert split.behind(question, number, "of").customers == row["of"]
        if row["customers"] is not None:
            assert split.behind(question, number).customers == row["customers"]


@given(logs)
def test_coming_back_later_counts_from_the_start_on(log: list[Event]) -> None:
    journeys = journeys_of(log)
    exact = journeys.ask(sn.Retention(period="day", periods=20)).rows()
    rolling = journeys.ask(sn.Retention(period="day", periods=20, rolling=True)).rows()
    for one, other in zip(exact, rolling, strict=True):
        assert (other["customers"] or 0) >= (one["customers"] or 0)
    for before, after in pairwise(rolling):
        if before["cohort"] == after["cohort"] and after["cohort"] and after["customers"] is not None:
            assert before["customers"] >= after["customers"]


def _small() -> Journeys:
    # 1970-01-01 was a Thursday; Gregorian weeks begin on 5 and 12 January, Jalali ones on the 3rd, 10th and 17th.
    return journeys_of(
        [(1, 0, "a"), (1, 5 * DAY, "b"), (2, 0, "a"), (2, 12 * DAY, "a"), (3, 4 * DAY, "b"), (3, 17 * DAY, "c")]
    )


def test_weeks_counted_by_hand() -> None:
    journeys = _small()
    rows = journeys.ask(sn.Retention(periods=2)).rows()
    told = [(row["cohort"], row["since"], row["of"], row["customers"]) for row in rows]
    assert told == [
        ("1969-12-29", 0, 2, 2),
        ("1969-12-29", 1, 2, 1),
        ("1969-12-29", 2, 2, 1),  # Tuesday the 13th; the data end on Sunday the 18th, its last day
        ("1970-01-05", 0, 1, 1),
        ("1970-01-05", 1, 1, 1),
        ("1970-01-05", 2, 1, None),
        (None, 0, 3, 3),
        (None, 1, 3, 2),
        (None, 2, 2, 1),
    ]
    jalali = journeys.ask(sn.Retention(periods=2, calendar="jalali")).rows()
    assert [row["cohort"] for row in jalali if row["since"] == 0] == ["1969-12-27", "1970-01-03", None]
    with pytest.raises(Mistake, match="not known yet"):
        journeys.behind(sn.Retention(periods=2), 6)
    assert journeys.behind(sn.Retention(periods=2), 6, "of").customers == 1


def test_words_and_picture() -> None:
    finding = _small().ask(sn.Retention())
    assert finding.say("en") == (
        "67% of 3 customers came back in the week after the one they began in; 50% of 2 customers did 2 weeks after it"
    )
    assert "۲ هفته پس از آن" in finding.say("fa")
    svg = finding.picture().svg("en")
    assert "29 Dec 1969" in svg
    assert "weeks since" in svg
    nobody = journeys_of([(1, 0, "a")]).ask(sn.Retention(period="month"))
    assert nobody.say("en") == "1 customer began, and none of them can be followed for a whole month yet"
    assert nobody.picture().svg("fa")
