"""Filters against the plain way: go through every customer and every event."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.core.errors import Mistake
from tests.journeys.logs import LETTERS, Event, by_customer, journeys_of, logs
from tests.journeys.test_encode import told
from tests.questions.test_funnel import furthest


@given(logs, st.sampled_from(LETTERS), st.sampled_from(LETTERS), st.sampled_from([5, 10_000]))
def test_did_and_never_choose_customers(log: list[Event], a: str, b: str, window: int) -> None:
    journeys = journeys_of(log)
    if a == b or {a, b} - set(journeys.touchpoints):
        return
    mine = by_customer(log)
    did = [journey for journey in mine.values() if furthest(journey, [[a], [b]], window) == 2]
    chosen = journeys.where(f"did {a} > {b} within {window}ms")
    assert chosen.customers == len(did)
    assert chosen.events == sum(map(len, did))
    assert journeys.where(f"never {a} > {b} within {window}ms").customers == len(mine) - len(did)
    assert journeys.where(f"not did {a} > {b} within {window}ms").customers == len(mine) - len(did)


@given(logs, st.sampled_from(["app", "web"]))
def test_a_dimension_chooses_events(log: list[Event], where: str) -> None:
    journeys = journeys_of(log, where="yes")
    if where not in journeys.scope.words["where"]:
        return
    kept = [(c, time, what) for c, time, what in log if ("app", "web", None)[(c + ord(what)) % 3] == where]
    chosen = journeys.where(f"where = {where}")
    assert told(chosen) == sorted(by_customer(kept).values())
    assert chosen.events + journeys.where(f"where != {where}").events == len(log)


@given(logs)
def test_days_choose_events_and_leave_times_as_they_are(log: list[Event]) -> None:
    journeys = journeys_of(log)
    kept = [event for event in log if 0 <= event[1] < 86_400_000]
    assert told(journeys.where("during 1970-01-01..1970-01-01")) == sorted(by_customer(kept).values())


@given(logs)
def test_and_or_and_brackets(log: list[Event]) -> None:
    journeys = journeys_of(log, where="yes")
    if set("ab") - set(journeys.touchpoints):
        return
    either = journeys.where("did a or did b").customers
    both = journeys.where("did a and did b").customers
    assert either + both == journeys.where("did a").customers + journeys.where("did b").customers
    mixed = journeys.where("(did a and never b) and touchpoint = a")
    assert all({what for _, what in journey} == {"a"} for journey in told(mixed))


def test_what_is_not_there_is_named_with_its_nearest() -> None:
    journeys = journeys_of([(1, 0, "a")], where="yes")
    with pytest.raises(Mistake, match="Nearest: where"):
        journeys.where("wher = app")
    with pytest.raises(Mistake, match="Could not read"):
        journeys.where("where = ")


@given(logs)
def test_segments_hold_everybody_once(log: list[Event]) -> None:
    journeys = journeys_of(log, where="yes")
    groups = journeys.by("where") if "where" in journeys.scope.words else {}
    if groups:
        assert sum(group.customers for group in groups.values()) == journeys.customers
        assert sum(group.events for group in groups.values()) == journeys.events
