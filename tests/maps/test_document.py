"""The map as a document: nothing is lost on the way to a file and back, and a bad file is told where it is bad."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings

from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES
from safarnama.maps.document import parse_map, schema, to_json, to_yaml
from safarnama.maps.model import Map
from tests.maps.drawn import maps

GIFT = Path(__file__).parents[2] / "examples" / "gift.yaml"


@settings(max_examples=30)
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
            "points at 'z', which is no stage or step",
        ),
        ("x: &a [1]\ny: *a", "not YAML"),
        ("!!python/object/apply:os.system [ls]", "not YAML"),
        ("id: x\nwings: 2\ntitle: T\nstages: [{id: a, name: A, steps: [{id: b, name: B}]}]", "line 2, wings"),
        ("id: x\ntitle: T\nperson: 2\nstages: [{id: a, name: A, steps: [{id: b, name: B}]}]", "Nearest: personas"),
        (
            "id: x\ntitle: T\nstages:\n- id: a\n  name: A\n  steps:\n  - id: b\n    title: B\n  - {}",
            "line 8, stages → 0 → steps → 0 → title: a map knows no field of this name. It knows here: id, name,",
        ),
        ("id: x\ntitle: T\nstages:\n- id: a\n  name: A\n  steps: [{id: b, title: B}]", "And 1 more."),
        (
            '{\n"id": "x", "title": "T",\n"stages": [{"id": "a", "name": "A",\n"steps": 3}]}',
            "line 4, stages → 0 → steps",
        ),
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


BARE: dict[str, object] = {
    "id": "x",
    "title": "T",
    "stages": [{"id": "a", "name": "A", "steps": [{"id": "a1", "name": "B"}, {"id": "a2", "name": "C"}]}],
}


def test_the_published_schema_is_the_one_of_the_model() -> None:
    published = Path(__file__).parents[2] / "docs" / "schema" / "map-2.json"
    if os.environ.get("SAFARNAMA_SNAPSHOTS") == "write":
        published.parent.mkdir(exist_ok=True)
        published.write_text(json.dumps(schema(), indent=1) + "\n", encoding="utf-8")
    assert json.loads(published.read_text(encoding="utf-8")) == schema()


def test_a_map_of_the_first_version_is_read_as_todays() -> None:
    lane = {
        "id": "l",
        "kind": "touchpoints",
        "cards": [{"id": "c", "at": "a1", "action": True}, {"id": "d", "at": "a2"}],
    }
    old = {**BARE, "schema": "https://safarnama.dev/schema/map/1", "lanes": [lane]}
    read = parse_map(json.dumps(old).encode())
    assert [card.kind for card in read.lanes[0].cards] == ["action", "communication"]
    assert parse_map(to_yaml(read).encode()) == read
    assert "schema/map/2" in to_yaml(read)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"schema": "https://safarnama.dev/schema/map/9"}, "newer Safarnama"),
        ({"schema": "https://elsewhere.example/1"}, "reads versions 1 to 2"),
        ({"links": [{"from": "a1", "to": "z"}]}, "points at 'z'"),
        ({"links": [{"from": "a1", "to": "a2", "share": 1.5}]}, "must be 1"),
        (
            {"lanes": [{"id": "l", "kind": "doing", "cards": [{"id": "c", "at": "a2", "until": "a1"}]}]},
            "ends before it",
        ),
        ({"lanes": [{"id": "l", "kind": "dancing"}]}, "must be one of"),
        ({"lanes": [{"id": "l", "kind": "doing", "cards": [{"id": "c", "at": "a1", "subject": "q"}]}]}, "no persona"),
        ({"opportunities": [{"id": "o", "text": "T", "solves": ["c"]}]}, "no card"),
        ({"actions": [{"id": "o", "text": "T", "for": "p"}]}, "no opportunity"),
        ({"comments": [{"id": "o", "about": "p", "text": "T"}]}, "no stage, step or card"),
        ({"links": [{"from": "a1", "to": "a2", "wait": -1}]}, "0 or more"),
        ({"state": "dreamt"}, "must be one of"),
        ({"actions": [{"id": "a1", "text": "T"}]}, "'a1' is used twice"),
        ({"review_due": "soon"}, "a date like"),
        ({"title": 5}, "text"),
        (
            {"stages": [{"id": "a", "name": "A", "steps": [{"id": "b", "name": "B", "substage": "s"}]}]},
            "does not have",
        ),
    ],
)
def test_a_rule_that_is_broken_is_told_in_both_languages(more: dict[str, object], says: str) -> None:
    with pytest.raises(Mistake) as seen:
        parse_map(json.dumps({**BARE, **more}).encode(), "map.yaml")
    assert says in seen.value.say("en")
    persian = seen.value.say("fa")
    assert says not in persian or says.isascii()
    assert sum("\u0600" <= letter <= "\u06ff" for letter in persian) > 20


def test_steps_of_a_substage_stand_together() -> None:
    steps = [{"id": f"b{n}", "name": "B", "substage": name} for n, name in enumerate(["s", "t", "s"])]
    stage = {"id": "a", "name": "A", "substages": [{"id": "s", "name": "S"}, {"id": "t", "name": "T"}], "steps": steps}
    with pytest.raises(Mistake, match="stand together"):
        parse_map(json.dumps({**BARE, "stages": [stage]}).encode())
