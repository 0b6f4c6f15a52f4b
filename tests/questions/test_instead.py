"""What customers do instead of the next step, against lists and beside the funnel."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core.grammar import parse_steps
from tests.journeys.logs import Event, by_customer, journeys_of, logs
from tests.questions.test_funnel import furthest


@given(logs, st.sampled_from(["a,b", "a|b,c,d", "a,b,a,c"]), st.sampled_from([None, 30, 100_000]), st.integers(1, 3))
def test_it_is_what_follows_the_last_time_at_the_furthest_step(
    log: list[Event], steps: str, window: int | None, top: int
) -> None:
    # One event a moment: what is in two steps is not tried in every order of an instant.
    log = [(*when, what) for when, what in {(customer, time): what for customer, time, what in log}.items()]
    log = [*log, *((9, place, what) for place, what in enumerate("abcdef"))]
    names = [list(step.names) for step in parse_steps(steps)]
    expected: Counter[tuple[int, str | None]] = Counter()
    for mine in by_customer(log).values():
        far = furthest(mine, names, window if window is not None else 1 << 60)
        if 0 < far < len(names):
            last = max(place for place, (_, what) in enumerate(mine) if what in names[far - 1])
            expected[far, mine[last + 1][1] if last + 1 < len(mine) else None] += 1
    journeys = journeys_of(log)
    given = {"steps": steps, "window": f"{window}ms" if window else None}
    whole = journeys.ask(sn.Instead(**given, top=100)).rows()
    assert {(row["step"], row["to"]): row["customers"] for row in whole} == dict(expected)
    # What is not shown is told as other, and every row opens to as many as it says.
    asked = sn.Instead(**given, top=top)
    finding = journeys.ask(asked)
    assert finding.n == sum(expected.values()) == sum(row["customers"] for row in finding.rows())
    for place, row in enumerate(finding.rows(), 1):
        assert journeys.behind(asked, place).customers == row["customers"]
    # One way of counting: those lost after a step are those the funnel calls left at the next.
    left = {row["step"] - 1: row["left"] for row in journeys.ask(sn.Funnel(**given)).rows() if row["step"] > 1}
    lost: Counter[int] = Counter()
    for row in whole:
        lost[row["step"]] += row["customers"]
    assert {step: n for step, n in left.items() if n} == dict(lost)
