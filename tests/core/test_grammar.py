"""One grammar for steps and filters: lossless both ways, and what it cannot read it points at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.core import grammar
from safarnama.core.errors import Mistake
from safarnama.core.grammar import Both, Compare, Did, During, Filter, Not, Reached, Step

NAMES = st.one_of(
    st.sampled_from(
        [
            "view",
            "then",
            "a;b",
            "خرید",
            "pay online",
            "and",
            "not",
            'say "hi"',
            "a\\b",
            "A|B",
            "a,b",
            "7d",
            "نیم‌فاصله",
            "?!",
            "a\nb",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(str.strip),
)
STEPS = st.builds(
    Step, st.lists(NAMES, min_size=1, max_size=3).map(tuple), optional=st.booleans(), excluded=st.booleans()
)
WINDOWS = st.none() | st.integers(1, 10**9).map(lambda ms: timedelta(milliseconds=ms))
DAYS = st.none() | st.dates(date(1700, 1, 1), date(9999, 12, 31))
LEAVES = st.one_of(
    st.builds(
        Compare,
        NAMES,
        st.sampled_from(["=", "!=", "<", "<=", ">", ">="]),
        st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    ),
    st.builds(Did, st.lists(STEPS, min_size=1, max_size=3).map(tuple), WINDOWS, never=st.booleans()),
    st.builds(Reached, st.lists(NAMES, min_size=1, max_size=3).map(tuple), WINDOWS),
    st.builds(During, DAYS, DAYS),
)


def joined(parts: st.SearchStrategy[Filter]) -> st.SearchStrategy[Filter]:
    some = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.builds(Not, parts) | st.builds(Both, st.sampled_from(["and", "or"]), some)


FILTERS = st.recursive(LEAVES, joined, max_leaves=6)


@given(st.lists(STEPS, min_size=1, max_size=5).map(tuple))
def test_steps_come_back_as_they_went(steps: tuple[Step, ...]) -> None:
    assert grammar.parse_steps(grammar.say_steps(steps)) == steps


@given(FILTERS)
def test_filters_come_back_as_they_went(found: Filter) -> None:
    assert grammar.parse_filter(str(found)) == found


@given(st.integers(0, 10**10))
def test_durations_come_back_as_they_went(milliseconds: int) -> None:
    length = timedelta(milliseconds=milliseconds)
    assert grammar.parse_duration(grammar.say_duration(length)) == length


@given(DAYS, DAYS)
def test_dates_come_back_as_they_went(start: date | None, end: date | None) -> None:
    assert grammar.parse_dates(grammar.say_dates((start, end))) == (start, end)


def test_what_binds_stronger() -> None:
    a, b, c = (Compare(name, "=", ("1",)) for name in "abc")
    assert grammar.parse_filter("a = 1 or b = 1 and c = 1") == Both("or", (a, Both("and", (b, c))))
    assert grammar.parse_filter("not a = 1 and (b = 1 or c = 1)") == Both("and", (Not(a), Both("or", (b, c))))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7d", 604800),
        ("1h30m", 5400),
        ("۷ روز", 604800),
        ("1.5 hours", 5400),
        ("2 weeks", 1209600),
        ("۳۰ دقیقه", 1800),
        ("500ms", 0.5),
    ],
)
def test_durations_in_both_languages(text: str, seconds: float) -> None:
    assert grammar.parse_duration(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "7", "d", "seven days", "7 dogs", "-7d", "7d and more"])
def test_a_length_that_is_none_teaches(text: str) -> None:
    with pytest.raises(Mistake, match="not a length of time"):
        grammar.parse_duration(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [("a,", ""), ("a b", "b"), ("a,,b", ",b"), ("!", ""), ('"open', '"open'), ("a | ", ""), ("", "")],
)
def test_steps_that_make_no_sense_are_pointed_at(text: str, rest: str) -> None:
    with pytest.raises(Mistake) as caught:
        grammar.parse_steps(text)
    assert f"“{rest}”" in caught.value.say("en") and f"«{rest}»" in caught.value.say("fa")


@pytest.mark.parametrize(
    "text", ["city", "city =", "= x", "(a = 1", "a = 1)", "did", "did a within", "during", "a = 1 and", "not"]
)
def test_filters_that_make_no_sense_teach(text: str) -> None:
    with pytest.raises(Mistake, match="Could not read"):
        grammar.parse_filter(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-21", date(2026, 3, 21)),
        ("1405/1/1", date(2026, 3, 21)),
        ("۱۴۰۵-۰۱-۰۱", date(2026, 3, 21)),
        (" 2024-02-29 ", date(2024, 2, 29)),
    ],
)
def test_days_of_both_calendars(text: str, expected: date) -> None:
    assert grammar.parse_date(text) == expected


@pytest.mark.parametrize("text", ["2026-02-29", "1404-12-30", "21/03/2026", "today", "1405-13-01", "2026-3"])
def test_days_that_are_none_teach(text: str) -> None:
    with pytest.raises(Mistake, match="is not a day"):
        grammar.parse_date(text)
