"""The PDF: a bookmark for each stage where it stands, and the words of every card."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.drawing.layouts.layout import layouts_of_a_map
from safarnama.drawing.paging import pages_of
from safarnama.drawing.paper import PAPER
from safarnama.drawing.reading_order import in_reading_order
from safarnama.drawing.scene import Group, Text
from safarnama.drawing.setting import Setting
from safarnama.maps.model import Map
from safarnama.maps.templates import template
from safarnama.maps.words import say

AIRPORT = Path(__file__).parents[2] / "examples" / "airport.yaml"


@pytest.mark.parametrize("layout", layouts_of_a_map())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stage_has_a_bookmark(layout: str, language: str, tmp_path: Path) -> None:
    document = template("online_shop")
    document.stages[1].name = '#set page(width: 1pt) "x" \\ $a$'
    file = document.draw(tmp_path / "map.pdf", layout=layout, language=language)
    reader = pypdf.PdfReader(io.BytesIO(file.read_bytes()))
    assert [mark.title for mark in reader.outline] == [say(stage.name, language) for stage in document.stages]
    assert len(reader.pages) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_bookmarks_of_a_grid_follow_the_reading_direction(language: str, tmp_path: Path) -> None:
    file = template("online_shop").draw(tmp_path / "map.pdf", language=language)
    places = [float(mark.left) for mark in pypdf.PdfReader(io.BytesIO(file.read_bytes())).outline]
    assert places == sorted(places, reverse=language == "fa")
    assert len(set(places)) == len(places)


WRITTEN = [
    "به sara.k+shop@example.com نامه بدهید [کد ۱۲/۷] و (پاسخ) بگیرید",
    "درگاه payment_gateway در نسخه 2.14 (iOS) خطا داد: ۱۲٪ از ۳٬۲۰۰ بار",
    "کالا لااقل از +۱٫۷ به −۰٫۴ رسید؛ «لِباسِ» بچّه‌ها؟ <b>&amp;</b> {الف/ب}",
    "mixed: نامه فارسی inside (٪۳۵) an English card, 99.5% [ref 12/7] efficient",
    "۰۹۱۲ ۳۴۵ ۶۷۸۹ · 021-88 · ساعت ۱۴:۳۰ تا ۱۶:۰۰",
    "Straße naïve – “quoted” ‘x’ … 50 % → end",
]


def _mixed() -> Map:
    """Numbers, addresses, brackets, marks and both scripts in one line, in both languages' sheets."""
    return Map.model_validate({
        "id": "mixed", "title": WRITTEN[0],
        "stages": [{"id": f"s{n}", "name": text, "steps": [{"id": f"t{n}", "name": text}]} for n, text in enumerate(WRITTEN)],
        "lanes": [
            {"id": kind, "kind": kind, "cards": [{"id": f"{kind}{n}", "at": f"t{n}", "text": text} for n, text in enumerate(WRITTEN)]}
            for kind in ("doing", "pains", "thinking", "opportunities", "backstage")
        ],
    })  # fmt: skip


MAPS = {"template": lambda: template("online_shop"), "airport": lambda: Map.load(AIRPORT), "mixed": _mixed}


def _bare(text: str) -> str:
    """Letters and signs alone: without white space, half-spaces and controls of direction."""
    return "".join(letter for letter in text if not letter.isspace() and unicodedata.category(letter) != "Cf")


@pytest.mark.parametrize("layout", ["grid", "blueprint", "curve"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MAPS)
def test_every_card_is_read_as_it_was_written(name: str, language: str, layout: str, tmp_path: Path) -> None:
    """The letters stand in the file in the order of the words, card by card, whichever way they run on the page."""
    document = MAPS[name]()
    file = document.draw(tmp_path / "map.pdf", layout=layout, language=language)
    read = pypdf.PdfReader(file).pages[0].extract_text()
    assert not [letter for letter in read if letter in "\u2066\u2067\u2069\u061c\x00"]
    scene = registry.find("layout", layout).of({}).scene(document, language)
    groups = [mark for mark in scene.walk() if isinstance(mark, Group) and mark.role == "card"]
    cards = [
        "".join(line.text for line in replace(scene, marks=group.marks).walk() if isinstance(line, Text))
        for group in groups
    ]
    assert (len(cards) > 10) or layout == "curve"
    assert [card for card in cards if _bare(card) not in _bare(read)] == []
    lines = [mark.text for mark in scene.walk() if isinstance(mark, Text)]
    assert _bare("".join(lines)) == _bare(read)


@pytest.mark.parametrize("language", LANGUAGES)
def test_fonts_are_inside_and_the_figure_is_told(language: str, tmp_path: Path) -> None:
    document = template("online_shop")
    reader = pypdf.PdfReader(document.draw(tmp_path / "map.pdf", language=language), strict=True)
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        inside = font["/DescendantFonts"][0].get_object()
        assert "Vazirmatn" in inside["/BaseFont"]
        assert "/FontFile2" in inside["/FontDescriptor"] or "/FontFile3" in inside["/FontDescriptor"]
    told = [
        element.get("/Alt")
        for element in _elements(reader.root_object["/StructTreeRoot"])
        if element.get("/S") == "/Figure"
    ]
    assert told == [registry.find("layout", "grid").of({}).scene(document, language).description]


def _elements(element: Any) -> Iterator[Any]:
    element = element.get_object()
    if isinstance(element, dict):
        yield element
        inside = element.get("/K", [])
        for kid in inside if isinstance(inside, list) else [inside]:
            yield from _elements(kid)


def test_the_same_map_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    for moment in ("1000000000", "1700000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
        written.append(template("online_shop").draw(tmp_path / "map.pdf", language="fa").read_bytes())
    assert written[0] == written[1]
    assert b"/CreationDate" not in written[0]


def test_a_pdf_of_another_kind_stays_as_it_is() -> None:
    other = b"%PDF-1.7\n5 0 obj\n<</Type/XRef>>\nendobj\nstartxref\n9\n%%EOF"
    assert in_reading_order(other, ["\u2067\u2069"]) == other


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("how", ["split", "tile"])
def test_pages_of_a_map_describe_themselves_and_bookmarks_lead_to_them(language: str, how: str, tmp_path: Path) -> None:
    document = template("online_shop")
    reader = pypdf.PdfReader(document.draw(tmp_path / "map.pdf", language=language, size="a4", pages=how))
    assert len(reader.pages) > 2
    assert [mark.title for mark in reader.outline] == [say(stage.name, language) for stage in document.stages]
    pages = [reader.get_destination_page_number(mark) for mark in reader.outline]
    assert pages == sorted(pages)
    assert len(set(pages)) > 1
    said = [str(each["/Alt"]) for each in _elements(reader.root_object["/StructTreeRoot"]) if "/Alt" in each]
    assert len(said) == len(reader.pages)
    assert len(set(said)) == len(said), "each says which it is"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("how", ["split", "tile"])
@pytest.mark.parametrize("name", MAPS)
def test_every_page_is_read_as_it_was_written(name: str, how: str, language: str, tmp_path: Path) -> None:
    document = MAPS[name]()
    reader = pypdf.PdfReader(document.draw(tmp_path / "map.pdf", language=language, size="a4", pages=how))
    grid = registry.find("layout", "grid").of({})
    drawn = pages_of(grid, document, language, None, Setting(), PAPER["a4"], how, several=True)
    assert len(drawn) > 1
    for page, read in zip(drawn, reader.pages, strict=True):
        lines = [mark.text for mark in page.scene.walk() if isinstance(mark, Text)]
        assert _bare("".join(lines)) == _bare(read.extract_text())
