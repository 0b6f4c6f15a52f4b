"""The path tree and the step Sankey against lists, and beside the questions that share their numbers."""

from __future__ import annotations

from collections import Counter, defaultdict

from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from tests.journeys.logs import Event, by_customer, journeys_of, logs


def _ways(log: list[Event], collapse: bool) -> list[list[str]]:
    found = []
    for mine in by_customer(log).values():
        names = [what for _, what in mine]
        if collapse:
            names = [what for place, what in enumerate(names) if place == 0 or names[place - 1] != what]
        found.append(names)
    return found


@given(logs, st.sampled_from([1, 3, 30]), st.booleans(), st.integers(1, 3))
def test_a_branch_is_everybody_who_began_so(log: list[Event], length: int, collapse: bool, top: int) -> None:
    log = [*log, (9, 0, "a")]
    ways = [way[:length] for way in _ways(log, collapse)]
    began = Counter(tuple(way[:depth]) for way in ways for depth in range(1, len(way) + 1))
    ended = Counter(map(tuple, ways))
    journeys = journeys_of(log)
    whole = journeys.ask(sn.Tree(length=length, collapse=collapse, top=1000)).rows()
    assert {tuple(row["path"].split(" > ")): (row["customers"], row["ended"]) for row in whole} == {
        path: (n, ended[path]) for path, n in began.items()
    }
    asked = sn.Tree(length=length, collapse=collapse, top=top)
    rows = journeys.ask(asked).rows()
    grown: Counter[str] = Counter()
    for number, row in enumerate(rows, 1):
        for column in asked.opens:
            assert journeys.behind(asked, number, column).customers == row[column]
        parent = row["path"] if row["state"] == "other" else row["path"].rpartition(" > ")[0]
        grown[parent] += row["customers"]
    for row in rows:
        if row["state"] == "at":
            assert row["customers"] == grown[row["path"]] + row["ended"]
    assert grown[""] == len(ways)


@given(logs, st.integers(2, 6), st.booleans(), st.integers(1, 6))
def test_a_sankey_counts_each_step_to_the_next(log: list[Event], steps: int, collapse: bool, top: int) -> None:
    log = [*log, (9, 0, "a")]
    expected: Counter[tuple[int, str, str | None]] = Counter()
    for way in _ways(log, collapse):
        for step, (one, other) in enumerate(zip(way, [*way[1:], None], strict=True), 1):
            if step < steps:
                expected[step, one, other] += 1
    journeys = journeys_of(log)
    whole = journeys.ask(sn.Sankey(steps=steps, collapse=collapse, top=100)).rows()
    assert {(row["step"], row["from"], row["to"]): row["customers"] for row in whole} == dict(expected)
    asked = sn.Sankey(steps=steps, collapse=collapse, top=top)
    finding = journeys.ask(asked)
    for number, row in enumerate(finding.rows(), 1):
        assert journeys.behind(asked, number).customers == row["customers"]
    # One way of counting: who leaves a step is who the step matrix finds there.
    leaving: defaultdict[tuple[int, str], int] = defaultdict(int)
    for row in whole:
        leaving[row["step"], row["from"]] += row["customers"]
    matrix = journeys.ask(sn.Stepmatrix(steps=steps, collapse=collapse, top=100)).rows()
    assert dict(leaving) == {
        (row["step"], row["touchpoint"]): row["customers"]
        for row in matrix
        if row["state"] == "at" and row["customers"] and row["step"] < steps
    }
