"""Touchpoint × channel against the same names put together by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from tests.journeys.logs import Event, journeys_of, logs
from tests.journeys.shaped import read, rich


@given(logs, st.integers(1, 3), st.booleans())
def test_every_event_is_named_by_what_and_where(log: list[Event], parts: int, merged: bool) -> None:
    journeys = rich([*log, *((8, 0, what) for what in "abc")], parts)
    if merged:
        journeys = journeys.shape("rename a|b=z; where never c")
    shaped = journeys.crossed("where")
    wanted = [
        (
            key,
            [(when, what if where is None else f"{what}@{where}", where, number) for when, what, where, number in mine],
        )
        for key, mine in read(journeys)
    ]
    assert read(shaped) == wanted
    assert {what for _, mine in wanted for _, what, _, _ in mine} <= set(shaped.touchpoints)
    assert all(shard.gap is old.gap for shard, old in zip(shaped.shards, journeys.shards, strict=True))


@given(logs)
def test_shapes_and_steps_know_the_names(log: list[Event]) -> None:
    journeys = rich([*log, *((8, 0, what) for what in "abc")])
    shaped = journeys.shape("cross where; cut before b@web; collapse")
    goal = [
        [place for place, event in enumerate(mine) if event[1] == "b@web"]
        for _, mine in read(journeys.crossed("where"))
    ]
    assert shaped.customers == sum(bool(places) for places in goal)
    found = journeys.ask(sn.Funnel(steps=["b@web"], shape="cross where"))
    assert found.rows()[0]["customers"] == shaped.customers


def test_many_pairs_need_wider_codes() -> None:
    log = [(who, who, f"t{who}") for who in range(200)]
    journeys = journeys_of([*log, *((who + 1, 10**6, what) for who, _, what in log)], where="yes")
    assert len(journeys.crossed("where").touchpoints) == 400
    assert journeys.crossed("where").events == 400


def test_a_dimension_that_is_not_there_is_named_with_its_nearest() -> None:
    with pytest.raises(sn.Mistake, match="Nearest: where"):
        journeys_of([(1, 0, "a")], where="yes").crossed("wher")
