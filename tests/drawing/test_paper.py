"""How a map fits on paper: whatever the map, all of it can be read, every card stands once, and the rail is on every page."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.words import LANGUAGES
from safarnama.drawing.paging import PAGES, pages_of
from safarnama.drawing.paper import MM, PAPER, Page
from safarnama.drawing.scene import Group, Text
from safarnama.drawing.setting import Setting
from safarnama.drawing.tokens import smallest
from safarnama.maps.model import Map
from tests.drawing.geometry import fallen, overlaps, rectangle
from tests.drawing.test_layouts import hard
from tests.maps.drawn import DAY, maps

LAYOUTS = [name for name in registry.names("layout") if registry.find("layout", name).draws == "map"]
SHEETS = ["a4", "a3", "a2", "a1", "a0", "slide", "roll"]  # what has an end
LANGUAGE = st.sampled_from(LANGUAGES)
_STAGE, _STEP = {"en": "Stage", "fa": "مرحله"}, {"en": "Step", "fa": "گام"}


def pages(document: Map, size: str, language: str, how: str = "split", layout: str = "grid") -> list[Page]:
    chosen = registry.find("layout", layout)()
    return pages_of(chosen, document, language, DAY, Setting(), PAPER[size], how, several=True)


def floor(size: str) -> float:
    """The least type in points, said once more and apart from the code that is tested."""
    return {"slide": 10.5}.get(size, 9.0) * 72 / 96


def type_of(page: Page) -> float:
    """The smallest type on a page, in points."""
    return min(mark.size for mark in page.scene.walk() if isinstance(mark, Text)) * page.scale / 25.4 * 72


def words(page: Page) -> list[str]:
    return [mark.text for mark in page.scene.walk() if isinstance(mark, Text)]


def ids(page: Page) -> list[str]:
    return [
        mark.id.removeprefix("card-") for mark in page.scene.walk() if isinstance(mark, Group) and mark.role == "card"
    ]


@pytest.mark.parametrize("size", ["a4", "a3", "slide"])
@settings(max_examples=25, deadline=None)
@given(document=maps(stages=(1, 7)), language=LANGUAGE)
def test_a_split_map_is_whole(size: str, language: str, document: Map) -> None:
    found = pages(document, size, language)
    for page in found:
        assert type_of(page) >= floor(size) - 1e-6
        assert overlaps(page.scene) == []
        assert fallen(page.scene.placed()) == []
        left, top, wide, high = page.view
        assert left <= 1e-6 and top <= 1e-6, "nothing is cut off"
        assert left + wide >= page.scene.width - 1e-6 and top + high >= page.scene.height - 1e-6
        assert (page.width, page.height) == pytest.approx((PAPER[size].width, PAPER[size].height))
        assert {_STAGE[language], _STEP[language]} <= set(words(page)), "the rail"
        assert page.document
        shown = {mark.id for mark in page.scene.walk() if isinstance(mark, Group) and mark.role == "lane"}
        if len(found) > 1:
            assert shown == {f"lane-{lane.id}" for lane in page.document.lanes}
    stand = Counter(each for page in found for each in ids(page))
    if len(found) > 1:
        wanted = {card.id for lane in document.lanes for card in lane.cards if card.text is not None}
        assert wanted <= set(stand)
        assert set(stand.values()) <= {1}
    assert [step.id for step in document.steps] == list(
        dict.fromkeys(step.id for page in found if page.document for step in page.document.steps)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SHEETS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_type_is_too_small_or_the_sheet_that_would_do_is_named(layout: str, size: str, language: str) -> None:
    document = hard(5, 3, 12)
    for how in PAGES:
        try:
            found = pages(document, size, language, how, layout)
        except Mistake as mistake:
            would = mistake.arguments.get("would")
            if would:
                able = pages(document, would, language, "split" if how == "split" else "one", layout)
                assert all(type_of(page) >= floor(would) - 1e-6 for page in able)
                assert would in mistake.say(language)
            continue
        assert all(type_of(page) >= floor(size) - 1e-6 for page in found)
        assert len(found) == 1 or how != "one"


@pytest.mark.parametrize("size", ["a4", "slide"])
def test_a_large_map_is_split_and_every_card_stands_once(size: str) -> None:
    document = hard(12, 5, 20)
    spanning = document.lanes[0].cards[3]
    spanning.until = document.steps[-1].id
    found = pages(document, size, "fa")
    stand = Counter(each for page in found for each in ids(page))
    assert stand == Counter(card.id for lane in document.lanes for card in lane.cards)
    # Where it reaches a page of its lane it is said from which it comes.
    home = next(number for number, page in enumerate(found, 1) if spanning.id in ids(page))
    later = [page for page in found[home:] if page.document and any(lane.id == document.lanes[0].id for lane in page.document.lanes)]  # fmt: skip
    assert later
    for page in later:
        assert [word for word in words(page) if word.startswith("از صفحه")], "reaches this page too"


def test_numbers_of_stages_and_steps_go_on_from_page_to_page() -> None:
    document = hard(6, 3, 8, "0")
    seen: list[str] = []
    for page in pages(document, "a4", "en", "stages"):
        placed = [
            mark for mark in page.scene.walk() if isinstance(mark, Text) and mark.size == 12 and mark.weight == 700
        ]
        seen += [mark.text for mark in placed if mark.text.isdecimal()]
    assert list(dict.fromkeys(seen)) == [str(number) for number in range(1, 19)]


def test_the_curve_meets_itself_at_the_edge_of_a_page() -> None:
    from safarnama.drawing.parts.strokes import running_on
    from safarnama.maps.derived import Point

    every = {number: Point(step=str(number), value=value) for number, value in enumerate((-2.0, 1.0, 0.5, 2.0))}
    here = running_on(every, 2)
    there = running_on({number - 2: point for number, point in every.items()}, 2)
    assert here[2].value == there[-1].value == 0.75


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_tiles_show_all_of_the_sheet_and_begin_where_reading_does(layout: str, language: str) -> None:
    document = hard(6, 3, 16)
    whole = registry.find("layout", layout)().scene(document, language, DAY).placed()
    found = pages(document, "a4", language, "tile", layout)
    if len(found) == 1:
        return
    seen = []
    for page in found:
        left, top, wide, high = page.view
        margin = 10 / page.scale
        seen.append((left + margin, top + margin, left + wide - margin, top + high - margin))
    corners = [
        (x, y)
        for mark in whole.walk()
        if isinstance(mark, Text)
        for a, b, c, d in [rectangle(mark)]
        for x, y in ((a, b), (c, d))
    ]
    assert [at for at in corners if not any(a <= at[0] <= c and b <= at[1] <= d for a, b, c, d in seen)] == []
    first, last = seen[0], seen[-1]
    assert first[1] <= min(y for _, y in corners) and last[3] >= max(y for _, y in corners)
    start = max(x for x, _ in corners) if language == "fa" else min(x for x, _ in corners)
    assert first[0] <= start <= first[2]
    # Two neighbours share a strip of ten millimetres.
    beside = next(each for each in seen[1:] if each[1] == first[1])
    shared = min(first[2], beside[2]) - max(first[0], beside[0])
    assert shared * found[0].scale == pytest.approx(10)


def test_a_roll_is_as_long_as_it_must_be_and_a_screen_as_high() -> None:
    document = hard(12, 5, 8)
    (roll,) = pages(document, "roll", "en")
    assert roll.height == pytest.approx(914)
    assert roll.width > 1_189
    for page in pages(document, "screen", "en"):
        assert page.width / MM == pytest.approx(1920)


def test_a_picture_has_one_page(tmp_path: Any) -> None:
    document = hard(8, 3, 12)
    with pytest.raises(Mistake) as told:
        document.draw(tmp_path / "x.svg", size="a4")
    assert "PDF" in told.value.say("en") and "PDF" in told.value.say("fa")
    small = hard(1, 2, 2)
    file = small.draw(tmp_path / "x.svg", size="a3")
    assert 'width="1587.4" height="1122.52"' in file.read_text(encoding="utf-8")


def test_the_floors_are_those_of_the_visual_language() -> None:
    assert (smallest("sheet"), smallest("slide")) == (9, 10.5)
