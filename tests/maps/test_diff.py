"""The difference of two maps: nothing for the same, everything that was changed, and the way back."""

from __future__ import annotations

import copy
from pathlib import Path

from hypothesis import given

from safarnama.core.words import LANGUAGES
from safarnama.maps.diff import diff
from safarnama.maps.model import Map
from tests.cli.test_usage import run
from tests.maps.drawn import maps

GIFT = Path(__file__).parents[2] / "examples" / "gift.yaml"


@given(maps(stages=(1, 3)), maps(stages=(1, 3)))
def test_what_was_added_there_is_removed_on_the_way_back(one: Map, other: Map) -> None:
    assert diff(one, one) == []
    there, back = diff(one, other), diff(other, one)
    for kind, opposite in (("added", "removed"), ("removed", "added")):
        assert {(each.what, each.id) for each in there if each.kind == kind} == {
            (each.what, each.id) for each in back if each.kind == opposite
        }
    changed = {(each.what, each.id, each.field): (each.old, each.new) for each in there if each.field}
    assert changed == {(each.what, each.id, each.field): (each.new, each.old) for each in back if each.field}
    for each in there:
        for language in LANGUAGES:
            assert each.id in each.say(language)


def test_each_change_is_found_for_what_it_is() -> None:
    old = Map.load(GIFT)
    values = copy.deepcopy(old.model_dump(by_alias=True))
    values["title"]["en"] = "A gift in time"
    values["lanes"][0]["cards"][0]["at"] = "search"
    values["lanes"][0]["cards"].pop(1)
    values["stages"][0]["steps"].append({"id": "fresh", "name": "New"})
    name = next(iter(values["derived"]["stages"]))
    values["derived"]["stages"][name]["customers"] += 1
    found = {(each.kind, each.what, each.id) for each in diff(old, Map.model_validate(values))}
    assert found == {
        ("words", "map", ""),
        ("moved", "card", "doing-1"),
        ("removed", "card", "doing-2"),
        ("added", "step", "fresh"),
        ("numbers", "stage", name),
    }


def test_the_command_says_it() -> None:
    ended = run("diff", str(GIFT), str(GIFT), language="fa")
    assert (ended.returncode, ended.stdout.strip()) == (0, "دو نقشه یکسان‌اند.")
    assert run("diff", str(GIFT), "nowhere.yaml").returncode == 2
