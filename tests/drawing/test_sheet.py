"""Whatever the map: nothing overlaps, nothing falls off the sheet, and a Persian sheet is the same sheet seen in a mirror."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.drawing.layouts.layout import layouts_of_a_map
from safarnama.drawing.scene import Box, Text
from safarnama.maps.model import Map
from tests.drawing.geometry import fallen, overlaps
from tests.maps.drawn import DAY, maps

LAYOUTS = layouts_of_a_map()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=40)
@given(document=maps(stages=(1, 9)))
def test_nothing_overlaps_or_falls_off(layout: str, language: str, document: Map) -> None:
    scene = registry.find("layout", layout)().scene(document, language, DAY)
    assert overlaps(scene) == []
    assert fallen(scene) == []
    smallest = min(mark.size for mark in scene.walk() if isinstance(mark, Text))
    assert smallest >= 9


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(max_examples=15)
@given(document=maps(stages=(3, 5)))
def test_a_persian_sheet_is_mirrored_once(layout: str, document: Map) -> None:
    scene = registry.find("layout", layout)().scene(document, "fa", DAY)
    placed = scene.placed()
    assert placed.placed() is placed
    marks = list(zip(scene.walk(), placed.walk(), strict=True))
    for logical, physical in marks:
        if isinstance(logical, Box) and isinstance(physical, Box):
            assert physical.x == pytest.approx(scene.width - logical.x - logical.width)
        if isinstance(logical, Text) and isinstance(physical, Text):
            assert physical.text == logical.text  # words are never reversed
            assert physical.x == pytest.approx(scene.width - logical.x)
    assert fallen(placed) == []


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=60))
@settings(max_examples=60)
def test_whatever_is_written_arrives_as_words(written: str) -> None:
    from xml.etree import ElementTree

    document = Map.model_validate(
        {
            "id": "x",
            "title": written or "x",
            "stages": [{"id": "a", "name": written, "steps": [{"id": "b", "name": written}]}],
            "lanes": [{"id": "l", "kind": "pains", "cards": [{"id": "c", "at": "b", "text": written}]}],
        }
    )
    from safarnama.drawing.svg import svg

    for language in LANGUAGES:
        text = svg(registry.find("layout", "grid")().scene(document, language, DAY), "paper")
        root = ElementTree.fromstring(text)  # well formed, whatever was written
        assert not [tag for tag in root.iter() if tag.tag.rpartition("}")[2] in ("script", "foreignObject")]
        assert not re.search(r"\son\w+=", re.sub(r">[^<]*<|\"[^\"]*\"", "", text))
