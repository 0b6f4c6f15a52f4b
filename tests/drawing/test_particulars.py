"""What a map says beside its cards is told in every output in words, with what it rests on."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safarnama.core.words import LANGUAGES
from safarnama.drawing.particulars import particulars
from safarnama.maps.model import Map
from tests.maps.drawn import DAY, maps

SOURCE = {"en": "Diary study {}", "fa": "مطالعه خاطره‌نویسی {}"}


def rests(name: str) -> list[dict[str, Any]]:
    """Evidence that can be told from any other."""
    return [{"kind": "observed", "n": 12, "source": {language: said.format(name) for language, said in SOURCE.items()}}]


def backed() -> Map:
    """A map with evidence on everything that can have some, and no card."""
    return Map.model_validate({
        "id": "backed", "title": "Backed",
        "personas": [{
            "id": "p", "name": "Sara",
            "objections": [{"text": "Too dear", "answer": "Half now", "evidence": rests("objection")}],
            "traits": [{"low": "alone", "high": "with others", "value": 70, "evidence": rests("trait")}],
        }, {"id": "q", "name": "Omid"}],
        "conflicts": [{"between": ["p", "q"], "text": "One pays, one uses", "evidence": rests("conflict")}],
        "stakeholders": [{"id": "k", "name": "Finance", "wants": "A fixed sum", "evidence": rests("stakeholder")}],
        "stages": [{
            "id": "s", "name": "Paying", "evidence": rests("stage"), "effort": [{"department": "Support", "hours": 40, "evidence": rests("effort")}],
            "steps": [{"id": "t", "name": "Pays", "evidence": rests("step")}, {"id": "u", "name": "Waits"}],
        }],
        "links": [{"from": "u", "to": "t", "kind": "loop", "label": "tries again", "share": 0.3, "evidence": rests("link")}],
    })  # fmt: skip


THINGS = ("objection", "trait", "conflict", "stakeholder", "stage", "effort", "step", "link")


@pytest.mark.parametrize("output", ["pptx", "html", "xlsx", "md", "pdf", "svg"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_evidence_on_anything_is_told(language: str, output: str, tmp_path: Path) -> None:
    more = {"notes": True} if output in ("pdf", "svg") else {}
    file = backed().draw(tmp_path / f"map.{output}", language=language, today=DAY, **more)
    if output == "pptx":
        held = "\n".join(slide.notes_slide.notes_text_frame.text for slide in pptx.Presentation(str(file)).slides)
    elif output == "xlsx":
        book = openpyxl.load_workbook(file)
        held = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    elif output == "pdf":
        import pypdf

        held = " ".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    else:
        held = re.sub(r"<[^>]*>", " ", file.read_text(encoding="utf-8"))
    held = re.sub(r"[\s\\\u200c\u2066-\u2069\u061c]+", "", held)
    wanted = {name: re.sub(r"[\s\u200c]+", "", SOURCE[language].format(name)) for name in THINGS}
    assert [name for name, said in wanted.items() if said not in held] == []


@settings(max_examples=25, deadline=None)
@given(document=maps(stages=(1, 4)), language=st.sampled_from(LANGUAGES))
def test_everything_with_evidence_is_among_the_particulars(document: Map, language: str) -> None:
    told = [thing for group in particulars(document, language) for thing in group.things]
    steps = [step for stage in document.stages for step in stage.steps]
    claims = [each for stage in document.stages for each in stage.effort]
    expected = len(claims) + len(document.links) + sum(bool(each.evidence) for each in (*document.stages, *steps))
    expected += len(document.opportunities)
    expected += sum(len(persona.jobs) + bool(persona.value) for persona in document.personas)
    expected += sum(len(persona.objections) + len(persona.traits) for persona in document.personas)
    assert sum(thing.found is not None for thing in told) == expected


@pytest.mark.parametrize(
    "ticket", ["javascript:alert(1)", "https://tracker.example/<script>x</script>", '"onmouseover="x']
)
def test_a_ticket_is_text_and_leads_nowhere(ticket: str, tmp_path: Path) -> None:
    stages = [{"id": "s", "name": "S", "steps": [{"id": "t", "name": "T"}]}]
    document = Map.model_validate(
        {"id": "x", "title": "X", "stages": stages, "actions": [{"id": "a", "text": "Do it", "ticket": ticket}]}
    )
    page = document.draw(tmp_path / "x.html", language="en", today=DAY).read_text(encoding="utf-8")
    assert escape(ticket) in page or escape(ticket, quote=False) in page
    seen: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: seen.extend(name for name, _ in attributes)  # type: ignore[method-assign]
    parser.feed(page)
    assert seen and not [name for name in seen if name.startswith("on")]
    assert "<script>x</script>" not in page
    assert not re.search(r"(?:href|src|xlink:href)=[\"'][^#d\"']", page)
    book = openpyxl.load_workbook(document.draw(tmp_path / "x.xlsx", language="en", today=DAY))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == ticket and cell.hyperlink is None for cell in cells)
