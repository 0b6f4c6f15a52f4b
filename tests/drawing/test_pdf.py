"""The PDF: a bookmark for each stage where it stands, and the words of every card."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pypdf
import pytest

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.maps.templates import template
from safarnama.maps.words import say


@pytest.mark.parametrize("layout", registry.names("layout"))
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


def test_the_words_of_every_card_can_be_found(tmp_path: Path) -> None:
    document = template("online_shop")
    file = document.draw(tmp_path / "map.pdf", language="en")
    text = pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages[0].extract_text()
    found = "".join(unicodedata.normalize("NFKC", text).split())
    for lane in document.lanes:
        for card in lane.cards:
            first = say(card.text, "en").split()[0]
            assert "".join(unicodedata.normalize("NFKC", first).split()) in found
