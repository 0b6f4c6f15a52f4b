"""Flow, paths, drop-off, overview, conversion, progress and channels against counts made the plain way."""

from __future__ import annotations

import itertools
import statistics
from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from tests.journeys.logs import Event, by_customer, journeys_of, logs


@given(logs)
def test_flow_counts_and_times_what_follows_what(log: list[Event]) -> None:
    counts: Counter[tuple[str | None, str | None]] = Counter()
    waits: dict[tuple[str | None, str | None], list[float]] = defaultdict(list)
    for journey in by_customer(log).values():
        names = [None, *(what for _, what in journey), None]
        counts.update(itertools.pairwise(names))
        for (t1, a), (t2, b) in itertools.pairwise(journey):
            waits[a, b].append((t2 - t1) / 1000)
    rows = journeys_of(log).ask(sn.Flow()).rows()
    assert {(row["from"], row["to"]): row["count"] for row in rows} == dict(counts)
    for row in rows:
        mine = waits.get((row["from"], row["to"]))
        if mine is None:
            assert row["mean_seconds"] is None and row["median_seconds"] is None
        else:
            assert abs(row["mean_seconds"] - statistics.fmean(mine)) < 1e-6 * max(1, abs(row["mean_seconds"]))
            assert row["median_seconds"] == pytest.approx(statistics.median(mine), rel=1e-9)
            for name, percent in (("p10_seconds", 10), ("p90_seconds", 90)):
                assert row[name] == pytest.approx(float(np.percentile(mine, percent)), rel=1e-9)


@given(logs, st.integers(1, 30), st.booleans())
def test_paths_are_exactly_those_taken(log: list[Event], length: int, collapse: bool) -> None:
    taken: Counter[str] = Counter()
    for journey in by_customer(log).values():
        names = [what for _, what in journey]
        if collapse:
            names = [what for place, what in enumerate(names) if place == 0 or names[place - 1] != what]
        taken[" > ".join(names[:length])] += 1
    finding = journeys_of(log).ask(sn.Paths(length=length, collapse=collapse, top=100_000))
    assert {row["path"]: row["customers"] for row in finding.rows()} == dict(taken)
    few = journeys_of(log).ask(sn.Paths(length=length, collapse=collapse, top=2)).rows()
    # What is not shown is told as other: nobody is lost.
    assert sum(row["customers"] for row in few) == sum(taken.values())


@given(logs, st.sampled_from([1, 20, 100_000]))
def test_dropoff_knows_who_left_who_went_on_and_of_whom_nothing_is_known(log: list[Event], silence: int) -> None:
    end = max((time for _, time, _ in log), default=0)
    expected: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for journey in by_customer(log).values():
        for place, (time, what) in enumerate(journey):
            if place + 1 < len(journey):
                expected[what][1 if journey[place + 1][0] - time > silence else 0] += 1
            else:
                expected[what][1 if end - time > silence else 2] += 1
    rows = journeys_of(log).ask(sn.Dropoff(silence=f"{silence}ms")).rows()
    assert {row["touchpoint"]: [row["went_on"], row["left"], row["unknown"]] for row in rows} == dict(expected)


@given(logs)
def test_overview_counts_events_and_each_customer_once(log: list[Event]) -> None:
    events = Counter(what for _, _, what in log)
    customers = Counter(what for what, _ in {(what, customer) for customer, _, what in log})
    rows = journeys_of(log).ask(sn.Overview()).rows()
    assert {row["name"]: (row["events"], row["customers"]) for row in rows} == {
        name: (events[name], customers[name]) for name in events
    }


@given(logs)
def test_overview_by_day_holds_every_event_in_its_day(log: list[Event]) -> None:
    if not log:
        return
    days = Counter(time // 86_400_000 for _, time, _ in log)
    rows = [row for row in journeys_of(log).ask(sn.Overview(per="day")).rows() if row["events"]]
    assert sorted(row["events"] for row in rows) == sorted(days.values())
    assert sum(row["events"] for row in rows) == len(log)


@given(logs, st.sampled_from([None, 15, 50_000]))
def test_conversion_counts_each_customer_from_the_first_meeting_to_the_first_goal(
    log: list[Event], window: int | None
) -> None:
    if "a" not in {what for _, _, what in log}:
        return
    seen: Counter[str] = Counter()
    converted: Counter[str] = Counter()
    for journey in by_customer(log).values():
        first: dict[str, int] = {}
        for time, what in journey:
            if what == "a":
                for name, when in first.items():
                    converted[name] += window is None or time - when <= window
                break
            first.setdefault(what, time)
        seen.update(first.keys())
    finding = journeys_of(log).ask(sn.Conversion(goal="a", window=f"{window}ms" if window else None))
    assert {row["touchpoint"]: (row["customers"], row["converted"]) for row in finding.rows()} == {
        name: (seen[name], converted[name]) for name in seen
    }


@given(logs, st.booleans())
def test_progress_counts_the_furthest_stage(log: list[Event], with_goal: bool) -> None:
    stages = ["a|b", "c", "d|e|f"]
    if set("abcdef") - {what for _, _, what in log}:
        return
    place = {name: number for number, stage in enumerate(stages) for name in stage.split("|")}
    reached = []
    for journey in by_customer(log).values():
        furthest, done = 0, not with_goal
        for _, what in journey:
            if with_goal and what == "c":
                done, furthest = True, max(furthest, 1)
            if place[what] > furthest and (done or place[what] <= 1):
                furthest = place[what]
        reached.append(furthest)
    finding = journeys_of(log).ask(sn.Progress(stages=stages, goal="c" if with_goal else None))
    assert finding.table["customers"].to_pylist() == [sum(r >= stage for r in reached) for stage in range(3)]


def test_channels_say_where_each_touchpoint_happens() -> None:
    import pyarrow as pa

    from safarnama.journeys.journeys import Journeys

    table = pa.table(
        {
            "who": [1, 1, 2, 2],
            "when": [1, 2, 3, 4],
            "what": ["view", "buy", "view", "view"],
            "channel": ["web", "app", "app", "app"],
        }
    )
    journeys = Journeys.from_table(table, customer="who", touchpoint="what", time="when", dimensions=["channel"])
    rows = {(row["touchpoint"], row["channel"]): row for row in journeys.ask(sn.Channels()).rows()}
    assert (rows["view", "app"]["events"], rows["view", "app"]["customers"]) == (2, 1)
    assert rows[None, "app"]["customers"] == 2 and rows[None, "app"]["share"] == 1.0


@given(logs)
def test_questions_that_share_a_number_agree(log: list[Event]) -> None:
    journeys = journeys_of(log)
    overview = {row["name"]: row for row in journeys.ask(sn.Overview()).rows()}
    starts = Counter()
    leaving: Counter[str] = Counter()
    for row in journeys.ask(sn.Flow(medians=False)).rows():
        if row["from"] is not None:
            leaving[row["from"]] += row["count"]
        else:
            starts[row["to"]] += row["count"]
    dropoff = {row["touchpoint"]: row["visits"] for row in journeys.ask(sn.Dropoff()).rows()}
    for name, row in overview.items():
        assert row["events"] == leaving[name] == dropoff[name]
        assert row["customers"] == journeys.ask(sn.Funnel(steps=[name])).table["customers"][0].as_py()
    first_steps = {row["path"]: row["customers"] for row in journeys.ask(sn.Paths(length=1, top=1000)).rows()}
    assert first_steps == dict(starts)


@given(logs)
def test_a_breakdown_says_of_each_segment_what_asking_it_alone_says(log: list[Event]) -> None:
    journeys = journeys_of(log, where="channel")
    for question in (sn.Flow, sn.Paths, sn.Dropoff):
        apart: dict[str, list[dict]] = defaultdict(list)
        for row in journeys.ask(question(by="where")).rows():
            apart[row.pop("segment")].append(row)
        for name, segment in journeys.by("where").items():
            assert apart[name] == segment.ask(question()).rows()
