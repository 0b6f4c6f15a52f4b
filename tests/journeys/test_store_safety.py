"""What a store writes when little changes, and what is left of it when a process is killed or a byte turns."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace
from safarnama.journeys.store import JourneyStore
from tests.journeys.test_store import anew, content, shutil_copy
from tests.sources.reading import put


def shards(workspace: Workspace) -> dict[str, int]:
    """Every shard and how many of its customers count."""
    return {entry["folder"]: entry["customers"] for entry in JourneyStore(workspace).manifest.shards}


def history(folder: Path, customers: int = 3000) -> Path:
    """Many customers, known by a device each, with ten events each."""
    n = customers * 10
    table = pa.table(
        {
            "device_id": [f"d{k % customers}" for k in range(n)],
            "event": [f"t{k % 7}" for k in range(n)],
            "time": pa.array(np.arange(n) * 1_000_000 + 1_500_000_000_000, pa.timestamp("ms")),
        }
    )
    pq.write_table(table, folder / "history.parquet")
    return folder / "history.parquet"


@pytest.fixture
def stored(shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with eight shards."""
    monkeypatch.setattr("safarnama.journeys.store.SHARD_EVENTS", 4000)
    shop.import_files(history(tmp_path))
    shop.journeys()
    assert len(shards(shop)) == 8
    return shop


def test_a_day_writes_about_that_day(stored: Workspace, tmp_path: Path) -> None:
    before = shards(stored)
    folders = {name: (stored.folder / "journeys" / name).stat().st_ino for name in before}
    stored.import_files(put(tmp_path, "day.csv", "device_id,event,time\nd1,new,2026-01-01\nx,t1,2026-01-01\n"))
    journeys = stored.journeys()
    after = shards(stored)
    assert set(after) - set(before) == {"v000002-0000"} and after["v000002-0000"] == 2
    assert sum(before[name] - after[name] for name in before) == 1
    assert folders == {name: (stored.folder / "journeys" / name).stat().st_ino for name in before}
    assert (journeys.customers, journeys.events, journeys.scope.size) == (3001, 30_002, 8)
    assert content(journeys) == content(anew(stored))


def test_a_link_moves_only_whom_it_ties(stored: Workspace, tmp_path: Path) -> None:
    before = shards(stored)
    table = "user_id,device_id,city\nu1,d5,Tehran\nu1,d6,Tehran\n"
    stored.import_files(put(tmp_path, "people.csv", table), kind="events", at="2026-01-01", touchpoint="login")
    journeys = stored.journeys()
    after = shards(stored)
    assert sum(before[name] - after[name] for name in before) == 2
    assert {name for name in after if name not in before} == {"v000002-0000"} and after["v000002-0000"] == 1
    assert (journeys.customers, journeys.events) == (2999, 30_002)
    # A second user on the same device: the customer comes apart again, and nobody else moves.
    before = after
    table = "user_id,device_id,event,time\nu2,d5,login,2026-01-02\n"
    stored.import_files(put(tmp_path, "other.csv", table))
    journeys = stored.journeys()
    moved = {name: count for name, count in shards(stored).items() if name.startswith("v000003")}
    assert set(moved) == {"v000003-0000"} and moved["v000003-0000"] <= 4
    assert all(after[name] == count for name, count in shards(stored).items() if name.startswith("v000001"))
    assert content(journeys) == content(anew(stored))


def test_many_days_leave_few_shards(stored: Workspace, tmp_path: Path) -> None:
    most = 0
    for day in range(1, 25):
        rows = "".join(f"d{(day * 97 + k) % 3000},t1,2026-01-{day:02d}T00:00:{k:02d}\n" for k in range(30))
        stored.import_files(put(tmp_path, f"{day}.csv", "device_id,event,time\n" + rows))
        assert stored.journeys().events == 30_000 + 30 * day
        most = max(most, len({name.split("-")[0] for name in shards(stored)}))
    assert most <= 6
    assert content(stored.journeys()) == content(anew(stored))
    assert {name.split("-")[0] for name in shards(stored)} == {f"v{JourneyStore(stored).manifest.version:06d}"}


KILL = """
import os, signal, sys
folder, at = sys.argv[1], int(sys.argv[2])
import safarnama.journeys.store as store
store.SHARD_EVENTS = 4000
from safarnama.core.workspace import Workspace
# The workspace's own journeys/: the package has a folder of that name too, where kernels are cached now and then.
place = os.path.join(folder, "journeys")
met = 0
def watch(event, arguments):
    # Every opening for writing, renaming and removing inside journeys/ is a moment to be killed at.
    global met
    if event == "open":
        path, mode = str(arguments[0]), str(arguments[1] or "")
        touches = path.startswith(place) and not mode.startswith("r")
    else:
        touches = event in ("os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir") and place in str(arguments)
    if touches:
        met += 1
        if met == at:
            os.kill(os.getpid(), signal.SIGKILL)
workspace = Workspace.open(folder)
import numpy, pyarrow.feather
sys.addaudithook(watch)
print(workspace.journeys().events, met)
"""


def test_killed_at_any_moment_the_last_good_version_stays(stored: Workspace, tmp_path: Path) -> None:
    before = content(stored.journeys())
    stored.import_files(put(tmp_path, "day.csv", "device_id,event,time\nd1,new,2026-01-01\nx,t1,2026-01-01\n"))
    good = JourneyStore(stored).manifest
    whole = _killed(stored, tmp_path / "whole", 0)
    assert whole.returncode == 0, whole.stderr
    moments = int(whole.stdout.split()[1])
    assert moments >= 15
    after: dict[int, object] | None = None
    for at in sorted({*np.linspace(1, moments, 12, dtype=int).tolist(), moments - 1, moments - 2}):
        copy_folder = tmp_path / f"killed{at}"
        ended = _killed(stored, copy_folder, at)
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        copy = Workspace.open(copy_folder)
        store = JourneyStore(copy)
        store.check()
        manifest, found = store.open()
        if manifest.version == good.version:
            assert manifest == good and sum(shard.counted_events for shard in found) == 30_000
        else:
            assert manifest.version == good.version + 1 and sum(shard.counted_events for shard in found) == 30_002
        again = copy.journeys()
        after = after or content(again)
        assert content(again) == after != before
        # What the killed one left behind is cleared away by the next that writes.
        with copy.writing():
            store.sweep()
        named = {name for entry in store.manifest.shards for name in (entry["folder"], entry["left"]) if name}
        assert {path.name for path in store.folder.iterdir()} == named | {"manifest.json", "v000002-people.npz"}


def _killed(workspace: Workspace, folder: Path, at: int) -> subprocess.CompletedProcess[str]:
    """Journeys made in a copy by a process that dies at its ``at``-th moment (0: at none)."""
    copy = shutil_copy(workspace, folder)
    return subprocess.run([sys.executable, "-c", KILL, copy.folder, str(at)], capture_output=True, text=True)


@pytest.mark.parametrize("name", ["code.npy", "gap.npy", "key.npy"])
def test_a_turned_byte_is_found_and_mended(stored: Workspace, name: str) -> None:
    store = JourneyStore(stored)
    store.check()
    before = content(stored.journeys())
    path = store.folder / store.manifest.shards[3]["folder"] / name
    changed = bytearray(path.read_bytes())
    changed[-7] ^= 1
    path.write_bytes(changed)
    with pytest.raises(Mistake, match="--mend") as error:
        store.check()
    assert path.parent.name in error.value.say("fa")
    assert content(anew(stored)) == before
    store.check()


def test_a_cut_or_missing_file_is_seen_at_once(stored: Workspace) -> None:
    store = JourneyStore(stored)
    path = store.folder / store.manifest.shards[0]["folder"] / "gap.npy"
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(Mistake, match="safarnama verify --mend"):
        stored.journeys()
    path.unlink()
    with pytest.raises(Mistake, match="safarnama verify --mend"):
        stored.journeys()
    assert anew(stored).events == 30_000


def test_an_older_layout_is_made_anew(stored: Workspace) -> None:
    store = JourneyStore(stored)
    path = store.folder / "manifest.json"
    path.write_bytes(b'{"version": 7, "events_version": 1, "touchpoints": ["t0"], "shards": []}')
    assert stored.journeys().events == 30_000
    assert store.manifest.version == 8


def test_an_empty_workspace_has_empty_journeys(shop: Workspace) -> None:
    journeys = shop.journeys()
    assert (journeys.customers, journeys.events, journeys.touchpoints, journeys.shards) == (0, 0, (), ())
    JourneyStore(shop).check()
