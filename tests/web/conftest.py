"""One small workspace for all tests of the pages: a few customers, a map, and rows that could not be read."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from fastapi.testclient import TestClient

from safarnama.core.workspace import Workspace
from safarnama.web.app import create_app

EVIL = '<script>alert("1")</script>'
ODD = 'a/b "<c>?#%'
EVIL_NAME = '"><img src=x onerror=alert(1)>'


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The workspace. One of its touchpoints and one of its maps hold what must never become markup."""
    folder = tmp_path_factory.mktemp("web")
    workspace = Workspace.new(folder / "shop", title="Shop & Sons", timezone="Asia/Tehran", currency="IRR")
    events = folder / "events.csv"
    events.write_text(_events(), encoding="utf-8")
    workspace.import_files(events)
    document = workspace.discover()
    document.save(workspace.path("maps", "journey.yaml"))
    _hostile_map(document.save(folder / "copy.yaml"), workspace.path("maps", "hostile.yaml"))
    workspace.path("maps", "broken.yaml").write_text("stages: [", encoding="utf-8")
    return workspace


def _events() -> str:
    chance = random.Random(7)
    start = datetime(2026, 3, 1, 9, 0)
    steps = ["ad_clicked", "product_viewed", "cart_added", "payment_started", "order_confirmed", "nps_answered"]
    stays = [1.0, 0.95, 0.7, 0.8, 0.75, 0.5]
    lines = ["customer_id,event,time,channel,device,score"]
    for customer in range(160):
        now = start + timedelta(days=chance.randrange(60), minutes=chance.randrange(600))
        for step, stay in zip(steps, stays, strict=True):
            if chance.random() > stay:
                break
            channel = "website" if customer % 3 else "app"
            score = str(chance.randrange(4, 11)) if step == "nps_answered" else ""
            lines.append(
                f"c{customer},{step},{now:%Y-%m-%d %H:%M},{channel},{'ios' if customer % 2 else 'android'},{score}"
            )
            now += timedelta(minutes=chance.randrange(2, 3000))
    hostile = EVIL_NAME.replace('"', '""')
    for customer in range(60, 90):
        lines.append(f'c{customer},"{hostile}",2026-04-{customer % 28 + 1:02d} 12:00,website,ios,')
    lines += ["c1,product_viewed,=cmd(),website,ios,", "c2,product_viewed,1405/13/40 10:00,website,ios,", ",,,,,"]
    return "\n".join(lines) + "\n"


def _hostile_map(source: Path, target: Path) -> None:
    """The same map with markup wherever a person can write."""
    plain = yaml.safe_load(source.read_text(encoding="utf-8"))
    plain["title"] = {"en": EVIL, "fa": EVIL}
    plain["owner"] = EVIL
    plain["stages"][0]["name"] = EVIL_NAME
    plain["stages"][0]["steps"][0]["name"] = {"en": EVIL, "fa": EVIL_NAME}
    lane = next(lane for lane in plain["lanes"] if lane["kind"] == "doing")
    lane["title"] = EVIL
    lane["cards"][0]["text"] = EVIL
    lane["cards"].append({"id": "guess", "at": plain["stages"][0]["steps"][0]["id"], "text": "A guess"})
    lane["cards"].append({"id": ODD, "at": plain["stages"][0]["steps"][0]["id"], "text": "Odd"})
    target.write_text(yaml.safe_dump(plain, allow_unicode=True), encoding="utf-8")


@pytest.fixture(scope="session")
def client(small: Workspace) -> TestClient:
    """A browser without a window."""
    return TestClient(create_app(small), base_url="http://127.0.0.1")


@pytest.fixture(scope="session")
def empty_client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The pages of a workspace that has nothing yet."""
    return TestClient(create_app(Workspace.new(tmp_path_factory.mktemp("empty") / "new")), base_url="http://127.0.0.1")
