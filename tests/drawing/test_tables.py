"""The map as CSV, workbook, Mermaid and CJML: every card is in it, and nothing that was typed means anything."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from hypothesis import given, settings

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.drawing.outputs.output import Drawing
from safarnama.maps.model import Map
from safarnama.maps.templates import template
from safarnama.maps.words import say
from tests.maps.drawn import DAY, maps

EVIL = [
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    'a";b\n#c: d, e',
    "\tx",
    "]]>&amp;",
]


def _written(document: Map, output: str, language: str) -> bytes:
    drawing = Drawing(lambda _: None, language, document=document, today=DAY)  # type: ignore[arg-type, return-value]
    made: bytes = registry.find("output", output).of({}).write(drawing)
    return made


def _evil() -> Map:
    document = Map.load(Path(__file__).parents[2] / "examples" / "gift.yaml")
    cards = [card for lane in document.lanes for card in lane.cards]
    for card, evil in zip(cards, EVIL, strict=False):
        card.text = evil
    document.stages[0].name = EVIL[5]
    document.steps[0].name = "title: 5: Eve; #x"
    return document


@given(maps())
@settings(max_examples=25, deadline=None)
def test_every_card_is_a_row(document: Map) -> None:
    for language in LANGUAGES:
        text = _written(document, "csv", language).decode("utf-8-sig")
        read = list(csv.reader(io.StringIO(text, newline="")))
        ids = {row[-1] for row in read[1:] if row[-1]}
        assert ids == {card.id for lane in document.lanes for card in lane.cards}
        assert {len(row) for row in read} == {len(read[0])}


@given(maps())
@settings(max_examples=15, deadline=None)
def test_a_workbook_holds_every_card_whole(document: Map) -> None:
    for language in LANGUAGES:
        book = openpyxl.load_workbook(io.BytesIO(_written(document, "xlsx", language)))
        grid, cards = book.worksheets[:2]
        held = "\n".join(str(cell.value) for row in grid.iter_rows() for cell in row if cell.value is not None)
        for lane in document.lanes:
            for card in lane.cards:
                assert say(card.text, language)[:32_000].strip() in held
        assert cards.max_row - 1 >= sum(len(lane.cards) for lane in document.lanes)
        assert all(bool(sheet.sheet_view.rightToLeft) == (language == "fa") for sheet in book.worksheets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_run_by_a_spreadsheet(language: str) -> None:
    document = _evil()
    book = openpyxl.load_workbook(io.BytesIO(_written(document, "xlsx", language)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(cell.value == EVIL[0] for cell in cells), "as it was typed, and text"
    rows = csv.reader(io.StringIO(_written(document, "csv", language).decode("utf-8-sig"), newline=""))
    assert not [
        cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t")) and not _number(cell)
    ]


def _number(text: str) -> bool:
    return re.fullmatch(r"-\d+(\.\d+)?", text) is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_mermaid_keeps_to_its_grammar(language: str) -> None:
    for document in (_evil(), template("online_shop")):
        lines = _written(document, "mmd", language).decode().splitlines()
        assert lines[0] == "journey"
        assert lines[1].startswith("    title ")
        tasks = [line for line in lines if line.startswith("      ")]
        assert len(tasks) == len(document.steps)
        for line in tasks:
            assert re.fullmatch(r" {6}[^:;#\n]+: [1-5](: [^:;#\n]+)?", line), line
            assert not line.strip().startswith("title")
        sections = [line for line in lines if line.startswith("    section ")]
        assert len(sections) == len(document.stages)
        assert not [line for line in [*lines[1:2], *sections] if set(":;#%") & set(line)]


def test_a_score_is_the_feeling() -> None:
    document = template("online_shop")
    text = _written(document, "mmd", "en").decode()
    assert "Children try it: 5: Mina‚ 38" in text  # 1.5, rounded to even
    assert "Money comes back: 2: Mina‚ 38" in text


@given(maps())
@settings(max_examples=25, deadline=None)
def test_cjml_has_a_touchpoint_for_every_card_and_step(document: Map) -> None:
    root = ET.fromstring(_written(document, "cjml", "fa"))
    actors = {actor.get("id") for actor in root.iter("actor")}
    points = [*root.iter("communicationPoint"), *root.iter("action")]
    assert {point.get("step") for point in points} == {step.id for step in document.steps}
    for point in points:
        ends = [point.get(name) for name in ("sender", "receiver", "actor") if point.get(name)]
        assert ends and set(ends) <= actors
    ids = {card.id for lane in document.lanes if lane.kind == "touchpoints" for card in lane.cards}
    assert ids <= {point.get("id") for point in points}


def test_markup_in_cjml_is_text() -> None:
    document = _evil()
    root = ET.fromstring(_written(document, "cjml", "en"))
    assert root.find("journey/phases/phase/name").text == EVIL[5]  # type: ignore[union-attr]
    assert not list(root.iter("script"))
