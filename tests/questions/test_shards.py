"""The same answer for any number of shards and threads, and partials that add up in any order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.core import registry
from safarnama.journeys import local
from safarnama.journeys.journeys import Journeys
from safarnama.journeys.partial import Keyed, Partial
from safarnama.journeys.shaping.keep import keep
from tests.journeys.logs import Event, journeys_of, logs

QUESTIONS = [
    ("flow", {}),
    ("funnel", {"steps": "a,b,c", "window": "1s"}),
    ("paths", {"length": "4"}),
    ("paths", {"length": "30"}),
    ("dropoff", {}),
    ("overview", {}),
    ("overview", {"per": "where"}),
    ("conversion", {"goal": "a"}),
    ("progress", {"stages": "a,b,c"}),
    ("channels", {}),
    ("scores", {}),
    ("quality", {}),
    ("reach", {}),
    ("loops", {}),
    ("loops", {"window": "1s"}),
    ("retention", {"period": "month"}),
    ("times", {}),
    ("times", {"stages": "a|b,c", "pause": "1s"}),
    ("lifecycle", {"period": "month", "active": "a"}),
]


def in_pieces(journeys: Journeys, pieces: int, *_: object) -> Journeys:
    """The same journeys in several shards, each with arrays of its own."""
    parts = [keep(part, np.ones(part.code.size, bool)) for shard in journeys.shards for part in shard.split(pieces)]
    return journeys.with_shards(parts)


@pytest.mark.parametrize(("name", "parameters"), QUESTIONS)
@given(log=logs, pieces=st.integers(2, 6))
def test_shards_and_threads_change_nothing(
    name: str, parameters: dict[str, str], log: list[Event], pieces: int
) -> None:
    journeys = journeys_of(log, where="yes")
    if set("abc") - set(journeys.touchpoints):
        return
    question = registry.find("question", name).of(parameters)
    with pytest.MonkeyPatch.context() as patch:
        split = in_pieces(journeys, pieces)
        patch.setattr("safarnama.journeys.local._WORTH_SPLITTING", 2)
        threaded = replace(split, runner=lambda asked, shards, scope: local.count(asked, shards, scope, threads=3))
        answers = [each.ask(question).to_json() for each in (journeys, split, threaded)]
    assert answers[0] == answers[1] == answers[2]


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
