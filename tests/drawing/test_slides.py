"""Slides: native shapes whose words are the drawing's words, whole in the notes, and nothing a user wrote is more than text."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

import pptx
import pytest
from hypothesis import given, settings

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.drawing.outputs.output import Drawing
from safarnama.drawing.scene import Text
from safarnama.drawing.slides import drawn
from safarnama.maps.model import Map
from safarnama.maps.words import say
from tests.maps.drawn import DAY, maps

GIFT = Path(__file__).parents[2] / "examples" / "gift.yaml"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def slides_of(document: Map, language: str) -> pptx.presentation.Presentation:
    """The whole map on one slide."""
    layout = registry.find("layout", "grid")()
    drawing = Drawing(lambda spoken: layout.scene(document, spoken, DAY), language, document=document, today=DAY)
    return pptx.Presentation(io.BytesIO(registry.find("output", "pptx")().write(drawing)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_drawing_is_on_the_slide_as_text(language: str) -> None:
    document = Map.load(GIFT)
    scene = registry.find("layout", "grid")().scene(document, language, DAY)
    wanted = sorted(" ".join(mark.text for mark in scene.walk() if isinstance(mark, Text)).split())
    slide = slides_of(document, language).slides[0]
    written = [found.text or "" for found in slide._element.iter(f"{A}t")]
    assert sorted(" ".join(written).split()) == wanted
    assert not CONTROLS.search("".join(written))
    persian = [found for found in slide._element.iter(f"{A}pPr") if found.get("rtl") == "1"]
    assert (len(persian) > 100) is (language == "fa")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notes_hold_every_card_in_full(language: str) -> None:
    document = Map.load(GIFT)
    notes = slides_of(document, language).slides[0].notes_slide.notes_text_frame.text
    for lane in document.lanes:
        for card in lane.cards:
            assert say(card.text, language) in notes


@settings(max_examples=20, deadline=None)
@given(maps(stages=(1, 4)))
def test_any_map_becomes_slides_that_open(document: Map) -> None:
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            file = document.draw(Path(folder) / "map.pptx", language=language, pages="stages")
            made = pptx.Presentation(str(file))
        assert (made.slide_width, made.slide_height) == (12192120, 6858000)
        for slide in made.slides:
            numbers = [element.get("id") for element in slide._element.iter() if element.tag.endswith("}cNvPr")]
            assert len(numbers) == len(set(numbers))
            for extent in slide._element.iter(f"{A}ext"):
                assert extent.get("uri") or (int(extent.get("cx")) >= 0 and int(extent.get("cy")) >= 0)


def test_what_a_user_wrote_stays_text() -> None:
    values = {
        "id": "x", "title": "<a:t>&amp; \x07\x0b =1+1", "stages": [{"id": "s", "name": "</a:t>", "steps": [{"id": "t", "name": "<p:sp/>"}]}],
        "lanes": [{"id": "l", "kind": "doing", "cards": [{"id": "\"><x", "at": "t", "text": "<script>&\x00"}]}],
    }  # fmt: skip
    slide = slides_of(Map.model_validate(values), "en").slides[0]
    written = [found.text for found in slide._element.iter(f"{A}t")]
    assert "<a:t>&amp;  =1+1" in written
    assert "<script>&" in written


def test_icons_are_drawn_as_shapes() -> None:
    for name in ("search", "evidence-surveyed", "smile", "logo"):
        assert drawn(name)
        for segments, *_ in drawn(name):
            assert segments[0][0] == "M"
            for verb, at in segments:
                assert len(at) == {"M": 2, "L": 2, "C": 6, "Z": 0}[verb]
