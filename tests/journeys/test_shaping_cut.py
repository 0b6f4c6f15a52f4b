"""Cuts against lists: before, after, first and last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from tests.journeys.logs import Event, journeys_of, logs
from tests.journeys.shaped import Mine, read, rich, same_arrays

WITHIN = st.sampled_from([None, 1, 20, 5_000, 100_000, 5_000_000_000, 195_000_000_000])
GOALS = st.sampled_from([("a",), ("b",), ("a", "d")])


def cut(mine: Mine, side: str, goal: tuple[str, ...], within: int | None) -> Mine:
    at = next((place for place, event in enumerate(mine) if event[1] in goal), None)
    if at is None:
        return []
    part = mine[: at + 1] if side == "before" else mine[at:]
    return [event for event in part if within is None or abs(event[0] - mine[at][0]) <= within]


@given(logs, st.sampled_from(["before", "after"]), GOALS, WITHIN, st.integers(1, 3))
def test_a_cut_at_a_goal(log: list[Event], side: str, goal: tuple[str, ...], within: int | None, parts: int) -> None:
    journeys = rich([*log, *((7, place * 10, what) for place, what in enumerate("adb"))], parts)
    shape = f"cut {side} {'|'.join(goal)}" + (f" {within}ms" if within else "")
    parted = [(key, cut(mine, side, goal, within)) for key, mine in read(journeys)]
    assert read(journeys.shape(shape)) == [(key, mine) for key, mine in parted if mine]


@given(logs, st.sampled_from(["first", "last"]), st.integers(1, 5), st.integers(1, 3))
def test_a_cut_to_a_number(log: list[Event], side: str, count: int, parts: int) -> None:
    journeys = rich(log, parts)
    slices = {"first": slice(None, count), "last": slice(-count, None)}
    assert read(journeys.shape(f"cut {side} {count}")) == [(key, mine[slices[side]]) for key, mine in read(journeys)]


@given(logs, st.sampled_from("ab"))
def test_shapes_and_conditions_compose_in_their_order(log: list[Event], goal: str) -> None:
    journeys = rich([*log, (7, 0, "a"), (7, 5, "b"), (8, 0, "f")], 2).where("never f")
    chained = journeys.shape(f"cut before {goal} 100s; cut last 3; collapse")
    assert read(chained) == read(journeys.before(goal, "100s").last(3).collapse())
    assert chained.scope.fingerprint != journeys.scope.fingerprint
    finding = journeys.ask(sn.Overview(shape=f"cut before {goal} 100s; cut last 3; collapse"))
    assert finding.rows() == chained.ask(sn.Overview()).rows()
    assert finding.fingerprint == journeys.scope.fingerprint


def test_nothing_is_copied_when_nobody_loses_a_part() -> None:
    journeys = journeys_of([(1, 0, "a"), (1, 5, "b"), (2, 0, "c"), (2, 9, "b"), (3, 1, "c")])
    whole = journeys.before("b")
    assert whole.customers == 2
    assert same_arrays(whole.shards[0], journeys.shards[0])
    assert same_arrays(journeys.first(2).shards[0], journeys.shards[0])


def test_a_goal_that_is_not_there_is_named_with_its_nearest() -> None:
    journeys = journeys_of([(1, 0, "purchase")])
    with pytest.raises(sn.Mistake, match="Nearest: purchase"):
        journeys.before("purchas")
