"""One card changes its words, and the drawing stays where it was: nothing moves sideways, nothing changes its order or its size,
and only what stands under the card makes room.

What may move, exactly: the card itself; in a grid the cards of its row, which are as tall as the tallest, and everything under its
lane, all by the same; on a grid with room to spare on its sheet the curve, which takes what is left; elsewhere what stands in the
same stage.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from safarnama.core.words import LANGUAGES
from safarnama.drawing.bounds import bounds
from safarnama.drawing.scene import Group, Scene
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map
from tests.drawing.test_layouts import COMMITTEE, GIFT, LAYOUTS, LONG, hard, scene_of
from tests.maps.drawn import PHRASES, maps

Place = tuple[float, float, float, float]
WORDS = st.sampled_from([*zip(PHRASES["en"], PHRASES["fa"], strict=False), (LONG["en"], LONG["fa"]), ("No.", "نه.")])


def reworded(document: Map, card: Card, words: tuple[str, str]) -> Map:
    newer = document.model_copy(deep=True)
    for each in (each for lane in newer.lanes for each in lane.cards if each.id == card.id):
        each.text = dict(zip(("en", "fa"), words, strict=True))  # type: ignore[assignment]
    return newer


def named(scene: Scene, role: str) -> dict[str, Place]:
    """Where the groups of a role stand, by their ids, in the order in which they are drawn."""
    found = {}
    for mark in scene.walk():
        if isinstance(mark, Group) and mark.role == role and (around := bounds(mark.marks)):
            found[mark.id] = around
    return found


def within(marks: Any, top: float) -> list[Any]:
    """Everything in a group with its place in it, however far down the group stands."""
    found: list[Any] = []
    for mark in marks:
        if isinstance(mark, Group):
            found += [mark.id, *within(mark.marks, top)]
        else:
            around = bounds((mark,)) or (0.0, top, 0.0, top)
            found.append(type(mark).__name__ + " " + getattr(mark, "text", ""))
            found += [
                pytest.approx(value - less, abs=0.02) for value, less in zip(around, (0, top, 0, top), strict=True)
            ]
    return found


def places(marks: Any, top: float) -> list[Any]:
    """The same, in plain numbers."""
    return [getattr(each, "expected", each) for each in within(marks, top)]


@given(maps(stages=(1, 6)), st.data())
@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_a_grid_moves_only_what_is_under_the_card(document: Map, data: st.DataObject) -> None:
    written = [(lane, card) for lane in document.lanes for card in lane.cards if card.text]
    assume(written)
    lane, card = data.draw(st.sampled_from(written))
    language = data.draw(st.sampled_from(LANGUAGES))
    newer = reworded(document, card, data.draw(WORDS))
    stays_put(scene_of("grid", document, language), scene_of("grid", newer, language), f"lane-{lane.id}", card.id)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("long", [True, False])
def test_a_large_grid_moves_only_what_is_under_the_card(language: str, long: bool) -> None:
    document = hard(12, 5, 8)
    for lane in document.lanes[::3]:
        card = lane.cards[31]
        newer = reworded(document, card, (LONG["en"], LONG["fa"]) if long else ("No.", "نه."))
        stays_put(scene_of("grid", document, language), scene_of("grid", newer, language), f"lane-{lane.id}", card.id)


def stays_put(before: Scene, after: Scene, lane: str, card: str) -> None:
    """All that must hold between two grids of which one card differs."""
    assert after.width == before.width
    old, new = ({mark.id: mark for mark in scene.walk() if isinstance(mark, Group) and mark.role == "lane"} for scene in (before, after))  # fmt: skip
    assert list(new) == list(old), "lanes in their order"
    was, now = ({name: bounds(mark.marks) or (0, 0, 0, 0) for name, mark in found.items()} for found in (old, new))
    curve = _curve(before) == _curve(after)
    under = False
    shifts = set()
    for name, mark in old.items():
        if name == lane:
            under = True
            rows = [_cards(mark), _cards(new[name])]
            assert list(rows[0]) == list(rows[1]), "cards in their order"
            for each, place in rows[0].items():
                if each != f"card-{card}":
                    assert place[0::2] == pytest.approx(rows[1][each][0::2]), "columns"
            continue
        assert places(new[name].marks, now[name][1]) == within(mark.marks, was[name][1]), f"{name} as it was"
        if under:
            shifts.add(round(now[name][1] - was[name][1], 2))
        elif curve:
            assert now[name] == pytest.approx(was[name]), "above nothing moves"
    assert len(shifts) <= 1 or not curve, "all by the same"
    # Heads of stages and steps stand above all lanes: they stay.
    for role in ("stage", "step"):
        assert named(after, role) == named(before, role)


def _cards(lane: Group) -> dict[str, Place]:
    return named(Scene(0, 0, lane.marks), "card")


def _curve(scene: Scene) -> float:
    """How tall the curve is."""
    points = (named(scene, "dot") | named(scene, "felt")).values()
    return round(max((each[3] for each in points), default=0) - min((each[1] for each in points), default=0), 2)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_other_stages_stay_as_they_are(layout: str, language: str) -> None:
    for document in (Map.load(GIFT), Map.load(COMMITTEE), hard(5, 2, 12)):
        before = scene_of(layout, document, language)
        places = {f"card-{card.id}": document.columns(card) for lane in document.lanes for card in lane.cards}
        stages = [document.place(stage.id) for stage in document.stages]
        for card in [card for lane in document.lanes for card in lane.cards if card.text][::11]:
            after = scene_of(layout, reworded(document, card, (LONG["en"], LONG["fa"])), language)
            assert after.width == before.width
            own = [stage for stage in stages if _meet(stage, document.columns(card))]
            for role in ("stage", "step", "stop", "reach", "drop", "dot", "stakeholder"):
                was, now = named(before, role), named(after, role)
                assert list(was) == list(now)
                for name, place in was.items():
                    assert now[name][0] == pytest.approx(place[0]), f"{name} of {layout} moved sideways"
            was, now = named(before, "card"), named(after, "card")
            for name, place in was.items():
                if any(_meet(stage, places[name]) for stage in own):
                    continue
                assert now[name][0::2] == pytest.approx(place[0::2]), f"{name} of {layout} moved sideways"


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
