"""The map as Markdown: every card is in it, and nothing that was typed means anything."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.drawing.outputs.output import Drawing
from safarnama.maps.model import Map
from safarnama.maps.words import say
from tests.maps.drawn import DAY, maps


def _read(document: Map, language: str) -> str:
    drawing = Drawing(lambda _: None, language, document=document, today=DAY)  # type: ignore[arg-type, return-value]
    written: bytes = registry.find("output", "md").of({}).write(drawing)
    return written.decode()


@given(maps())
@settings(max_examples=40, deadline=None)
def test_every_card_is_there_as_it_was_typed(document: Map) -> None:
    for language in LANGUAGES:
        shown = re.sub(r"\\(.)", r"\1", _read(document, language))
        for lane in document.lanes:
            for card in lane.cards:
                assert " ".join(say(card.text, language).split()) in shown


def test_what_a_user_wrote_stays_text() -> None:
    document = Map.load(Path(__file__).parents[2] / "examples" / "gift.yaml")
    evil = "<script>alert(1)</script> ![x](http://x/y.png) | *b*\n# head"
    document.lanes[0].cards[0].text = evil
    written = _read(document, "en")
    assert "\\<script\\>" in written
    assert "\\!\\[x\\](" in written
    assert "\n# head" not in written
    document.lanes[0].cards[0].text = "1. first"
    assert "1\\. first" in _read(document, "en")
