"""Sessions and episodes against lists parted by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.journeys.journeys import Journeys
from tests.journeys.logs import Event, journeys_of, logs
from tests.journeys.shaped import Mine, Told, read, rich, same_arrays

GAPS = st.sampled_from([1, 20, 5_000, 100_000, 5_000_000_000, 195_000_000_000])


def parted(mine: Mine, begins: Callable[[Told, Told], bool]) -> list[Mine]:
    """A journey parted between two events where ``begins`` says so."""
    parts: list[Mine] = []
    for place, event in enumerate(mine):
        if place == 0 or begins(mine[place - 1], event):
            parts.append([])
        parts[-1].append(event)
    return parts


def _holds(journeys: Journeys, shape: str, begins: Callable[[Told, Told], bool]) -> None:
    by_hand = [(key, part) for key, mine in read(journeys) for part in parted(mine, begins)]
    made = journeys.shape(shape)
    assert read(made) == by_hand
    assert made.customers == len(by_hand)
    assert made.events == journeys.events


@given(logs, GAPS, st.integers(1, 3))
def test_a_longer_pause_begins_a_session_or_an_episode(log: list[Event], gap: int, parts: int) -> None:
    journeys = rich(log, parts)
    _holds(journeys, f"sessions {gap}ms", lambda past, now: now[0] - past[0] > gap)
    _holds(journeys, f"episodes {gap}ms", lambda past, now: now[0] - past[0] > gap)


@given(logs, st.integers(1, 3))
def test_a_new_day_begins_a_session(log: list[Event], parts: int) -> None:
    journeys = rich(log, parts)

    def day(event: Told) -> str:
        return datetime.fromtimestamp(event[0] / 1000, UTC).date().isoformat()

    _holds(
        journeys, "sessions 400d midnight", lambda past, now: day(past) != day(now) or now[0] - past[0] > 34_560_000_000
    )
    _holds(journeys, "episodes by day", lambda past, now: day(past) != day(now))
    _holds(journeys, "episodes by month", lambda past, now: day(past)[:7] != day(now)[:7])


@given(logs, st.sampled_from(["a", "b|d"]), st.integers(1, 3))
def test_a_goal_closes_or_opens_an_episode(log: list[Event], goal: str, parts: int) -> None:
    journeys = rich([*log, (6, 0, "a"), (6, 1, "b"), (6, 2, "d")], parts)
    names = goal.split("|")
    _holds(journeys, f"episodes until {goal}", lambda past, now: past[1] in names)
    _holds(journeys, f"episodes from {goal}", lambda past, now: now[1] in names)


@given(logs)
def test_another_campaign_begins_a_session(log: list[Event]) -> None:
    journeys = rich(log)
    by_hand = []
    for key, mine in read(journeys):
        seen = None
        parts: list[Mine] = []
        for event in mine:
            if not parts or (event[2] is not None and event[2] != seen):
                parts.append([])
            seen = event[2] or seen
            parts[-1].append(event)
        by_hand += [(key, part) for part in parts]
    assert read(journeys.sessions("9999d", change="where")) == by_hand


@given(logs, st.sampled_from(["where never c", "where where = app"]), GAPS)
def test_who_did_not_count_does_not_count_in_parts(log: list[Event], before: str, gap: int) -> None:
    journeys = rich([*log, (6, 0, "c"), (6, 9, "a")], 2).shape(before)
    _holds(journeys, f"sessions {gap}ms", lambda past, now: now[0] - past[0] > gap)


@given(logs, GAPS)
def test_the_question_sessions_counts_the_same(log: list[Event], gap: int) -> None:
    journeys = rich(log)
    counted = journeys.ask(sn.Sessions(gap=f"{gap}ms"))
    assert counted.n == journeys.sessions(f"{gap}ms").customers


def test_an_answer_says_what_it_counts() -> None:
    day = 86_400_000
    journeys = journeys_of([(1, 0, "view"), (1, 5, "buy"), (1, 40 * day, "view"), (2, 0, "view"), (2, 9, "buy")])
    funnel = journeys.episodes("30d").ask(sn.Funnel(steps="view,buy"))
    assert (funnel.n, funnel.n_unit) == (3, "episodes")
    assert "episodes" in funnel.say("en")
    assert "دوره" in funnel.say("fa")
    assert any(said.startswith("Each episode counts") for said in funnel.say_caveats("en"))
    assert "customers" in journeys.ask(sn.Funnel(steps="view,buy")).say("en")
    again = type(funnel).load(funnel.dump())
    assert again.say("en") == funnel.say("en")


def test_a_whole_journey_is_not_copied() -> None:
    journeys = journeys_of([(1, 0, "a"), (1, 5, "b"), (2, 0, "c")])
    assert same_arrays(journeys.episodes("1d").shards[0], journeys.shards[0])


def test_months_are_of_the_workspaces_calendar() -> None:
    noruz = int(datetime(2026, 3, 21, 12, tzinfo=UTC).timestamp() * 1000)
    journeys = journeys_of([(1, noruz - 86_400_000 * 2, "a"), (1, noruz, "b"), (1, noruz + 86_400_000 * 15, "c")])
    jalali = replace(journeys, scope=replace(journeys.scope, calendar="jalali"))
    assert [np.diff(j.episodes(by="month").shards[0].offset).tolist() for j in (journeys, jalali)] == [[3, 2], [2, 3]]


def test_what_cannot_be_parted_is_said() -> None:
    journeys = journeys_of([(1, 0, "purchase")], where="yes")
    with pytest.raises(sn.Mistake, match="Nearest: where"):
        journeys.sessions(change="wher")
    with pytest.raises(sn.Mistake, match="Nearest: purchase"):
        journeys.episodes(until="purchas")
    with pytest.raises(sn.Mistake, match="exactly one"):
        journeys.episodes()
    with pytest.raises(sn.Mistake, match="exactly one"):
        journeys.episodes("3d", by="month")
    with pytest.raises(sn.Mistake, match="Period"):
        journeys.episodes(by="year")
