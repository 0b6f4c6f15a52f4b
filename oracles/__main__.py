"""``python -m oracles [LOG …]``: every log (XES, CSV, Parquet, …) is imported as anybody would import it, and our answers are laid
beside those of others. Without a log, a simulated shop. 1 when any differs."""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.engine.run import machine, peers
from bench.table import show
from oracles import ours
from oracles.forms import Asked
from safarnama.core.workspace import Workspace
from safarnama.journeys.journeys import Journeys
from safarnama.journeys.moments import moments_of
from safarnama.simulation import simulate


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m oracles", description="Our answers beside those of others.")
    parser.add_argument("logs", nargs="*", type=Path, help="event logs; a simulated shop when none is given")
    chosen = parser.parse_args()
    python = peers()
    print(machine())
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for place, log in enumerate(chosen.logs or [None]):
            shop = Workspace.new(Path(folder) / f"log{place}", timezone="UTC")
            shop.import_files(*([log] if log else _simulated(Path(folder) / "shop")))
            wrong += _compared(log.name if log else "a simulated shop", shop.journeys(), Path(folder), python)
    print(f"{wrong} answers differ." if wrong else "Nobody disagrees.")
    return 1 if wrong else 0


def _simulated(folder: Path) -> list[Path]:
    simulate(folder, customers=2000, seed=11)
    return sorted(path for path in folder.iterdir() if path.is_file())


def _compared(name: str, stored: Journeys, folder: Path, python: str) -> int:
    file = folder / "log.parquet"
    pq.write_table(_rows(stored), file)
    journeys = Journeys.from_parquet(file, customer="customer", touchpoint="touchpoint", time="time")
    asked = _asked(journeys)
    (folder / "asked.json").write_text(json.dumps(asked.to_json()), encoding="utf-8")
    mine = json.loads(json.dumps(ours.answers(journeys, asked)))
    done = subprocess.run(
        [python, "-m", "oracles.others", str(file), str(folder / "asked.json")], capture_output=True, text=True
    )
    if done.returncode:
        print(done.stderr[-2000:])
    rows: list[list[object]] = []
    wrong = int(done.returncode != 0)
    for line in done.stdout.splitlines():
        if line.startswith("ANSWER "):
            oracle, question, theirs = json.loads(line.removeprefix("ANSWER "))
            same = mine.get(question) == theirs
            wrong += not same
            rows.append(
                [
                    oracle,
                    question,
                    _short(theirs),
                    "same" if same else f"DIFFERS: {_difference(mine.get(question), theirs)}",
                ]
            )
    show(
        f"{name}: {journeys.customers:,} customers, {journeys.events:,} events",
        ["oracle", "question", "answer", ""],
        rows,
    )
    return wrong


def _asked(journeys: Journeys) -> Asked:
    """Five of the most reached touchpoints, in the order in which they are mostly met."""
    spread = ours.answers(journeys, Asked([], []))
    most = [row[0] for row in sorted(spread["reach"], key=lambda row: -row[2])][:8]

    def early(name: str) -> float:
        seen = [(step, many) for step, touchpoint, many in spread["stepmatrix"] if touchpoint == name]
        return sum(step * many for step, many in seen) / max(1, sum(many for _, many in seen))

    steps = sorted(most, key=early)[:5]
    funnels = [(steps[:3], 7), (steps[:4], 30), (steps[::-1], 365)]
    return Asked([funnel for funnel in funnels if len(funnel[0]) > 1], list(itertools.pairwise(steps)))


def _rows(journeys: Journeys) -> pa.Table:
    names = pa.array(journeys.touchpoints)
    parts = []
    for number, shard in enumerate(journeys.shards):
        owner = np.repeat(np.arange(shard.customers), np.diff(shard.offset))
        keep = shard.mask()[owner]
        keep[shard.offset[1:] - 1] = False
        numbers = journeys.scope.table[shard.code[keep]]
        parts.append(
            pa.table(
                {
                    "customer": [f"{number}-{each}" for each in owner[keep].tolist()],
                    "touchpoint": names.take(pa.array(numbers)),
                    "time": pa.array(moments_of(shard)[keep]).cast(pa.timestamp("ms", "UTC")),
                }
            )
        )
    order = [("customer", "ascending"), ("time", "ascending"), ("touchpoint", "ascending")]
    return pa.concat_tables(parts).sort_by(order)


def _short(answer: Any) -> str:
    if isinstance(answer, list) and answer and isinstance(answer[0], list):
        return f"{len(answer):,} rows that add up to {sum(row[-1] for row in answer):,}"
    if isinstance(answer, list):
        return ", ".join(f"{n:,}" for n in answer[:5]) + (" …" if len(answer) > 5 else "")
    return f"{answer:,}"


def _difference(mine: Any, theirs: Any) -> str:
    if isinstance(mine, list) and isinstance(theirs, list):
        ours_only = [row for row in mine if row not in theirs][:3]
        theirs_only = [row for row in theirs if row not in mine][:3]
        return f"only we say {ours_only}, only they say {theirs_only}"
    return f"we say {mine}"


if __name__ == "__main__":
    sys.exit(main())
