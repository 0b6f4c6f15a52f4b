"""The same arguments give the same bytes, however many threads work; other seeds give other shops."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from safarnama.core.errors import Mistake
from safarnama.simulation import simulate
from safarnama.simulation.plan import planned
from safarnama.simulation.shop import write_shop


def digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_same_seed_same_bytes_with_any_number_of_threads(tmp_path):
    plan = planned(9_000, 6, date(2026, 11, 21), None)
    for name, workers in (("one", 1), ("two", 3)):
        (tmp_path / name).mkdir()
        write_shop(tmp_path / name, plan, workers=workers)
    assert digest(tmp_path / "one") == digest(tmp_path / "two")


@pytest.mark.parametrize("parquet_only", [False, True])
def test_twice_the_same(parquet_only, tmp_path):
    shops = [simulate(tmp_path / name, 300, seed=8, parquet_only=parquet_only) for name in ("a", "b")]
    assert digest(tmp_path / "a") == digest(tmp_path / "b")
    assert shops[0].troubles == shops[1].troubles and shops[0].events == shops[1].events


def test_another_process_gives_the_same_bytes(tmp_path):
    simulate(tmp_path / "here", 100, seed=8)
    code = "import sys; from safarnama.simulation import simulate; simulate(sys.argv[1], 100, seed=8)"
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "77",
        "PYTHONPATH": os.pathsep.join(sys.path),
        "TZ": "Asia/Tokyo",
    }
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "there")], check=True, env=environment)
    assert digest(tmp_path / "here") == digest(tmp_path / "there")


def test_other_seeds_sizes_and_years_differ(tmp_path):
    first = simulate(tmp_path / "a", 300, seed=1)
    for name, arguments in (
        ("b", {"customers": 300, "seed": 2}),
        ("c", {"customers": 301, "seed": 1}),
        ("d", {"customers": 300, "seed": 1, "until": date(2025, 3, 20)}),
    ):
        simulate(tmp_path / name, **arguments)
        assert digest(tmp_path / name)["web_events.parquet"] != digest(first.folder)["web_events.parquet"]


@pytest.mark.parametrize(
    "arguments",
    [
        {"customers": 0},
        {"customers": -3},
        {"customers": 2.5},
        {"customers": True},
        {"customers": "3000"},
        {"seed": -1},
        {"seed": "x"},
        {"until": "2026-11-21"},
        {"troubles": ["payment_gatway"]},
        {"troubles": ["call_queue", "call_queue"]},
        {"troubles": 9},
        {"troubles": -1},
    ],
)
def test_mistakes_teach(arguments, tmp_path):
    with pytest.raises(Mistake) as caught:
        simulate(tmp_path, **{"customers": 5, **arguments})
    assert caught.value.say("en") != caught.value.say("fa")
    assert not list(tmp_path.iterdir())


def test_a_misspelt_trouble_names_the_nearest(tmp_path):
    with pytest.raises(Mistake, match="payment_gateway"):
        simulate(tmp_path, 5, troubles=["payment_gatway"])


def test_folders_have_to_be_empty_and_folders(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Mistake, match="not empty"):
        simulate(tmp_path, 5)
    with pytest.raises(Mistake, match="cannot be written"):
        simulate(tmp_path / "mine.txt" / "shop", 5)
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert simulate(str(tmp_path / "new" / "shop"), 5).folder == tmp_path / "new" / "shop"


def test_progress_rises_to_the_end(tmp_path):
    seen: list[tuple[int, int]] = []
    simulate(tmp_path, 5_000, progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert {total for _, total in seen} == {5_000} and seen[-1] == (5_000, 5_000)
    assert len(seen) > 4


def test_memory_does_not_grow_with_the_shop(tmp_path):
    """Four times the customers in (nearly) the same memory."""
    code = (
        "import resource, sys; from safarnama.simulation import simulate;"
        "simulate(sys.argv[1], int(sys.argv[2]), parquet_only=True);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    peak = []
    for customers in (8_000, 32_000):
        command = [sys.executable, "-c", code, str(tmp_path / str(customers)), str(customers)]
        peak.append(int(subprocess.run(command, check=True, env=environment, capture_output=True, text=True).stdout))
    assert peak[1] < 1.35 * peak[0]
