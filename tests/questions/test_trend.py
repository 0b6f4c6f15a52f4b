"""Trends against counts by hand, and the course of series against every parting there is and against shifts put in."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.journeys.series import _starts, course_of
from tests.journeys.logs import LETTERS, Event, by_customer, journeys_of
from tests.questions.test_funnel import furthest

DAY = 86_400_000
events = st.tuples(st.integers(0, 5), st.integers(0, 30 * DAY), st.sampled_from(LETTERS))
logs = st.lists(events, min_size=1, max_size=60)


def day_of(milliseconds: int, per: str) -> str:
    day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)).date()
    if per == "week":
        day -= timedelta(days=day.weekday())
    return day.isoformat()


@given(
    logs,
    st.sampled_from(["day", "week"]),
    st.sampled_from(["", "a", "a|b", "a,b", "a,b|c,d"]),
    st.sampled_from([None, "40h"]),
)
def test_every_period_counts_what_happened_in_it(log: list[Event], per: str, of: str, window: str | None) -> None:
    log = [*log, *((9, place, what) for place, what in enumerate(LETTERS))]
    steps = [step.split("|") for step in of.split(",")] if of else []
    funnel = len(steps) > 1
    given = {"per": per, **({"steps": of} if of else {}), **({"window": window} if window and funnel else {})}
    asked = registry.find("question", "trend").of(given)
    customers: defaultdict[str, set[int]] = defaultdict(set)
    there: defaultdict[str, set[int]] = defaultdict(set)
    count: defaultdict[str, int] = defaultdict(int)
    for customer, journey in by_customer(log).items():
        mine = [(time, what) for time, what in journey if not steps or what in steps[0]]
        for time, _ in journey:
            there[day_of(time, per)].add(customer)
        for place, (time, _) in enumerate(mine):
            count[day_of(time, per)] += 1
            if not funnel or place == 0:
                customers[day_of(time, per)].add(customer)
    milliseconds = 40 * 3_600_000 if window else None
    done = {
        customer
        for customer, journey in by_customer(log).items()
        if funnel and furthest(journey, steps, milliseconds) == len(steps)
    }
    journeys = journeys_of(log)
    finding = journeys.ask(asked)
    for number, row in enumerate(finding.rows(), 1):
        name = row["period"]
        assert (row["customers"], row["events"]) == (len(customers[name]), count[name])
        if funnel:
            assert row["reached"] == len(customers[name] & done)
        elif of and there[name]:
            assert row["share"] == len(customers[name]) / len(there[name])
        assert journeys.behind(asked, number, "customers").customers == row["customers"]
        assert journeys.behind(asked, number, "reached").customers == (row["reached"] or 0) if funnel else True
    assert finding.n == len(set().union(*customers.values()))


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=11), st.floats(0.5, 400), st.integers(1, 4))
def test_the_parting_is_the_best_there_is(seen: list[float], penalty: float, fewest: int) -> None:
    values, n = np.array(seen), len(seen)

    def cost(starts: tuple[int, ...]) -> float:
        parts = np.split(values, starts)
        if any(part.size < fewest for part in parts) and len(parts) > 1:
            return np.inf
        return sum(((part - part.mean()) ** 2).sum() for part in parts) + penalty * len(starts)

    least = min(cost(starts) for many in range(n) for starts in combinations(range(1, n), many))
    found = _starts(values, np.ones(n), penalty, fewest)
    assert found[0] == 0
    assert cost(tuple(found[1:])) == pytest.approx(least, abs=1e-6)


def test_a_shift_a_spike_and_the_week_are_told_apart() -> None:
    chance = np.random.default_rng(7)
    days = np.arange(140)
    mean = np.where(days < 80, 200, 260) * np.where(days % 7 == 4, 0.5, 1.0)
    counts = chance.poisson(mean).astype(float)
    counts[30] += 150
    course = course_of(counts, None, 7, 7)
    assert course.changes == [80]
    assert np.flatnonzero(np.abs(course.score) > 3.5).tolist() == [30]
    assert 180 < course.level[0] < 215 < 225 < course.level[-1] < 265


@pytest.mark.parametrize("seed", range(20))
def test_noise_alone_changes_nothing(seed: int) -> None:
    chance = np.random.default_rng(seed)
    of = chance.integers(80, 300, 90).astype(float)
    assert course_of(chance.poisson(50, 90).astype(float), None, 7, 7).changes == []
    assert course_of(chance.binomial(of.astype(int), 0.3).astype(float), of, 7, 7).changes == []


def test_what_cannot_be_asked_is_told() -> None:
    journeys = journeys_of([(1, 0, "a")])
    with pytest.raises(Mistake, match="--steps"):
        journeys.ask(registry.find("question", "trend").of({"measure": "share"}))
    with pytest.raises(Mistake, match="two steps"):
        journeys.ask(registry.find("question", "trend").of({"steps": "a", "window": "7d"}))
