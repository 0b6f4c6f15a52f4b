"""Comparing questions whose every answer looks for rows of its own: the rows are those found in everybody, counted in each group."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.journeys.journeys import Journeys
from safarnama.journeys.variants import distances, variants_of
from tests.journeys.logs import Event, journeys_of, logs
from tests.journeys.shaped import told

DAY = 86_400_000


def asked(name: str, **given: Any) -> Any:
    return registry.find("question", name).of(given)


def shop() -> Journeys:
    """Twelve weeks of visits; in weeks four and five of those with w two of three do not come from a to b, of the others one in
    ten, as always."""
    log: list[Event] = []
    for customer in range(12 * 7 * 12):
        day, bad = customer // 12, 21 <= customer // 12 < 35
        mark = "w" if customer % 2 else "v"
        fails = customer % 3 if bad and mark == "w" else not customer % 10
        steps = ["a", *([] if fails else ["b"]), "c", mark]
        log += [(customer, day * DAY + place * 60_000, what) for place, what in enumerate(steps)]
    return journeys_of(log)


def test_troubles_found_in_all_are_counted_again_as_they_were() -> None:
    journeys, friction = shop(), asked("friction")
    rows = journeys.ask(friction).rows()
    assert [rows[0][name] for name in ("kind", "touchpoint", "next")] == ["fails", "a", "b"]
    assert journeys.ask(friction.held(journeys)).rows() == rows


def test_a_trouble_is_compared_where_it_was() -> None:
    journeys, friction = shop(), asked("friction")
    (row, *_) = journeys.ask(friction).rows()
    found = journeys.ask(asked("compare", what="friction", first="did v", second="did w"))
    (mine,) = [each for each in found.rows() if each["row"].startswith("fails · a · b")]
    assert mine["clear"] and 0.05 < mine["first"] < 0.2 and 0.6 < mine["second"] < 0.75
    held = friction.held(journeys)
    parts = [journeys.where(group).ask(held).rows()[0] for group in ("did v", "did w")]
    assert [part["share"] for part in parts] == [mine["first"], mine["second"]]
    assert [sum(part[column] for part in parts) for column in ("n", "hits")] == [row["n"], row["hits"]]
    for language in LANGUAGES:
        assert ("fails" if language == "en" else "نمی‌رسد") in found.say(language)
        assert found.picture().svg(language)


def test_nothing_worse_than_usual_is_nothing_to_compare() -> None:
    found = journeys_of([(1, 0, "a"), (2, 0, "b")]).ask(
        asked("compare", what="friction", first="did a", second="did b")
    )
    assert found.rows() == [] and found.n == 2


@pytest.mark.parametrize("what", ["friction", "representatives"])
def test_where_nobody_is_nothing_is_compared(what: str) -> None:
    journeys = journeys_of([(1, 0, "a"), (2, 0, "b")])
    found = journeys.ask(asked("compare", what=what, first="did a and did b", second="did b and did a"))
    assert found.rows() == [] and found.n == 0
    assert found.say("fa") == "چیزی برای شمردن نیست."


@pytest.mark.parametrize("more", [{}, {"goal": "e"}])
@settings(max_examples=20, deadline=None)
@given(log=logs)
def test_everybody_is_of_the_nearest_of_all_representatives(more: dict[str, str], log: list[Event]) -> None:
    journeys = told([*log, (7, 0, "a"), (8, 0, "b"), (8, 1, "e")])
    question = asked("representatives", length="3", **more)
    held = question.held(journeys)
    rows = {row["path"]: row for row in journeys.ask(question).rows()}
    assert {row["path"]: row for row in journeys.ask(held).rows()} == rows
    for group in (journeys.where("did b"), journeys.where("never b")):
        chosen = held._variants(sorted(held._paths), journeys.scope)
        variants = variants_of(group.shards[0], group.scope, 3, question._goal(group.scope))
        nearest = distances(variants, chosen).argmin(axis=1).tolist()
        wanted = {place: nearest.count(place) for place in set(nearest)}
        told_ = {row["path"]: row["customers"] for row in group.ask(held).rows()}
        assert sorted(told_.values()) == sorted(wanted.values()) and set(told_) <= set(rows)


def test_shares_of_representatives_of_a_group_are_one_whole() -> None:
    log = [
        (customer, place, what)
        for customer in range(90)
        for place, what in enumerate(("abc", "abd", "eac")[customer % 3])
    ]
    for row in (
        rows := journeys_of(log)
        .ask(asked("compare", what="representatives radius=0", first="did d", second="did e"))
        .rows()
    ):
        assert {row["first"], row["second"]} <= {0, 1} and row["clear"] == (row["first"] != row["second"])
    assert sum(row["first"] for row in rows) == sum(row["second"] for row in rows) == 1
