"""The store moves only who is touched, and holds the same as one made of everything at once."""

from __future__ import annotations

import itertools
import random
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safarnama.core.workspace import Workspace
from safarnama.customers.view import customers_of
from safarnama.journeys.journeys import Journeys
from safarnama.journeys.moments import moments_of
from safarnama.journeys.store import JourneyStore

HEADER = "customer_id,device_id,session_id,event,time,channel,page,value\n"
# Mostly unknown people on devices: a device is met first, its user later, another user of it after that.
people = st.sampled_from(["", "", "", "u1", "u2", "u3"])
devices = st.sampled_from(["d1", "d2", "d3", "d4", "d5", "d6", ""])
sessions = st.sampled_from(["", "s1", "s2", "s3"])
names = st.sampled_from(["view", "buy", "a", "zoom"])
moments = st.one_of(st.integers(0, 50), st.integers(-5_000, 9_000_000))
rows = st.tuples(
    people, devices, sessions, names, moments,
    st.sampled_from(["app", "web", ""]), st.sampled_from(["x", "y", ""]), st.sampled_from(["", "5", "70"]),
)  # fmt: skip
Batches = list[list[tuple[Any, ...]]]
batches = st.lists(st.lists(rows, min_size=1, max_size=8), min_size=2, max_size=5)
# A table of customers: who has which device, and lives where.
tables = st.lists(
    st.tuples(st.sampled_from(["u1", "u2", "u3", "u9"]), devices, st.sampled_from(["Tehran", "Yazd", ""])),
    min_size=1,
    max_size=4,
)
either = st.lists(st.one_of(st.lists(rows, min_size=1, max_size=8), tables), min_size=2, max_size=5)


def text(log: list[tuple[Any, ...]]) -> str:
    """A file of rows; no two have the same time, since equal ones are told apart by their places in the file."""
    return HEADER + "".join(
        ",".join(
            [*row[:4], str(np.datetime64("2020-01-01T00:00:00.000", "us") + np.timedelta64(row[4], "ms")), *row[5:]]
        )
        + "\n"
        for row in log
    )


def bring(workspace: Workspace, folder: Path, name: str, log: list[tuple[Any, ...]]) -> None:
    path = folder / f"{name}.csv"
    if len(log[0]) == 3:
        path.write_text("customer_id,device_id,city\n" + "".join(",".join(row) + "\n" for row in log), encoding="utf-8")
        ids = {"customer": "customer_id", "device_id": "device_id"}
        workspace.import_files(path, kind="customers", columns=ids, source="crm")
        return
    path.write_text(text(log), encoding="utf-8")
    columns = {"customer": "customer_id", "device_id": "device_id", "session": "session_id", "time": "time"}
    workspace.import_files(path, columns=columns, source="shop")


def content(journeys: Journeys) -> dict[int, list[tuple[Any, ...]]]:
    """What is said of each customer that counts, by names alone."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for shard in journeys.shards:
        when = moments_of(shard)
        mask = shard.mask()
        for customer in np.flatnonzero(mask):
            told = []
            for i in range(int(shard.offset[customer]), int(shard.offset[customer + 1]) - 1):
                words = {
                    name: journeys.scope.words[name][column[i] - 1]
                    for name, column in shard.words.items()
                    if name in journeys.scope.words and column[i]
                }
                numbers = {
                    name: int(sparse.value[list(sparse.at).index(i)])
                    for name, sparse in shard.numbers.items()
                    if i in sparse.at
                }
                micro = int(shard.micro[i]) if shard.micro is not None else 0
                name = journeys.touchpoints[journeys.scope.table[shard.code[i]]]
                told.append((int(when[i]), micro, name, tuple(sorted(words.items())), tuple(sorted(numbers.items()))))
            assert int(shard.key[customer]) not in found, "a customer stands in two shards"
            about = shard.attributes.slice(customer, 1).to_pylist()[0] if shard.attributes is not None else {}
            told += sorted((name, value) for name, value in about.items() if value is not None)
            found[int(shard.key[customer])] = told
    return found


def anew(workspace: Workspace) -> Journeys:
    """The journeys of the same events, made of everything at once."""
    store = JourneyStore(workspace)
    with workspace.writing():
        store.make(customers_of(workspace), anew=True)
    return workspace.journeys()  # type: ignore[no-any-return]


def files(workspace: Workspace) -> dict[str, bytes]:
    """The bytes of all shards, without the number of the version."""
    store = JourneyStore(workspace)
    found = {}
    for entry in store.manifest.shards:
        for path in (store.folder / entry["folder"]).iterdir():
            found[f"{entry['folder'].split('-')[1]}/{path.name}"] = path.read_bytes()
    return found


def apart(log: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The rows with times that no two share."""
    return [(*row[:4], row[4] * 1000 + place, *row[5:]) for place, row in enumerate(log)]


@pytest.mark.parametrize("growth", [0, 2])
@settings(max_examples=20)
@given(log=either)
def test_the_store_after_many_imports_says_what_one_made_at_once_says(growth: int, log: Batches) -> None:
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr("safarnama.journeys.moving._GROWTH", growth)  # 0: nothing is ever taken in by a newer shard
        folder = Path(name)
        workspace = Workspace.new(folder / "shop")
        for number, batch in enumerate(log):
            bring(workspace, folder, str(number), batch)
            step = workspace.journeys()
            counted = (step.customers, step.events, dict(step.scope.facts), step.scope.period, step.scope.fingerprint)
            stored = content(step)
            whole = anew(shutil_copy(workspace, folder / f"copy{number}"))
            assert stored == content(whole)
            assert counted[:2] == (whole.customers, whole.events)
            assert counted[2:] == (dict(whole.scope.facts), whole.scope.period, whole.scope.fingerprint)
            assert step.touchpoints == whole.touchpoints


def shutil_copy(workspace: Workspace, folder: Path) -> Workspace:
    shutil.copytree(workspace.folder, folder)
    return Workspace.open(folder)


@settings(max_examples=12)
@given(batches, st.randoms(use_true_random=False), st.integers(1, 4))
def test_order_and_split_give_the_same_bytes(log: Batches, chance: random.Random, parts: int) -> None:
    whole = apart(list(itertools.chain.from_iterable(log)))
    mixed = list(whole)
    chance.shuffle(mixed)
    cuts = [len(mixed) * part // parts for part in range(parts + 1)]
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr("safarnama.journeys.store.SHARD_EVENTS", 5)
        folder = Path(name)
        one = Workspace.new(folder / "one")
        two = shutil_copy(one, folder / "two")
        bring(one, folder, "all", whole)
        one.journeys()
        patch.setattr("safarnama.journeys.buckets.ROOM", 0)  # nothing may wait in memory
        for number, (start, stop) in enumerate(itertools.pairwise(cuts)):
            if stop > start:
                bring(two, folder, f"part{number}", mixed[start:stop])
                two.journeys()
        anew(two)
        assert files(one) == files(two)
