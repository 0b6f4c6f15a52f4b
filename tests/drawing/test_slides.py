"""Slides: native shapes whose words are the drawing's words, whole in the notes, and nothing a user wrote is more than text."""

from __future__ import annotations

import io
import re
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
from safarnama.maps.parting import stage_by_stage
from safarnama.maps.words import say
from tests.maps.drawn import DAY, maps

GIFT = Path(__file__).parents[2] / "examples" / "gift.yaml"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def slides_of(document: Map, language: str, **options: str) -> pptx.presentation.Presentation:
    layout = registry.find("layout", "grid")()
    drawing = Drawing(
        lambda spoken: layout.scene(document, spoken, DAY), language, document=document,
        part=lambda part, spoken: layout.scene(part, spoken, DAY), today=DAY,
    )  # fmt: skip
    return pptx.Presentation(io.BytesIO(registry.find("output", "pptx").of(options).write(drawing)))


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


def test_a_slide_for_each_stage_follows_the_whole() -> None:
    document = Map.load(GIFT)
    assert len(slides_of(document, "fa", slides="stages").slides) == 1 + len(document.stages)


@settings(max_examples=20)
@given(maps(stages=(1, 4)))
def test_any_map_becomes_slides_that_open(document: Map) -> None:
    for language in LANGUAGES:
        for slide in slides_of(document, language, slides="stages").slides:
            numbers = [element.get("id") for element in slide._element.iter() if element.tag.endswith("}cNvPr")]
            assert len(numbers) == len(set(numbers))
            for extent in slide._element.iter(f"{A}ext"):
                assert extent.get("uri") or (int(extent.get("cx")) >= 0 and int(extent.get("cy")) >= 0)


@given(maps(stages=(1, 5)))
def test_parts_are_maps_and_lose_no_card(document: Map) -> None:
    parts = stage_by_stage(document)
    cards = {card.id for lane in document.lanes for card in lane.cards}
    assert {card.id for part in parts for lane in part.lanes for card in lane.cards} == cards
    for part in parts:
        Map.model_validate(part.model_dump(by_alias=True))


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
