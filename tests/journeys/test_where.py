"""Filters against the plain way: go through every customer and every event."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.core.errors import Mistake
from safarnama.core.grammar import Both, Compare, Did, During, Filter, Not, Reached, Step
from safarnama.journeys.journeys import Journeys
from tests.journeys.logs import LETTERS, Event, by_customer, journeys_of, logs
from tests.journeys.shaped import Mine, read, rich
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


SEEN = [(6, place * 7, what) for place, what in enumerate(LETTERS)]  # every touchpoint is there once
CITIES = ("Tehran", "Shiraz", None)
WITHIN = st.sampled_from([None, 5, 10_000, 5_000_000_000]).map(lambda ms: ms and timedelta(milliseconds=ms))
SOME = st.lists(st.sampled_from(LETTERS), min_size=1, max_size=2, unique=True).map(tuple)
DAYS = st.sampled_from([None, date(1969, 12, 31), date(1970, 1, 1), date(1970, 2, 27), date(1976, 5, 3)])
LEAVES: list[st.SearchStrategy[Filter]] = [
    st.builds(
        Compare, st.just("city"), st.sampled_from(["=", "!="]), st.sampled_from([("Tehran",), ("Tehran", "Shiraz")])
    ),
    st.builds(Compare, st.just("where"), st.sampled_from(["=", "!="]), st.sampled_from([("app",), ("app", "web")])),
    st.builds(Compare, st.just("touchpoint"), st.sampled_from(["=", "!="]), SOME),
    st.builds(Did, st.lists(st.builds(Step, SOME), min_size=1, max_size=2).map(tuple), WITHIN, st.booleans()),
    st.builds(Reached, SOME, WITHIN),
    st.builds(During, DAYS, DAYS),
]


def joined(parts: st.SearchStrategy[Filter]) -> st.SearchStrategy[Filter]:
    some = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.builds(Not, parts) | st.builds(Both, st.sampled_from(["and", "or"]), some)


def meets(condition: Filter, mine: Mine, at: int, city: str | None) -> bool:
    """Whether one event of a customer meets a condition; what is of the customer is the same at all events."""
    when, what, where, _ = mine[at]
    match condition:
        case Compare():
            seen = {"city": city, "where": where, "touchpoint": what}[condition.name]
            return (seen in condition.values) == (condition.sign == "=")
        case Did():
            window = condition.within and condition.within // timedelta(milliseconds=1)
            steps = [list(step.names) for step in condition.steps]
            reached = furthest([(each[0], each[1]) for each in mine], steps, window)
            return (reached == len(steps)) != condition.never
        case Reached():
            return any(
                name in condition.names
                and (not condition.within or each - mine[0][0] <= condition.within / timedelta(milliseconds=1))
                for each, name, _, _ in mine
            )
        case During():
            day = datetime.fromtimestamp(when // 1000, UTC).date()
            return (condition.start or date.min) <= day <= (condition.end or date.max)
        case Not():
            return not meets(condition.of, mine, at, city)
        case Both():
            return (all if condition.join == "and" else any)(meets(part, mine, at, city) for part in condition.parts)


def with_cities(journeys: Journeys) -> tuple[Journeys, dict[int, str | None]]:
    found, shards = {}, []
    for shard in journeys.shards:
        assert shard.attributes is not None
        cities = [CITIES[int(key) % 3] for key in shard.key]
        found |= dict(zip(shard.key.tolist(), cities, strict=True))
        table = shard.attributes.append_column("city", pa.array(cities, pa.string()))
        shards.append(replace(shard, attributes=table))
    scope = replace(journeys.scope, attributes=("name", "city"))
    return replace(journeys, shards=tuple(shards), scope=scope), found


@given(logs, st.recursive(st.one_of(LEAVES), joined, max_leaves=5), st.integers(1, 3))
def test_any_condition_is_what_going_through_everything_finds(log: list[Event], condition: Filter, parts: int) -> None:
    journeys, cities = with_cities(rich([*log, *SEEN, (9, 0, "b")], parts))
    wanted = [
        (key, [mine[at] for at in range(len(mine)) if meets(condition, mine, at, cities[key])])
        for key, mine in read(journeys)
    ]
    assert read(journeys.where(str(condition))) == [(key, mine) for key, mine in wanted if mine]


def test_reached_and_then_by_hand() -> None:
    journeys = journeys_of([(1, 0, "a"), (1, 5, "b"), (2, 0, "a"), (2, 9, "b"), (3, 0, "b"), (3, 1, "a"), (4, 0, "c")])
    assert journeys.where("reached b").customers == 3
    assert journeys.where("reached b within 5ms").customers == 2
    assert journeys.where("did a then b").customers == 2
    assert journeys.where("not reached a|b").customers == 1
    with pytest.raises(Mistake, match="Nearest: b"):
        journeys.where("reached B")
