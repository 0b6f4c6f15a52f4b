"""What is wrong with real data: rows twice, late or half empty, broken lines, robots, wrong clocks."""

from __future__ import annotations

import numpy as np

from safarnama.simulation.chance import hashed, unit
from safarnama.simulation.plan import Plan
from safarnama.simulation.seasons import DAY, SECOND

# The flags of an event.
DUPLICATE, LATE, NO_TIME, NO_EVENT, BOT = 1, 2, 4, 8, 16
REJECTED = NO_TIME | NO_EVENT  # a careful importer refuses these

_TWICE = 0.004
_COMES_LATE = 0.01
_HALF_EMPTY = 0.0005
_BROKEN_LINES = 5  # of a text file
_FOREIGN_LINES = 4  # of the one file with lines of another encoding
_ROWS_A_BROKEN_LINE = 60  # small files have fewer
SKEWED_DEVICES = 0.02

LATE_DAYS = 2  # late rows arrive within this time of the year's end
_DIRT, _LATER, _AGAIN, _LINES, _SKEW, _SKEW_BY = range(9_500, 9_506)


def soiled(plan: Plan, events: np.ndarray) -> np.ndarray:
    """The events flagged, with copies of those that come twice, in order of arrival."""
    draw = unit(hashed(plan.key, _DIRT, events["person"], events["serial"]))
    flags = events["flags"]
    flags |= np.where(draw < _HALF_EMPTY / 2, NO_TIME, 0).astype(np.uint8)
    flags |= np.where((draw >= _HALF_EMPTY / 2) & (draw < _HALF_EMPTY), NO_EVENT, 0).astype(np.uint8)
    late = (draw >= 0.5) & (draw < 0.5 + _COMES_LATE)
    flags |= np.where(late, LATE, 0).astype(np.uint8)
    wait = unit(hashed(plan.key, _LATER, events["person"], events["serial"]))
    events["arrival"] = np.where(late, plan.end + (wait * LATE_DAYS * DAY).astype(np.int64), events["time"])
    twice = events[(draw >= 0.9) & (draw < 0.9 + _TWICE)].copy()
    twice["flags"] |= DUPLICATE
    soon = unit(hashed(plan.key, _AGAIN, twice["person"], twice["serial"]))
    twice["arrival"] += (soon * 600 * SECOND).astype(np.int64)
    both = np.concatenate((events, twice))
    return both[np.argsort(both["arrival"], kind="stable")]


def broken_lines(plan: Plan, file: int, rows: int) -> np.ndarray:
    """Before which rows of a text file a broken line stands: the beginning of that row, cut off."""
    return _some_rows(plan, file, rows, _BROKEN_LINES)


def foreign_lines(plan: Plan, file: int, rows: int) -> np.ndarray:
    """Which rows of a text file are in another encoding."""
    return _some_rows(plan, file + 100, rows, _FOREIGN_LINES)


def _some_rows(plan: Plan, purpose: int, rows: int, most: int) -> np.ndarray:
    count = min(most, rows // _ROWS_A_BROKEN_LINE)
    draws = unit(hashed(plan.key, _LINES + 10 * purpose, np.arange(count)))
    # One in each equal part of the file, so that they never meet.
    return ((np.arange(count) + draws) / max(count, 1) * rows).astype(np.int64)


def clock_skew(plan: Plan, device: np.ndarray) -> np.ndarray:
    """Microseconds by which each device's clock is wrong: hours for a few, nothing for the rest."""
    wrong = unit(hashed(plan.key, _SKEW, device)) < SKEWED_DEVICES
    hours = unit(hashed(plan.key, _SKEW_BY, device)) * 27.0 - 13.5
    hours += np.where(hours < 0, -0.75, 0.75)
    return np.where(wrong, (hours * 3600 * SECOND).astype(np.int64), 0)
