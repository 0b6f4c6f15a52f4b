"""The step matrix against lists cut by hand."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from safarnama.core import registry
from tests.journeys.logs import LETTERS, Event, by_customer, journeys_of, logs


@given(
    logs,
    st.integers(1, 9),
    st.one_of(st.none(), st.sampled_from(LETTERS)),
    st.integers(0, 3),
    st.booleans(),
    st.integers(1, 7),
)
def test_everybody_is_somewhere_at_every_step(
    log: list[Event], steps: int, anchor: str | None, before: int, collapse: bool, top: int
) -> None:
    log = [*log, *((9, place, what) for place, what in enumerate(LETTERS))]
    expected: Counter[tuple[int, str]] = Counter()
    everyone = 0
    for journey in by_customer(log).values():
        names = [what for _, what in journey]
        if collapse:
            names = [what for place, what in enumerate(names) if place == 0 or names[place - 1] != what]
        if anchor is not None and anchor not in names:
            continue
        everyone += 1
        zero = names.index(anchor) if anchor is not None else -1
        for step in range(-before if anchor is not None else 1, steps + 1):
            place = zero + step
            expected[step, "not_begun" if place < 0 else "ended" if place >= len(names) else names[place]] += 1
    asked = registry.find("question", "stepmatrix").of(
        {"steps": steps, "before": before, "collapse": collapse, "top": top, **({"anchor": anchor} if anchor else {})}
    )
    journeys = journeys_of(log)
    finding = journeys.ask(asked)
    assert finding.n == everyone
    found: Counter[tuple[int, str]] = Counter()
    named = {row["touchpoint"] for row in finding.rows()}
    for row in finding.rows():
        found[row["step"], row["touchpoint"] or row["state"]] += row["customers"]
    for (step, name), customers in list(expected.items()):
        if len(name) == 1 and name not in named:
            expected[step, "other"] += customers
            del expected[step, name]
    assert +found == +expected
    for number, row in enumerate(finding.rows(), 1):
        assert journeys.behind(asked, number).customers == row["customers"]
