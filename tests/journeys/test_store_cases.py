"""Stores of unusual data: many names, long and short journeys, old and equal times; made at once and in steps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from safarnama.core import registry
from safarnama.core.workspace import Workspace
from safarnama.journeys.journeys import Journeys
from safarnama.journeys.store import JourneyStore
from tests.journeys.test_store import anew, content
from tests.sources.reading import put


@pytest.fixture(autouse=True)
def steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every later import is a step of its own, however small the workspace."""
    monkeypatch.setattr("safarnama.journeys.moving._GROWTH", 0)


def bring(workspace: Workspace, folder: Path, name: str, columns: dict[str, object]) -> Journeys:
    pq.write_table(pa.table(columns), folder / f"{name}.parquet")
    workspace.import_files(folder / f"{name}.parquet", columns={"touchpoint": "event", "time": "time"})
    return workspace.journeys()  # type: ignore[no-any-return]


def versions(workspace: Workspace) -> set[str]:
    """The versions in which the shards that count were made."""
    return {entry["folder"].split("-")[0] for entry in JourneyStore(workspace).manifest.shards}


@pytest.mark.parametrize(("before", "more", "kinds"), [(250, 10, "BH"), (65_530, 10, "HI")])
def test_new_names_beyond_the_width_of_the_codes(
    shop: Workspace, tmp_path: Path, before: int, more: int, kinds: str
) -> None:
    def log(start: int, stop: int) -> dict[str, object]:
        names = [f"t{number:06d}" for number in range(start, stop)]
        return {
            "user_id": ["u1"] * len(names),
            "event": names,
            "time": [1_600_000_000_000 + k for k in range(len(names))],
        }

    first = bring(shop, tmp_path, "first", log(0, before))
    assert first.shards[0].code.dtype.char == kinds[0]
    second = bring(shop, tmp_path, "second", log(before, before + more))
    assert {shard.code.dtype.char for shard in second.shards} == {kinds[1]}
    assert second.scope.size == before + more
    assert len(versions(shop)) == 1, "shards of two widths cannot stand side by side"
    assert content(second) == content(anew(shop))


def test_a_new_name_in_front_of_all_moves_nothing(shop: Workspace, tmp_path: Path) -> None:
    bring(shop, tmp_path, "a", {"user_id": ["u1", "u2"], "event": ["m", "z"], "time": [1_600_000_000_000] * 2})
    journeys = bring(shop, tmp_path, "b", {"user_id": ["u2"], "event": ["a"], "time": [1_600_000_000_000]})
    assert len(versions(shop)) == 2
    assert journeys.touchpoints == ("a", "m", "z")
    # At equal times the alphabet decides, not which name came first.
    assert sorted(tuple(event[2] for event in told) for told in content(journeys).values()) == [("a", "z"), ("m",)]


def test_a_property_that_gets_too_many_values_is_no_longer_carried(shop: Workspace, tmp_path: Path) -> None:
    def log(start: int, stop: int) -> dict[str, object]:
        n = stop - start
        pages = [f"p{number}" for number in range(start, stop)]
        return {"user_id": ["u1"] * n, "event": ["view"] * n, "time": [1_600_000_000_000 + start + k for k in range(n)], "page": pages}  # fmt: skip

    assert "page" in bring(shop, tmp_path, "a", log(0, 200)).scope.words
    assert len(bring(shop, tmp_path, "b", log(200, 250)).scope.words["page"]) == 250
    journeys = bring(shop, tmp_path, "c", log(250, 300))
    assert "page" not in journeys.scope.words
    assert content(journeys) == content(anew(shop))
    assert "page" not in bring(shop, tmp_path, "d", log(0, 5)).scope.words


def test_a_customer_with_a_million_events_gets_one_more(shop: Workspace, tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    times = np.sort(chance.integers(-(10**12), 10**12, 1_000_000))
    who = ["long"] * 1_000_000 + [f"u{k}" for k in range(100)]
    when = pa.array([*times.tolist(), *range(100)], pa.timestamp("ms"))
    what = ["a", "b"] * 500_000 + ["a"] * 100
    bring(shop, tmp_path, "many", {"user_id": who, "event": what, "time": when})
    old = {"user_id": ["long"], "event": ["c"], "time": pa.array([-(10**12) - 5], pa.timestamp("ms"))}
    journeys = bring(shop, tmp_path, "one", old)
    assert (journeys.customers, journeys.events) == (101, 1_000_101)
    assert versions(shop) == {"v000001", "v000002"}
    shard = next(shard for shard in journeys.shards if shard.customers == 1)
    assert shard.first[0] == -(10**12) - 5 and shard.events == 1_000_001
    assert journeys.touchpoints[journeys.scope.table[shard.code[0]]] == "c"


def test_attributes_follow_their_customers(shop: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"u{k},view,2026-01-01\n" for k in range(50))
    shop.import_files(put(tmp_path, "events.csv", "user_id,event,time\n" + rows))
    rows = "".join(f"u{k},Tehran\n" for k in range(40))
    shop.import_files(put(tmp_path, "crm.csv", "user_id,city\n" + rows))
    assert shop.journeys().where("city = Tehran").customers == 40
    shop.import_files(put(tmp_path, "later.csv", "user_id,city\nu1,Yazd\nu45,Yazd\n"))
    journeys = shop.journeys()
    assert len(versions(shop)) == 2
    assert {name: part.customers for name, part in journeys.by("city").items()} == {
        "Tehran": 39,
        "Yazd": 2,
        "unknown": 9,
    }
    assert content(journeys) == content(anew(shop))


def test_every_question_answers_the_same_in_steps_and_at_once(shop: Workspace, tmp_path: Path) -> None:
    """New values of every dimension come late, so their codes are not in the order of the alphabet."""
    chance = np.random.default_rng(3)
    names = ["home", "search", "product_view", "add_to_cart", "payment", "purchase", "payment_failed"]
    for step, channels in enumerate((["web", "store"], ["app", "web"], ["branch", "call", "app"])):
        rows = [
            f"u{60 * step + chance.integers(90)},{names[chance.integers(3 + 2 * step)]},2026-0{1 + step}-{chance.integers(1, 28):02d}"
            f"T{chance.integers(24):02d}:{chance.integers(60):02d}:00,{channels[chance.integers(len(channels))]},{chance.integers(1, 90)}"
            for _ in range(400)
        ]
        file = put(tmp_path, f"{'zxa'[step]}.csv", "user_id,event,time,channel,value\n" + "\n".join(rows) + "\n")
        shop.import_files(file)
        shop.journeys()
    assert len(versions(shop)) == 3
    questions = [registry.find("question", name) for name in registry.names("question")]
    stepped = shop.journeys()
    said = {question.name: _told(stepped, question) for question in questions}
    whole = anew(shop)
    assert len(versions(shop)) == 1
    assert {name: told for name, told in said.items() if told} != {}
    for question in questions:
        assert said[question.name] == _told(whole, question), question.name
    for attribute in ("channel", "source"):
        assert [*stepped.by(attribute)] == [*whole.by(attribute)]


def _told(journeys: Journeys, question: type) -> str:
    try:
        return journeys.ask(question.of(question.example)).to_json()  # type: ignore[attr-defined, no-any-return]
    except Exception as error:  # an example of another shop
        return repr(error)
