"""The map page in a real browser: zoom, keys, the card beside the map, the other language; and what axe finds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from safarnama.core.workspace import Workspace
from safarnama.web.app import create_app
from safarnama.web.serve import listen
from tests.browser import chromium

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(small: Workspace) -> Iterator[str]:
    """Where the pages are served."""
    import uvicorn

    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(create_app(small), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(5)
    listening.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One Chromium for the module."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh page; what it complains about fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    opened = context.new_page()
    said: list[str] = []
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert said == []


def _view(page: Any) -> list[float]:
    return [float(part) for part in page.locator("#sheet > svg").get_attribute("viewBox").split()]


def _until(page: Any, true: Callable[[], bool]) -> None:
    # Playwright's own waiting for a condition evaluates text, which the policy of the pages forbids.
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(20)
    raise AssertionError("it did not happen within two seconds")


def _open(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".zoom")


def test_zoom_keys_panel_and_language(page: Any, address: str) -> None:
    _open(page, f"{address}/maps/journey?ui=fa&lang=fa")
    before = _view(page)
    page.mouse.move(640, 500)
    page.mouse.wheel(0, -300)
    _until(page, lambda: _view(page)[2] < before[2] - 1)

    # ← is the next step in Persian.
    first = page.locator("#sheet a[tabindex='0']")
    first.focus()
    left = first.bounding_box()["x"]
    page.keyboard.press("ArrowLeft")
    focused = page.locator("#sheet a:focus")
    assert focused.bounding_box()["x"] < left
    href = focused.get_attribute("href")
    assert "/cards/" in href

    page.keyboard.press("Enter")
    panel = page.locator(".panel")
    panel.locator("article").wait_for()
    card = href.partition("/cards/")[2].partition("?")[0]
    assert f"card={card}" in page.url

    place = _view(page)
    page.locator("[data-language=en]").click()
    page.wait_for_selector("#sheet[lang=en]")
    assert "lang=en" in page.url and f"card={card}" in page.url
    assert _view(page)[2] == pytest.approx(place[2]), "the place is kept"
    assert page.locator("html").get_attribute("lang") == "fa", "the pages keep their own language"

    page.keyboard.press("Escape")
    panel.wait_for(state="detached")
    assert "card=" not in page.url
    assert card in page.evaluate("document.activeElement.getAttribute('href')")


def test_a_link_to_a_card_opens_it_and_dragging_opens_nothing(page: Any, address: str, small: Workspace) -> None:
    _open(page, f"{address}/maps/journey?ui=en")
    link = page.locator("#sheet a[href*='/cards/']").first
    card = link.get_attribute("href").partition("/cards/")[2].partition("?")[0]
    page.keyboard.press("Tab")
    for _ in range(4):
        page.locator(".zoom button").first.click()
    box = page.locator("#sheet").bounding_box()
    before = _view(page)
    page.mouse.move(box["x"] + 400, box["y"] + 300)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 200, steps=4)
    page.mouse.up()
    assert _view(page) != before and page.locator(".panel").count() == 0
    _open(page, f"{address}/maps/journey?ui=en&card={card}")
    page.locator(".panel article").wait_for()


def test_without_scripts_every_card_is_a_link(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    plain = context.new_page()
    plain.goto(f"{address}/maps/journey?ui=en")
    assert plain.locator(".steps > .step:visible").count() == 1
    plain.locator(".walk a").nth(2).click()
    assert plain.locator(".steps > .step:visible h3").inner_text() == plain.locator(".walk a").nth(2).inner_text()
    plain.locator(".step:visible .card").first.click()
    assert plain.locator("article.about").count() == 1
    context.close()


@pytest.mark.parametrize(
    ("path", "width"),
    [
        ("/?ui=fa", 1280),
        ("/maps/journey?ui=fa", 1280),
        ("/maps/journey?ui=en&theme=dark", 390),
        ("/ask/funnel?steps=product_viewed&steps=cart_added&ui=en", 1280),
        ("/data?ui=fa&theme=dark", 1280),
    ],
)
def test_axe_finds_nothing(page: Any, address: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address + path)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing runs out at the side"
