"""Funnels that are strict, in any order, or hold a value constant, against the obvious count."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core.errors import Mistake
from tests.journeys.logs import LETTERS, Event, by_customer, journeys_of, logs
from tests.questions.test_funnel import furthest, plans, windows

Timed = list[tuple[int, str]]
# What ``journeys_of`` says of where an event was.
WHERE = ("app", "web", None)


def strict(journey: Timed, steps: list[tuple[list[str], bool]], window: int | None) -> int:
    """The furthest step when each event must be the next step; steps may be left out."""

    def walk(at: int, step: int, start: int) -> int:
        reached = step
        if at == len(journey) or (window is not None and journey[at][0] - start > window):
            return reached
        for following in range(step, len(steps)):
            if journey[at][1] in steps[following][0]:
                reached = max(reached, walk(at + 1, following + 1, start))
            if not steps[following][1]:
                break
        return reached

    return max((walk(at, 0, time) for at, (time, _) in enumerate(journey)), default=0)


def any_order(journey: Timed, steps: list[list[str]], window: int | None) -> int:
    """The most different steps within the window of any event."""
    return max(
        (
            sum(
                any(
                    what in step and time - start >= 0 and (window is None or time - start <= window)
                    for time, what in journey
                )
                for step in steps
            )
            for start, _ in journey
        ),
        default=0,
    )


def counted(results: list[int], steps: int) -> list[int]:
    return [sum(result >= step for result in results) for step in range(1, steps + 1)]


@given(
    logs,
    st.lists(
        st.tuples(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=2), st.booleans()), min_size=1, max_size=4
    ),
    windows,
)
def test_strict_lets_nothing_come_between(
    log: list[Event], steps: list[tuple[list[str], bool]], window: int | None
) -> None:
    log = [*log, *((9, place, what) for place, what in enumerate(LETTERS))]
    written = ["|".join(names) + ("?" if optional else "") for names, optional in steps]
    finding = journeys_of(log).ask(sn.Funnel(steps=written, window=f"{window}ms" if window else None, order="strict"))
    results = [strict(journey, steps, window) for journey in by_customer(log).values()]
    assert finding.table["customers"].to_pylist() == counted(results, len(steps))


@given(logs, st.permutations(LETTERS), st.integers(1, 4), windows)
def test_any_order_counts_different_steps(log: list[Event], letters: list[str], many: int, window: int | None) -> None:
    log = [*log, *((9, place, what) for place, what in enumerate(LETTERS))]
    steps = [[letters[0], letters[5]], *([letter] for letter in letters[1:many])]
    written = ["|".join(step) for step in steps]
    finding = journeys_of(log).ask(sn.Funnel(steps=written, window=f"{window}ms" if window else None, order="any"))
    results = [any_order(journey, steps, window) for journey in by_customer(log).values()]
    assert finding.table["customers"].to_pylist() == counted(results, len(steps))


@given(logs, plans, windows, st.sampled_from(["ordered", "strict"]))
def test_a_value_is_held_constant(log: list[Event], steps: list[list[str]], window: int | None, order: str) -> None:
    log = [*log, *((9, place, what) for place, what in enumerate(LETTERS))]
    if len({name for step in steps for name in step}) < sum(map(len, steps)):
        return
    journeys = journeys_of(log, where="where")
    question = sn.Funnel(
        steps=["|".join(step) for step in steps], window=f"{window}ms" if window else None, order=order, hold="where"
    )
    results = []
    for customer, journey in by_customer(log).items():
        parts: dict[str, Timed] = defaultdict(list)
        for time, what in journey:
            value = WHERE[(customer + ord(what)) % 3]
            if value is not None:
                parts[value].append((time, what))
        tried = [
            furthest(part, steps, window)
            if order == "ordered"
            else strict(part, [(step, False) for step in steps], window)
            for part in parts.values()
        ]
        results.append(max(tried, default=0))
    finding = journeys.ask(question)
    assert finding.table["customers"].to_pylist() == counted(results, len(steps))
    for number, row in enumerate(finding.rows(), 1):
        assert journeys.behind(question, number).customers == row["customers"]


def test_how_long_it_took_is_said() -> None:
    log = [(1, 0, "a"), (1, 4_000, "b"), (2, 0, "a"), (2, 10_000, "b"), (3, 0, "a"), (3, 5, "c"), (3, 9_000, "b")]
    for order, median in (("ordered", 9.0), ("strict", 7.0), ("any", 9.0)):
        finding = journeys_of(log).ask(sn.Funnel(steps="a,b", order=order))
        took = next(caveat.arguments for caveat in finding.caveats if caveat.key == "took")
        assert took["median"] == median == finding.rows()[1]["median_seconds"]


def test_what_cannot_be_asked_is_told() -> None:
    journeys = journeys_of([(1, 0, "a"), (1, 1, "b")], where="where")
    with pytest.raises(Mistake, match="Leave order out"):
        journeys.ask(sn.Funnel(steps="a,b,a", order="any"))
    with pytest.raises(Mistake, match="where"):
        journeys.ask(sn.Funnel(steps="a,b", hold="were"))
