"""The atlas: every map stands once, those that belong together side by side, whatever is written on them."""

from __future__ import annotations

import io
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pptx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import safarnama as sn
from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Box, Group, Scene, Text
from safarnama.maps.collection import families
from safarnama.maps.model import Map
from safarnama.maps.words import say
from tests.drawing.geometry import fallen, overlaps
from tests.drawing.test_layouts import COMMITTEE, EXTREMES, GIFT, extreme, hard, reflected, rounded
from tests.maps.drawn import DAY, maps

NAMES = "abcdef"


def wall(documents: list[Map], language: str) -> Scene:
    scene: Scene = registry.find("layout", "atlas").of({}).scene(documents, language, DAY)
    return scene


def tiles(scene: Scene) -> dict[int, Group]:
    return {int(mark.id[4:]): mark for mark in scene.walk() if isinstance(mark, Group) and mark.role == "map"}


def frame(group: Group) -> Box:
    found = group.marks[0]
    assert isinstance(found, Box)
    return found


def texts(group: Group | Scene) -> str:
    return " ".join(
        mark.text for mark in (group.marks if isinstance(group, Group) else group.walk()) if isinstance(mark, Text)
    )


def tiny(name: str, **more: Any) -> Map:
    steps = [{"id": "t", "name": f"step of {name}", "map": more.pop("opens", None)}]
    return Map.model_validate(
        {"id": name, "title": f"map {name}", "stages": [{"id": "s", "name": "s", "steps": steps}], **more}
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXTREMES)
def test_an_extreme_map_stays_on_its_tile(name: str, language: str) -> None:
    scene = wall([Map.load(GIFT), extreme(name), tiny("a"), extreme(name)], language)
    assert overlaps(scene) == []
    assert fallen(scene) == []
    assert fallen(scene.placed()) == []
    for tile in tiles(scene).values():
        box = frame(tile)
        inside = Scene(box.x + box.width + 4.01, box.y + box.height + 4.01, tile.marks)  # rounding is no fall
        assert fallen(inside) == []  # nothing runs over the end or the foot of a tile


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 3, 7, 60])
def test_any_number_of_maps_hangs_without_overlap(count: int, language: str) -> None:
    some = [Map.load(GIFT), extreme("a word longer than its room"), tiny("a")]
    documents = [some[place % 3] for place in range(count)]
    scene = wall(documents, language)
    assert overlaps(scene) == []
    assert fallen(scene) == []
    found = tiles(scene)
    assert sorted(found) == list(range(count))
    for one, other in combinations(map(frame, found.values()), 2):
        assert one.x + one.width <= other.x or other.x + other.width <= one.x or one.y + one.height <= other.y or other.y + other.height <= one.y  # fmt: skip


@given(st.lists(maps(stages=(1, 5)), min_size=1, max_size=4))
@settings(max_examples=25)
@pytest.mark.parametrize("language", LANGUAGES)
def test_any_maps_hang_without_overlap(language: str, documents: list[Map]) -> None:
    scene = wall(documents, language)
    assert overlaps(scene) == []
    assert fallen(scene) == []


def test_a_wall_with_its_direction_flipped_is_its_own_mirror_image(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [Map.load(GIFT), Map.load(COMMITTEE), tiny("v", variant_of="gift"), hard(7, 4, 8)]
    there = wall(documents, "en")
    with monkeypatch.context() as patch:
        patch.setattr(Pen, "direction", property(lambda _: "rtl"))
        back = wall(documents, "en")
    assert [rounded(mark) for mark in back.placed().marks] == [
        rounded(reflected(mark, there.width)) for mark in there.placed().marks
    ]


@given(
    st.lists(
        st.tuples(*[st.none() | st.sampled_from([*NAMES, "nowhere"])] * 3), max_size=len(NAMES)
    )
)  # fmt: skip
def test_every_map_is_of_one_family_and_next_to_its_own(links: list[tuple[str | None, str | None, str | None]]) -> None:
    """Whatever points at whatever, in circles too."""
    documents = [
        tiny(NAMES[place], variant_of=variant, inside=inside, opens=opens)
        for place, (variant, inside, opens) in enumerate(links)
    ]
    found = families(documents)
    assert sorted(place for family in found for place in family) == list(range(len(documents)))
    home = {place: number for number, family in enumerate(found) for place in family}
    for place, (variant, _, _) in enumerate(links):
        if variant in list(NAMES[: len(links)]) and variant != NAMES[place]:
            assert home[place] == home[NAMES.index(variant)]
    # Those that nothing points at and that point at nothing keep their order.
    assert [min(family) for family in found] == sorted(min(family) for family in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_belongs_together_says_so(language: str, tmp_path: Path) -> None:
    gift = Map.load(GIFT)
    gift.stages[2].steps[1].map = "payment"
    gift.stages[0].steps[0].map = "elsewhere"
    inner = Map.load(tiny("x", title={"en": "Paying in full", "fa": "پرداخت از نزدیک"}).save(tmp_path / "payment.yaml"))
    variant = tiny("y", variant_of="gift")
    documents = [inner, tiny("z"), variant, gift]
    scene = wall(documents, language)
    assert families(documents) == [[3, 2, 0], [1]]  # by id, and by the name of the file
    shown = {place: texts(tile) for place, tile in tiles(scene).items()}
    assert say(inner.title, language) in shown[3]
    assert "elsewhere" in shown[3]
    assert say(gift.title, language) in shown[2]
    assert "variant" in shown[2] or "گونه" in shown[2]
    grounds = [mark for mark in scene.marks if isinstance(mark, Box) and mark.fill == "sunk" and mark.radius == 9]
    assert len(grounds) == 2  # three maps of one family in two rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tile_says_what_a_map_is(language: str) -> None:
    gift = Map.load(GIFT)
    shown = texts(tiles(wall([gift], language))[0])
    for words in (gift.title, gift.personas[0].name, gift.owner, *(stage.name for stage in gift.stages)):
        assert say(words, language) in shown
    pen = Pen(language)
    assert pen.form(gift.honesty(DAY).score, "count") in shown
    assert pen.form(gift.honesty(DAY).coverage, "percent") in shown
    assert pen.form(len(gift.lane("pains").cards), "count") in shown  # type: ignore[union-attr]
    assert pen.form(gift.derived.end, "date") in shown
    late = gift.model_copy(update={"review_due": DAY.replace(day=1), "status": "in_use", "state": "future"})
    shown = texts(tiles(wall([late], language))[0])
    for said in (
        ("24 days late", "in use", "future state")
        if language == "en"
        else ("۲۴ روز عقب", "در حال استفاده", "وضع مطلوب")
    ):
        assert said in shown


def test_every_form_that_can_hold_several_maps_does(tmp_path: Path) -> None:
    documents = [Map.load(GIFT), Map.load(COMMITTEE), tiny('<b>&"x', variant_of="gift")]
    for ending in registry.names("output"):
        out = tmp_path / f"wall.{ending}"
        if ending in ("svg", "png", "pdf", "pptx", "html"):
            assert sn.draw(documents, out, layout="atlas", language="fa", today=DAY).stat().st_size > 1000
        else:
            with pytest.raises(Mistake) as seen:
                sn.draw(documents, out, layout="atlas")
            assert ".html" in seen.value.say("en")
            assert not out.exists()
    outline = pypdf.PdfReader(io.BytesIO((tmp_path / "wall.pdf").read_bytes())).outline
    assert [mark.title for mark in outline][:2] == [say(document.title, "fa") for document in documents[:2]]
    notes = pptx.Presentation(str(tmp_path / "wall.pptx")).slides[0].notes_slide.notes_text_frame.text
    assert say(documents[1].stages[3].steps[1].name, "fa") in notes
    page = (tmp_path / "wall.html").read_text(encoding="utf-8")
    anchors = set(re.findall(r'<article id="([^"]+)"', page))
    links = set(re.findall(r'<a href="#([^"]+)"', page))
    assert links == anchors == {f"{language}-map-{place}" for language in LANGUAGES for place in range(3)}
    assert "<b>&" not in page


def test_what_does_not_fit_is_told() -> None:
    two = [Map.load(GIFT), tiny("a")]
    with pytest.raises(Mistake) as seen:
        sn.draw(two, "x.svg", layout="grid")
    assert "--layout atlas" in seen.value.say("en")
    assert "--layout atlas" in seen.value.say("fa")
    with pytest.raises(Mistake):
        sn.draw([], "x.svg", layout="atlas")


def test_a_workspace_hangs_its_maps(tmp_path: Path) -> None:
    shop = sn.new(tmp_path / "shop")
    tiny("a").save(shop.path("maps", "b.yaml"))
    tiny("b").save(shop.path("maps", "a.yaml"))
    shop.path("maps", "broken.yaml").write_text("nothing: here")
    with pytest.warns(UserWarning, match="broken.yaml"):
        assert [document.id for document in shop.maps()] == ["b", "a"]
