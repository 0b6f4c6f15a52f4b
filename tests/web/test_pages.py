"""Every page answers, in both languages, and says what it must."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from safarnama.core import registry
from safarnama.core.words import LANGUAGES
from safarnama.core.workspace import Workspace
from safarnama.maps.model import Map

FUNNEL = "/ask/funnel?steps=product_viewed&steps=cart_added&steps=order_confirmed&window=7d"
PAGES = [
    "/",
    "/?state=current",
    "/?review=due",
    "/maps/journey",
    "/maps/hostile",
    "/ask",
    "/ask/funnel",
    FUNNEL,
    "/ask/quality?go=1",
    "/ask/friction?go=1",
    "/findings",
    "/data",
    "/data/rejected",
    "/data/rejected?reason=no_such_day",
    "/api/docs",
]


class _Outline(HTMLParser):
    """What of a page's bones can be counted."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.inline = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attributes)
        self.inline += (
            "style" in given or any(name.startswith("on") for name in given) or (tag == "script" and "src" not in given)
        )
        self.ids += [str(given["id"])] if "id" in given else []
        self.addresses += [str(given[name]) for name in ("href", "src", "action") if given.get(name)]


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_page_answers_in_both_languages(client: TestClient, path: str, language: str) -> None:
    answer = client.get(path + ("&" if "?" in path else "?") + f"ui={language}")
    assert answer.status_code == 200, answer.text[:500]
    assert f'<html lang="{language}" dir="{"rtl" if language == "fa" else "ltr"}"' in answer.text
    outline = _Outline(answer.text)
    assert outline.tags.count("h1") == 1 and outline.tags.count("main") == 1
    assert outline.inline == 0, "inline styles and scripts are refused by the policy"
    assert not [each for each in outline.addresses if re.match(r"(https?:)?//", each)], "nothing comes from elsewhere"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_every_question_answers_with_its_example_or_says_what_it_needs(client: TestClient) -> None:
    for name in registry.names("question"):
        assert client.get(f"/ask/{name}").status_code == 200
        answer = client.get(f"/ask/{name}?go=1")
        assert answer.status_code in (200, 422), name


def test_interface_language_is_remembered_and_is_not_the_maps(small: Workspace, client: TestClient) -> None:
    answer = client.get("/maps/journey?ui=fa&lang=en")
    assert "ui=fa" in answer.headers["set-cookie"]
    assert '<html lang="fa"' in answer.text and 'id="sheet" lang="en"' in answer.text
    client.cookies.clear()


def test_language_of_the_browser_is_spoken(client: TestClient) -> None:
    assert '<html lang="fa"' in client.get("/ask", headers={"accept-language": "de, fa-IR;q=0.8, en;q=0.5"}).text


def test_every_card_and_number_of_the_map_opens(small: Workspace, client: TestClient) -> None:
    document = Map.load(small.path("maps", "journey.yaml"))
    page = client.get("/maps/journey?lang=en&ui=en").text
    drawn = page[page.index('id="sheet"') : page.index('class="steps"')]
    opened = set(re.findall(r'href="(/(?:findings|maps)/[^"]+)"', drawn))
    cards = {each for each in opened if "/cards/" in each}
    assert len(cards) >= sum(min(len(lane.cards), 3) for lane in document.lanes) / 2
    assert any(each.startswith("/findings/") for each in opened)
    for address in opened:
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200, address
    for reach in document.derived.stages.values():
        assert f"/findings/{reach.finding}" in page


def test_card_page_and_panel(small: Workspace, client: TestClient) -> None:
    document = Map.load(small.path("maps", "journey.yaml"))
    lane = next(lane for lane in document.lanes if lane.kind == "measures" and lane.cards)
    address = f"/maps/journey/cards/{lane.cards[0].id}"
    page = client.get(address).text
    assert "95%" in page or "۹۵٪" in page
    assert "/findings/" in page
    panel = client.get(address + "?part=panel").text
    assert "<html" not in panel and "<article" in panel
    assumed = client.get("/maps/hostile/cards/guess?ui=en").text
    assert "No evidence; this card is an assumption." in assumed


def test_table_twin_covers_every_step_in_every_row(small: Workspace, client: TestClient) -> None:
    document = Map.load(small.path("maps", "journey.yaml"))
    page = client.get("/maps/journey").text
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL):
        spans = [int(span or 1) for span in re.findall(r'<td(?: colspan="(\d+)")?>', row)]
        assert sum(spans) == len(document.steps)


@pytest.mark.parametrize("output", registry.names("output"))
def test_map_downloads(client: TestClient, output: str) -> None:
    answer = client.get(f"/maps/journey/download/{output}?lang=fa")
    assert answer.status_code == 200 and answer.content
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_output_is_offered_by_its_name(client: TestClient, language: str) -> None:
    page = client.get(f"/maps/journey?lang=fa&ui={language}").text
    menu = page.partition('<details class="menu">')[2].partition("</details>")[0]
    for output in registry.names("output"):
        assert f"/maps/journey/download/{output}?lang=fa&layout=grid" in menu.replace("&amp;", "&")
        assert registry.find("output", output).title.say(language) in menu


def test_answer_downloads_and_keeping(client: TestClient) -> None:
    query = FUNNEL.partition("?")[2].replace("&steps=", ",")
    csv = client.get(f"/ask/funnel/csv?{query}")
    assert csv.text.lstrip("\ufeff").startswith("step,touchpoint,customers")
    assert client.get(f"/ask/funnel/picture/svg?{query}").headers["content-type"].startswith("image/svg+xml")
    kept = client.post(f"/ask/funnel/keep?{query}", follow_redirects=False)
    assert kept.status_code == 303
    page = client.get(kept.headers["location"])
    assert page.status_code == 200 and "7d" in page.text
    assert client.get(kept.headers["location"] + "/csv").status_code == 200


def test_rejected_rows_say_line_and_reason(client: TestClient) -> None:
    page = client.get("/data/rejected?ui=fa").text
    assert "1405/13/40" in page and "چنین روزی در تقویم نیست" in page
    english = client.get("/data/rejected?ui=en").text
    assert "the calendar has no such day" in english


def test_empty_workspace_says_what_to_do(empty_client: TestClient) -> None:
    for path in ("/", "/ask", "/data", "/findings", "/data/rejected"):
        assert empty_client.get(path).status_code == 200, path
    assert "safarnama import" in empty_client.get("/").text
    answer = empty_client.get("/ask/funnel")
    assert answer.status_code == 404 and "safarnama import" in answer.text


def test_broken_map_stands_in_the_atlas_with_its_reason(client: TestClient) -> None:
    page = client.get("/?ui=en").text
    assert "broken" in page and "could not be read" in page
    assert client.get("/maps/broken").status_code == 422
