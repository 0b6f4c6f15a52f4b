"""The simulated shop that is measured: made once for every size, kept in ``bench/out`` and used again.

Everything is made in processes of its own, so that what it takes is not counted as anybody's memory.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from safarnama.core.workspace import Workspace
from safarnama.journeys.journeys import Journeys
from safarnama.journeys.moments import moments_of
from safarnama.simulation import simulate

OUT = Path(__file__).parent / "out"
_SEED = 3
_CUSTOMERS_PER_1000 = 24  # events; a customer has some 43


def files(events: int) -> list[Path]:
    """A year of a shop of about so many events, as the files of a company, all event files in Parquet."""
    folder = _folder("files", events)
    return sorted(path for path in folder.iterdir() if path.is_file())


def flat(events: int) -> Path:
    """The journeys of that shop as one Parquet file in order of time: customer, touchpoint, time."""
    return _folder("flat", events) / "events.parquet"


def warm() -> None:
    """Have the machine code of the kernels ready, as an installation leaves it."""
    subprocess.run([sys.executable, "-m", "safarnama.journeys.warming"], check=True)


def _folder(what: str, events: int) -> Path:
    folder = OUT / f"{what}-{events}"
    if not folder.exists():
        print(f"making {folder.name} …", flush=True)
        subprocess.run([sys.executable, "-m", "bench.shop", what, str(events)], check=True)
    return folder


def _make(what: str, events: int) -> None:
    part = OUT / f"{what}-{events}.part"
    shutil.rmtree(part, ignore_errors=True)
    _MAKERS[what](part, events)
    part.rename(OUT / f"{what}-{events}")


def _make_files(folder: Path, events: int) -> None:
    customers = max(1, events * _CUSTOMERS_PER_1000 // 1000)
    shop = simulate(folder, customers=customers, seed=_SEED, parquet_only=True)
    shutil.rmtree(shop.truth)


def _make_flat(folder: Path, events: int) -> None:
    folder.mkdir(parents=True)
    workspace = Workspace.new(folder / "shop", timezone="Asia/Tehran", currency="IRR")
    workspace.import_files(*files(events))
    table = _table(workspace.journeys())
    pq.write_table(table, folder / "events.parquet", compression="zstd", row_group_size=1 << 20)
    shutil.rmtree(workspace.folder)


def _table(journeys: Journeys) -> pa.Table:
    """All events of all customers that count, in order of time."""
    names = pa.array(journeys.touchpoints)
    parts = []
    before = 0
    for shard in journeys.shards:
        owner = np.repeat(np.arange(shard.customers), np.diff(shard.offset))
        keep = shard.mask()[owner]
        keep[shard.offset[1:] - 1] = False
        touchpoints = pa.DictionaryArray.from_arrays(pa.array(shard.code[keep].astype(np.int32)), names)
        times = pa.array(moments_of(shard)[keep]).cast(pa.timestamp("ms", "UTC"))
        parts.append(
            pa.table({"customer": owner[keep] + before, "touchpoint": touchpoints.cast(pa.string()), "time": times})
        )
        before += shard.customers
    return pa.concat_tables(parts).sort_by([("time", "ascending"), ("customer", "ascending")])


_MAKERS: dict[str, Callable[[Path, int], None]] = {"files": _make_files, "flat": _make_flat}

if __name__ == "__main__":
    _make(sys.argv[1], int(sys.argv[2]))
