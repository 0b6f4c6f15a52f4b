"""The map of stakeholders: everybody stands once, where power and interest say, and nobody on somebody else."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safarnama.core import registry
from safarnama.core.words import LANGUAGES, speech
from safarnama.drawing.scene import Box, Group, Icon, Mark, Scene, Text
from safarnama.maps.model import Map
from safarnama.maps.words import say
from tests.drawing.geometry import fallen, overlaps
from tests.maps.drawn import DAY, words

COMMITTEE = Path(__file__).parents[2] / "examples" / "committee.yaml"

levels = st.none() | st.integers(1, 5)
people = st.lists(
    st.fixed_dictionaries(
        {"name": words, "department": st.none() | words, "wants": st.none() | words, "power": levels, "interest": levels,
         "sponsor": st.booleans(), "stages": st.lists(st.sampled_from(["a", "b"]), unique=True)}
    ),
    max_size=40,
)  # fmt: skip


def scene_of(document: Map, language: str) -> Scene:
    scene: Scene = registry.find("layout", "stakeholders").of({}).scene(document, language, DAY)
    return scene


def groups(scene: Scene, role: str) -> dict[str, Group]:
    return {mark.id.partition("-")[2]: mark for mark in scene.walk() if isinstance(mark, Group) and mark.role == role}


def frame(group: Group) -> Box:
    found = group.marks[0]
    assert isinstance(found, Box)
    return found


def texts(marks: tuple[Mark, ...]) -> str:
    return " ".join(mark.text for mark in marks if isinstance(mark, Text))


def company(stakeholders: list[dict[str, Any]], **more: Any) -> Map:
    return Map.model_validate({
        "id": "x", "title": "x", "stakeholders": [{"id": f"k{n}", **each} for n, each in enumerate(stakeholders)],
        "stages": [{"id": name, "name": name, "steps": [{"id": f"{name}1", "name": name}]} for name in "ab"], **more,
    })  # fmt: skip


@given(people)
@settings(max_examples=60)
@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_stands_where_power_and_interest_say(language: str, stakeholders: list[dict[str, Any]]) -> None:
    document = company(stakeholders)
    scene = scene_of(document, language)
    assert overlaps(scene) == []
    assert fallen(scene) == []
    chips = groups(scene, "stakeholder")
    known = {each.id: each for each in document.stakeholders if each.power and each.interest}
    assert set(chips) == set(known)
    told = set(chips) | set(groups(scene, "wants"))
    assert told == {each.id for each in document.stakeholders}
    for one, other in combinations(known.values(), 2):
        a, b = frame(chips[one.id]), frame(chips[other.id])
        apart = a.x + a.width <= b.x + 0.1 or b.x + b.width <= a.x + 0.1 or a.y + a.height <= b.y + 0.1 or b.y + b.height <= a.y + 0.1  # fmt: skip
        assert apart, "two chips in one place"
        if (one.power or 0) > (other.power or 0):
            assert a.y + a.height <= b.y
        if (one.interest or 0) > (other.interest or 0):
            assert b.x + b.width <= a.x


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_known_of_the_example_is_on_the_sheet(language: str) -> None:
    document = Map.load(COMMITTEE)
    scene = scene_of(document, language)
    shown = texts(tuple(scene.walk()))
    for each in document.stakeholders:
        for said in (each.name, each.department, each.wants):
            assert say(said, language) in shown
    for stage in document.stages:
        assert say(stage.name, language) in shown
        for spent in stage.effort:
            assert say(spent.department, language) in shown
            if spent.hours:
                assert speech.say(round(spent.hours), "count", language) in shown.split()
    assert texts(groups(scene, "wants")["k_it"].marks).count("unknown" if language == "en" else "نامشخص") == 1


def test_sponsors_and_their_departments_are_marked() -> None:
    scene = scene_of(Map.load(COMMITTEE), "en")
    chips = groups(scene, "stakeholder")
    assert frame(chips["k_sales"]).fill == "lapis"
    assert [mark.name for mark in chips["k_sales"].marks if isinstance(mark, Icon)] == ["star"]
    assert frame(chips["k_rep"]).stroke == "lapis"
    assert {frame(chips[name]).stroke for name in chips if name not in ("k_rep", "k_sales")} == {"rule"}
    # The star of a sponsor stands on the chip, beside what they want, and at the department in the matrix.
    assert sum(isinstance(mark, Icon) and mark.name == "star" for mark in scene.walk()) == 3


def test_a_department_is_the_same_in_either_language_and_counts_once() -> None:
    efforts = [
        {"department": {"en": "Sales", "fa": "فروش"}, "level": 2, "hours": 10},
        {"department": "فروش", "level": 4, "hours": 5},
    ]
    document = company([{"name": "Ann", "power": 3, "interest": 3}], departments=["sales"])
    document = document.model_validate({**document.model_dump(by_alias=True), "stages": [{"id": "a", "name": "A", "effort": efforts, "steps": [{"id": "a1", "name": "a"}]}]})  # fmt: skip
    shown = texts(tuple(scene_of(document, "en").walk())).split()
    assert shown.count("sales") + shown.count("Sales") == 1
    assert "15" in shown


def test_a_map_without_stakeholders_says_so_and_nobody_is_made_up() -> None:
    scene = scene_of(company([]), "en")
    assert "No stakeholder is written down." in texts(tuple(scene.walk()))
    assert groups(scene, "stakeholder") == {}
    only = scene_of(company([{"name": "Ann", "power": 3}]), "en")
    assert groups(only, "stakeholder") == {}
    assert "Nobody’s power and interest are known yet." in texts(tuple(only.walk()))
    assert "interest unknown" in texts(tuple(only.walk()))
