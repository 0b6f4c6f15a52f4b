"""The difference of two maps: nothing for the same, everything that was changed, and the way back."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings

from safarnama.core.words import LANGUAGES
from safarnama.maps.comments import Comment
from safarnama.maps.derived import Curve
from safarnama.maps.diff import Change, Diff, diff
from safarnama.maps.diff.things import things
from safarnama.maps.diff.union import Union
from safarnama.maps.improvements import Action, Opportunity
from safarnama.maps.lanes import Card, Lane, LaneKind
from safarnama.maps.model import Map
from safarnama.maps.naming import FIELDS, LANES, PARTS, VALUES
from safarnama.maps.people import Conflict, Persona, Stakeholder
from safarnama.maps.stages import Link, Stage, Step
from safarnama.maps.templates import template
from tests.command import Command
from tests.maps.drawn import maps
from tests.maps.edits import pairs

GIFT = Path(__file__).parents[2] / "examples" / "gift.yaml"


@given(maps(stages=(1, 3)), maps(stages=(1, 3)))
def test_what_was_added_there_is_removed_on_the_way_back(one: Map, other: Map) -> None:
    assert not diff(one, one)
    there, back = diff(one, other), diff(other, one)
    for kind, opposite in (("added", "removed"), ("removed", "added")):
        assert {(each.what, each.id) for each in there if each.kind == kind} == {
            (each.what, each.id) for each in back if each.kind == opposite
        }
    changed = {(each.what, each.id, each.field): (each.old, each.new) for each in there if each.field != "order"}
    assert {key: pair for key, pair in changed.items() if key[2]} == {
        (each.what, each.id, each.field): (each.new, each.old) for each in back if each.field and each.field != "order"
    }
    for each in there:
        for language in LANGUAGES:
            assert each.id in each.say(language)


@settings(max_examples=80)
@given(pairs())
def test_no_edit_is_missed_and_none_is_made_up(both: tuple[Map, Map]) -> None:
    old, new = both
    found = diff(old, new)
    # Points of a curve have no order: they stand where their steps do.
    plain = [document.model_dump(by_alias=True) for document in both]
    for values in plain:
        for curve in values["curves"]:
            curve["points"].sort(key=lambda point: point["step"])
    assert bool(found) == (plain[0] != plain[1])
    json.dumps(found.as_json(), allow_nan=False)
    keys = [(each.what, each.id, each.field) for each in found]
    assert len(keys) == len(set(keys))
    for each in found:
        for language in LANGUAGES:
            was, now = (said.say(language) for said in each.said)
            assert not each.field or was != now, each


@settings(max_examples=50)
@given(pairs())
def test_both_maps_stand_on_one_grid(both: tuple[Map, Map]) -> None:
    old, new = both
    union = Union(old, new)
    known = [column.step.id for column in union.columns if column.step]
    assert sorted(known) == sorted({step.id for document in both for step in document.steps})
    assert [name for name in known if name in {step.id for step in new.steps}] == [step.id for step in new.steps]
    assert union.stages[0].first == 0
    assert union.stages[-1].after == len(union.columns)
    for document in both:
        for lane in document.lanes:
            for card in lane.cards:
                first, after = union.span(document, card)
                assert 0 <= first < after <= len(union.columns)
    shown = [card for was, now in union.lanes for card in union.cards(was, now)]
    assert sorted(((a or b) or Card(id="", at="")).id for a, b in shown) == sorted({*union.old_cards, *union.new_cards})


def edited(change: Callable[[dict[str, Any]], Any], name: str = "") -> Diff:
    old = template(name) if name else Map.load(GIFT)
    values = copy.deepcopy(old.model_dump(by_alias=True))
    change(values)
    return diff(old, Map.model_validate(values))


def test_each_change_is_found_for_what_it_is() -> None:
    def change(values: dict[str, Any]) -> None:
        values["title"]["en"] = "A gift in time"
        values["lanes"][0]["cards"][0]["at"] = "search"
        values["lanes"][0]["cards"].pop(1)
        values["stages"][0]["steps"].append({"id": "fresh", "name": "New"})
        values["derived"]["stages"][next(iter(values["derived"]["stages"]))]["customers"] += 1

    found = {(each.kind, each.what, each.id) for each in edited(change)}
    assert found == {
        ("words", "map", ""),
        ("moved", "card", "doing-1"),
        ("removed", "card", "doing-2"),
        ("added", "step", "fresh"),
        ("numbers", "stage", "awareness"),
    }


def test_what_came_beside_a_step_has_not_moved_it() -> None:
    found = edited(lambda values: values["stages"][1]["steps"].insert(0, {"id": "fresh", "name": "New"}))
    assert [(each.kind, each.id) for each in found] == [("added", "fresh")]
    found = edited(
        lambda values: values["stages"].insert(0, {"id": "s", "name": "a", "steps": [{"id": "t", "name": "b"}]})
    )
    assert {(each.kind, each.id) for each in found} == {("added", "s"), ("added", "t")}
    found = edited(lambda values: values["stages"].append(values["stages"].pop(0)))
    assert [(each.kind, each.id, each.old, each.new) for each in found] == [("moved", "awareness", 1, 5)]


def sentences(change: Callable[[dict[str, Any]], Any], name: str = "") -> tuple[list[str], list[str]]:
    found = edited(change, name)
    return found.say("en"), found.say("fa")


@pytest.mark.parametrize(
    ("change", "en", "fa"),
    [
        (
            lambda values: values["lanes"][0]["cards"][0].update(at="search"),
            "place from “Sees the ad” to “Searches”",
            "جا از «دیدن تبلیغ» به «جست‌وجو»",
        ),
        (lambda values: values.update(status="tested"), "status from draft to tested", "وضعیت از پیش‌نویس به آزموده"),
        (
            lambda values: values.update(review_due="2026-12-01"),
            "review date from 21 Dec 2026 to 1 Dec 2026",
            "۱۰ آذر ۱۴۰۵",
        ),
        (
            lambda values: values["personas"][0].update(needs=["Quiet"]),
            "needs from “–” to “Quiet”",
            "نیازها از «–» به «Quiet»",
        ),
        (
            lambda values: values["stages"][0]["steps"][0].update(moment_of_truth=True),
            "moment of truth from no to yes",
            "لحظه حقیقت از خیر به بله",
        ),
    ],
)
def test_people_are_told_in_their_words(change: Callable[[dict[str, Any]], Any], en: str, fa: str) -> None:
    said = sentences(change)
    assert [en in said[0][0], fa in said[1][0]] == [True, True], said


def test_numbers_that_round_to_the_same_are_told_apart() -> None:
    def change(values: dict[str, Any]) -> None:
        card = next(card for lane in values["lanes"] for card in lane["cards"] if card["id"] == "m1")
        card["figure"] = {"value": 0.3112, "label": "x"}

    old = template("online_shop")
    values = copy.deepcopy(old.model_dump(by_alias=True))
    change(values)
    before = Map.model_validate(values)
    for update, says in (
        ({"value": 0.3091}, ("31.1%", "30.9%")),
        ({"low": 0.29, "high": 0.33}, ("31% (x)", "31% (x · 29% to 33%)")),
        ({"target": 0.4}, ("31% (x)", "31% (x · target 40%)")),
    ):
        again = copy.deepcopy(values)
        card = next(card for lane in again["lanes"] for card in lane["cards"] if card["id"] == "m1")
        card["figure"] |= update
        (found,) = diff(before, Map.model_validate(again))
        assert tuple(each.say("en") for each in found.said) == says


def test_one_to_four_people_are_not_told_apart() -> None:
    def change(values: dict[str, Any]) -> None:
        values["lanes"][0]["cards"][0]["evidence"] = [{"kind": "observed", "n": 3, "unit": "people"}]

    english, persian = sentences(change)
    assert "observed (fewer than 5 people)" in english[0]
    assert "مشاهده (کمتر از ۵ نفر)" in persian[0]


def test_everything_that_can_change_has_a_name_in_both_languages() -> None:
    parts = {"map": Map, "stage": Stage, "step": Step, "lane": Lane, "card": Card, "curve": Curve, "link": Link, "persona": Persona,
             "conflict": Conflict, "stakeholder": Stakeholder, "opportunity": Opportunity, "action": Action, "comment": Comment}  # fmt: skip
    apart = {"stages", "lanes", "steps", "cards", "points", "substages", "personas", "stakeholders", "opportunities", "actions", "curves", "links", "conflicts", "comments", "derived", "schema"}  # fmt: skip
    for part, kind in parts.items():
        assert part in PARTS
        for name, field in kind.model_fields.items():  # type: ignore[attr-defined]
            known = field.alias or name
            assert f"{part}.{known}" in FIELDS or known in FIELDS or known in apart, (part, known)
            if part != "lane":
                for value in _literals(field.annotation):
                    assert value in VALUES, (part, known, value)
    assert set(LANES) == set(get_args(LaneKind))
    assert {thing.what for thing in things(template("online_shop"))} <= set(PARTS)


def _literals(annotation: Any) -> set[str]:
    if isinstance(annotation, str):
        return {annotation}
    return {each for argument in get_args(annotation) for each in _literals(argument)} - {"fa", "en"}


def test_the_command_says_it(tmp_path: Path, command: Command) -> None:
    ended = command("diff", str(GIFT), str(GIFT), language="fa")
    assert (ended.status, ended.out.strip()) == (0, "دو نقشه یکسان‌اند.")
    assert command("diff", str(GIFT), "nowhere.yaml").status == 2
    picture = tmp_path / "diff.svg"
    ended = command(
        "diff", str(GIFT), "template:online_shop", "--picture", str(picture), "--language", "fa", "--theme", "dark"
    )
    assert (ended.status, ended.out) == (0, "")
    assert str(picture) in ended.err
    assert "نقشه جدا" in picture.read_text(encoding="utf-8")
    both = command("diff", str(GIFT), "template:online_shop", "--picture", str(picture), "--json")
    assert all(Change.__dataclass_fields__.keys() >= {"kind", "what"} <= set(each) for each in json.loads(both.out))
    ended = command("diff", str(GIFT), str(GIFT), "--picture", str(tmp_path / "diff.xlsx"))
    assert ended.status == 2
    assert ".svg" in ended.err
