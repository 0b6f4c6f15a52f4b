"""From a company's files to a map in PDF: what every stage takes in time and memory."""

from __future__ import annotations

import resource
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from bench import shop
from bench.table import show
from safarnama.core.workspace import Workspace


def run(events: int) -> int:
    """Go the whole way once. To be run in a fresh process: the peak of memory is that of the process so far."""
    files = shop.files(events)
    shop.warm()
    folder = shop.OUT / "workspace"
    shutil.rmtree(folder, ignore_errors=True)
    clock = _Clock()
    workspace = Workspace.new(folder, timezone="Asia/Tehran", currency="IRR")
    brought = clock.stage("import", lambda: workspace.import_files(*files))
    clock.stage("customers", workspace.customers)
    journeys = clock.stage("journeys", workspace.journeys)
    document = clock.stage("discovery", workspace.discover)
    clock.stage("PDF", lambda: document.draw(folder / "map.pdf", language="fa"))
    rows = sum(file.rows for file in brought)
    clock.show(f"{rows:,} rows in {len(files)} files of {_size(files)} → {journeys}")
    shutil.rmtree(folder)
    return 0


class _Clock:
    """Times stages, one after the other."""

    def __init__(self) -> None:
        self._stages: list[tuple[str, float, float]] = []

    def stage(self, name: str, work: Any) -> Any:
        started = time.perf_counter()
        done = work()
        self._stages.append((name, time.perf_counter() - started, peak()))
        return done

    def show(self, title: str) -> None:
        total = sum(seconds for _, seconds, _ in self._stages)
        rows: list[list[object]] = [
            [name, seconds, f"{seconds / total:.0%}", round(memory)] for name, seconds, memory in self._stages
        ]
        rows.append(["total", total, "100%", round(peak())])
        show(title, ["stage", "seconds", "share", "peak MB after it"], rows)


def peak() -> float:
    """The most memory that this process ever held, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most * 1024 / 1e6


def _size(files: list[Path]) -> str:
    return f"{sum(path.stat().st_size for path in files) / 1e6:,.0f} MB"
