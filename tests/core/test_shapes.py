"""The grammar of shapes: lossless both ways, and what it cannot read it says how to write."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core.errors import Mistake
from safarnama.core.shapes import (
    PERIODS,
    Collapse,
    Cross,
    CutAt,
    CutTo,
    Episodes,
    Only,
    Rename,
    Sessions,
    Shape,
    parse_shapes,
    say_shapes,
)
from safarnama.core.taxonomy import Rule
from tests.core.test_grammar import FILTERS
from tests.core.test_grammar import NAMES as PLAIN

NAMES = PLAIN | st.sampled_from(["a;b", ";", "gap", "loops", "before", "collapse", "x*"])
SOME = st.lists(NAMES, min_size=1, max_size=3).map(tuple)
LENGTHS = st.integers(1, 10**9).map(lambda ms: timedelta(milliseconds=ms))
SHAPES: list[st.SearchStrategy[Shape]] = [
    st.builds(Collapse, st.booleans()),
    st.builds(Only, FILTERS),
    st.builds(Cross, NAMES),
    st.builds(
        Rename,
        st.lists(st.builds(Rule, SOME, NAMES), min_size=1, max_size=3).map(tuple),
        st.sampled_from(["touchpoint", "channel"]),
    ),
    st.builds(CutAt, st.sampled_from(["before", "after"]), SOME, st.none() | LENGTHS),
    st.builds(CutTo, st.sampled_from(["first", "last"]), st.integers(1, 10**6)),
    st.builds(Sessions, LENGTHS, st.booleans(), st.none() | NAMES | st.just("midnight")),
    st.one_of(
        st.builds(Episodes, gap=LENGTHS),
        st.builds(Episodes, by=st.sampled_from(PERIODS)),
        st.builds(Episodes, until=SOME),
        st.builds(Episodes, opening=SOME),
    ),
]


@given(st.lists(st.one_of(SHAPES), min_size=1, max_size=4).map(tuple))
def test_shapes_come_back_as_they_went(shapes: tuple[Shape, ...]) -> None:
    assert parse_shapes(say_shapes(shapes)) == shapes
    question = sn.Overview(shape=shapes)
    assert sn.Overview.of(question.parameters()) == question


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no shape here"),
        (" ; ", "There is no shape here"),
        ("colapse", "Nearest: collapse"),
        ("collapse twice", "Write it like: collapse"),
        ("cut", "Write it like: cut before"),
        ("cut first", "Write it like: cut before"),
        ("cut first -1", "Write it like: cut before"),
        ("cut before a soon", "is not a length of time"),
        ("cut before a 0d", "Write it like: cut before"),
        ("cross a b", "Write it like: cross"),
        ("sessions 0min", "Write it like: sessions"),
        ("sessions 5 potatoes", "is not a length of time"),
        ("sessions 1h midnight campaign device", "Write it like: sessions"),
        ("episodes", "Write it like: episodes 30d"),
        ("episodes by year", "Write it like: episodes 30d"),
        ("episodes until", "Write it like: episodes 30d"),
        ("rename a", "Write it like: rename checkout"),
        ("rename a=b c=d", "Write it like: rename checkout"),
        ("where", "Write it like: where did"),
        ("where did a >", "Write it like: where did"),
        ('cut before "a', "Write it like: cut before"),
    ],
)
def test_what_cannot_be_read_says_how_to_write_it(text: str, said: str) -> None:
    with pytest.raises(Mistake, match=said) as seen:
        parse_shapes(text)
    assert set(seen.value.say("fa")) & set("ابپتشکنو")
