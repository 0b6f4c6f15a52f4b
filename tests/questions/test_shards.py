"""The same answer for any number of shards and threads, and partials that add up in any order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safarnama.core import registry
from safarnama.journeys import local
from safarnama.journeys.journeys import Journeys
from safarnama.journeys.partial import Keyed, Partial, total
from safarnama.journeys.shaping.keep import keep
from tests.journeys.logs import LETTERS, Event, logs
from tests.journeys.shaped import told

QUESTIONS = [
    ("channels", {}),
    ("compare", {"what": "funnel steps=a,b", "by": "where"}),
    ("compare", {"what": "flow medians=no", "first": "did a", "second": "did b"}),
    ("compare", {"what": "funnel steps=a,b", "column": "median_seconds", "first": "did a", "second": "did b"}),
    ("compare", {"what": "times", "column": "median_seconds", "first": "did a", "second": "did b"}),
    ("conformance", {"plan": "a,b?,c", "failure": "d"}),
    ("conversion", {"goal": "a"}),
    ("conversion", {"goal": "a|c", "window": "1s"}),
    ("dropoff", {}),
    ("dropoff", {"silence": "1s", "by": "where"}),
    ("flow", {}),
    ("flow", {"medians": "no", "shape": "collapse loops"}),
    ("friction", {}),
    ("funnel", {"steps": "a,b,c", "window": "1s"}),
    ("funnel", {"steps": "a,!d,b?,c"}),
    ("funnel", {"steps": "a,b,c", "order": "strict"}),
    ("funnel", {"steps": "a,b,c", "order": "any", "window": "1min"}),
    ("funnel", {"steps": "a,b", "hold": "where"}),
    ("funnel", {"steps": "a,b,c", "histogram": "yes"}),
    ("handovers", {"within": "1min", "goal": "c"}),
    ("instead", {"steps": "a,b,c", "window": "1s"}),
    ("lifecycle", {"period": "month", "active": "a"}),
    ("loops", {}),
    ("loops", {"window": "1s"}),
    ("overview", {}),
    ("overview", {"per": "where"}),
    ("overview", {"per": "week"}),
    ("paths", {"length": "4"}),
    ("paths", {"length": "30"}),
    ("progress", {"stages": "a,b,c", "goal": "b"}),
    ("quality", {}),
    ("reach", {}),
    ("representatives", {"length": "4", "goal": "c"}),
    ("retention", {"period": "month"}),
    ("retention", {"period": "day", "rolling": "yes", "start": "a", "periods": "3"}),
    ("roles", {"stages": "a|b,c"}),
    ("sankey", {"steps": "4", "top": "3"}),
    ("scores", {}),
    ("scores", {"back": "yes", "touchpoints": "a|b"}),
    ("sequences", {"support": "0.3", "length": "3", "gap": "1min", "goal": "c"}),
    ("sessions", {"gap": "1s"}),
    ("sessions", {"gap": "1s", "medians": "no"}),
    ("sessions", {"gap": "1min", "midnight": "yes"}),
    ("stepmatrix", {"steps": "4", "top": "3"}),
    ("stepmatrix", {"steps": "3", "anchor": "b", "before": "2", "collapse": "yes"}),
    ("times", {}),
    ("times", {"stages": "a|b,c", "pause": "1s"}),
    ("tree", {"length": "3", "top": "2"}),
    ("trend", {"per": "week", "steps": "a|b"}),
    ("trend", {"per": "month", "steps": "a,b", "window": "1min"}),
]
_LOOKS_TWICE = "friction"  # which has nothing to count in one look


def test_no_question_is_left_out() -> None:
    assert {name for name, _ in QUESTIONS} == set(registry.names("question"))


def in_pieces(journeys: Journeys, pieces: int, *_: object) -> Journeys:
    """The same journeys in several shards, each with arrays of its own."""
    parts = [keep(part, np.ones(part.code.size, bool)) for shard in journeys.shards for part in shard.split(pieces)]
    return journeys.with_shards(parts)


@pytest.mark.parametrize(("name", "parameters"), [each for each in QUESTIONS if each[0] != "compare"])
@settings(max_examples=20)
@given(log=logs, pieces=st.integers(2, 6))
def test_shards_and_threads_change_nothing(
    name: str, parameters: dict[str, str], log: list[Event], pieces: int
) -> None:
    unchanged(name, parameters, log, pieces)


@pytest.mark.parametrize(("name", "parameters"), [each for each in QUESTIONS if each[0] == "compare"])
@settings(max_examples=5)  # each draws customers anew hundreds of times
@given(log=logs, pieces=st.integers(2, 6))
def test_nor_do_they_change_a_comparison(name: str, parameters: dict[str, str], log: list[Event], pieces: int) -> None:
    unchanged(name, parameters, log, pieces)


def unchanged(name: str, parameters: dict[str, str], log: list[Event], pieces: int) -> None:
    journeys = told([*log, *((9, place, what) for place, what in enumerate(LETTERS))])
    question = registry.find("question", name).of(parameters)
    with pytest.MonkeyPatch.context() as patch:
        split = in_pieces(journeys, pieces)
        patch.setattr("safarnama.journeys.local._WORTH_SPLITTING", 2)
        threaded = replace(split, runner=lambda asked, shards, scope: local.count(asked, shards, scope, threads=3))
        answers = [each.ask(question).to_json() for each in (journeys, split, threaded)]
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize(
    ("name", "parameters"), [each for each in QUESTIONS if each[0] != _LOOKS_TWICE and "by" not in each[1]]
)
@settings(max_examples=20)
@given(log=logs)
def test_what_a_question_counts_adds_up_in_any_order(name: str, parameters: dict[str, str], log: list[Event]) -> None:
    journeys = told([*log, *((9 + extra, place, what) for extra in range(3) for place, what in enumerate(LETTERS))])
    question = registry.find("question", name).of({key: each for key, each in parameters.items() if key != "shape"})
    (whole,) = journeys.shards
    a, b, c = (question.count(part, journeys.scope) for part in whole.split(3))
    assert same((a + b) + c, a + (b + c))
    assert same(a + b, b + a)
    assert same(a + Partial(), a) and same(Partial() + a, a)
    assert same(total([c, a, b]), question.count(whole, journeys.scope))
    assert all(array.dtype.kind in "iu" for kept in (a.sums, a.lows, a.highs) for array in kept.values())
    nobody = question.count(whole.only(np.zeros(whole.customers, bool)), journeys.scope)
    assert same(total([nobody, a, b, c]), total([a, b, c]))


arrays = st.lists(st.integers(-100, 100), min_size=3, max_size=3).map(lambda values: np.array(values, np.int64))
rows = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(1, 9)), max_size=8)


@st.composite
def partials(draw: st.DrawFn) -> Partial:
    pairs = draw(rows)
    keyed = Keyed.of(
        np.array([[a, b] for a, b, _ in pairs]).reshape(-1, 2), np.array([[n] for _, _, n in pairs]).reshape(-1, 1)
    )
    return Partial({"s": draw(arrays)}, {"k": keyed}, {"l": draw(arrays)}, {"h": draw(arrays)})


def same(a: Partial, b: Partial) -> bool:
    return a.to_bytes() == b.to_bytes()


@given(partials(), partials(), partials())
def test_partials_add_up_like_numbers(a: Partial, b: Partial, c: Partial) -> None:
    assert same((a + b) + c, a + (b + c))
    assert same(a + b, b + a)
    assert same(a + Partial(), a) and same(Partial() + a, a)
    assert same(Partial.from_bytes(a.to_bytes()), a)
