"""How the package arrives on a worker of a cluster: unpacked once, and also where nothing can be kept."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from safarnama.journeys.spark.arriving import unpacked


def packed() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as tar:
        member = tarfile.TarInfo("safarnama/one.py")
        member.size = 3
        tar.addfile(member, io.BytesIO(b"1\n\n"))
    return held.getvalue()


def test_it_is_unpacked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = unpacked(packed(), "safarnama-1")
    assert (folder / "safarnama" / "one.py").read_bytes() == b"1\n\n"
    assert unpacked(b"is not looked at", "safarnama-1") == folder
    assert [path.name for path in folder.parent.iterdir()] == ["safarnama-1"]


def test_without_a_home_it_is_unpacked_for_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("HOME", str(tmp_path / "file"))
    folder = unpacked(packed(), "safarnama-1")
    assert (folder / "safarnama" / "one.py").is_file() and tmp_path not in folder.parents


def test_what_is_broken_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises((OSError, EOFError, tarfile.TarError)):
        unpacked(packed()[:40], "safarnama-1")
    assert list((tmp_path / ".cache" / "safarnama").iterdir()) == []
