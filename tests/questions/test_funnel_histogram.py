"""How long a funnel took, in spans: against every customer asked alone, and against a walk by hand."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core.errors import Mistake
from tests.journeys.logs import LETTERS, Event, by_customer, journeys_of

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
# Times that lie on the ends of spans, just beside them, and anywhere.
times = st.sampled_from(
    [end + more for end in (0, 10_000, MINUTE, 5 * MINUTE, HOUR, DAY, 7 * DAY, 400 * DAY) for more in (-1, 0, 1)]
) | st.integers(0, 40 * DAY)
logs = st.lists(st.tuples(st.integers(0, 8), times, st.sampled_from("abcd")), max_size=60)
NOBODY = journeys_of([(99, 0, "a")]).shards[0].key[0]
ENDS = {10: "10s", 60: "1min", 300: "5min", 900: "15min", 3600: "1h", 21600: "6h", 86400: "1d", 259200: "3d", 604800: "1w",
        2592000: "30d", 7776000: "90d", 31536000: "365d"}  # fmt: skip
ASKED = [
    {"steps": "a,b"},
    {"steps": "a,b|d,c"},
    {"steps": "a,b,c", "window": "3d"},
    {"steps": "a,b,c", "order": "strict"},
    {"steps": "a,b,c", "order": "any"},
    {"steps": "a,(b or c,d),a"},
    {"steps": "a,b", "hold": "where"},
]


def span(seconds: float) -> int | None:
    """The end of the span that a time lies in."""
    for end in ENDS:
        if seconds <= end:
            return end
    return None


@given(logs, st.sampled_from(ASKED))
def test_spans_count_what_every_customer_alone_took(log: list[Event], asked: dict[str, str]) -> None:
    log = [*log, *((9, place, what) for place, what in enumerate(LETTERS))]
    expected: dict[int | None, Counter[int | None]] = {}
    for customer in {customer for customer, _, _ in log}:
        # Somebody else has all the touchpoints, so that the steps are known, and is left out.
        alone = [event for event in log if event[0] == customer]
        journeys = journeys_of([*alone, *((99, 0, what) for what in LETTERS)], dimensions="where")
        mine = journeys.reshaped(lambda shard: shard.only(shard.key != NOBODY))
        finding = mine.ask(sn.Funnel(**asked))
        for row in finding.rows():
            if row["median_seconds"] is not None:
                expected.setdefault(row["step"], Counter())[span(row["median_seconds"])] += 1
        took = [caveat.arguments["median"] for caveat in finding.caveats if caveat.key == "took"]
        for seconds in took:
            expected.setdefault(None, Counter())[span(seconds)] += 1
    journeys = journeys_of(log, dimensions="where")
    funnel = sn.Funnel(**asked)
    histogram = funnel.model_copy(update={"histogram": True, "medians": False})
    found: dict[int | None, Counter[int | None]] = {}
    for number, row in enumerate(journeys.ask(histogram).rows(), 1):
        if row["customers"]:
            found.setdefault(row["step"], Counter())[row["within_seconds"]] += row["customers"]
        assert journeys.behind(histogram, number).customers == row["customers"]
    assert found == expected
    # All who came to a step are in its spans, and those at the end in the spans of the whole way.
    came = {row["step"]: row["customers"] for row in journeys.ask(funnel).rows()}
    for step, spans in found.items():
        if step is not None:
            assert spans.total() == came[step]


@given(logs, st.sampled_from([None, HOUR]))
def test_spans_of_two_steps_are_those_of_a_walk_by_hand(log: list[Event], window: int | None) -> None:
    log = sorted({(customer, time): (customer, time, what) for customer, time, what in log}.values())
    log = [*log, (9, 0, "a"), (9, 1, "b")]
    expected: Counter[int | None] = Counter()
    for mine in by_customer(log).values():
        last = None
        for time, what in mine:
            if what == "b" and last is not None and (window is None or time - last <= window):
                expected[span((time - last) / 1000)] += 1
                break
            last = time if what == "a" else last
    asked = sn.Funnel(steps="a,b", histogram=True, window=f"{window}ms" if window else None)
    rows = journeys_of(log).ask(asked).rows()
    for kind in ("whole", "step"):
        found = {row["within_seconds"]: row["customers"] for row in rows if row["kind"] == kind and row["customers"]}
        assert found == expected
        shares = [row["share"] for row in rows if row["kind"] == kind]
        assert sum(shares) == pytest.approx(1)
        assert all(row["low"] <= row["share"] <= row["high"] for row in rows)


def test_a_histogram_says_the_fullest_span_and_is_drawn() -> None:
    log = [
        (who, time, what)
        for who in range(40)
        for time, what in ((0, "a"), (30_000 * (1 + who % 4), "b"), (2 * HOUR, "c"))
    ]
    finding = journeys_of(log).ask(sn.Funnel(steps="a,b,c", histogram=True))
    assert finding.say("en") == "Of 40 customers who get from a to c, 100% take more than 60 min and at most 6 h"
    first = [
        (row["over_seconds"], row["within_seconds"], row["customers"]) for row in finding.rows() if row["step"] == 2
    ]
    assert first == [(10, 60, 20), (60, 300, 20)]
    for language in ("en", "fa"):
        assert finding.picture().svg(language)
    quick = journeys_of([(1, 0, "a"), (1, 10_000, "b")]).ask(sn.Funnel(steps="a,b", histogram=True))
    assert quick.say("en").endswith("100% take 10 s at most")
    slow = journeys_of([(1, 0, "a"), (1, 366 * DAY, "b")]).ask(sn.Funnel(steps="a,b", histogram=True))
    assert slow.say("en").endswith("100% take more than 12 months")
    nobody = journeys_of([(1, 0, "b"), (1, 10_000, "a")]).ask(sn.Funnel(steps="a,b", histogram=True))
    assert nobody.rows() == [] and nobody.picture().svg("fa")


def test_a_way_that_nobody_went_to_its_end_is_drawn() -> None:
    log = [(1, 0, "a"), (1, 1_000, "b"), (1, 2 * DAY, "c"), (2, 0, "d")]
    for order in ("ordered", "any"):
        finding = journeys_of(log).ask(sn.Funnel(steps="a,b,c,d", histogram=True, order=order))
        assert {row["step"] for row in finding.rows()} == {2, 3}
        drawn = finding.picture().svg("en")
        # The scale leaves none of the spans between them out.
        assert all(f">{end}<" in drawn for end in ("10 s", "60 min", "24 h", "3 days"))
        assert ("3 of 4 steps" in drawn) == (order == "any")


def test_who_left_is_not_in_a_histogram() -> None:
    journeys = journeys_of([(1, 0, "a"), (1, 10_000, "b")])
    with pytest.raises(Mistake, match="customers"):
        journeys.behind(sn.Funnel(steps="a,b", histogram=True), 1, "left")
