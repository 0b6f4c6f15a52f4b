"""A map of several personas: each has her own curve with her name at it, and her cards say so."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.drawing.lanes import DRAW
from safarnama.drawing.scene import Group, Path, Scene, Text
from safarnama.maps.model import Map
from tests.drawing.geometry import fallen, overlaps
from tests.maps.drawn import DAY

NAMES = ("Sara", "Reza", "Mina", "Omid", "Laleh", "Navid")
ASKED = [{"kind": "surveyed", "n": 88, "end": "2026-09-01"}]


def scene_of(document: Map, language: str = "en") -> Scene:
    scene: Scene = registry.find("layout", "grid")().scene(document, language, DAY)
    return scene


def shared(curves: list[list[float | None]], **more: Any) -> Map:
    """A map of a persona for each curve; the first was asked, the others are assumed."""
    steps = [f"t{number}" for number in range(max(map(len, curves)))]
    return Map.model_validate({
        "id": "shared", "title": "Shared",
        "personas": [{"id": name.lower(), "name": f"{name}, {30 + age}"} for age, name in enumerate(NAMES)],
        "stages": [{"id": "s", "name": "All", "steps": [{"id": step, "name": step} for step in steps]}],
        "curves": [
            {"id": f"c{number}", "persona": NAMES[number].lower(), "points": [
                {"step": step, "value": value, "evidence": [] if number else ASKED}
                for step, value in zip(steps, curve, strict=False) if value is not None
            ]}
            for number, curve in enumerate(curves)
        ],
        **more,
    })  # fmt: skip


values = st.lists(st.one_of(st.none(), st.floats(-2, 2)), min_size=4, max_size=9).filter(
    lambda curve: any(value is not None for value in curve)
)


@settings(max_examples=30)
@given(st.lists(values, min_size=2, max_size=6), st.sampled_from(LANGUAGES))
def test_up_to_five_curves_are_named_apart(curves: list[list[float | None]], language: str) -> None:
    scene = scene_of(shared(curves), language)
    written = [mark.text for mark in scene.walk() if isinstance(mark, Text)]
    assert [name for name in NAMES[: min(5, len(curves))] if name not in written] == []
    assert NAMES[5] not in written
    assert overlaps(scene) == []
    assert fallen(scene) == []


@pytest.mark.parametrize("first", [0, 1])
def test_an_assumed_curve_is_dashed_beside_a_measured_one(first: int) -> None:
    """Whatever the order in the file: the line says what it rests on, and a persona keeps her colour."""
    document = shared([[1.0, 0.5, -1.0], [-1.0, 0.0, 1.5]])
    document.curves.reverse() if first else None
    lines = [mark for mark in scene_of(document).walk() if isinstance(mark, Path) and mark.fill is None]
    measured, assumed = ([mark for mark in lines if mark.stroke == ink] for ink in ("lapis", "second"))
    assert len(measured) == len(assumed) == 2
    assert not any(mark.dash for mark in measured)
    assert all(mark.dash for mark in assumed)


def test_markers_tell_personas_apart_without_colour() -> None:
    scene = scene_of(shared([[0.1 * number] * 2 for number in range(5)]))
    dots = [mark for mark in scene.walk() if isinstance(mark, Group) and mark.role == "dot" and "t0" in mark.id]
    shapes = set()
    for group in dots:
        (dot,) = group.marks
        if isinstance(dot, Path):
            corners = [at for _, at in dot.segments if at]
            x, y = (sum(at[axis] for at in corners) / len(corners) for axis in (0, 1))
            shapes.add(tuple((round(at[0] - x, 1), round(at[1] - y, 1)) for at in corners))
        else:
            shapes.add((type(dot).__name__,))
    assert len(dots) == len(shapes) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_says_whom_it_is_about_where_there_are_several(language: str) -> None:
    kinds = [kind for kind in DRAW if kind != "feeling"]
    cards = {kind: [{"id": kind, "at": "t0", "text": "So it is", "subject": "reza"}] for kind in kinds}
    lanes = [{"id": f"lane-{kind}", "kind": kind, "cards": cards[kind]} for kind in kinds]
    document = shared([[1.0, 0.5]], lanes=lanes)

    def named(scene: Scene) -> set[str]:
        groups = [mark for mark in scene.walk() if isinstance(mark, Group) and mark.role == "card"]
        return {mark.id for mark in groups if any(isinstance(one, Text) and one.text == "Reza" for one in mark.marks)}

    assert named(scene_of(document, language)) == {f"card-{kind}" for kind in kinds}
    alone = document.model_copy(update={"personas": document.personas[1:2], "curves": []})
    assert named(scene_of(alone, language)) == set()
