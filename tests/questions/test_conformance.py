"""Conformance against every alignment there is, tried one by one."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.core import registry
from safarnama.core.errors import Mistake
from tests.journeys.logs import LETTERS, Event, by_customer, journeys_of, logs

plans = st.lists(
    st.tuples(st.lists(st.sampled_from("abcd"), min_size=1, max_size=2, unique=True), st.booleans()),
    min_size=1,
    max_size=5,
)


def least(journey: list[str], plan: list[tuple[list[str], bool]]) -> int:
    """The cost of the best alignment, by trying everything."""

    @cache
    def cost(i: int, j: int) -> int:
        if i == len(journey):
            return sum(not optional for _, optional in plan[j:])
        if j == len(plan):
            return len(journey) - i
        names, optional = plan[j]
        ways = [1 + cost(i + 1, j), (0 if optional else 1) + cost(i, j + 1)]
        if journey[i] in names:
            ways.append(cost(i + 1, j + 1))
        return min(ways)

    return cost(0, 0)


def written(plan: list[tuple[list[str], bool]]) -> str:
    return ",".join("|".join(names) + ("?" if optional else "") for names, optional in plan)


@given(logs, plans, st.booleans())
def test_the_alignment_is_the_cheapest_and_everybody_is_accounted_for(
    log: list[Event], plan: list[tuple[list[str], bool]], failing: bool
) -> None:
    log = [*log, *((9, place, what) for place, what in enumerate(LETTERS))]
    asked = registry.find("question", "conformance").of(
        {"plan": written(plan), **({"failure": "e"} if failing else {})}
    )
    journeys = journeys_of(log)
    finding = journeys.ask(asked)
    planned = {name for names, _ in plan for name in names}
    follows, departs = finding.rows()[:2]
    assert (follows["deviation"], departs["deviation"]) == ("follows", "departs")
    assert follows["customers"] + departs["customers"] == finding.n
    for number, row in enumerate((follows, departs), 1):
        people = journeys.behind(asked, number).people(most=100, question=asked)
        why = people["why"].to_pylist() if len(people) else []
        assert len(why) == row["customers"]
        assert all((each is None) == (number == 1) for each in why)
    inside = [
        [what for _, what in journey]
        for journey in by_customer(log).values()
        if planned & {what for _, what in journey}
    ]
    assert finding.n == len(inside)
    costs = sum(least(journey, plan) for journey in inside)
    needed = sum(not optional for _, optional in plan)
    fit = next(caveat for caveat in finding.caveats if caveat.key == "fitness").arguments
    assert fit["cost"] == pytest.approx(costs / len(inside))
    assert fit["fitness"] == pytest.approx(1 - costs / (sum(map(len, inside)) + needed * len(inside)))

    rows = finding.rows()
    for place, (_, optional) in enumerate(plan, 1):
        states = sum(row["customers"] for row in rows if row["step"] == place and row["deviation"] != "repeated")
        assert states <= len(inside) if optional else states == len(inside)
    met = Counter(name for journey in inside for name in set(journey) - planned)
    assert {
        row["touchpoint"]: row["customers"] for row in rows if row["deviation"] == "ad_hoc" and row["touchpoint"]
    } == met
    for number, row in enumerate(rows, 1):
        for column in ("customers", "only"):
            assert journeys.behind(asked, number, column).customers == (row[column] or 0)


@pytest.mark.parametrize(
    ("journey", "expected"),
    [
        ("abc", ["done", "done", "done"]),
        ("ac", ["done", "missing", "done"]),
        ("cab", ["done", "done", "out_of_order"]),
        ("abec", ["done", "failed", "done"]),
        ("abebc", ["done", "done", "done"]),
        ("abbc", ["done", "done", "done"]),
    ],
)
def test_what_became_of_each_step(journey: str, expected: list[str]) -> None:
    # Beside it one who does nothing of the plan, and one who follows it.
    log = [(1, place, what) for place, what in enumerate(journey)] + [(2, 0, "e")]
    log += [(3, place, what) for place, what in enumerate("abc")]
    finding = journeys_of(log).ask(registry.find("question", "conformance").of({"plan": "a,b,c", "failure": "e"}))
    found = [
        row["deviation"]
        for row in finding.rows()
        for _ in range(row["customers"] - (row["deviation"] == "done"))
        if row["step"] and row["deviation"] != "repeated"
    ]
    assert found == expected
    assert (finding.n, finding.caveats[1].arguments["n"]) == (2, 1)


@given(logs, st.integers(1, 4))
def test_shards_change_nothing(log: list[Event], parts: int) -> None:
    log = [*log, (9, 0, "a"), (9, 1, "b")]
    asked = registry.find("question", "conformance").of({"plan": "a,b"})
    journeys = journeys_of(log)
    split = [part for shard in journeys.shards for part in shard.split(parts)]
    assert journeys.with_shards(split).ask(asked).table == journeys.ask(asked).table


def test_a_plan_takes_no_step_that_must_not_come() -> None:
    with pytest.raises(Mistake, match="failure"):
        journeys_of([(1, 0, "a"), (1, 1, "b"), (1, 2, "c")]).ask(
            registry.find("question", "conformance").of({"plan": "a,!b,c"})
        )
