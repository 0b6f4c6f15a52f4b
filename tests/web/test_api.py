"""The API says what the library says, and mistakes in both languages."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from safarnama.core import registry
from safarnama.core.workspace import Workspace
from safarnama.maps.model import Map

STEPS = {"steps": ["product_viewed", "cart_added"], "window": "7d"}


def test_asking_by_address_and_by_body_and_in_the_library_is_one(small: Workspace, client: TestClient) -> None:
    posted = client.post("/api/v1/ask/funnel", json=STEPS)
    got = client.get("/api/v1/ask/funnel?steps=product_viewed,cart_added&window=7d")
    asked = small.journeys().ask(registry.find("question", "funnel").of(STEPS))
    assert posted.status_code == got.status_code == 200
    assert posted.content == got.content == asked.to_json()


@pytest.mark.parametrize(
    "path",
    ["workspace", "questions", "questions/funnel", "maps", "maps/journey", "findings", "rejected", "rejected?limit=1"],
)
def test_everything_answers(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"


def test_map_is_its_document(small: Workspace, client: TestClient) -> None:
    found = Map.model_validate(client.get("/api/v1/maps/journey").json())
    assert found == Map.load(small.path("maps", "journey.yaml"))


def test_kept_finding_is_the_same(small: Workspace, client: TestClient) -> None:
    name = client.get("/api/v1/findings").json()[0]
    assert client.get(f"/api/v1/findings/{name}").json()["question"] == name.partition("-")[0]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "ask/funel", None, 422, "mistake"),
        ("GET", "ask/funnel?steps=nope,cart_added", None, 422, "mistake"),
        ("POST", "ask/funnel", {"steps": 4}, 422, None),
        ("POST", "ask/funnel", [], 422, "request"),
        ("GET", "findings/nope", None, 404, "missing"),
        ("GET", "maps/nope", None, 404, "missing"),
        ("GET", "maps/journey/drawing/doc", None, 422, "mistake"),
        ("GET", "nothing", None, 404, "missing"),
        ("DELETE", "maps", None, 405, "refused"),
        ("GET", "rejected?limit=0", None, 422, "request"),
    ],
)
def test_mistakes(client: TestClient, method: str, path: str, body: object, status: int, code: str | None) -> None:
    answer = client.request(method, f"/api/v1/{path}", json=body)
    assert answer.status_code == status, answer.text
    said = answer.json()
    assert set(said) == {"code", "message"} and set(said["message"]) == {"en", "fa"}
    assert code is None or said["code"] == code


def test_drawing_of_a_map(client: TestClient) -> None:
    answer = client.get("/api/v1/maps/journey/drawing/svg?language=fa&theme=dark")
    assert answer.headers["content-type"].startswith("image/svg+xml") and answer.text.startswith("<svg")


def test_description_and_its_page(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert all(path.startswith("/api/") for path in described["paths"])
    page = client.get("/api/docs").text
    for path in described["paths"]:
        assert path in page


def test_a_number_opens_to_its_customers(client: TestClient) -> None:
    asked = client.get("/api/v1/ask/overview").json()["rows"]
    opened = client.get("/api/v1/customers/overview", params={"row": 1, "most": 3}).json()
    assert opened["customers"] == asked[0]["customers"]
    assert opened["after"] == [asked[0]["name"]]
    assert len(opened["rows"]) == 3
    assert client.get("/api/v1/customers/overview", params={"row": 10_000}).status_code == 422
