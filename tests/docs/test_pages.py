"""The two languages say the same, links lead somewhere, and nothing that can be chosen goes unmentioned."""

from __future__ import annotations

from pathlib import Path

import pytest

from safarnama.core import registry
from tests.docs.pages import DOCS, NAMES, ROOT, anchors, blocks, links

PAGES = [*sorted(DOCS.glob("*/*.md")), *(page for page in (ROOT / "README.md", ROOT / "README.fa.md") if page.exists())]
RECORDS = ("Status", "Context", "Decision", "Consequences")


def test_both_languages_have_the_same_pages() -> None:
    assert sorted(path.name for path in (DOCS / "fa").glob("*.md")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_show_the_same_code(name: str) -> None:
    english, persian = ([block.spoken for block in blocks(DOCS / language / name)] for language in ("en", "fa"))
    assert persian == english


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        there = page.parent / path if path else page
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(link)
    assert not lost


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("kind", ["source", "question", "layout", "output"])
def test_everything_registered_is_mentioned(language: str, kind: str) -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in sorted((DOCS / language).glob("*.md")))
    assert [name for name in registry.names(kind) if f"`{name}`" not in text] == []


@pytest.mark.parametrize("page", sorted((DOCS / "fa").glob("*.md")), ids=lambda page: page.name)
def test_persian_pages_run_from_right_to_left(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith('<div dir="rtl">\n\n')
    assert text.endswith("\n</div>\n")
    assert text.count("<div") == 1


@pytest.mark.parametrize("record", sorted((DOCS / "adr").glob("*.md")), ids=lambda record: record.name)
def test_a_decision_has_its_four_parts(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert [part for part in RECORDS if f"## {part}" not in text] == []
