"""From files to customers: links are facts with their sources, customers a view over them."""

from __future__ import annotations

import itertools
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safarnama.core.workspace import Workspace
from safarnama.events.schema import WHO
from safarnama.events.store import EventStore
from tests.sources.reading import put

ROLES = {"customer": "c", "user": "u", "email": "m", "device_id": "d", "anonymous": "a", "session": "s"}


def owners(workspace: Workspace) -> dict[str, int]:
    """The customer's key of every event, by the property n."""
    customers, store = workspace.customers(), EventStore(workspace)
    found: dict[str, int] = {}
    for segment in store.segments("events"):
        for part in store.read(segment):
            found.update(zip(part["property:n"].to_pylist(), customers.keys_of(part).tolist(), strict=True))
    return found


def bring(workspace: Workspace, folder: Path, rows: list[dict[str, Any]], name: str = "a") -> None:
    """Rows of identifiers (keys as in ROLES) as one file; each is numbered unless it has a number."""
    full = [
        {"event": "view", "time": "2026-01-01", "n": str(at), **dict.fromkeys("cumdas"), **row}
        for at, row in enumerate(rows)
    ]
    file = put(folder, f"{name}.ndjson", "\n".join(map(json.dumps, full)))
    used = {role: column for role, column in ROLES.items() if any(row.get(column) for row in rows)}
    workspace.import_files(file, columns=used)


def test_an_anonymous_visit_becomes_the_customers_once_they_log_in(shop: Workspace, tmp_path: Path) -> None:
    bring(shop, tmp_path, [{"a": "x"}, {"a": "x", "u": "1"}, {"u": "1", "m": "me@x.ir"}, {"m": "ME@x.ir "}, {"a": "y"}])
    keys = owners(shop)
    assert len({keys[n] for n in "0123"}) == 1 and keys["4"] != keys["0"]
    assert shop.customers().count == 2


def test_two_users_are_never_merged_by_a_device(shop: Workspace, tmp_path: Path) -> None:
    rows = [
        {"u": "sara", "d": "tablet"},
        {"u": "ali", "d": "tablet"},
        {"d": "tablet"},
        {"u": "sara", "d": "phone"},
        {"d": "phone"},
    ]
    bring(shop, tmp_path, rows)
    keys = owners(shop)
    assert len({keys["0"], keys["1"], keys["2"]}) == 3
    assert keys["3"] == keys["4"] == keys["0"]
    assert (shop.customers().ambiguous, shop.customers().count) == (1, 2)


def test_a_shared_devices_visit_goes_to_the_one_known_in_its_session(shop: Workspace, tmp_path: Path) -> None:
    rows = [
        {"u": "sara", "d": "tablet", "s": "s1"},
        {"u": "ali", "d": "tablet", "s": "s2"},
        {"d": "tablet", "s": "s1"},  # 2: Sara's session
        {"d": "tablet", "s": "s3"},  # 3, 4: a session of nobody's
        {"d": "tablet", "s": "s3"},
        {"d": "tablet", "s": "s4"},  # 5: another
        {"u": "sara", "s": "s5"},
        {"u": "ali", "s": "s5"},
        {"d": "tablet", "s": "s5"},  # 8: a session of both
        {"d": "tablet"},  # 9
    ]
    bring(shop, tmp_path, rows)
    keys = owners(shop)
    assert keys["2"] == keys["0"]
    assert keys["3"] == keys["4"]
    assert len({keys[n] for n in ("0", "1", "3", "5", "8", "9")}) == 6


def test_a_visit_without_a_session_is_the_same_nobody_in_every_file(shop: Workspace, tmp_path: Path) -> None:
    shared = [
        {"u": "sara", "d": "t", "s": "s1", "n": "a"},
        {"u": "ali", "d": "t", "s": "s2", "n": "b"},
        {"d": "t", "n": "c"},
    ]
    bring(shop, tmp_path, shared, "web")
    bring(shop, tmp_path, [{"d": "t", "n": "d"}], "app")
    keys = owners(shop)
    assert keys["c"] == keys["d"] != 0


def test_ids_that_look_alike_in_two_types_are_two(shop: Workspace, tmp_path: Path) -> None:
    bring(shop, tmp_path, [{"c": "17"}, {"u": "17"}, {"a": "17"}])
    assert len(set(owners(shop).values())) == 3


@pytest.mark.parametrize("cell", ["null", "-1", "", "N/A"])
def test_placeholders_join_nobody(shop: Workspace, tmp_path: Path, cell: str) -> None:
    bring(shop, tmp_path, [{"u": "sara", "d": cell}, {"u": "ali", "d": cell}, {"d": cell}, {"u": "x", "d": "real"}])
    keys = owners(shop)
    assert len({keys["0"], keys["1"], keys["3"]}) == 3 and keys["2"] == 0


def test_a_workspace_in_which_nobody_is_named(shop: Workspace, tmp_path: Path) -> None:
    file = put(tmp_path, "a.csv", "user_id,event,time\nnull,view,2026-01-01\n-1,buy,2026-01-02\n")
    shop.import_files(file)
    customers = shop.customers()
    assert (customers.count, customers.ambiguous, customers.links().num_rows) == (0, 0, 0)
    assert shop.journeys().customers == 0
    bare = put(tmp_path, "bare.csv", "event,time\nview,2026-01-03\n")
    shop.import_files(bare)
    assert shop.journeys().customers == 0


def test_an_empty_workspace_has_no_customers(shop: Workspace) -> None:
    customers = shop.customers()
    assert (customers.count, customers.links().num_rows) == (0, 0)


def test_links_say_how_often_where_and_when(shop: Workspace, tmp_path: Path) -> None:
    text = "user_id,email,event,time\n"
    text += "u1,a@b.ir,view,2026-01-01\nu1,a@b.ir,buy,2026-01-05\nu1,,view,2026-01-06\n"
    shop.import_files(put(tmp_path, "web.csv", text))
    shop.import_files(put(tmp_path, "app.csv", "user_id,email,event,time\nu1,A@B.ir,open,2026-02-01\n"))
    links = shop.customers().links().to_pylist()
    day = 86_400_000_000
    assert [(link["a_type"], link["b_type"], link["source"], link["times"]) for link in links] == [
        ("user", "email", "web", 2),
        ("user", "email", "app", 1),
    ]
    assert (links[0]["last"] - links[0]["first"]) // day == 4


def test_a_crm_table_ties_what_no_event_does(shop: Workspace, tmp_path: Path) -> None:
    bring(shop, tmp_path, [{"m": "a@b.ir"}, {"u": "7"}])
    assert len(set(owners(shop).values())) == 2
    shop.import_files(put(tmp_path, "crm.csv", "customer_id,user_id,email\n1,7,a@b.ir\n2,8,\n"), kind="customers")
    assert len(set(owners(shop).values())) == 1
    assert shop.customers().count == 2
    assert shop.journeys().customers == 1


def test_other_workspaces_have_other_keys(tmp_path: Path) -> None:
    one, other = (Workspace.new(tmp_path / name) for name in ("one", "other"))
    for workspace in (one, other):
        bring(workspace, tmp_path, [{"u": "sara"}, {"u": "ali"}])
    assert not set(owners(one).values()) & set(owners(other).values())
    assert all(name.startswith(WHO) for name in EventStore(one).manifest.segments[0].columns if "user" in name)


SMALL = {name: st.none() | st.sampled_from([f"{name}1", f"{name}2", f"{name}3"]) for name in "cudas"}
ROWS = st.lists(
    st.fixed_dictionaries(SMALL).filter(lambda row: any(row[name] for name in "cuda")), min_size=2, max_size=14
)


@settings(max_examples=25)
@given(ROWS, st.randoms(use_true_random=False), st.lists(st.integers(0, 14), max_size=2))
def test_the_order_of_rows_files_and_batches_has_no_say(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]], chance: Any, cuts: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    numbered = [{**row, "n": str(at)} for at, row in enumerate(rows)]
    one = Workspace.new(folder / "one")
    bring(one, folder, numbered)
    other = Workspace.new(folder / "other")
    shutil.copy(one.folder / "identifiers.key", other.folder / "identifiers.key")
    other = Workspace.open(other.folder)
    chance.shuffle(numbered)
    edges = [0, *sorted(cuts), len(numbered)]
    for number, (start, end) in enumerate(itertools.pairwise(edges)):
        if numbered[start:end]:
            bring(other, folder, numbered[start:end], f"part{number}")
            other.customers()  # also made in between, to be made again
    assert owners(one) == owners(other)
    assert one.customers().count == other.customers().count
