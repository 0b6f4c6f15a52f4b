"""Funnels with steps that may be left out and touchpoints that must not come between, against every chain there is."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core.errors import Mistake
from safarnama.core.grammar import Step, say_steps
from tests.journeys.logs import LETTERS, Event, by_customer, journeys_of, logs

steps = st.builds(
    Step,
    st.lists(st.sampled_from(LETTERS), min_size=1, max_size=2, unique=True).map(tuple),
    optional=st.booleans(),
    excluded=st.booleans(),
).map(lambda step: Step(step.names, optional=step.optional and not step.excluded, excluded=step.excluded))
plans = st.lists(steps, min_size=1, max_size=5).filter(lambda plan: not plan[0].excluded and not plan[-1].excluded)
windows = st.sampled_from([None, 1, 10, 1_000, 10_000_000_000])


def furthest(journey: list[tuple[int, str]], plan: list[Step], window: int | None) -> int:
    """The furthest step of any chain: its events are steps in order, those between are left out and may be; of what is named
    between two steps of the chain nothing comes between their events; all within the window from the first."""
    real = [place for place, step in enumerate(plan) if not step.excluded]
    best = 0

    def follows(before: int, step: int) -> bool:
        return all(plan[real[left]].optional for left in range(before + 1, step))

    def walk(at: int, step: int, start: int) -> None:
        nonlocal best
        best = max(best, step + 1)
        for following in range(at + 1, len(journey)):
            time, what = journey[following]
            if window is not None and time - start > window:
                return
            for other in range(step + 1, len(real)):
                barred = {name for each in plan[real[step] : real[other]] if each.excluded for name in each.names}
                clear = not barred & {name for _, name in journey[at + 1 : following]}
                if what in plan[real[other]].names and follows(step, other) and clear:
                    walk(following, other, start)

    for at, (time, what) in enumerate(journey):
        for step, place in enumerate(real):
            if what in plan[place].names and follows(-1, step):
                walk(at, step, time)
    return best


def apart(log: list[Event]) -> list[Event]:
    """At most twelve events of a customer, no two at once, and one customer who has everything."""
    kept: dict[int, list[Event]] = defaultdict(list)
    for customer, time, what in sorted(
        {(customer, time): (customer, time, what) for customer, time, what in log}.values()
    ):
        kept[customer].append((customer, time, what))
    few = [event for mine in kept.values() for event in mine[:12]]
    return [*few, *((9, place, what) for place, what in enumerate(LETTERS))]


@given(logs, plans, windows)
def test_a_chain_may_leave_out_and_must_not_meet(log: list[Event], plan: list[Step], window: int | None) -> None:
    log = apart(log)
    question = sn.Funnel(steps=say_steps(plan), window=f"{window}ms" if window else None)
    journeys = journeys_of(log)
    results = [furthest(journey, plan, window) for journey in by_customer(log).values()]
    rows = journeys.ask(question).rows()
    many = sum(not step.excluded for step in plan)
    assert [row["customers"] for row in rows] == [sum(result >= k for result in results) for k in range(1, many + 1)]
    for number, row in enumerate(rows, 1):
        assert journeys.behind(question, number).customers == row["customers"]
        assert number == 1 or journeys.behind(question, number, "left").customers == row["left"]


@pytest.mark.parametrize("plan", ["!a,b", "a,b,!c", "!a", "a,!b"])
def test_what_must_not_come_between_has_two_neighbours(plan: str) -> None:
    journeys = journeys_of([(1, place, what) for place, what in enumerate(LETTERS)])
    with pytest.raises(Mistake, match=r"between two steps|too few steps"):
        journeys.ask(sn.Funnel(steps=plan))
    with pytest.raises(Mistake, match="between two steps"):
        journeys.where(f"did {plan.replace(',', ' > ')}")


def test_a_start_that_may_be_left_out_does_not_use_up_the_window() -> None:
    journeys = journeys_of([(1, 0, "a"), (1, 8, "b"), (1, 15, "c")])
    for order in ("ordered", "strict"):
        asked = sn.Funnel(steps="a?,b,c", window="10ms", order=order)
        assert journeys.ask(asked).table["customers"].to_pylist() == [1, 1, 1]


def test_a_touchpoint_may_be_a_step_and_not_come_again() -> None:
    journeys = journeys_of([(1, 0, "a"), (1, 1, "b"), (2, 0, "a"), (2, 1, "c"), (2, 2, "b")])
    assert journeys.ask(sn.Funnel(steps="a,!a|c,b")).table["customers"].to_pylist() == [2, 1]


def test_whoever_may_leave_out_the_end_did_it_all_without_it() -> None:
    journeys = journeys_of([(1, 0, "a"), (2, 0, "a"), (2, 1, "b"), (3, 0, "b"), (4, 0, "c")])
    assert journeys.where("did a > b?").customers == 2
    assert journeys.where("did a? > b").customers == 2
    assert journeys.where("did a? > b?").customers == 3
    assert journeys.where("never a > b?").customers == 2
