"""Options that few ask for, each against the obvious count."""

from __future__ import annotations

import itertools
import statistics
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core import registry
from safarnama.core.grammar import parse_steps
from tests.journeys.logs import LETTERS, Event, by_customer, journeys_of, logs
from tests.journeys.shaped import told
from tests.questions.test_funnel_orders import WHERE
from tests.questions.test_sessions import CLASSES, cut


def where_of(customer: int, what: str) -> str | None:
    return WHERE[(customer + ord(what)) % 3]


def one_a_moment(log: list[Event]) -> list[Event]:
    return [(*when, what) for when, what in {(customer, time): what for customer, time, what in log}.items()]


@given(logs, st.sampled_from(["a,b", "a,b,c", "a|b,c,d|e"]), st.sampled_from([None, 20, 100_000]))
def test_a_wait_is_from_the_last_time_at_the_step_before(log: list[Event], steps: str, window: int | None) -> None:
    log = [*one_a_moment(log), *((9, place, what) for place, what in enumerate(LETTERS))]
    names = [set(step.names) for step in parse_steps(steps)]
    waits: dict[int, list[int]] = defaultdict(list)
    whole: list[int] = []
    for journey in by_customer(log).values():
        # Every chain: its events, one a step.
        chains = [[[time] for time, what in journey if what in names[0]]]
        for step in names[1:]:
            chains.append(
                [
                    [*chain, time]
                    for chain in chains[-1]
                    for time, what in journey
                    if what in step and time > chain[-1] and (window is None or time - chain[0] <= window)
                ]
            )
        for step, ways in enumerate(chains[1:], 2):
            if ways:
                first = min(chain[-1] for chain in ways)
                waits[step].append(min(first - chain[-2] for chain in ways if chain[-1] == first))
                if step == len(names):
                    whole.append(min(first - chain[0] for chain in ways if chain[-1] == first))
    finding = journeys_of(log).ask(sn.Funnel(steps=steps, window=f"{window}ms" if window else None))
    for row in finding.rows():
        told = [row[name] for name in ("p10_seconds", "median_seconds", "p90_seconds")]
        mine = waits[row["step"]]
        expected = (np.percentile(mine, [10, 50, 90]) / 1000).tolist() if mine else [None] * 3
        assert told == (pytest.approx(expected) if mine else expected)
    took = next((caveat.arguments for caveat in finding.caveats if caveat.key == "took"), None)
    assert took == (
        {
            "median": pytest.approx(statistics.median(whole) / 1000),
            "long": pytest.approx(np.percentile(whole, 90) / 1000),
        }
        if whole
        else None
    )


@given(logs, st.sampled_from([1, 20, 40_000, 10**8]))
def test_sessions_without_medians_are_the_same_sessions(log: list[Event], gap: int) -> None:
    sizes: Counter[str] = Counter()
    events: Counter[str] = Counter()
    for journey in by_customer(log).values():
        for session in cut(journey, gap, False):
            name = next(name for name, most in CLASSES if len(session) <= most)
            sizes[name] += 1
            events[name] += len(session)
    asked = registry.find("question", "sessions").of({"gap": f"{gap}ms", "medians": "no"})
    for row in journeys_of(log).ask(asked).rows():
        assert row["sessions"] == sizes[row["size"]]
        assert row["share_of_events"] == (events[row["size"]] / len(log) if log else None)
        assert row["median_seconds"] is None


@given(logs, st.sampled_from(["where", "week", "month", "day"]))
def test_overview_by_anything_counts_events_and_each_customer_once(log: list[Event], per: str) -> None:
    def name(customer: int, time: int, what: str) -> str | None:
        if per == "where":
            return where_of(customer, what)
        day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=time)).date()
        if per == "week":
            day -= timedelta(days=day.weekday())
        return day.isoformat()[: 7 if per == "month" else 10]

    expected: dict[str | None, list[int]] = defaultdict(list)
    for customer, time, what in log:
        expected[name(customer, time, what)].append(customer)
    journeys = journeys_of(log, where="where")
    asked = sn.Overview(per=per)
    for number, row in enumerate(journeys.ask(asked).rows(), 1):
        mine = expected.pop(row["name"], [])
        assert (row["events"], row["customers"]) == (len(mine), len(set(mine)))
        if number < 4:
            assert journeys.behind(asked, number).customers == row["customers"]
    # What names no value is in no row.
    assert set(expected) <= {None}


@given(logs)
def test_channels_count_each_customer_once_for_each_touchpoint_and_for_all(log: list[Event]) -> None:
    expected: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    there: dict[str | None, set[int]] = defaultdict(set)
    for customer, _, what in log:
        channel = where_of(customer, what)
        for row in (what, None):
            there[row].add(customer)
            if channel is not None:
                expected[row, channel].append(customer)
    journeys = told(log)
    rows = journeys.ask(sn.Channels()).rows()
    assert {(row["touchpoint"], row["channel"]) for row in rows} == set(expected)
    for number, row in enumerate(rows, 1):
        mine = expected[row["touchpoint"], row["channel"]]
        assert (row["events"], row["customers"]) == (len(mine), len(set(mine)))
        assert row["share"] == len(set(mine)) / len(there[row["touchpoint"]])
        assert journeys.behind(sn.Channels(), number).customers == row["customers"]


@given(logs, st.sampled_from([None, "a|b", "c,d"]))
def test_scores_are_means_of_the_answers(log: list[Event], touchpoints: str | None) -> None:
    journeys = told(log)
    shard = journeys.shards[0]
    answers: dict[tuple[str, str], list[float]] = defaultdict(list)
    whose: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, score in zip(shard.numbers["score"].at.tolist(), shard.numbers["score"].value.tolist(), strict=True):
        name = journeys.touchpoints[journeys.scope.table[shard.code[at]]]
        if touchpoints is None or name in set(touchpoints):
            answers[name, ["nps", "stars"][at % 2]].append(score / 1000)
            whose[name, ["nps", "stars"][at % 2]].append(int(np.searchsorted(shard.offset, at, side="right")))
    if touchpoints and not set(touchpoints) - set("|,") <= set(journeys.touchpoints):
        return
    asked = sn.Scores(touchpoints=touchpoints)
    finding = journeys.ask(asked)
    for number, row in enumerate(finding.rows(), 1):
        mine = list(zip(*(each[row["touchpoint"], row["instrument"]] for each in (whose, answers)), strict=True))
        assert journeys.behind(asked, number).customers == len({who for who, _ in mine})
        if row["instrument"] == "nps":
            for part, low, high in (("promoters", 9, 10), ("passives", 7, 8), ("detractors", 0, 6)):
                people = {who for who, score in mine if low <= score <= high}
                assert journeys.behind(asked, number, part).customers == len(people)
    rows = {(row["touchpoint"], row["instrument"]): row for row in finding.rows()}
    assert rows.keys() == answers.keys()
    assert finding.n == sum(map(len, answers.values()))
    for key, row in rows.items():
        mine = answers[key]
        assert row["answers"] == len(mine)
        assert row["mean"] == pytest.approx(statistics.fmean(mine))
        assert row["feeling"] == pytest.approx(-2 + statistics.fmean(mine) * 0.4)
        if key[1] == "nps":
            promoters, detractors = sum(each >= 9 for each in mine), sum(each <= 6 for each in mine)
            assert (row["promoters"], row["detractors"]) == (promoters, detractors)
            assert row["passives"] == len(mine) - promoters - detractors
            assert row["nps"] == pytest.approx(100 * (promoters - detractors) / len(mine))
        else:
            assert row["nps"] is None


@given(logs, st.sampled_from(["a|b", "a,b", "f"]), st.sampled_from([None, 15, 50_000]))
def test_conversion_to_any_of_several_goals(log: list[Event], goal: str, window: int | None) -> None:
    log = [*log, *((9, place, what) for place, what in enumerate(LETTERS))]
    goals = set(goal) - set("|,")
    seen: Counter[str] = Counter()
    converted: Counter[str] = Counter()
    for journey in by_customer(log).values():
        end = next((place for place, (_, what) in enumerate(journey) if what in goals), None)
        first: dict[str, int] = {}
        for time, what in journey[:end]:
            first.setdefault(what, time)
        seen.update(first.keys())
        if end is not None:
            converted.update(name for name, time in first.items() if window is None or journey[end][0] - time <= window)
    rows = journeys_of(log).ask(sn.Conversion(goal=goal, window=f"{window}ms" if window else None)).rows()
    assert {row["touchpoint"]: (row["customers"], row["converted"]) for row in rows} == {
        name: (seen[name], converted[name]) for name in seen
    }


def states(journey: list[str], plan: list[str], failure: str) -> list[str]:
    """What became of each step of a plan of single, different touchpoints: the longest matching, of equals the one that comes
    last."""
    known = [place for place, what in enumerate(journey) if what in plan]
    best: tuple[int, ...] = ()
    for many in range(len(plan), 0, -1):
        ways = [
            places
            for places in itertools.combinations(known, many)
            if [what for what in plan if what in {journey[place] for place in places}]
            == [journey[place] for place in places]
        ]
        if ways:
            best = max(ways, key=lambda places: places[::-1])
            break
    matched = {journey[place]: place for place in best}
    found = []
    for step in plan:
        if step in matched:
            at = matched[step]
            following = next((place for place in known if place > at), len(journey))
            found.append("failed" if failure in journey[at + 1 : following] else "done")
        else:
            found.append("out_of_order" if step in journey else "missing")
    return found


@given(logs, st.permutations("abcd"), st.integers(1, 4))
def test_conformance_says_what_became_of_each_step(log: list[Event], letters: list[str], many: int) -> None:
    log = [*log, *((9, place, what) for place, what in enumerate(LETTERS))]
    plan = letters[:many]
    expected: Counter[tuple[int, str]] = Counter()
    only: Counter[tuple[int, str]] = Counter()
    repeated: Counter[int] = Counter()
    follow = 0
    for mine in by_customer(log).values():
        journey = [what for _, what in mine][:14]
        if not set(journey) & set(plan):
            continue
        found = states(journey, plan, "e")
        wrong = [(step, state) for step, state in enumerate(found, 1) if state != "done"]
        follow += not wrong
        expected.update(enumerate(found, 1))
        only.update(wrong if len(wrong) == 1 else [])
        for step, name in enumerate(plan, 1):
            beside = journey.count(name) - (found[step - 1] in ("done", "failed"))
            repeated[step] += beside > 0
    log = [
        (customer, time, what)
        for customer, mine in by_customer(log).items()
        for time, what in [(place, what) for place, (_, what) in enumerate(mine[:14])]
    ]
    asked = registry.find("question", "conformance").of({"plan": ",".join(plan), "failure": "e"})
    rows = journeys_of(log).ask(asked).rows()
    for row in rows:
        key = (row["step"], row["deviation"])
        if row["deviation"] in ("done", "failed", "out_of_order", "missing"):
            assert row["customers"] == expected[key]
            assert row["only"] == (None if row["deviation"] == "done" else only[key])
        elif row["deviation"] == "repeated":
            assert row["customers"] == repeated[row["step"]]
    named = {row["step"] for row in rows if row["deviation"] == "repeated"}
    assert named == {step for step, customers in repeated.items() if customers}
