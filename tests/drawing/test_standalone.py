"""The map as one HTML file, opened in a real browser without a network: zoom, cards, the other language, and no markup of users."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from safarnama.core.words import LANGUAGES
from safarnama.maps.model import Map
from safarnama.maps.words import say
from tests.browser import chromium

pytestmark = pytest.mark.browser
AIRPORT = Path(__file__).parents[2] / "examples" / "airport.yaml"
WINDOWS = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
EVIL = '<script>say()</script>"><svg onload=say()> id="x" url(#x) javascript:say() </title></style>]]>&lt;b&gt;'


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


@pytest.fixture(params=WINDOWS)
def page(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    """A fresh page without a network. What it complains about, asks for or pops up fails the test."""
    touch = request.param == "phone"
    context = browser.new_context(viewport=WINDOWS[request.param], offline=True, has_touch=touch, is_mobile=touch)
    opened = context.new_page()
    said: list[str] = []
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("console", lambda message: said.append(message.text))
    opened.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    opened.on("request", lambda sent: said.append(sent.url) if not sent.url.startswith(("file:", "data:")) else None)
    yield opened
    context.close()
    assert said == []


def _open(page: Any, file: Path, language: str) -> Any:
    page.goto(file.as_uri())
    page.wait_for_selector(f".in-{language} .zoom")
    return page.locator(f".in-{language} .sheet")


def _view(sheet: Any) -> list[float]:
    return [float(part) for part in sheet.locator("> svg").get_attribute("viewBox").split()]


def _wide(page: Any) -> tuple[int, int]:
    return page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_zoom_cards_and_the_other_language_need_no_network(page: Any, language: str, tmp_path: Path) -> None:
    document = Map.load(AIRPORT)
    sheet = _open(page, document.draw(tmp_path / "map.html", language=language), language)
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "fa" else "ltr")
    assert page.title() == say(document.title, language)
    first = _view(sheet)
    whole = [float(part) for part in sheet.evaluate("s => [s.clientWidth, s.clientHeight]")]
    assert whole[0] / first[2] > 0.59, "words can be read"
    if page.viewport_size["width"] < 640:
        right = first[0] + first[2] == pytest.approx(float(_sheet_width(document, language)), abs=1)
        assert right is (language == "fa") and (first[0] == 0) is (language == "en"), "where reading starts"

    bigger, all_, smaller = (sheet.locator(".zoom button").nth(place) for place in range(3))
    bigger.click()
    assert _view(sheet)[2] < first[2]
    smaller.click()
    assert _view(sheet)[2] == pytest.approx(first[2], rel=0.01)
    all_.click()
    assert _view(sheet)[2] >= _sheet_width(document, language) - 1

    card = document.lane("pains").cards[0]
    link = sheet.locator(f'a[href="#{language}-{card.id}"]')
    link.click()
    told = page.locator("#card")
    assert say(card.text, language) in told.inner_text()
    assert told.get_attribute("dir") == ("rtl" if language == "fa" else "ltr")
    page.keyboard.press("Escape")
    assert page.locator("#card").count() == 0
    assert link.evaluate("link => link === document.activeElement"), "the focus comes back"

    other = next(each for each in LANGUAGES if each != language)
    page.locator(f'label[for="say-{other}"]').click()
    assert page.locator("html").get_attribute("lang") == other
    assert page.locator("h1").inner_text().strip() == say(document.title, other)
    assert not sheet.is_visible() and page.locator(f".in-{other} .sheet").is_visible()
    across, room = _wide(page)
    assert across <= room, "nothing scrolls sideways"


def _sheet_width(document: Map, language: str) -> float:
    from safarnama.core import registry

    width: float = registry.find("layout", "grid").of({}).scene(document, language).width
    return width


def test_what_a_user_wrote_is_shown_as_it_was_written(page: Any, tmp_path: Path) -> None:
    document = Map.load(AIRPORT)
    plain = _open(page, document.draw(tmp_path / "plain.html", language="en"), "en")
    assert plain.count() == 1
    kinds = "() => [...document.querySelectorAll('*')].map(each => each.localName).filter((name, at, all) => all.indexOf(name) === at).sort()"
    known = page.evaluate(kinds)
    for words in (document, *document.stages, *document.steps, *document.lanes, *document.personas):
        for field in ("title", "name", "subtitle", "goal", "tagline", "note", "summary"):
            if field in type(words).model_fields:
                setattr(words, field, EVIL)
    for card in (card for lane in document.lanes for card in lane.cards):
        card.text = EVIL
        for proof in card.evidence:
            proof.source = proof.note = EVIL
    document.lane("pains").cards[0].text = 'an id="x" url(#x)'  # as drawings write their own names
    sheet = _open(page, document.draw(tmp_path / "evil.html", language="en"), "en")
    assert page.evaluate(kinds) == known, "no element that was not there before"
    assert page.evaluate("() => document.scripts.length") == 2
    assert (
        page.evaluate(
            "() => [...document.querySelectorAll('*')].some(each => [...each.attributes].some(one => one.name.startsWith('on')))"
        )
        is False
    )
    assert page.title() == EVIL
    assert page.locator("h1 .in-en").inner_text() == EVIL
    assert page.locator(".in-en article .said").first.inner_text() == EVIL
    drawn = "".join(sheet.locator("svg text").all_text_contents())
    assert EVIL[:8] in drawn and 'id="x"' in drawn and "url(#x)" in drawn
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map(each => each.id)")
    assert len(ids) == len(set(ids))
