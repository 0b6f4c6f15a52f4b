"""A folder as the pages find it: the demo, and small files like those a company has."""

from __future__ import annotations

import csv
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

WALK = (
    ("visit", 1.0),
    ("product_view", 0.9),
    ("add_to_cart", 0.6),
    ("checkout", 0.75),
    ("purchase", 0.85),
    ("contact_support", 0.25),
)
CUSTOMERS = 120


def environment(language: str) -> dict[str, str]:
    """The interpreter that runs the tests first on PATH, and the terminal in that language."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "SAFARNAMA_LANGUAGE": language}


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that every page gets a copy of."""
    folder = tmp_path_factory.mktemp("docs")
    command = ["safarnama", "demo", "demo", "--customers", "400", "--no-serve", "--language", "en"]
    subprocess.run(command, cwd=folder, env=environment("en"), check=True, capture_output=True)
    _events(folder / "their.csv")
    _survey(folder / "survey.csv")
    return folder


@pytest.fixture
def folder(ready: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Fresh copies of it, by name."""

    def made(name: str) -> Path:
        here = tmp_path / name
        shutil.copytree(ready, here)
        return here

    return made


def _events(path: Path) -> None:
    chance = random.Random(7)
    end = datetime.now().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = []
    for number in range(1, CUSTOMERS + 1):
        moment = end - timedelta(days=chance.randrange(20, 75), minutes=chance.randrange(1440))
        for touchpoint, share in WALK:
            if chance.random() > share:
                break
            rows.append((f"u{number}", moment.isoformat(" ", "seconds"), touchpoint))
            moment += timedelta(minutes=chance.randrange(1, 3000))
    _write(path, ("user_id", "time", "event"), sorted(rows, key=lambda row: row[1]))


def _survey(path: Path) -> None:
    chance = random.Random(8)
    people = [
        (f"u{number}", chance.randint(1, 5), chance.randint(1, 5), chance.randint(0, 10), chance.randint(18, 70))
        for number in range(1, 61)
    ]
    _write(path, ("respondent_id", "Q1_speed", "Q2_price", "NPS", "age"), people)


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
