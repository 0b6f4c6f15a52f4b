"""The picture of a diff: whatever changed, nothing overlaps, nothing is lost, and it is the same sheet in a mirror."""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES
from safarnama.drawing.changes.tags import ICONS, WORDS, kinds_of
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Group, Icon, Line, Scene, Text
from safarnama.drawing.svg import svg
from safarnama.maps.diff import KINDS, Diff, diff
from safarnama.maps.model import Map
from safarnama.maps.words import say
from tests.drawing.geometry import fallen, overlaps
from tests.drawing.test_layouts import WAYS, hard, reflected, rounded
from tests.maps.drawn import DAY, maps
from tests.maps.edits import pairs

HERE = Path(__file__).parent / "snapshots"
GIFT = Path(__file__).parents[2] / "examples" / "gift.yaml"


def scene_of(found: Diff, language: str) -> Scene:
    scene: Scene = registry.find("layout", "diff")().scene(found, language, DAY)
    return scene


def edited() -> Diff:
    """The example after one edit of every kind."""
    old = Map.load(GIFT)
    values = copy.deepcopy(old.model_dump(by_alias=True))
    cards = {card["id"]: card for lane in values["lanes"] for card in lane["cards"]}
    lanes = {lane["id"]: lane for lane in values["lanes"]}
    cards["doing-4"]["text"] = {
        "en": "Reads three reviews and trusts the badge.",
        "fa": "سه نظر می‌خواند و به نشان اعتماد می‌کند.",
    }
    cards["doing-3"]["at"] = "search"
    cards["pains-6"]["evidence"] = [{"kind": "surveyed", "n": 214, "end": "2026-09-22"}]
    lanes["pains"]["cards"] = [card for card in lanes["pains"]["cards"] if card["id"] != "pains-3"]
    lanes["pains"]["cards"].append(
        {"id": "fresh", "at": "again", "text": {"en": "The code does not work twice", "fa": "کد بار دوم کار نمی‌کند"}}
    )
    for name in ("pains-1", "measures-7"):
        found = values["derived"]["cards"].get(name) or cards[name]
        found["figure"] |= {"value": found["figure"]["value"] * 0.8, "good": "down" if name == "pains-1" else "up"}
    values["stages"][2]["steps"].append({"id": "receipt", "name": {"en": "Gets a receipt", "fa": "گرفتن رسید"}})
    for curve in (*values["curves"], *values["derived"]["curves"]):
        for point in curve["points"]:
            if point["step"] == "pay":
                point |= {"value": 0.4, "low": 0.3, "high": 0.5}
    values["derived"]["stages"]["purchase"] |= {"customers": 9_900, "share": 0.205}
    values["owner"] = {"en": "Negar and Ali", "fa": "نگار و علی"}
    values["status"] = "tested"
    return diff(old, Map.model_validate(values))


@settings(max_examples=60)
@given(pairs())
def test_whatever_changed_the_picture_stays_whole(both: tuple[Map, Map]) -> None:
    for language in LANGUAGES:
        scene = scene_of(diff(*both), language)
        assert overlaps(scene) == []
        assert fallen(scene) == []
        assert fallen(scene.placed()) == []
        assert min(mark.size for mark in scene.walk() if isinstance(mark, Text)) >= 8.5


@settings(max_examples=15)
@given(maps(stages=(1, 3), steps=2), maps(stages=(1, 3), steps=2))
def test_two_maps_of_any_shape_stand_on_one_sheet(old: Map, new: Map) -> None:
    scene = scene_of(diff(old, new), "fa")
    assert overlaps(scene) == []
    assert fallen(scene) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_extreme_maps_stand_beside_each_other(language: str) -> None:
    for old, new in ((hard(5, 2, 25, "long"), hard(5, 2, 25)), (hard(12, 1, 6), hard(1, 1, 0, data=False)), (hard(6, 2, 6, "3"), hard(6, 3, 6, "5"))):  # fmt: skip
        scene = scene_of(diff(old, new), language)
        assert overlaps(scene) == []
        assert fallen(scene) == []


def changed_cards(scene: Scene) -> dict[str, Group]:
    return {
        mark.id.removeprefix("card-"): mark for mark in scene.walk() if isinstance(mark, Group) and mark.role == "card"
    }


@settings(max_examples=40)
@given(pairs())
def test_every_changed_card_says_by_icon_and_word_what_became_of_it(both: tuple[Map, Map]) -> None:
    found = diff(*both)
    scene = scene_of(found, "en")
    shown = changed_cards(scene)
    of_cards = {change.id: [each for each in found if each.what == "card" and each.id == change.id] for change in found if change.what == "card"}  # fmt: skip
    assert set(shown) == set(of_cards)
    for name, changes in of_cards.items():
        marks = list(_inside(shown[name]))
        said = " ".join(mark.text for mark in marks if isinstance(mark, Text))
        icons = {mark.name for mark in marks if isinstance(mark, Icon)}
        for kind in kinds_of(changes):
            assert WORDS[kind].en in said
            assert ICONS[kind] in icons


def _inside(group: Group) -> Iterator[object]:
    for mark in group.marks:
        yield mark
        if isinstance(mark, Group):
            yield from _inside(mark)


def test_old_words_are_struck_and_new_ones_are_not() -> None:
    found = edited()
    for language in LANGUAGES:
        shown = changed_cards(scene_of(found, language))
        change = next(each for each in found if each.id == "doing-4")
        marks = list(_inside(shown["doing-4"]))
        lines = [mark.y1 for mark in marks if isinstance(mark, Line)]
        texts = [mark for mark in marks if isinstance(mark, Text)]
        crossed = [mark for mark in texts if any(0 < mark.y - line < 0.5 * mark.size for line in lines)]
        assert " ".join(mark.text for mark in crossed) == say(change.old, language)
        assert say(change.new, language) in " ".join(mark.text for mark in texts if mark not in crossed)
        assert any(isinstance(mark, Line) for mark in _inside(shown["pains-3"]))
        assert not any(isinstance(mark, Line) for mark in _inside(shown["fresh"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_runs_from_what_it_was_to_what_it_is_in_the_way_of_reading(language: str) -> None:
    scene = scene_of(edited(), language).placed()
    marks = list(_inside(changed_cards(scene)["pains-1"]))
    before, after = (
        next(mark for mark in marks if isinstance(mark, Text) and mark.text == said)
        for said in (("31%", "25%") if language == "en" else ("۳۱٪", "۲۵٪"))
    )
    arrow = next(mark for mark in marks if isinstance(mark, Icon) and mark.name in WAYS)
    if language == "en":
        assert before.x < arrow.x < after.x
        assert arrow.name == "arrow-right"
    else:
        assert before.x > arrow.x > after.x
        assert arrow.name == "arrow-left"
    assert {"better", "بهتر"} & {mark.text for mark in marks if isinstance(mark, Text)}


def test_what_moved_says_from_where_and_leaves_a_sign_there() -> None:
    words = [mark.text for mark in scene_of(edited(), "en").walk() if isinstance(mark, Text)]
    assert "was at: Compares" in words
    assert "moved to: Searches" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_changed_is_a_picture_too(language: str) -> None:
    document = Map.load(GIFT)
    scene = scene_of(diff(document, document), language)
    words = " ".join(mark.text for mark in scene.walk() if isinstance(mark, Text))
    assert ("Nothing changed" if language == "en" else "چیزی عوض نشده") in words
    assert changed_cards(scene) == {}
    assert scene.description.startswith("Nothing" if language == "en" else "میان")


def test_the_headline_says_the_finding() -> None:
    assert edited().headline("en", DAY) == "7 cards changed; feeling at “Pays” rose from −1.6 to +0.4"
    assert edited().headline("fa", DAY) == "۷ کارت عوض شد؛ احساس در «پرداخت» از −۱٫۶ به +۰٫۴ رسید"
    values = Map.load(GIFT).model_dump(by_alias=True)
    for lane in values["lanes"]:
        lane["cards"] = [{**card, "evidence": []} if card["id"] == "pains-1" else card for card in lane["cards"]]
    values["derived"]["cards"].pop("pains-1", None)
    believed = Map.model_validate(values)
    assert diff(Map.load(GIFT), believed).headline("en", DAY) == "1 card changed; honesty fell from 95 to 93"
    assert diff(believed, Map.load(GIFT)).headline("fa", DAY) == "۱ کارت عوض شد؛ اعتبار از ۹۳ به ۹۵ رسید"
    gift, airport = Map.load(GIFT), Map.load(GIFT.with_name("airport.yaml"))
    assert "share no stage" in diff(airport, gift).headline("en", DAY)


@settings(max_examples=10)
@given(both=pairs())
def test_a_sheet_with_its_direction_flipped_is_its_own_mirror_image(both: tuple[Map, Map]) -> None:
    found = diff(*both)
    there = scene_of(found, "en")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pen, "direction", property(lambda _: "rtl"))
        back = scene_of(found, "en")
    assert [rounded(mark) for mark in back.placed().marks] == [
        rounded(reflected(mark, there.width)) for mark in there.placed().marks
    ]
    assert not [mark for mark in there.walk() if isinstance(mark, Icon) and mark.name in WAYS and not mark.turns]


def test_words_of_users_are_text_alone() -> None:
    old = Map.model_validate({
        "id": "x", "title": "<b>", "stages": [{"id": "s", "name": "a", "steps": [{"id": "t", "name": "b"}]}],
        "lanes": [{"id": "l", "kind": "pains", "cards": [{"id": "c", "at": "t", "text": "x"}]}],
    })  # fmt: skip
    values = old.model_dump(by_alias=True)
    values["stages"][0]["name"] = "<script>alert(1)</script>"
    values["stages"][0]["steps"][0]["name"] = '"onload="x'
    values["lanes"][0]["cards"][0] |= {"text": "</text><script>{y}", "icon": "../../x", "channel": "{z}"}
    values["owner"] = "<script>{x}"
    found = diff(old, Map.model_validate(values))
    root = ElementTree.fromstring(svg(scene_of(found, "en"), "paper"))
    assert {tag.tag.rpartition("}")[2] for tag in root.iter()} & {"script", "foreignObject"} == set()
    assert [name for tag in root.iter() for name in tag.attrib if name.startswith("on")] == []


@pytest.mark.parametrize("output", registry.names("output"))
def test_it_leaves_as_every_picture_and_as_nothing_else(output: str, tmp_path: Path) -> None:
    found, path = edited(), tmp_path / f"diff.{output}"
    if registry.find("output", output).needs_map:
        with pytest.raises(Mistake, match="svg"):
            found.draw(path)
        return
    data = found.draw(path, language="fa", theme="dark", today=DAY).read_bytes()
    assert len(data) > 20_000
    if output == "html":
        for language in LANGUAGES:
            assert all(re.sub(r"[“”\"'&<>]", "", line)[:20] in re.sub(r"[“”\"'&<>]|&\w+;|[\u2066-\u2069]", "", data.decode()) for line in found.say(language))  # fmt: skip
    if output == "pptx":
        import pptx

        notes = pptx.Presentation(str(path)).slides[0].notes_slide.notes_text_frame.text
        assert notes.split("\n") == found.say("fa")


def test_a_map_is_not_drawn_as_a_diff_nor_a_diff_as_a_map(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="safarnama diff"):
        Map.load(GIFT).draw(tmp_path / "x.svg", layout="diff")
    with pytest.raises(Mistake, match="grid"):
        registry.find("door", "draw")(edited(), tmp_path / "x.svg", layout="grid")


@pytest.mark.parametrize("name", ["edited", "same"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_looks_as_it_did(name: str, language: str) -> None:
    found = edited() if name == "edited" else diff(Map.load(GIFT), Map.load(GIFT))
    drawn = re.sub(r"(?<=>)(?=<)", "\n", svg(scene_of(found, language))) + "\n"
    kept = HERE / f"diff-{name}-{language}.svg"
    if os.environ.get("SAFARNAMA_SNAPSHOTS") == "write":
        kept.write_text(drawn, encoding="utf-8")
    assert drawn == kept.read_text(encoding="utf-8")


def test_every_kind_has_a_word_and_an_icon_of_its_own() -> None:
    assert set(WORDS) == set(ICONS) == set(KINDS)
    assert len(set(ICONS.values())) == len(KINDS)
    assert {change.kind for change in edited()} == set(KINDS)
