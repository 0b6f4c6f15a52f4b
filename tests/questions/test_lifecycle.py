"""Lifecycle against the set of periods each customer is seen in."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core.errors import Mistake
from tests.journeys.logs import Event, by_customer, journeys_of
from tests.questions.test_retention import DAY, day_at, logs, period_of, there
from tests.questions.test_shards import in_pieces


@given(
    logs,
    st.sampled_from(["day", "week", "month"]),
    st.sampled_from(["gregorian", "jalali"]),
    st.sampled_from(["UTC", "Asia/Tehran"]),
    st.sampled_from([None, "a"]),
    st.integers(1, 4),
)
def test_everybody_is_of_one_kind_in_every_period(
    log: list[Event], size: str, calendar: str, zone: str, active: str | None, pieces: int
) -> None:
    if active and active not in {what for _, _, what in log}:
        return
    days = [day_at(time, zone) for _, time, _ in log]
    whole = [min(days) + timedelta(days=n) for n in range((max(days) - min(days)).days + 1)]
    names = list(dict.fromkeys(period_of(day, size, calendar) for day in whole))
    over = len(names) - (period_of(max(days) + timedelta(days=1), size, calendar) == names[-1])
    people = {
        customer: {
            names.index(period_of(day_at(time, zone), size, calendar))
            for time, what in journey
            if active in (None, what)
        }
        for customer, journey in by_customer(log).items()
    }
    question = sn.Lifecycle(period=size, active=active)
    journeys = there(journeys_of(log), zone, calendar)
    with pytest.MonkeyPatch.context() as patch:
        split = in_pieces(journeys, pieces, patch)
    finding = split.ask(question)
    assert finding.table.equals(journeys.ask(question).table)
    asked_for = question.model_copy(update={"calendar": calendar})
    assert finding.table.equals(there(journeys, zone, "gregorian").ask(asked_for).table)
    rows = finding.rows()
    assert finding.n == sum(bool(seen) for seen in people.values())
    assert [row["period"] for row in rows] == (names if finding.n else [])
    for place, row in enumerate(rows):
        here = [seen for seen in people.values() if place in seen]
        before = [seen for seen in people.values() if place - 1 in seen]
        assert row["customers"] == len(here)
        assert row["new"] == sum(min(seen) == place for seen in here)
        assert row["returning"] == sum(place - 1 in seen for seen in here)
        assert row["back"] == sum(place - 1 not in seen and min(seen) < place for seen in here)
        known = place < over
        assert row["dormant"] == (sum(place not in seen for seen in before) if known else None)
        kept = sum(place in seen for seen in before) / len(before) if known and before else None
        assert row["share"] == kept
        for column in question.opens if place < 4 else ():
            if row[column] is not None:
                assert split.behind(question, place + 1, column).customers == row[column]
    if active is None:
        per = there(journeys, zone, calendar).ask(sn.Overview(per=size)).rows()
        assert [row["customers"] for row in rows] == [row["customers"] for row in per]


@given(logs)
def test_who_was_there_stays_or_falls_silent(log: list[Event]) -> None:
    rows = journeys_of(log).ask(sn.Lifecycle(period="day")).rows()
    for before, after in pairwise(rows):
        if after["dormant"] is not None:
            assert before["customers"] == after["returning"] + after["dormant"]


def test_days_counted_by_hand() -> None:
    journeys = journeys_of([(1, 0, "a"), (1, DAY, "a"), (1, 3 * DAY, "a"), (2, DAY, "a"), (2, DAY + 5, "b")])
    finding = journeys.ask(sn.Lifecycle(period="day"))
    kinds = [(row["new"], row["returning"], row["back"], row["dormant"]) for row in finding.rows()]
    assert kinds == [(1, 0, 0, 0), (1, 1, 0, 0), (0, 0, 0, 2), (0, 0, 1, 0)]
    assert finding.say("en") == (
        "In the last whole day, 4 Jan 1970: 1 customer, of whom 0 new, 0 also there the day before and 1 back after a silence; "
        "0 fell silent"
    )
    assert "بازگشته پس از سکوت" in finding.say("fa")
    weeks = journeys.ask(sn.Lifecycle(calendar="jalali"))
    assert [row["dormant"] for row in weeks.rows()] == [0, None]
    assert "not over" in weeks.picture().svg("en")
    with pytest.raises(Mistake, match="not known yet"):
        journeys.behind(sn.Lifecycle(calendar="jalali"), 2, "dormant")
