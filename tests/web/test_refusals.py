"""What must not happen: markup from data, files from elsewhere, tracebacks, strangers."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace
from safarnama.web.app import create_app
from safarnama.web.guard import Guard
from safarnama.web.serve import listen

from .conftest import EVIL, EVIL_NAME, ODD

_SEEN_BY = [
    "/",
    "/maps/hostile?lang=en",
    "/maps/hostile?lang=fa",
    "/maps/hostile/cards/guess",
    "/ask/overview?per=touchpoint",
    "/ask/flow?go=1",
    "/ask/funnel?steps=product_viewed&steps=%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    "/ask/funnel?steps=%3Cscript%3Ealert(%221%22)%3C/script%3E",
    "/ask/%3Cscript%3Ealert(%221%22)%3C/script%3E",
    "/maps/%3Cscript%3E",
    "/data",
    "/data/rejected?source=%3Cscript%3Ealert(%221%22)%3C/script%3E",
    "/findings",
]


@pytest.mark.parametrize("path", _SEEN_BY)
def test_what_people_wrote_never_becomes_markup(client: TestClient, path: str) -> None:
    text = client.get(path).text
    assert EVIL not in text and EVIL_NAME not in text and "<img src=x" not in text


def test_odd_ids_are_addresses_too(client: TestClient) -> None:
    page = client.get("/maps/hostile?lang=en").text
    addresses = set(re.findall(r'href="(/maps/hostile/cards/a[^"]+)"', page))
    assert len(addresses) == 1
    answer = client.get(addresses.pop().replace("&amp;", "&"))
    assert answer.status_code == 200 and "Odd" in answer.text and ODD not in answer.text


def test_downloads_hold_no_markup_either(client: TestClient) -> None:
    for output in ("svg", "html"):
        text = client.get(f"/maps/hostile/download/{output}?lang=en").text
        assert EVIL not in text and "<img src=x" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/maps/..%2f..%2fworkspace",
        "/maps/../workspace",
        "/maps/%2e%2e%2fworkspace",
        "/maps/.hidden",
        "/findings/..%2f..%2fidentifiers",
        "/findings/../../identifiers.key",
        "/static/..%2f..%2fapp.py",
        "/styles/..%2fapp.py",
        "/maps/journey/download/..%2fyaml",
        "/maps/journey/cards/..%2f..%2fx",
    ],
)
def test_no_way_out_of_the_folders(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (404, 422)
    assert "timezone:" not in answer.text and "import" not in answer.text.partition("<main")[0]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/maps/jorney", 404),
        ("/maps/journey/cards/nope", 404),
        ("/findings/nope", 404),
        ("/ask/funel", 422),
        ("/ask/funnel?steps=product_view,cart_added", 422),
        ("/ask/funnel?window=yesterday&steps=product_viewed,cart_added", 422),
        ("/ask/overview?per=nothing", 422),
        ("/maps/journey?layout=nothing", 422),
        ("/maps/journey/download/doc", 422),
        ("/data/rejected?reason=nothing", 404),
        ("/data/rejected?page=zero", 422),
    ],
)
def test_mistakes_teach_in_both_languages(client: TestClient, path: str, status: int) -> None:
    for language, word in (("en", "Safarnama"), ("fa", "سفرنامه")):
        answer = client.get(path + ("&" if "?" in path else "?") + f"ui={language}")
        assert answer.status_code == status, answer.text[:300]
        assert word in answer.text and "Traceback" not in answer.text
    client.cookies.clear()


def test_nearest_name_stands_beside_the_field(client: TestClient) -> None:
    text = client.get("/ask/funnel?steps=product_view&steps=cart_added&ui=en").text
    assert "product_view is not here. Nearest: product_viewed" in text
    assert 'href="/ask/funnel?steps=product_viewed%2Ccart_added' in text
    assert client.get("/maps/jorney?ui=en").text.count("Nearest: journey") == 1


def test_faults_never_show_where(small: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(small)
    monkeypatch.setattr(app.state.shelf, "findings", lambda: 1 / 0)
    answer = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False).get("/findings")
    assert answer.status_code == 500 and "ZeroDivisionError" not in answer.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    ("given", "header", "known"),
    [
        ("127.0.0.1", "127.0.0.1:8000", True),
        ("127.0.0.1", "localhost", True),
        ("127.0.0.1", "[::1]:8000", True),
        ("127.0.0.1", "evil.example:8000", False),
        ("127.0.0.1", "192.168.1.4:8000", False),
        ("127.0.0.1", "", False),
        ("maps.local", "maps.local:80", True),
        ("0.0.0.0", "192.168.1.4:8000", True),
        ("0.0.0.0", "evil.example", False),
    ],
)
def test_only_our_own_names_are_answered(client: TestClient, given: str, header: str, known: bool) -> None:
    assert Guard(client.app, given).knows(header) is known  # type: ignore[arg-type]


def test_strangers_are_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    crossing = client.post("/ask/quality/keep", headers={"sec-fetch-site": "cross-site"})
    assert crossing.status_code == 403
    assert client.post("/api/v1/ask/quality", content=b"x" * 2_000_000).status_code == 413


def test_small_groups_never_leave(client: TestClient) -> None:
    text = client.get("/ask/paths/csv?length=6&top=200").text
    rows = [line.split(",") for line in text.splitlines()[1:]]
    hidden = [row for row in rows if row[3] in ("<5", "")]
    assert len(hidden) != 1
    assert not [row for row in rows if row[3] in ("1", "2", "3", "4")]


def test_formulas_in_rows_are_defused(client: TestClient) -> None:
    assert "'=cmd()" in client.get("/data/rejected/csv").text


def test_a_port_in_use_says_what_to_do() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(Mistake) as told:
        listen("127.0.0.1", taken.getsockname()[1])
    assert "--port" in told.value.say("en") and "--port" in told.value.say("fa")
    with pytest.raises(Mistake):
        listen("127.0.0.1", 70000)
    with pytest.raises(Mistake):
        listen("203.0.113.7", 0)
