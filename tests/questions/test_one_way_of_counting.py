"""One way of counting: the pairs of questions that share a number, held equal on any journeys, under filters and shapes.

The list in the documentation (questions: "One way of counting") is this one.
"""

from __future__ import annotations

import importlib
from collections import defaultdict
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core import registry
from safarnama.journeys.journeys import Journeys
from safarnama.questions.question import Question
from tests.house.test_contract import shop as shop_of_the_contract
from tests.journeys.logs import LETTERS, Event, journeys_of, logs

shop = shop_of_the_contract
Rows = list[dict[str, Any]]
SHAPES = ("collapse", "cut first 3", "cut after b")
WHERES = ("did a", "did c > a within 10d", "where = app")


def rows_of(journeys: Journeys, name: str, **given: Any) -> Rows:
    return journeys.ask(registry.find("question", name).of(given)).rows()


@settings(max_examples=40)
@given(logs, st.sampled_from([None, *WHERES]), st.sampled_from([None, *SHAPES]))
def test_pairs_that_share_a_number_agree(log: list[Event], where: str | None, shape: str | None) -> None:
    # One event a moment: at the same instant a funnel takes steps in their order, a sequence events in theirs.
    log = sorted({(customer, time): (customer, time, what) for customer, time, what in log}.values())
    log = [*log, *((9, place, what) for place, what in enumerate(LETTERS))]
    given = {**({"where": where} if where else {}), **({"shape": shape} if shape else {})}
    journeys = journeys_of(log, where="where")

    def ask(name: str, **more: Any) -> Rows:
        return rows_of(journeys, name, **more, **given)

    overview = ask("overview")
    people = journeys.ask(registry.find("question", "overview").of(given)).n
    flow = ask("flow")
    paths = ask("paths", length=1, top=100, collapse="no")
    matrix = ask("stepmatrix", steps=3, top=100)
    sessions = ask("sessions", gap="100000d")

    # Customers of a touchpoint: overview, reach, a funnel of one step, the first number of a trend.
    reach = {row["touchpoint"]: row["customers"] for row in ask("reach")}
    for row in overview:
        name = row["name"]
        assert row["customers"] == reach[name] == ask("funnel", steps=name)[0]["customers"]
        weeks = ask("trend", steps=name, per="month")
        assert row["events"] == sum(week["events"] for week in weeks)

    # Everybody begins once, ends once, takes one path, stands somewhere at every step.
    assert sum(row["count"] for row in flow if row["from"] is None) == people
    assert sum(row["count"] for row in flow if row["to"] is None) == people
    assert sum(row["customers"] for row in paths) == people
    at_step: defaultdict[int, int] = defaultdict(int)
    for row in matrix:
        at_step[row["step"]] += row["customers"]
    assert set(at_step.values()) <= {people}

    # Where journeys begin: flow, paths of one step, the first step of the matrix.
    starts = {row["to"]: row["count"] for row in flow if row["from"] is None}
    assert starts == {row["path"]: row["customers"] for row in paths}
    assert starts == {row["touchpoint"]: row["customers"] for row in matrix if row["step"] == 1 and row["customers"]}

    # Events of a touchpoint: overview, what flows in, what flows out.
    into: defaultdict[str, int] = defaultdict(int)
    out: defaultdict[str, int] = defaultdict(int)
    for row in flow:
        if row["to"] is not None:
            into[row["to"]] += row["count"]
        if row["from"] is not None:
            out[row["from"]] += row["count"]
    assert {row["name"]: row["events"] for row in overview} == dict(into) == dict(out)
    # Without a pause there is one session each.
    assert sum(row["sessions"] for row in sessions) == people

    # Who gets from a to b: funnel, the filter, frequent sequences, a funnel over time.
    if not given:
        funnel = ask("funnel", steps="a,b")
        assert funnel[1]["customers"] == journeys.where("did a > b").customers
        found = {row["path"]: row["customers"] for row in ask("sequences", support=0.0001, length=2, top=10_000)}
        assert funnel[1]["customers"] == found["a > b"]
        over_time = ask("trend", steps="a,b", per="month")
        assert funnel[0]["customers"] == sum(month["customers"] for month in over_time)
        assert funnel[1]["customers"] == sum(month["reached"] for month in over_time)
        assert [row["customers"] for row in ask("funnel", steps="a,b", order="any")][1] >= funnel[1]["customers"]
        # Who is new: once in a lifetime.
        assert sum(row["new"] for row in ask("lifecycle", period="month")) == people
        assert sum(row["customers"] for row in ask("representatives", length=4)) == people


def openings() -> list[tuple[str, str]]:
    return [(name, column) for name in registry.names("question") for column in registry.find("question", name).opens]


@pytest.mark.parametrize(("name", "column"), openings())
def test_every_number_opens_to_exactly_so_many_customers(name: str, column: str, shop: sn.Workspace) -> None:
    question = registry.find("question", name)
    asked = question.of(question.example)
    journeys = shop.journeys()
    rows = journeys.ask(asked).rows()
    assert rows
    for number, row in list(enumerate(rows, 1))[:12]:
        if not isinstance(row.get(column), int):
            continue
        people = journeys.behind(asked, number, column).customers
        if column in question.occurrences:
            # A number of events, visits or answers opens to those who had them, who may be fewer.
            assert min(1, row[column]) <= people <= row[column], (number, row)
        else:
            assert people == row[column], (number, row)


def test_a_question_that_opens_a_number_says_to_whom() -> None:
    with pytest.raises(TypeError, match=r"opens customers, but does not say to whom: define behind\(\) or opener\(\)"):
        type("Unsaid", (Question,), {"opens": ("customers",), "__module__": __name__})


def test_every_number_of_people_opens() -> None:
    """What is counted and does not open is no number of people: rows, days, signs, places in an order."""
    closed = {
        "compare": {"clear"},  # it has shares, and the question in it opens
        "friction": {"n", "signs"},
        "quality": {"count", "of"},
        "paths": {"steps", "paths"},
    }
    places = {"step", "stage", "depth", "since", "value"}
    for name in registry.names("question"):
        question = registry.find("question", name)
        schema = importlib.import_module(question.__module__)._SCHEMA
        whole = {each.name for each in schema if pa.types.is_integer(each.type)}
        assert whole - set(question.opens) - places <= closed.get(name, set()), name
