"""Reach against customers counted one by one."""

from __future__ import annotations

import statistics
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.journeys.percentiles import Percentiles, near, spread
from tests.journeys.logs import Event, by_customer, journeys_of, logs
from tests.questions.test_shards import in_pieces


@given(logs, st.integers(1, 5))
def test_reach_counts_customers_times_and_the_way_to_the_first_time(log: list[Event], pieces: int) -> None:
    times: dict[str, list[int]] = defaultdict(list)
    waits: dict[str, list[int]] = defaultdict(list)
    people = by_customer(log)
    for journey in people.values():
        names = [what for _, what in journey]
        for name in set(names):
            times[name].append(names.count(name))
            waits[name].append(journey[names.index(name)][0] - journey[0][0])
    journeys = journeys_of(log)
    with pytest.MonkeyPatch.context() as patch:
        split = in_pieces(journeys, pieces, patch) if log else journeys
    finding = split.ask(sn.Reach())
    assert finding.table.equals(journeys.ask(sn.Reach()).table)
    assert finding.n == len(people)
    rows = finding.rows()
    assert {row["touchpoint"] for row in rows} == set(times)
    for number, row in enumerate(rows, 1):
        name = row["touchpoint"]
        assert row["customers"] == len(times[name])
        assert row["share"] == len(times[name]) / len(people)
        assert row["mean_times"] == pytest.approx(statistics.fmean(times[name]))
        assert row["median_times"] == statistics.median(times[name])
        assert row["median_seconds"] == pytest.approx(statistics.median(waits[name]) / 1000, rel=1e-12)
        assert split.behind(sn.Reach(), number).customers == row["customers"]


def test_reach_of_a_few_customers_counted_by_hand() -> None:
    log = [(1, 0, "a"), (1, 4000, "b"), (1, 9000, "b"), (2, 0, "b"), (3, 0, "a"), (3, 8000, "b"), (4, 0, "a")]
    rows = {row["touchpoint"]: row for row in journeys_of(log).ask(sn.Reach()).rows()}
    assert list(rows) == ["a", "b"]
    b = rows["b"]
    assert (b["customers"], b["share"], b["median_times"], b["median_seconds"]) == (3, 0.75, 1, 4)
    assert b["mean_times"] == pytest.approx(4 / 3)
    assert rows["a"]["median_seconds"] == 0


@given(st.lists(st.lists(st.integers(0, 2**50), min_size=1, max_size=12), min_size=1, max_size=5))
def test_percentiles_in_two_passes_are_exact(lists: list[list[int]]) -> None:
    keys = np.array([7 * key for key, values in enumerate(lists) for _ in values], np.int64)
    values = np.array([value for values in lists for value in values], np.int64)
    percents = (0, 10, 25, 50, 75, 90, 100)
    found = Percentiles.of(spread(keys, values), percents)
    assert found.keys.tolist() == [7 * key for key in range(len(lists))]
    assert found.total.tolist() == [sum(values) for values in lists]
    # In one place or in two: the same.
    half = values.size // 2
    around = near(found.places, keys[:half], values[:half]) + near(found.places, keys[half:], values[half:])
    for mine, told in zip(lists, found.values(around), strict=True):
        assert told.tolist() == pytest.approx(np.percentile(mine, percents).tolist(), rel=1e-12)
        assert told[3] == pytest.approx(statistics.median(mine), rel=1e-15)
