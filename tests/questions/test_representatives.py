"""Representative journeys against lists by hand, distances against another's, and planted journeys that must be found."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.core import registry
from safarnama.journeys.variants import distances
from tests.journeys.logs import Event, by_customer, journeys_of, logs


def edits(a: tuple[int, ...], b: tuple[int, ...]) -> int:
    """Levenshtein's distance, as it is defined."""
    if not a or not b:
        return len(a) + len(b)
    return min(edits(a[1:], b) + 1, edits(a, b[1:]) + 1, edits(a[1:], b[1:]) + (a[0] != b[0]))


@given(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=5), min_size=1, max_size=5))
def test_distances_are_levenshteins(rows: list[list[int]]) -> None:
    filled = np.array([[*row, *([-1] * (5 - len(row)))] for row in rows], np.int64)
    found = distances(filled, filled)
    for a, first in enumerate(rows):
        for b, second in enumerate(rows):
            wanted = edits(tuple(first), tuple(second)) / max(len(first), len(second))
            assert found[a, b] == pytest.approx(wanted)


def collapsed(journey: list[tuple[int, str]], length: int) -> str:
    names = [what for _, what in journey]
    return "".join(what for place, what in enumerate(names) if place == 0 or names[place - 1] != what)[:length]


@given(logs, st.integers(2, 6), st.integers(1, 4), st.sampled_from([0.0, 0.4, 1.0]), st.sampled_from([2, 1_500]))
def test_everybody_belongs_to_one_and_each_is_a_real_journey(
    log: list[Event], length: int, k: int, radius: float, candidates: int
) -> None:
    log = [*log, (9, 0, "a"), (9, 1, "b")]
    variants = Counter(collapsed(journey, length) for journey in by_customer(log).values())
    asked = registry.find("question", "representatives").of({"length": length, "k": k, "radius": radius})
    journeys = journeys_of(log)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("safarnama.questions.representatives._MOST", candidates)
        finding = journeys.ask(asked)
        opened = {
            (number, column): journeys.behind(asked, number, column).customers
            for number in range(1, len(finding.rows()) + 1)
            for column in asked.opens
        }
        split = journeys.with_shards([part for shard in journeys.shards for part in shard.split(3)])
        assert split.ask(asked).rows() == finding.rows()
    rows = finding.rows()
    assert sum(row["customers"] for row in rows) == finding.n == sum(variants.values())
    assert 1 <= len(rows) <= k
    standing = sorted(row["path"].replace(" > ", "") for row in rows)

    def unlike(one: str, other: str) -> float:
        return edits(tuple(map(ord, one)), tuple(map(ord, other))) / max(len(one), len(other))

    # Of equally near ones the first by its touchpoints.
    nearest = {variant: min(standing, key=lambda each: (unlike(variant, each), each)) for variant in variants}
    for number, row in enumerate(rows, 1):
        mine = row["path"].replace(" > ", "")
        assert row["exactly"] == variants[mine] > 0
        assert row["customers"] == sum(many for variant, many in variants.items() if nearest[variant] == mine)
        for column in asked.opens:
            assert opened[number, column] == row[column]
    fit = finding.headline.arguments
    far = {variant: unlike(variant, nearest[variant]) for variant in variants}
    mean = sum(far[variant] * many for variant, many in variants.items()) / finding.n
    assert fit["fitness"] == pytest.approx(1 - mean)
    covered = sum(many for variant, many in variants.items() if far[variant] <= radius + 1e-12)
    assert fit["coverage"] == pytest.approx(covered / finding.n)
    # The first that is chosen covers as many as any journey could.
    if k == 1 and candidates > 2:
        assert covered == max(
            sum(many for variant, many in variants.items() if unlike(variant, other) <= radius + 1e-12)
            for other in variants
        )


def test_names_with_signs_are_names() -> None:
    odd = ["a > b", "pay, online", "other", "(direct)"]
    log = [(who, at, name) for who in range(4) for at, name in enumerate(odd[: 2 + who % 3])]
    journeys = journeys_of(log)
    for name, options in (
        ("representatives", {"radius": 0}),
        ("sequences", {"support": 0.1}),
        ("paths", {}),
        ("tree", {}),
    ):
        asked = registry.find("question", name).of(options)
        finding = journeys.ask(asked)
        for number, row in enumerate(finding.rows(), 1):
            assert journeys.behind(asked, number, "customers").customers == row["customers"], (name, row)
            asked.customers(journeys, number)
        for language in ("en", "fa"):
            assert finding.picture().svg(language)


def test_planted_journeys_are_found() -> None:
    chance = np.random.default_rng(1)
    planted = ["abcdef", "fedcba", "acacac"]
    log: list[Event] = []
    for customer in range(300):
        names = list(planted[customer % 3])
        if chance.random() < 0.5:
            names[int(chance.integers(6))] = "abcdef"[int(chance.integers(6))]
        log += [(customer, place, what) for place, what in enumerate(names)]
    finding = journeys_of(log).ask(registry.find("question", "representatives").of({"coverage": 0.95}))
    assert {row["path"].replace(" > ", "") for row in finding.rows()} == set(planted)
    assert finding.headline.arguments["coverage"] >= 0.95
