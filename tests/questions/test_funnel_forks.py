"""Funnels that part into several ways, against every way walked apart."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core.errors import Mistake
from safarnama.core.forks import Fork, parse_ways
from safarnama.core.grammar import Step, say_steps
from tests.journeys.logs import LETTERS, Event, by_customer, journeys_of, logs
from tests.questions.test_funnel_marks import apart, furthest

Parts = tuple[Step | Fork, ...]

plain = st.builds(
    Step, st.lists(st.sampled_from(LETTERS), min_size=1, max_size=2, unique=True).map(tuple), optional=st.booleans()
)
inner = st.lists(plain, min_size=1, max_size=2).map(tuple)
fork = st.builds(Fork, st.lists(inner, min_size=2, max_size=3).map(tuple))
nested = st.builds(
    Fork, st.lists(st.lists(plain | fork, min_size=1, max_size=2).map(tuple), min_size=2, max_size=2).map(tuple)
)
steps = st.lists(plain | fork | nested, min_size=1, max_size=3).map(tuple)
windows = st.sampled_from([None, 10, 1_000, 10_000_000_000])


def ways(parts: Parts) -> list[list[list[tuple[int, Step]]]]:
    """Every way through, part by part, each step with its number in the order of writing."""
    number = 0

    def numbered(part: Step | Fork) -> list[list[tuple[int, Step]]]:
        nonlocal number
        if isinstance(part, Step):
            number += 1
            return [[(number, part)]]
        found = []
        for way in part.ways:
            through: list[list[tuple[int, Step]]] = [[]]
            for choice in [numbered(each) for each in way]:
                through = [[*before, *after] for before in through for after in choice]
            found += through
        return found

    found: list[list[list[tuple[int, Step]]]] = [[]]
    for choice in [numbered(part) for part in parts]:
        found = [[*before, after] for before in found for after in choice]
    return found


def came(journey: list[tuple[int, str]], parts: Parts, window: int | None) -> list[int]:
    """The numbers of the steps a customer came to on the way that took them furthest."""
    best: tuple[tuple[int, int], list[int]] = ((-1, -1), [])
    for way in ways(parts):
        flat = [each for part in way for each in part]
        reached = furthest(journey, [step for _, step in flat], window)
        whole, rest = 0, reached
        while whole < len(way) and rest >= len(way[whole]):
            rest -= len(way[whole])
            whole += 1
        if (whole, rest) > best[0]:
            best = ((whole, rest), [number for number, _ in flat[:reached]])
    return best[1]


@given(steps)
def test_forks_survive_their_string_form(parts: Parts) -> None:
    assert parse_ways(say_steps(parts)) == parts
    assert sn.Funnel(steps=say_steps(parts)).steps == parts
    assert sn.Funnel(steps=[str(part) for part in parts]).steps == parts


@settings(max_examples=60)
@given(logs, steps, windows)
def test_everybody_takes_the_way_that_brings_them_furthest(log: list[Event], parts: Parts, window: int | None) -> None:
    log = apart(log)
    people = [came(journey, parts, window) for journey in by_customer(log).values()]
    counts = Counter(number for reached in people for number in reached)
    journeys = journeys_of(log)
    asked = sn.Funnel(steps=parts, window=f"{window}ms" if window else None)
    finding = journeys.ask(asked)
    rows = finding.rows()
    assert [row["customers"] for row in rows] == [counts[row["step"]] for row in rows]
    assert finding.n == len(people)
    stopped = Counter(reached[-1] for reached in people if reached)
    ends = {flat[-1][0] for way in ways(parts) if (flat := [each for part in way for each in part])}
    # Who started stops at the end, or is left somewhere.
    left = sum(row["left"] or 0 for row in rows)
    assert left == sum(customers for number, customers in stopped.items() if number not in ends)
    for number, row in enumerate(rows, 1):
        assert journeys.behind(asked, number).customers == row["customers"]
        if row["left"] is not None:
            assert journeys.behind(asked, number, "left").customers == row["left"]
    assert finding.picture().svg("fa")
    split = journeys.with_shards([part for shard in journeys.shards for part in shard.split(3)])
    assert split.ask(asked).rows() == rows


def test_a_fork_counted_by_hand() -> None:
    tracks = ["abce", "abc", "ab", "ade", "abd", "a", "adbce", "e"]
    journeys = journeys_of([(who, at, what) for who, track in enumerate(tracks) for at, what in enumerate(track)])
    asked = sn.Funnel(steps="a,(b,c or d),e")
    finding = journeys.ask(asked)
    told = [(row["step"], row["branch"], row["touchpoint"], row["customers"], row["left"]) for row in finding.rows()]
    assert told == [
        (1, None, "a", 7, 0),
        (2, "2a", "b", 4, 1),
        (3, "2a", "c", 3, 1),
        (4, "2b", "d", 2, None),
        (5, None, "e", 3, 2),
    ]
    assert finding.say("en") == "43% of 7 customers get from a to e; most leave before e"
    people, after = asked.customers(journeys, 5, "left")
    assert (people.customers, after) == (2, ("c", "d"))
    assert "branch" not in journeys.ask(sn.Funnel(steps="a,b")).table.column_names


def test_a_funnel_may_begin_and_end_with_a_fork() -> None:
    journeys = journeys_of([(1, 0, "a"), (1, 1, "c"), (2, 0, "b"), (2, 1, "d"), (3, 0, "b"), (4, 0, "c")])
    finding = journeys.ask(sn.Funnel(steps="(a or b),(c or d)"))
    assert [(row["branch"], row["customers"], row["share"]) for row in finding.rows()] == [
        ("1a", 1, 1 / 3),
        ("1b", 2, 2 / 3),
        ("2a", 1, 1 / 3),
        ("2b", 1, 1 / 3),
    ]
    assert finding.say("en") == "67% of 3 customers get from a / b to c / d; most leave before c / d"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a,(b)", "Could not read"),
        ("a,(b or c", "Could not read"),
        ("a,(b or )", "Could not read"),
        ("a,(b or !c),d", "has no step of its own"),
        ("a,(b,!c or d)", "between two steps"),
        (",".join(["(a or b)"] * 7), "at most 64"),
        ("a,(b or z)", "Touchpoint z is not here"),
    ],
)
def test_forks_that_cannot_be_are_told(written: str, said: str) -> None:
    journeys = journeys_of([(1, place, what) for place, what in enumerate(LETTERS)])
    with pytest.raises(Mistake, match=said):
        journeys.ask(sn.Funnel(steps=written))


def test_only_a_funnel_parts() -> None:
    journeys = journeys_of([(1, place, what) for place, what in enumerate(LETTERS)])
    for asked in (lambda: sn.Instead(steps="a,(b or c)"), lambda: journeys.where("did a > (b or c)")):
        with pytest.raises(Mistake, match="Could not read"):
            asked()
    with pytest.raises(Mistake, match="brackets"):
        journeys.ask(sn.Funnel(steps="a,(b or c)", order="any"))
