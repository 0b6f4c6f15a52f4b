"""Evidence notes: what a card had to cut stands whole there, with everything it rests on; and so in every output that has notes."""

from __future__ import annotations

import re
import unicodedata
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pptx
import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES, speech
from safarnama.drawing.draw import drawn
from safarnama.drawing.endnotes import TITLE, note_pages, noted
from safarnama.drawing.paper import PAPER
from safarnama.drawing.particulars import particulars
from safarnama.drawing.scene import Text
from safarnama.drawing.setting import PLAIN
from safarnama.maps.model import Map
from safarnama.maps.words import say
from tests.drawing.geometry import fallen, overlaps
from tests.drawing.test_layouts import GIFT, LONG, hard
from tests.maps.drawn import DAY, maps

_CONTROLS = re.compile("[\u061c\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Letters alone: what an extractor puts between and around them is its own."""
    return "".join(unicodedata.normalize("NFKC", _CONTROLS.sub("", text)).split())


def long_map() -> Map:
    """Every card says four hundred letters, which no card of a grid has room for."""
    document = hard(3, 2, 8, "long")
    for lane in document.lanes:
        for number, card in enumerate(lane.cards):
            card.text = {language: f"{LONG[language]} {lane.kind}{number}" for language in LANGUAGES}  # type: ignore[assignment]
    return Map.model_validate(document.model_dump(by_alias=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_too_long_for_its_card_ends_at_a_word_and_stands_whole_elsewhere(language: str, tmp_path: Path) -> None:
    document = long_map()
    texts = [say(card.text, language) for lane in document.lanes for card in lane.cards]
    scene = registry.find("layout", "grid")().scene(document, language, DAY)
    drawn = [mark.text for mark in scene.walk() if isinstance(mark, Text)]
    cut = [line for line in drawn if line.endswith("…")]
    assert cut
    words = {word.rstrip("،,;:؛-–— ") for text in (*texts, *LONG.values()) for word in text.split()}
    said = [line.rstrip("…").split()[-1] for line in cut if len(line.split()) > 2]
    assert said and all(word.strip("«»“”") in words for word in said), "at a word"
    for name in ("pptx", "html", "xlsx", "md"):
        file = document.draw(tmp_path / f"map.{name}", language=language, today=DAY)
        if name == "pptx":
            slides = pptx.Presentation(str(file)).slides
            held = "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides)
        elif name == "xlsx":
            book = openpyxl.load_workbook(file)
            held = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
        else:
            held = file.read_text(encoding="utf-8").replace("\\", "")
        held = plain(held)
        assert [text for text in texts if plain(text) not in held] == [], name


def test_the_notes_of_a_pdf_hold_every_card_whole(tmp_path: Path) -> None:
    document = long_map()
    file = document.draw(tmp_path / "map.pdf", size="a4", notes="yes", language="en", today=DAY)
    reader = pypdf.PdfReader(file)
    assert reader.outline[-1].title == TITLE.say("en")
    first = reader.get_destination_page_number(reader.outline[-1])
    assert first is not None and first > 0
    with closing(pypdfium2.PdfDocument(file)) as pages:
        held = plain(" ".join(pages[at].get_textpage().get_text_range() for at in range(first, len(pages))))
    texts = [say(card.text, "en") for lane in document.lanes for card in lane.cards]
    # A page may end within a long text; then a heading stands between its halves.
    assert [text for text in texts if plain(text)[:150] not in held and plain(text)[-150:] not in held] == []


@pytest.mark.parametrize("size", ["a4", "slide"])
@settings(max_examples=6, deadline=None)
@given(document=maps(stages=(1, 5)), language=st.sampled_from(LANGUAGES))
def test_notes_can_be_read_and_say_what_every_card_rests_on(size: str, language: str, document: Map) -> None:
    pages = note_pages(document, language, DAY, PLAIN, PAPER[size])
    floor = {"slide": 10.5}.get(size, 9.0) * 25.4 / 96
    told = ""
    for page in pages:
        assert overlaps(page.scene) == []
        assert fallen(page.scene.placed()) == []
        lines = [mark for mark in page.scene.walk() if isinstance(mark, Text)]
        assert min(line.size for line in lines) * page.scale >= floor - 1e-6
        told += "".join(plain(line.text) for line in lines)
    for lane in document.lanes:
        for card in lane.cards:
            assert plain(say(card.text, language))[:20] in told
            if not (card.text or document.figure(card)):
                continue
            for each in document.evidence(card):
                assert each.start and each.end and each.n
                assert plain(speech.say((each.start, each.end), "period", language)) in told
                shown = "5" if each.n < 5 else speech.say(each.n, "count", language)
                assert plain(shown) in told or plain(speech.say(5, "count", language)) in told
    for group in particulars(document, language):
        for thing in group.things:
            assert plain(thing.about)[:20] in told and plain(thing.said)[:20] in told


def test_a_source_is_named() -> None:
    document = hard(1, 1, 1)
    document.lanes[0].cards[0].evidence = []
    values = document.model_dump(by_alias=True)
    values["lanes"][0]["cards"][0]["evidence"] = [
        {"kind": "observed", "n": 12, "source": {"en": "twelve visits", "fa": "دوازده بازدید"}, "note": "in May", "start": "2026-05-01", "end": "2026-05-30"}
    ]  # fmt: skip
    document = Map.model_validate(values)
    for language, source in (("en", "twelve visits"), ("fa", "دوازده بازدید")):
        pages = note_pages(document, language, DAY, PLAIN, PAPER["a4"])
        said = " ".join(mark.text for page in pages for mark in page.scene.walk() if isinstance(mark, Text))
        assert source in said and "in May" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_has_its_notes_below_the_map(language: str, tmp_path: Path) -> None:
    document = hard(4, 2, 8)
    scene = registry.find("layout", "curve")().scene(document, language, DAY)
    longer = noted(scene, document, language, DAY)
    assert longer.width == scene.width and longer.height > scene.height
    assert longer.marks[: len(scene.marks)] == scene.marks
    assert overlaps(longer) == []
    assert fallen(longer) == []
    file = document.draw(tmp_path / "x.svg", layout="curve", language=language, notes=True, today=DAY)
    assert TITLE.say(language) in file.read_text(encoding="utf-8")
    with pytest.raises(Mistake):
        document.draw(tmp_path / "x.svg", layout="curve", size="a4", language=language, notes=True, today=DAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_of_a_wall_has_the_notes_of_every_map_below_it(language: str) -> None:
    wall = [long_map(), Map.load(GIFT)]
    told = plain("".join(_texts(wall, language, notes=True)))
    assert told not in plain("".join(_texts(wall, language)))
    for document in wall:
        assert plain(f"{TITLE.say(language)} · {say(document.title, language)[:16]}") in told
        for card in (card for lane in document.lanes for card in lane.cards):
            assert plain(say(card.text, language)) in told


def _texts(wall: list[Map], language: str, notes: bool = False) -> list[str]:
    root = ElementTree.fromstring(drawn(wall, "svg", layout="atlas", language=language, today=DAY, notes=notes))
    return ["".join(each.itertext()) for each in root.iter("{http://www.w3.org/2000/svg}text")]
