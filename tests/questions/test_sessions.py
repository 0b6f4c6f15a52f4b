"""Sessions against cutting each customer's list by hand."""

from __future__ import annotations

import statistics
from collections import defaultdict
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core import registry
from safarnama.journeys.journeys import Journeys
from tests.journeys.logs import Event, by_customer, journeys_of, logs

CLASSES = [("1", 1), ("2", 2), ("3–5", 5), ("6–10", 10), ("11–20", 20), ("21+", 10**9)]


def asked(journeys: Journeys, **parameters: str) -> sn.Finding:
    return journeys.ask(registry.find("question", "sessions").of(parameters))


def cut(journey: list[tuple[int, str]], gap: int, midnight: bool) -> list[list[int]]:
    sessions: list[list[int]] = []
    for time, _ in journey:
        if sessions:
            before = sessions[-1][-1]
            day = [datetime.fromtimestamp(each / 1000, UTC).date() for each in (before, time)]
            if time - before <= gap and not (midnight and day[0] != day[1]):
                sessions[-1].append(time)
                continue
        sessions.append([time])
    return sessions


@given(logs, st.sampled_from([1, 20, 40_000, 10**8]), st.booleans())
def test_sessions_are_those_cut_by_hand(log: list[Event], gap: int, midnight: bool) -> None:
    lengths: dict[str, list[float]] = defaultdict(list)
    whose: dict[str, set[int]] = defaultdict(set)
    for customer, journey in by_customer(log).items():
        for session in cut(journey, gap, midnight):
            name = next(name for name, most in CLASSES if len(session) <= most)
            whose[name].add(customer)
            lengths[name].append((session[-1] - session[0]) / 1000)
    journeys = journeys_of(log)
    question = registry.find("question", "sessions").of({"gap": f"{gap}ms", "midnight": "yes" if midnight else "no"})
    finding = journeys.ask(question)
    assert {row["size"]: row["sessions"] for row in finding.rows()} == {n: len(lengths[n]) for n, _ in CLASSES}
    for number, row in enumerate(finding.rows(), 1):
        assert journeys.behind(question, number).customers == len(whose[row["size"]])
        mine = lengths[row["size"]]
        assert row["median_seconds"] == (pytest.approx(statistics.median(mine)) if mine else None)
    assert finding.n == sum(map(len, lengths.values()))


def test_a_pause_of_exactly_the_gap_stays_in_the_session() -> None:
    journeys = journeys_of([(1, 0, "a"), (1, 1_800_000, "b"), (1, 3_600_001, "a")])
    finding = asked(journeys)
    assert [row["sessions"] for row in finding.rows()] == [1, 1, 0, 0, 0, 0]
    assert finding.rows()[1]["median_seconds"] == 1800
