"""Moments of a column in microseconds UTC, and an order of those that one coarse clock shows as the same."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.events import hashing
from safarnama.events.arrivals import occurrences
from safarnama.events.schema import WHO
from safarnama.sources.reading import times

NEVER = np.iinfo(np.int64).min


def moments(cells: pa.Array, order: int, timezone: str) -> np.ndarray:
    """Every cell in microseconds UTC, NEVER where it is no time; int64 (n,). A clock without a zone is of ``timezone``; the unit of bare numbers
    is told by their size."""
    read = times.read(cells, order)
    values = np.where(np.isin(read.kinds, (times.LOCAL, times.ABSOLUTE, times.DAY)), read.values, NEVER)
    local = np.isin(read.kinds, (times.LOCAL, times.DAY))
    if local.any():
        values[local] = times.to_utc(read.values[local], timezone)
    epochs = read.kinds == times.EPOCH
    if epochs.any():
        values[epochs] = scaled(read.values[epochs], times.scale_of(read.values[epochs]))
    return values


def scaled(epochs: np.ndarray, scale: int) -> np.ndarray:
    """Epochs in microseconds; what no clock could show stays as far in the future or the past as can be said."""
    if scale < 0:
        return epochs // -scale
    most = (1 << 62) // scale
    return np.clip(epochs, -most, most) * scale


def keep_file_order(columns: dict[str, pa.Array]) -> None:
    """Where the file's clock is too coarse to tell one person's events apart, their order in the file does: each gets a
    microsecond more than the one before. Milliseconds, which is what gaps are counted in, never change."""
    when = columns["when"].to_numpy().copy()
    who = np.zeros(when.size, np.uint64)
    for name in (name for name in columns if name.startswith(WHO)):
        who = np.where(who == 0, pc.fill_null(columns[name], 0).to_numpy(), who)
    turn = occurrences(hashing.mixed(who ^ hashing.mixed(when.view(np.uint64))))
    coarse = (turn > 0) & (when % 1000 == 0)
    if coarse.any():
        when[coarse] += np.minimum(turn[coarse], 999)
        columns["when"] = pa.array(when)
