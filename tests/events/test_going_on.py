"""An import that was broken off goes on where it was, and ends as if nothing had happened."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from safarnama.core.workspace import Workspace
from safarnama.events.store import EventStore
from safarnama.sources.reading.convert import Converter
from tests.sources.reading import events, put

ROWS = 400
# The n-th time that a function is entered the process dies; parts and blocks are small, so that a small file has many.
KILL = """
import os, signal, sys
import safarnama.events.arrivals as arrivals
import safarnama.events.resuming as resuming
import safarnama.events.writing as writing
import safarnama.sources.csv as csv
from safarnama.core.workspace import Workspace
folder, place, times, *files = sys.argv[1:]
csv._BLOCK, writing._PART_ROWS, arrivals.PASS_ROWS = 1 << 10, 50, 64
home, name = {
    "part": (writing.SegmentWriter, "_write"),
    "checkpoint": (resuming.Checkpoint, "keep"),
    "decision": (arrivals.Arrivals, "_write"),
    "settling": (writing.SegmentWriter, "_settle"),
    "finished": (resuming, "keep_finished"),
    "commit": (writing.Staging, "commit"),
}[place]
was, left = getattr(home, name), [int(times)]
def counted(*given, **named):
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL if "interrupt" not in sys.argv else signal.SIGINT)
    return was(*given, **named)
setattr(home, name, counted)
Workspace.open(folder).import_files(*files)
"""
MOMENTS = [
    *(("part", times) for times in (1, 2, 4)),
    *(("checkpoint", times) for times in (1, 3)),
    ("decision", 2),
    ("settling", 1),
    ("settling", 2),
    ("finished", 2),
    ("commit", 1),
]


def _file(folder: Path, name: str, first: int) -> Path:
    """Rows good and bad, some of them twice, on more lines than rows."""
    rows = ["user_id,event,time,order_id"]
    for number in range(first, first + ROWS):
        day = "bad" if number % 37 == 5 else f"2026-01-{1 + number % 28:02d}"
        rows.append(f"u{number % 90},{('view', 'cart', 'buy')[number % 3]},{day},o{number // 2 if number % 5 else ''}")
        if number % 50 == 7:
            rows += ["", "too,few", rows[-1]]
    return put(folder, name, "\n".join(rows) + "\n")


@pytest.mark.parametrize(("place", "times"), MOMENTS)
def test_it_ends_as_if_nothing_had_happened(
    place: str, times: int, shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [_file(tmp_path, "one.csv", 0), _file(tmp_path, "two.csv", 1000)]
    shutil.copytree(shop.folder, tmp_path / "whole")
    _broken_off(shop, place, times, files, signal.SIGKILL)
    assert not EventStore(shop).manifest.segments, "nothing counts yet"
    converted = _counting(monkeypatch)
    brought = shop.import_files(*files)

    whole = Workspace.open(tmp_path / "whole")
    converted_before = len(converted)
    assert [(each.rows, each.rejected, each.reasons) for each in whole.import_files(*files)] == [
        (each.rows, each.rejected, each.reasons) for each in brought
    ]
    assert events(shop) == events(whole)
    assert EventStore(shop).rejected().equals(EventStore(whole).rejected())
    assert EventStore(shop).manifest.fingerprint == EventStore(whole).manifest.fingerprint
    assert shop.customers().count == whole.customers().count
    named = {segment.id for segment in EventStore(shop).manifest.segments}
    assert {path.name for path in EventStore(shop).segments_folder.iterdir()} == named
    for folder in EventStore(shop).segments_folder.iterdir():
        assert not [path.name for path in folder.iterdir() if path.suffix in (".tmp", ".json") or "aside" in path.name]
    if place in ("checkpoint", "decision", "finished", "commit") and (place, times) != ("checkpoint", 1):
        assert converted_before < len(converted) - converted_before, "what was through is not converted again"
        assert any("broken off" in text.en for each in brought for text, _ in each.notices)


def test_an_interrupted_import_goes_on_and_another_one_begins_afresh(
    shop: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, other = _file(tmp_path, "one.csv", 0), _file(tmp_path, "two.csv", 1000)
    _broken_off(shop, "part", 5, [file, "interrupt"], -signal.SIGINT)
    said = [text.en for text, _ in shop.import_files(file, columns={"event_id": "order_id"})[0].notices]
    assert not any("broken off" in each for each in said), "another plan reads other rows"
    assert shop.import_files(other)[0].rows > ROWS - 20


def _broken_off(shop: Workspace, place: str, times: int, files: list[Path | str], by: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", KILL, shop.folder, place, str(times), *files], capture_output=True, check=False
    )
    assert ended.returncode in (-by, by), ended.stderr.decode()


def _counting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    converted: list[int] = []
    was = Converter.convert

    def counted(self: Converter, *given: object) -> object:
        converted.append(1)
        return was(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Converter, "convert", counted)
    monkeypatch.setattr("safarnama.sources.csv._BLOCK", 1 << 10)
    monkeypatch.setattr("safarnama.events.writing._PART_ROWS", 50)
    return converted
