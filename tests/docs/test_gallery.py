"""The gallery shows every layout in both languages; a new layout asks for ``make gallery``."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from safarnama.core.words import LANGUAGES
from safarnama.drawing.layouts.layout import layouts_of_a_map

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_layout_is_in_the_gallery(language: str) -> None:
    page = DOCS / language / "gallery.md"
    text = page.read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)
    for picture in shown:
        assert (page.parent / picture).stat().st_size > 5_000
    for layout in layouts_of_a_map():
        assert f"(`{layout}`)" in text
        for spoken in LANGUAGES:
            assert any(f"-{layout}-{spoken}.png" in picture for picture in shown)
    assert (DOCS / "pictures" / "gallery" / "contact-sheet.png").exists()
