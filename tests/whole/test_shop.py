"""The simulated shop from files to map, held against its truth: who is who, and what went wrong where and when."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import safarnama as sn
from safarnama.core.workspace import Workspace
from safarnama.events.identifiers import handle
from safarnama.questions.friction import Friction
from safarnama.simulation import Shop, simulate
from safarnama.simulation.troubles import Trouble

# The names our store gives to the truth's kinds of identifier.
KINDS = {"customer_id": "customer", "user_id": "user", "email": "email", "phone": "phone"}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return simulate(tmp_path_factory.mktemp("shop") / "files", 3000, seed=1)


@pytest.fixture(scope="module")
def workspace(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = sn.new(tmp_path_factory.mktemp("whole") / "shop", timezone="Asia/Tehran", currency="IRR")
    made.import_files(*shop.files)  # every file recognised without a single option
    return made


def spoken_of(trouble: Trouble, rows: list[dict[str, Any]], own: dict[str, str]) -> bool:
    """Whether some row overlaps the trouble in time and speaks of one of its touchpoints."""
    return any(
        (min(date.fromisoformat(row["end"]), trouble.end) - max(date.fromisoformat(row["start"]), trouble.start)).days
        > 0
        and {own[name] for name in row["also"].split(", ")} & set(trouble.touchpoints)
        for row in rows
    )


def test_planted_troubles_are_found_by_their_effect(shop: Shop, workspace: Workspace) -> None:
    assert shop.troubles
    journeys = workspace.journeys()
    same = {name: name for name in journeys.touchpoints}
    rows = journeys.ask(Friction()).rows()
    assert all(spoken_of(trouble, rows, same) for trouble in shop.troubles)
    assert len(rows) <= len(shop.troubles)


def test_they_are_found_whatever_the_touchpoints_are_called(shop: Shop, workspace: Workspace) -> None:
    journeys = workspace.journeys()
    numbered = {
        name: f"e{place:02}"
        for place, name in enumerate(sorted(journeys.touchpoints, key=lambda name: name[::-1]), start=1)
    }
    rows = journeys.grouped(numbered).ask(Friction()).rows()
    own = {number: name for name, number in numbered.items()}
    assert all(spoken_of(trouble, rows, own) for trouble in shop.troubles)


def test_a_trouble_free_shop_hears_no_alarm(tmp_path: Path) -> None:
    calm = simulate(tmp_path / "files", 1500, seed=101, troubles=0)
    made = sn.new(tmp_path / "shop", timezone="Asia/Tehran")
    made.import_files(*calm.files)
    assert made.journeys().ask(Friction()).rows() == []


def test_nobody_is_made_of_two_people(shop: Shop, workspace: Workspace) -> None:
    """Log-ins, phones and e-mails in every spelling lead to one customer each, and never to two people's."""
    resolved = workspace.customers().resolved
    customer_of = dict(zip(resolved.handles.tolist(), resolved.customers.tolist(), strict=True))
    people: dict[int, set[int]] = defaultdict(set)
    customers: dict[int, set[int]] = defaultdict(set)
    for row in pq.read_table(shop.folder / "truth" / "identifiers.parquet").to_pylist():
        if row["type"] in KINDS:
            name = handle(row["value"], KINDS[row["type"]], workspace.key, "IR")
            if name in customer_of:
                people[customer_of[name]].add(row["person"])
                customers[row["person"]].add(customer_of[name])
    assert len(customers) > 1500
    assert all(len(mine) == 1 for mine in people.values())
    whole = sum(len(mine) == 1 for mine in customers.values())
    assert whole / len(customers) > 0.97  # the rest left no trace that would join them


def test_the_map_speaks_of_them_with_evidence(shop: Shop, workspace: Workspace) -> None:
    document = workspace.discover()
    assert 3 <= len(document.stages) <= 9
    pains = document.lane("pains")
    assert pains is not None
    assert len(pains.cards) >= len(shop.troubles)
    for lane in document.lanes:
        for card in lane.cards:
            evidence = document.evidence(card)
            assert all(each.n and each.source and each.end for each in evidence)
            if document.figure(card) is not None:
                assert evidence, f"{card.id} shows a number and says not where it comes from"
                assert any(each.finding and workspace.finding(each.finding) for each in evidence)
