"""Ways beside the next step and the parts of a stage are drawn above the steps, and run into nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.drawing.scene import Arrow, Group, Path, Scene, Text
from safarnama.maps.model import Map
from safarnama.maps.parting import between
from tests.drawing.geometry import fallen, overlaps
from tests.maps.drawn import DAY

STEPS = 9


def scene_of(
    links: list[dict[str, Any]], language: str = "en", page: tuple[int, int] = (0, STEPS), **stage: Any
) -> Scene:
    steps = [{"id": f"t{number}", "name": f"Step {number}"} for number in range(STEPS)]
    for number, step in enumerate(steps):
        step |= {"substage": ("one", "two")[number > 3]} if stage else {}
    document = Map.model_validate({
        "id": "ways", "title": "Ways", "links": links,
        "stages": [{"id": "s", "name": "All", "steps": steps, **stage}],
    })  # fmt: skip
    scene: Scene = registry.find("layout", "grid")().scene(between(document, *page), language, DAY)
    return scene


def written(scene: Scene) -> list[str]:
    return [mark.text for mark in scene.walk() if isinstance(mark, Text)]


ways = st.lists(
    st.fixed_dictionaries(
        {
            "from": st.integers(0, STEPS - 1).map("t{}".format),
            "to": st.integers(0, STEPS - 1).map("t{}".format),
            "kind": st.sampled_from(["loop", "branch", "next"]),
            "label": st.sampled_from(["back to it", "a long way that nobody would take twice in a year", "دوباره"]),
            "condition": st.sampled_from([None, "if not in stock", "اگر موجود نبود"]),
            "wait": st.sampled_from([None, 0.0, 172_800.0]),
            "share": st.sampled_from([None, 0.3]),
        }
    ),
    min_size=1,
    max_size=10,
)


@settings(max_examples=50)
@given(ways, st.sampled_from(LANGUAGES))
def test_ways_run_into_nothing(links: list[dict[str, Any]], language: str) -> None:
    scene = scene_of(links, language)
    assert overlaps(scene) == []
    assert fallen(scene) == []
    assert len([mark for mark in scene.walk() if isinstance(mark, Arrow)]) == min(8, len(list(filter(apart, links))))


def apart(link: dict[str, Any]) -> bool:
    """Whether a way says more than that a step comes after the one before it."""
    onward = int(link["to"][1:]) == int(link["from"][1:]) + 1
    return link["kind"] != "next" or not onward or link["condition"] is not None or link["wait"] is not None


@settings(max_examples=50)
@given(ways, st.sampled_from(LANGUAGES), st.sampled_from([(0, 4), (2, 6), (5, STEPS)]))
def test_ways_to_other_pages_run_to_the_edge(links: list[dict[str, Any]], language: str, page: tuple[int, int]) -> None:
    scene = scene_of(links, language, page)
    assert overlaps(scene) == []
    assert fallen(scene) == []
    ends = [{int(link["from"][1:]), int(link["to"][1:])} for link in links if apart(link)]
    here = [each for each in ends if each & set(range(*page))]
    assert len([mark for mark in scene.walk() if isinstance(mark, Arrow)]) == min(8, len(here))


@pytest.mark.parametrize(("page", "said"), [((0, 5), "again · to step 8"), ((5, STEPS), "again · from step 3")])
def test_a_way_says_which_step_lies_beyond_the_page(page: tuple[int, int], said: str) -> None:
    link = {"from": "t2", "to": "t7", "kind": "branch", "label": "again"}
    assert said in written(scene_of([link], "en", page))


@pytest.mark.parametrize(("language", "share"), [("en", "30%"), ("fa", "۳۰٪")])
def test_a_way_says_its_name_and_share_and_comes_down_on_its_step(language: str, share: str) -> None:
    scene = scene_of([{"from": "t6", "to": "t2", "kind": "loop", "label": "again", "share": 0.3}], language)
    (way,) = (mark for mark in scene.walk() if isinstance(mark, Group) and mark.role == "loop")
    assert written(Scene(1, 1, way.marks)) == [f"again · {share}"]
    (arrow,) = (mark for mark in way.marks if isinstance(mark, Arrow))
    numbers = {mark.text: mark.x for mark in scene.walk() if isinstance(mark, Text)}
    third, fourth = ("۳", "۴") if language == "fa" else ("3", "4")
    assert numbers[third] < arrow.x2 < numbers[fourth]
    assert arrow.y2 > arrow.y1


@pytest.mark.parametrize("language", LANGUAGES)
def test_substages_are_named(language: str) -> None:
    parts = [{"id": "one", "name": "Alone"}, {"id": "two", "name": "With an agent"}]
    shown = written(scene_of([], language, substages=parts))
    assert {"Alone", "With an agent"} <= set(shown)
    assert not {"Alone", "With an agent"} & set(written(scene_of([], language)))


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ["tries again", "if the card is refused", "after 2 days", "31%"]),
        ("fa", ["دوباره", "اگر کارت رد شود", "پس از ۲ روز", "۳۱٪"]),
    ],
)
@pytest.mark.parametrize("layout", ["grid", "path", "loop"])
def test_a_way_says_when_it_is_taken_and_how_long_it_takes(layout: str, language: str, says: list[str]) -> None:
    link = {
        "from": "t5", "to": "t1", "kind": "loop", "label": {"en": "tries again", "fa": "دوباره"},
        "condition": {"en": "if the card is refused", "fa": "اگر کارت رد شود"}, "wait": 172_800, "share": 0.31,
    }  # fmt: skip
    stages = [
        {
            "id": f"s{number}",
            "name": f"Stage {number}",
            "steps": [{"id": f"t{step}", "name": f"Step {step}"} for step in steps],
        }
        for number, steps in enumerate((range(3), range(3, 6), range(6, 9)))
    ]
    document = Map.model_validate({"id": "ways", "title": "Ways", "links": [link], "stages": stages})
    scene = registry.find("layout", layout)().scene(document, language, DAY)
    shown = " ".join(written(scene)) + " ".join(mark.title for mark in scene.walk() if isinstance(mark, Group))
    assert [said for said in says if said not in shown] == []


def test_a_way_without_evidence_is_dashed() -> None:
    link = {"from": "t6", "to": "t2", "kind": "loop", "label": "again"}
    backed = {**link, "evidence": [{"kind": "measured", "n": 412}]}
    dashes = []
    for each in (link, backed):
        scene = scene_of([each])
        (way,) = (mark for mark in scene.walk() if isinstance(mark, Group) and mark.role == "loop")
        dashes.append(next(mark.dash for mark in way.marks if isinstance(mark, Path)))
    assert dashes[0] and not dashes[1]
    assert "again · n = 412" in written(scene)
