"""Loops against every journey looked through by hand."""

from __future__ import annotations

import statistics
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.drawing.charts import loops as chart
from tests.journeys.logs import Event, by_customer, journeys_of, logs
from tests.questions.test_shards import in_pieces

Loop = tuple[str, str, str | None]


@given(logs, st.sampled_from([None, 20, 60_000]), st.integers(1, 5))
def test_every_return_is_one_loop(log: list[Event], window: int | None, pieces: int) -> None:
    waits: dict[Loop, list[int]] = defaultdict(list)
    took: dict[Loop, set[int]] = defaultdict(set)
    people = by_customer(log)
    for customer, journey in people.items():
        for there, (time, what) in enumerate(journey):
            earlier = [place for place in range(there) if journey[place][1] == what]
            if not earlier or (window is not None and time - journey[earlier[-1]][0] > window):
                continue
            between = {name for _, name in journey[earlier[-1] + 1 : there]}
            loop = (
                ("repeats", what, None)
                if not between
                else ("ping_pong", what, between.pop())
                if len(between) == 1
                else ("rework", what, None)
            )
            waits[loop].append(time - journey[earlier[-1]][0])
            took[loop].add(customer)
    question = sn.Loops(window=f"{window}ms" if window else None)
    journeys = journeys_of(log)
    with pytest.MonkeyPatch.context() as patch:
        split = in_pieces(journeys, pieces, patch) if log else journeys
    finding = split.ask(question)
    assert finding.table.equals(journeys.ask(question).table)
    rows = {(row["kind"], row["touchpoint"], row["via"]): row for row in finding.rows()}
    assert rows.keys() == waits.keys()
    for loop, row in rows.items():
        assert row["customers"] == len(took[loop])
        assert row["share"] == len(took[loop]) / len(people)
        assert row["times"] == len(waits[loop])
        assert row["median_seconds"] == pytest.approx(statistics.median(waits[loop]) / 1000, rel=1e-12)
        assert row["total_seconds"] == sum(waits[loop]) / 1000
    for number, row in enumerate(finding.rows(), 1):
        assert split.behind(question, number).customers == row["customers"]
    if window is None:
        firsts = {(customer, what) for customer, _, what in log}
        assert sum(row["times"] for row in rows.values()) == len(log) - len(firsts)


def test_loops_of_one_journey_counted_by_hand() -> None:
    log = [(1, 1000 * place, what) for place, what in enumerate("aabbacda")] + [(2, 0, "a")]
    finding = journeys_of(log).ask(sn.Loops())
    found = {
        (row["kind"], row["touchpoint"], row["via"]): (row["customers"], row["times"], row["median_seconds"])
        for row in finding.rows()
    }
    assert found == {
        ("repeats", "a", None): (1, 1, 1),
        ("repeats", "b", None): (1, 1, 1),
        ("ping_pong", "a", "b"): (1, 1, 3),
        ("rework", "a", None): (1, 1, 3),
    }
    assert {row["share"] for row in finding.rows()} == {0.5}
    assert set(chart._KINDS) == {row["kind"] for row in finding.rows()}


def test_nobody_comes_back() -> None:
    finding = journeys_of([(1, 0, "a"), (1, 5, "b"), (2, 0, "a")]).ask(sn.Loops())
    assert not finding.rows()
    assert finding.say("en") == "None of 2 customers came back to a touchpoint"
    assert finding.picture().svg("fa")
