"""The funnel against the obvious count: try every start, walk on."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core.errors import Mistake
from tests.journeys.logs import LETTERS, Event, by_customer, journeys_of, logs

plans = st.lists(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=2, unique=True), min_size=1, max_size=4)
windows = st.sampled_from([None, 1, 10, 1_000, 10_000_000_000])


def furthest(journey: list[tuple[int, str]], steps: list[list[str]], window: int | None) -> int:
    """The furthest step reached from any start: steps in order, each by another event, events of one instant in any order,
    within the window from the first."""
    best = 0
    instants = [
        (time, [what for _, what in mine]) for time, mine in itertools.groupby(journey, key=lambda event: event[0])
    ]

    def walk(at: int, left: list[str], step: int, start: int) -> int:
        """How far one gets from step ``step`` on, with what is left of instant ``at``."""
        reached = step
        if step == len(steps):
            return reached
        for place in range(at, len(instants)):
            time, there = instants[place]
            if window is not None and time - start > window:
                break
            rest = left if place == at else there
            for what in set(rest):
                if what in steps[step]:
                    remaining = list(rest)
                    remaining.remove(what)
                    reached = max(reached, walk(place, remaining, step + 1, start))
        return reached

    for place, (time, there) in enumerate(instants):
        for what in set(there):
            if what in steps[0]:
                remaining = list(there)
                remaining.remove(what)
                best = max(best, walk(place, remaining, 1, time))
    return best


@given(logs, plans, windows)
def test_every_step_counts_who_reached_at_least_it(
    log: list[Event], steps: list[list[str]], window: int | None
) -> None:
    journeys = journeys_of(log)
    if not {name for step in steps for name in step} <= set(journeys.touchpoints):
        return
    question = sn.Funnel(steps=["|".join(step) for step in steps], window=f"{window}ms" if window else None)
    finding = journeys.ask(question)
    results = [furthest(journey, steps, window) for journey in by_customer(log).values()]
    distinct = [len({name for step in steps[:k] for name in step}) for k in range(1, len(steps) + 1)]
    expected = [sum(result >= step for result in results) for step in range(1, len(steps) + 1)]
    counted = finding.table["customers"].to_pylist()
    if distinct[-1] == sum(map(len, steps)):
        assert counted == expected
    else:
        # A touchpoint in two steps: events of one instant may then be shared out in more ways than are tried.
        assert all(a <= b for a, b in zip(counted, expected, strict=True))
    assert finding.n == len(results)


def test_one_event_is_one_step() -> None:
    journeys = journeys_of([(1, 0, "a"), (2, 0, "a"), (2, 5, "a")])
    assert journeys.ask(sn.Funnel(steps=["a", "a"])).table["customers"].to_pylist() == [2, 1]


def test_the_window_is_inclusive_and_counts_from_the_first_step() -> None:
    journeys = journeys_of([(1, 0, "a"), (1, 6, "b"), (1, 10, "c"), (2, 0, "a"), (2, 6, "b"), (2, 11, "c")])
    assert journeys.ask(sn.Funnel(steps="a,b,c", window="10ms")).table["customers"].to_pylist() == [2, 2, 1]


def test_a_window_longer_than_a_gap_can_hold() -> None:
    year = 365 * 86_400_000
    journeys = journeys_of([(1, 0, "a"), (1, year, "b"), (2, 0, "a"), (2, year + 1, "b")])
    assert journeys.ask(sn.Funnel(steps="a,b", window="365d")).table["customers"].to_pylist() == [2, 1]


def test_optional_and_excluded_steps() -> None:
    log = [(1, 0, "a"), (1, 1, "c"), (2, 0, "a"), (2, 1, "b"), (2, 2, "c"), (3, 0, "a"), (3, 1, "d"), (3, 2, "c")]
    journeys = journeys_of(log)
    assert journeys.ask(sn.Funnel(steps="a,b?,c")).table["customers"].to_pylist()[-1] == 3
    assert journeys.ask(sn.Funnel(steps="a,b,c")).table["customers"].to_pylist() == [3, 1, 1]
    assert journeys.ask(sn.Funnel(steps="a,!d,c")).table["customers"].to_pylist() == [3, 2]


def test_there_is_no_limit_on_steps() -> None:
    names = [f"t{number:03d}" for number in range(120)]
    journeys = journeys_of([(1, time, name) for time, name in enumerate(names)])
    assert journeys.ask(sn.Funnel(steps=names)).table["customers"].to_pylist() == [1] * 120


def test_waits_are_medians_of_those_who_came() -> None:
    log = [(1, 0, "a"), (1, 4_000, "b"), (2, 0, "a"), (2, 10_000, "b"), (3, 0, "a")]
    rows = journeys_of(log).ask(sn.Funnel(steps="a,b")).rows()
    assert rows[1]["median_seconds"] == 7.0
    assert rows[0]["median_seconds"] is None


def test_an_unknown_step_names_the_nearest() -> None:
    journeys = journeys_of([(1, 0, "a")])
    with pytest.raises(Mistake) as caught:
        journeys.ask(sn.Funnel(steps="A"))
    assert "Nearest: a" in caught.value.say("en") and "نزدیک‌ترین: a" in caught.value.say("fa")
