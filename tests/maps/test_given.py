"""Discovery along the stages of a map that exists: a template, or one that a team drew."""

from __future__ import annotations

import re

import pytest

import safarnama as sn
from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES
from safarnama.core.workspace import Workspace
from safarnama.maps.words import say

_WAY = ("adClicked", "Home", "product view", "cart_added", "checkout", "order_confirmed", "خرید دوباره")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A shop whose touchpoints are named otherwise than in the template."""
    folder = tmp_path_factory.mktemp("given")
    lines = ["user_id,timestamp,event"]
    for person in range(60):
        for turn, what in enumerate(_WAY[: 2 + person % 6]):
            lines.append(f"u{person},2026-01-{1 + person % 28:02d}T10:{turn:02d}:00,{what}")
            if turn == 4 and person % 2:
                lines.append(f"u{person},2026-01-{1 + person % 28:02d}T10:{turn:02d}:30,address_missing")
    (folder / "events.csv").write_text("\n".join(lines), encoding="utf-8")
    made = sn.new(folder / "shop")
    made.import_files(folder / "events.csv")
    return made


def test_a_template_gives_its_stages_and_every_touchpoint_is_in_one_step(shop: Workspace) -> None:
    template = sn.template("online_shop")
    found = shop.discover(stages=template)
    steps = {step.id: step.touchpoints for step in found.steps}
    assert steps["inspired"] == ["adClicked"] and steps["landing"] == ["Home"]
    assert steps["product"] == ["product view"] and steps["basket"] == ["cart_added"]
    assert "order_confirmed" in steps["payment"] and found.goal_touchpoints == ["order_confirmed"]
    assert sorted(name for mine in steps.values() for name in mine) == sorted(shop.journeys().touchpoints)
    assert {stage.id for stage in found.stages} < {stage.id for stage in template.stages}
    order = next(stage for stage in found.stages if stage.id == "order")
    assert order.name == next(stage for stage in template.stages if stage.id == "order").name
    assert found.derived.stages["order"].customers > 0


def test_a_found_map_can_be_found_again_along_itself(shop: Workspace) -> None:
    first = shop.discover(goal="order_confirmed")
    again = shop.discover(goal="order_confirmed", stages=first)
    assert [step.id for step in again.steps] == [step.id for step in first.steps]
    assert [set(step.touchpoints) for step in again.steps] == [set(step.touchpoints) for step in first.steps]


def test_a_map_of_something_else_is_refused_with_both_vocabularies(shop: Workspace) -> None:
    with pytest.raises(Mistake, match=r"“hospital_stay” .*angiography_done.*adClicked.*--rename"):
        shop.discover(stages=sn.template("hospital_stay"))


def test_a_step_of_several_touchpoints_is_spoken_of_as_a_step(shop: Workspace) -> None:
    """It bears the name of the first of them, and most may go on to another."""
    found = shop.discover(stages=sn.template("online_shop"))
    several = {step.id: step for step in found.steps if len(step.touchpoints) > 1}
    names = {say(step.name, "en"): step for step in found.steps}
    assert several, "the template must put two touchpoints together"
    lane = found.lane("doing")
    assert lane is not None
    told = set()
    for card in lane.cards:
        said = {language: say(card.text, language) for language in LANGUAGES}
        if onward := re.search("go on to (the step )?“(.+)”", said["en"]):
            many = len(names[onward[2]].touchpoints)
            told.add(many > 1)
            assert bool(onward[1]) == (many > 1), said
            assert (f"{many} touchpoints" in said["en"]) == (many > 1)
            assert ("به گام «" in said["fa"]) == (many > 1)
    assert told == {True, False}
