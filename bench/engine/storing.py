"""From a Parquet file with ids that are text to something stored in order that is opened again: here and in DuckDB, each in a
process of its own, on the same file in the same run."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_RUNS = 3


def compare(events: int, python: str) -> str:
    """Prints seconds for storing and milliseconds for opening; returns what was lost, if anything."""
    # The process of a peer has neither.
    from bench import log
    from bench.table import show

    path = log.log(events, "text")
    found = {}
    for name, command in (("safarnama", sys.executable), ("DuckDB", python)):
        runs = [_run(name, command, path) for _ in range(_RUNS)]
        found[name] = {part: sorted(run[part] for run in runs)[_RUNS // 2] for part in runs[0]}
    rows = [[name, tool["store"], 1000 * tool["open"], round(tool["size"] / 2**20)] for name, tool in found.items()]
    show(f"{events:,} events with text ids, stored: median of {_RUNS}", ["tool", "store s", "open ms", "MB"], rows)
    ratio = found["DuckDB"]["store"] / found["safarnama"]["store"]
    print(f"DuckDB takes {ratio:.2f} times as long to store.\n", flush=True)
    return "" if ratio >= 1 else f"storing text ids to DuckDB, which needs {ratio:.2f} of our time"


def _run(name: str, python: str, path: Path) -> dict[str, float]:
    done = subprocess.run(
        [python, "-m", "bench.engine.storing", name, str(path)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _ours(path: Path, folder: Path) -> tuple[float, float]:
    from safarnama.journeys.journeys import Journeys

    started = time.perf_counter()
    Journeys.from_parquet(path, customer="customer_id", touchpoint="event", time="ts").save(folder / "saved")
    stored = time.perf_counter()
    assert Journeys.open(folder / "saved").customers
    return stored - started, time.perf_counter() - stored


def _duck(path: Path, folder: Path) -> tuple[float, float]:
    import duckdb

    started = time.perf_counter()
    with duckdb.connect(str(folder / "events.duckdb")) as connection:
        connection.execute(
            "create type touch as enum (select distinct event from read_parquet(?) order by event)", [str(path)]
        )
        connection.execute(
            "create table events as select customer_id as customer, event::touch as touchpoint, epoch_ms(ts) as ms "
            "from read_parquet(?) order by customer, ms",
            [str(path)],
        )
    stored = time.perf_counter()
    with duckdb.connect(str(folder / "events.duckdb")) as connection:
        connection.execute("select count(*) from events").fetchall()
    return stored - started, time.perf_counter() - stored


def main(name: str, path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, opened = (_ours if name == "safarnama" else _duck)(path, Path(folder))
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    print(json.dumps({"store": store, "open": opened, "size": size}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
