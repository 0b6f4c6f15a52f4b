"""Comparisons: intervals and tests against published figures, chance kept in its place, and every question that can be compared."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import safarnama as sn
from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.intervals import corrected, newcombe, two_shares, wilson
from safarnama.journeys.journeys import Journeys
from tests.journeys.logs import Event, journeys_of


def two_groups(first: tuple[int, int], second: tuple[int, int]) -> Journeys:
    """Customers who first came by app or web: (all, those who went on)."""
    log: list[Event] = []
    customer = 0
    for what, (everyone, went) in (("c", first), ("a", second)):
        for place in range(everyone):
            # ``where`` is made of customer and touchpoint; the first event decides the segment.
            customer += 1
            while (customer + ord(what)) % 3 != (0 if what == "c" else 1):
                customer += 1
            log.append((customer, 0, what))
            if place < went:
                log.append((customer, 5, "e"))
    return journeys_of(log, where="where")


@pytest.mark.parametrize(
    ("first", "second", "interval"),
    # Newcombe 1998, table II, method 10, contrasts (a), (b), (d), (h).
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_the_interval_is_the_published_one(
    first: tuple[int, int], second: tuple[int, int], interval: tuple[float, float]
) -> None:
    a, b = ((hits / n, *wilson(hits, n)) for hits, n in (first, second))
    _, low, high = newcombe(b, a)
    assert (low, high) == pytest.approx(interval, abs=6e-5)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 40), st.integers(1, 40))
def test_the_test_is_the_chi_square_without_correction(a: int, b: int, n: int, m: int) -> None:
    a, b = min(a, n), min(b, m)
    table = [[a, n - a], [b, m - b]]
    if a + b in (0, n + m):
        assert two_shares(a, n, b, m) == 1
        return
    assert two_shares(a, n, b, m) == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue, abs=1e-9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_chances_are_corrected_as_others_do(chances: list[float]) -> None:
    assert corrected(chances) == pytest.approx(stats.false_discovery_control(chances).tolist())


@given(st.integers(1, 30), st.integers(1, 30), st.data())
def test_a_comparison_has_the_shares_of_both_and_their_n(n: int, m: int, data: st.DataObject) -> None:
    a, b = data.draw(st.integers(1, n)), data.draw(st.integers(0, m))
    journeys = two_groups((n, a), (m, b))
    asked = registry.find("question", "compare").of({"what": "funnel steps=a|c,e", "first": "did c", "second": "did a"})
    rows = journeys.ask(asked).rows()
    if a == n and b == m:
        assert rows == []
        return
    (row,) = rows
    assert (row["first"], row["second"]) == (a / n, b / m)
    assert row["chance"] == pytest.approx(two_shares(a, n, b, m))
    assert row["difference_low"] <= row["difference"] <= row["difference_high"]


def test_what_only_one_of_both_shows_is_compared_with_what_the_other_has() -> None:
    # Both take the same paths equally often, but the first row of the one is not the first of the other.
    log: list[Event] = []
    for customer in range(240):
        # Two groups by the last touchpoint, which no path of two steps shows.
        path = "ab" if customer % 3 == 0 else "bc" if customer % 3 == 1 else "ca"
        log += [(customer, place, what) for place, what in enumerate(path)]
        log.append((customer, 9, "e" if customer < 120 else "f"))
    log += [(1_000, 0, "a"), (1_000, 1, "b"), (1_000, 9, "e"), (1_001, 0, "b"), (1_001, 1, "c"), (1_001, 9, "f")]
    asked = registry.find("question", "compare").of(
        {"what": "paths length=2 top=1", "first": "did e", "second": "did f"}
    )
    rows = journeys_of(log).ask(asked).rows()
    assert len(rows) == 2
    assert all(abs(row["difference"]) < 0.02 and not row["clear"] for row in rows)


def test_who_has_none_of_a_row_counts_with_their_own_number() -> None:
    log: list[Event] = []
    for customer in range(206):
        path = ("ab" if customer % 20 == 0 else "bc") if customer < 200 else "bc"
        log += [(customer, place, what) for place, what in enumerate(path)]
        log.append((customer, 9, "e" if customer < 200 else "f"))
    asked = registry.find("question", "compare").of({"what": "paths length=2", "first": "did e", "second": "did f"})
    rows = {row["row"]: row for row in journeys_of(log).ask(asked).rows()}
    assert rows["a > b"]["chance"] == pytest.approx(two_shares(10, 200, 0, 6))
    assert not rows["a > b"]["clear"]


def test_segments_are_held_against_the_largest() -> None:
    journeys = two_groups((200, 160), (100, 30))
    asked = registry.find("question", "compare").of({"what": "funnel steps=a|c,e", "by": "where"})
    finding = journeys.ask(asked)
    (row,) = finding.rows()
    assert row["clear"]
    assert (row["first"], row["second"], finding.n) == (0.8, 0.3, 300)
    assert finding.headline.key == "clear"


def test_equal_groups_are_rarely_called_different() -> None:
    chance = np.random.default_rng(3)
    called = 0
    for _ in range(60):
        journeys = two_groups((150, int(chance.binomial(150, 0.4))), (150, int(chance.binomial(150, 0.4))))
        asked = registry.find("question", "compare").of({"what": "funnel steps=a|c,e", "by": "where"})
        called += journeys.ask(asked).rows()[0]["clear"]
    assert called <= 8


def test_other_numbers_are_compared_by_drawing_customers_again() -> None:
    chance = np.random.default_rng(5)
    log: list[Event] = []
    for customer in range(400):
        slow = customer % 2
        log += [
            (customer, 0, "a" if slow else "b"),
            (customer, int(chance.exponential(90_000 if slow else 30_000)), "e"),
        ]
    question = {"what": "funnel steps=a|b,e", "column": "median_seconds"}
    apart = registry.find("question", "compare").of({**question, "first": "did b", "second": "did a"})
    (row,) = journeys_of(log).ask(apart).rows()
    assert row["clear"] and not row["alike"]
    assert 0 < row["difference_low"] < 60 * np.log(2) < row["difference_high"]


@pytest.mark.parametrize("name", registry.names("question"))
def test_any_question_with_shares_can_be_compared(name: str) -> None:
    kind = registry.find("question", name)
    needed = {"steps": "a,e", "stages": "a,e", "goal": "e", "plan": "a,e"}
    required = {field: needed.get(field) for field, info in kind.model_fields.items() if info.is_required()}
    if None in required.values():
        return
    what = " ".join([name, *(f"{field}={value}" for field, value in required.items())])
    log = [
        (customer, place * 1_000, what)
        for customer in range(40)
        for place, what in enumerate("abe"[: 1 + customer % 3])
    ]
    asked = registry.find("question", "compare").of({"what": what, "first": "did b", "second": "did a"})
    try:
        finding = journeys_of(log).ask(asked)
    except Mistake as mistake:
        assert "--column" in mistake.say("en")
        return
    for row in finding.rows():
        if row["difference"] is not None:
            assert row["difference_low"] - 1e-9 <= row["difference"] <= row["difference_high"] + 1e-9
    assert finding.picture().svg("fa")


def test_what_cannot_be_compared_is_told() -> None:
    journeys = journeys_of([(1, 0, "a"), (1, 1, "b")])
    compare = registry.find("question", "compare")
    for asked, says in (
        ({"what": "overview"}, "--by"),
        ({"what": "overview by=channel", "first": "did a", "second": "did b"}, "stands alone"),
        ({"what": "overview", "first": "did a", "second": "did b", "column": "speed"}, "has no number"),
    ):
        with pytest.raises(Mistake, match=says):
            journeys.ask(compare.of(asked))
    with pytest.raises(Mistake, match="no question"):
        compare.of({"what": "funnel steps"})
    with pytest.raises(Mistake, match="Nearest: funnel"):
        compare.of({"what": "funel steps=a"})
    assert isinstance(compare.of({"what": "funnel steps=a,b"}).what, sn.Funnel)
