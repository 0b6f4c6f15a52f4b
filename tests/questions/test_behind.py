"""Every count opens to exactly the customers it counted, and tells what they did afterwards."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core.errors import Mistake
from safarnama.journeys.journeys import Journeys
from safarnama.questions.question import Question
from tests.journeys.logs import Event, by_customer, journeys_of, logs

ASKED = [
    sn.Funnel(steps="a,b|c,d", window="1min"),
    sn.Funnel(steps="a,!b,c"),
    sn.Paths(length=3, top=2),
    sn.Overview(),
    sn.Overview(per="where"),
    sn.Progress(stages="a|b,c,d", goal="c"),
    sn.Conversion(goal="c"),
    sn.Conversion(goal="c", window="30s"),
]


@given(logs, st.sampled_from(ASKED), st.sampled_from([None, "where"]))
def test_a_count_opens_to_as_many_customers_as_it_says(log: list[Event], question: Question, by: str | None) -> None:
    journeys = journeys_of([*log, *((9, place, what) for place, what in enumerate("abcdef"))], dimensions="where")
    asked = question.model_copy(update={"by": by})
    for number, row in enumerate(journeys.ask(asked).rows(), 1):
        for column in set(asked.opens) - set(asked.occurrences):
            assert journeys.behind(asked, number, column).customers == row[column]


@given(logs)
def test_a_pair_opens_to_the_customers_who_took_it(log: list[Event]) -> None:
    journeys = journeys_of(log)
    for number, row in enumerate(journeys.ask(sn.Flow(medians=False)).rows(), 1):
        pair = (row["from"], row["to"])
        took = {
            who
            for who, mine in by_customer(log).items()
            if pair in itertools.pairwise([None, *(what for _, what in mine), None])
        }
        assert journeys.behind(sn.Flow(medians=False), number).customers == len(took)
    for row in journeys.ask(sn.Flow()).rows():
        pair = (row["from"], row["to"])
        assert row["customers"] == sum(
            pair in itertools.pairwise([None, *(what for _, what in mine), None]) for mine in by_customer(log).values()
        )


@given(logs, st.sampled_from([1, 20, 100_000]))
def test_a_fate_of_a_visit_opens_to_its_customers(log: list[Event], silence: int) -> None:
    journeys = journeys_of(log)
    asked = sn.Dropoff(silence=f"{silence}ms")
    end = max((time for _, time, _ in log), default=0)
    fates: dict[tuple[str, str], set[int]] = {}
    for who, mine in by_customer(log).items():
        for (time, what), after in zip(mine, [*mine[1:], None], strict=True):
            late = (after[0] if after else end) - time > silence
            fate = ("left" if late else "unknown") if after is None else ("back" if late else "went_on")
            for name in {fate, "visits", "left" if fate == "back" else fate}:
                fates.setdefault((what, name), set()).add(who)
    for number, row in enumerate(journeys.ask(asked).rows(), 1):
        for column in asked.opens:
            assert journeys.behind(asked, number, column).customers == len(fates.get((row["touchpoint"], column), ()))
            assert (row[column] > 0) == ((row["touchpoint"], column) in fates)


def _small() -> Journeys:
    return journeys_of(
        [
            (1, 0, "a"),
            (1, 10, "b"),
            (1, 20, "f"),
            (1, 30, "f"),
            (1, 90, "e"),
            (2, 0, "a"),
            (3, 0, "a"),
            (3, 5, "b"),
            (3, 6, "c"),
        ]
    )


def test_those_who_left_show_what_they_did_instead() -> None:
    journeys = _small()
    funnel = sn.Funnel(steps="a,b,c")
    assert [row["left"] for row in journeys.ask(funnel).rows()] == [0, 1, 1]
    people, after = funnel.customers(journeys, 3, "left")
    assert after == ("b",)
    (person,) = people.people(after).to_pylist()
    assert (person["events"], person["stands_at"], person["then"]) == (5, "e", "f > e")
    assert (person["last"] - person["first"]).total_seconds() == 0.09


def test_a_row_or_a_column_that_is_not_there_is_told() -> None:
    journeys = _small()
    with pytest.raises(Mistake, match="no row 9: the answer has 3 rows"):
        journeys.behind(sn.Funnel(steps="a,b,c"), 9)
    with pytest.raises(Mistake, match="customers"):
        journeys.behind(sn.Funnel(steps="a,b,c"), 1, "custmers")
    with pytest.raises(Mistake, match="do not open"):
        journeys.behind(sn.Quality(), 1)
