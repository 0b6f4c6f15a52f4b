"""The map as a document: nothing is lost on the way to a file and back, and a bad file is told where it is bad."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES
from safarnama.maps.document import parse_map, schema, to_json, to_yaml
from safarnama.maps.model import Map
from tests.maps.drawn import maps

GIFT = Path(__file__).parents[2] / "examples" / "gift.yaml"


@given(maps())
def test_yaml_and_json_lose_nothing(document: Map) -> None:
    assert parse_map(to_yaml(document).encode()) == document
    assert parse_map(to_json(document)) == document
    assert to_yaml(parse_map(to_yaml(document).encode())) == to_yaml(document)


@given(maps(stages=(1, 3)))
def test_honesty_counts_every_card_once(document: Map) -> None:
    honesty = document.honesty()
    filled = sum(
        card.text is not None or document.figure(card) is not None for lane in document.lanes for card in lane.cards
    )
    assert honesty.cards == filled
    assert 0 <= honesty.score <= 100
    assert 0 <= honesty.coverage <= 1
    by_stage = [document.honesty(stage=stage.id) for stage in document.stages]
    assert sum(each.cards for each in by_stage) == filled  # no card of these spans two stages


def test_the_example_is_a_map_and_its_schema_is_one() -> None:
    document = Map.load(GIFT)
    assert len(document.stages) == 5
    assert json.dumps(schema())
    assert set(schema()["properties"]) >= {"title", "stages", "lanes", "personas", "derived"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: [", "line 1"),
        ("- 1", "no map"),
        ("id: x\ntitle: T\nstages: []", "stages"),
        (
            "id: x\ntitle: T\nstages: [{id: a, name: A, steps: [{id: b, name: B}]}, {id: a, name: C, steps: [{id: c, name: D}]}]",
            "'a' is used twice",
        ),
        (
            "id: x\ntitle: T\nstages: [{id: a, name: A, steps: [{id: b, name: B}]}]\nlanes: [{id: l, kind: doing, cards: [{id: c, at: z}]}]",
            "no stage or step",
        ),
        ("x: &a [1]\ny: *a", "not YAML"),
        ("!!python/object/apply:os.system [ls]", "not YAML"),
        ("id: x\nwings: 2\ntitle: T\nstages: [{id: a, name: A, steps: [{id: b, name: B}]}]", "wings"),
    ],
)
def test_a_bad_document_is_told_where(text: str, says: str) -> None:
    with pytest.raises(Mistake) as seen:
        parse_map(text.encode(), "map.yaml")
    assert says in seen.value.say("en")
    for language in LANGUAGES:
        assert "map.yaml" in seen.value.say(language)


def test_bytes_that_are_no_text_and_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="UTF-8"):
        parse_map(b"\xff\xfe\x00")
    with pytest.raises(Mistake, match="not there"):
        Map.load(tmp_path / "none.yaml")


def test_a_deep_document_is_refused_and_not_followed() -> None:
    with pytest.raises(Mistake):
        parse_map(("[" * 100_000).encode())
    with pytest.raises(Mistake):
        parse_map(('{"a":' * 100_000).encode())


def test_a_refresh_layer_never_touches_words() -> None:
    document = Map.load(GIFT)
    emptied = document.model_copy(update={"derived": type(document.derived)()})
    assert [card.text for lane in emptied.lanes for card in lane.cards] == [
        card.text for lane in document.lanes for card in lane.cards
    ]
