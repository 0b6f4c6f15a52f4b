"""An import that is killed leaves the workspace as it was, and the next one clears up."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace
from safarnama.events.store import EventStore
from tests.sources.reading import events, put

# Kills its own process at the n-th time that a function is entered: the worst moments, chosen exactly.
KILL = """
import os, signal, sys
import safarnama.core.workspace as workspace
import safarnama.events.store as store
import safarnama.events.writing as writing
import os as real
place, folder, file = sys.argv[1:4]
def now(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
if place == "first part":
    writing.SegmentWriter._write = now
elif place == "before the keys":
    writing.np.save = now
elif place == "segment done":
    writing.Staging.commit = now
elif place == "manifest written aside":
    workspace.os.replace = now
elif place == "manifest replaced":
    store.EventStore.sweep = lambda self, *, unfinished=True: now() if unfinished else None
workspace.Workspace.open(folder).import_files(file)
"""
PLACES = ["first part", "before the keys", "segment done", "manifest written aside", "manifest replaced"]


@pytest.mark.parametrize("place", PLACES)
def test_killed_at_the_worst_moment(shop: Workspace, tmp_path: Path, place: str) -> None:
    shop.import_files(put(tmp_path, "first.csv", "user_id,event,time\nu1,view,2026-01-01\n"))
    before = events(shop)
    file = put(tmp_path, "second.csv", "user_id,event,time\nu2,view,2026-01-02\nu3,view,bad\n")
    ended = subprocess.run([sys.executable, "-c", KILL, place, shop.folder, file], capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    done = place == "manifest replaced"
    again = Workspace.open(shop.folder)
    assert len(events(again)) == (2 if done else 1) and events(again)[:1] == before
    assert again.journeys().events == (2 if done else 1)
    assert again.import_files(file)[0].rows == (0 if done else 1)
    assert len(events(again)) == 2
    named = {segment.id for segment in EventStore(again).manifest.segments}
    assert {path.name for path in EventStore(again).segments_folder.iterdir()} == named
    assert {path.name for path in (again.folder / "events").iterdir()} == {"manifest.json", "segments"}


def test_a_failing_import_leaves_nothing(shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = put(tmp_path, "a.csv", "user_id,event,time\nu1,view,2026-01-01\n")
    monkeypatch.setattr("safarnama.events.writing.np.save", _full_disk)
    with pytest.raises(OSError, match="No space"):
        shop.import_files(file)
    monkeypatch.undo()
    assert events(shop) == [] and not any(EventStore(shop).segments_folder.iterdir())
    assert shop.import_files(file)[0].rows == 1


def _full_disk(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_two_imports_at_once_teach(shop: Workspace, tmp_path: Path) -> None:
    file = put(tmp_path, "a.csv", "user_id,event,time\nu1,view,2026-01-01\n")
    with shop.writing(), pytest.raises(Mistake, match="Another command is writing"):
        Workspace.open(shop.folder).import_files(file)
    assert shop.import_files(file)[0].rows == 1
