"""Small parts of the pages that decide something."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from safarnama.core.workspace import Workspace
from safarnama.drawing import twin
from safarnama.maps.model import Map
from safarnama.web import cards, tables
from safarnama.web.pages.data import _days_late
from safarnama.web.reader import _spoken


@pytest.mark.parametrize(
    ("counts", "late"),
    [
        ([5, 5, 5, 5], 0),
        ([5, 5, 5, 0], 0),
        ([5, 5, 0, 0, 0], 3),
        ([5, 0, 0, 0, 5, 0, 0], 0),
        ([0, 0, 0, 0, 0, 5, 0, 0], 2),
        ([0, 0, 0], 3),
        ([], 0),
    ],
)
def test_a_source_is_late_when_it_was_never_silent_so_long(counts: list[int], late: int) -> None:
    assert _days_late(counts) == late


@pytest.mark.parametrize(
    ("header", "language"),
    [("", None), ("de", None), ("fa-IR", "fa"), ("en;q=0.4, fa;q=0.9", "fa"), ("x" * 5000, None), ("fa;q=", None)],
)
def test_language_a_browser_asks_for(header: str, language: str | None) -> None:
    assert _spoken(header) == language


def test_intervals_are_said_in_words() -> None:
    assert cards.interval(0.3, 0.4, "percent", "en") == "30% to 40%"
    assert "–" not in cards.interval(-0.3, 0.4, "signed", "fa")


def test_overlapping_cards_share_a_cell() -> None:
    steps = [{"id": f"t{number}", "name": "x"} for number in range(4)]
    document = Map.model_validate(
        {
            "id": "m",
            "title": "m",
            "stages": [{"id": "s", "name": "s", "steps": steps}],
            "lanes": [
                {
                    "id": "l",
                    "kind": "doing",
                    "cards": [
                        {"id": "a", "at": "t1", "until": "t2", "text": "a"},
                        {"id": "b", "at": "t2", "until": "t3", "text": "b"},
                        {"id": "c", "at": "t2", "text": "c"},
                    ],
                }
            ],
        }
    )
    [(_, cells)] = twin.rows(document)
    assert [(span, [card.id for card in found]) for span, found in cells] == [(1, []), (3, ["a", "c", "b"])]


def test_findings_about_steps_say_their_names(small: Workspace) -> None:
    document = Map.load(small.path("maps", "journey.yaml"))
    name = next(path.stem for path in small.path("findings", "x").parent.glob("flow-*.json"))
    finding = small.finding(name)
    assert finding is not None
    said = tables.table(tables.with_names(finding, document, "en"), "en")
    ids = {step.id for step in document.steps}
    assert not ids & {cell.text for row in said.rows for cell in row}


def test_one_html_file_holds_everything(small: Workspace, tmp_path: Path) -> None:
    document = Map.load(small.path("maps", "journey.yaml"))
    text = document.draw(tmp_path / "map.html", language="fa").read_text(encoding="utf-8")
    assert text.startswith('<!doctype html>\n<html lang="fa" dir="rtl">')
    assert not re.findall(r'(?:src|href)="(?!#)', text), "nothing is fetched"
    assert "default-src 'none'" in text.replace("&#x27;", "'")
    repeated = [name for name, times in Counter(re.findall(r' id="([^"]+)"', text)).items() if times > 1]
    assert not repeated
    for language in ("fa", "en"):
        cards_of = {f"{language}-{card.id}" for lane in document.lanes for card in lane.cards}
        assert cards_of <= set(re.findall(r'<article id="([^"]+)"', text))
    assert len(text) < 1_500_000


def test_a_card_is_stale_by_the_day_that_is_asked(small: Workspace) -> None:
    document = Map.load(small.path("maps", "journey.yaml"))
    lane = next(lane for lane in document.lanes if lane.kind == "measures" and lane.cards)
    end = document.derived.end
    assert end is not None
    assert not cards.shown(document, lane, lane.cards[0], "en", end).stale
    assert cards.shown(document, lane, lane.cards[0], "en", date(end.year + 1, end.month, 1)).stale
