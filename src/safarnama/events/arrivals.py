"""Which rows of a file are new: decided at its end, in passes over a range of keys each, so that any number of rows will do.

The hashes wait on disk in the order of the file. Beside them one byte a row is in memory, and what one pass works on.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from safarnama.events import hashing
from safarnama.events.store import known

PASS_ROWS = 1 << 21
_CHUNK = 1 << 20
_SPLIT = ("places", "values")
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
KNOWN, REPEATED, SUSPECTED, HAS_ID = (np.uint8(1 << bit) for bit in range(4))


@dataclass
class Decided:
    """``state``: flags of every row. ``fingerprint``: the sum of the keys of the new ones."""

    state: np.ndarray
    fingerprint: int = 0

    @property
    def keep(self) -> np.ndarray:
        """Which rows are new, bool (n,)."""
        return (self.state & (KNOWN | REPEATED)) == 0

    @property
    def suspected(self) -> np.ndarray:
        """Which new rows without an id equal an earlier one, bool (n,)."""
        return self.keep & ((self.state & SUSPECTED) != 0)

    def count(self, flag: np.uint8) -> int:
        """How many rows have a flag."""
        return int(np.count_nonzero(self.state & flag))


class Arrivals:
    """Takes the hashes of rows, and the keys of their event ids (0 where there is none), batch by batch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = 0
        self._with_ids = False
        self._runs = 0
        self._pending: list[np.ndarray] = []

    def add(self, hashes: np.ndarray, events: np.ndarray | None) -> None:
        if events is not None and events.any() and not self._with_ids:
            # Those before had none; a hole in a file reads as zeros.
            self._with_ids = True
            with open(self._file("ids"), "wb") as file:
                file.truncate(8 * self.rows)
        _append(self._file("hashes"), hashes)
        if self._with_ids:
            _append(self._file("ids"), np.zeros(hashes.size, np.uint64) if events is None else events)
        self.rows += hashes.size

    @property
    def with_ids(self) -> bool:
        """Whether any row had an event id."""
        return self._with_ids

    def go_on(self, rows: int, with_ids: bool) -> None:
        """Take up what a broken-off import left in the folder: its first ``rows``; what came after is cut off."""
        self.rows, self._with_ids = rows, with_ids
        kept = [self._file(name) for name in (("hashes", "ids") if with_ids else ("hashes",))]
        for path in (*self.folder.glob("*.tmp"), *self.folder.glob("keys-*.npy")):
            if path in kept:
                with open(path, "r+b") as file:
                    file.truncate(8 * rows)
            else:
                path.unlink()  # of a decision that was broken off

    def decide(self, earlier: Sequence[np.ndarray]) -> Decided:
        """Compare all rows with each other and with the sorted ``earlier`` keys; keeps the keys of the new ones beside them."""
        made = Decided(np.zeros(self.rows, np.uint8))
        state = made.state
        for places, keys in self._passes("ids") if self._with_ids else ():
            state[places] |= HAS_ID
            again = occurrences(keys) > 0
            state[places[again]] |= REPEATED
            state[places[known(keys, earlier) & ~again]] |= KNOWN
        for places, hashes in self._passes("hashes"):
            occurrence = occurrences(hashes)
            cells = identity(hashes, occurrence)
            flags = state[places]
            plain = (flags & HAS_ID) == 0
            flags[plain & (occurrence > 0)] |= SUSPECTED
            flags[known(cells, earlier) & ((flags & REPEATED) == 0)] |= KNOWN
            state[places] = flags
            keep = (flags & (KNOWN | REPEATED)) == 0
            made.fingerprint += int(np.sum(cells[keep & plain], dtype=np.uint64))
            self.remember(cells[keep])
        for places, keys in self._passes("ids") if self._with_ids else ():
            keep = (state[places] & (KNOWN | REPEATED)) == 0
            made.fingerprint += int(np.sum(keys[keep], dtype=np.uint64))
            self.remember(keys[keep])
        made.fingerprint %= 1 << 64
        return made

    def remember(self, keys: np.ndarray) -> None:
        """Keys by which a later import knows what is here."""
        self._pending.append(keys)
        if sum(map(len, self._pending)) >= PASS_ROWS:
            self._write()

    def close(self) -> None:
        """Write the rest of the keys, remove what only served the decision."""
        if self._pending or not self._runs:
            self._write()
        for path in self.folder.glob("*.tmp"):
            path.unlink()

    def _write(self) -> None:
        keys = np.sort(np.concatenate([np.zeros(0, np.uint64), *self._pending]))
        np.save(self.folder / f"keys-{self._runs:04d}.npy", keys)
        self._runs += 1
        self._pending = []

    def _passes(self, name: str) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """The places and values of all rows (ids: of those with one), a range of values at a time, in the order of the file."""
        if not self.rows:
            return
        bits = ((self.rows - 1) // PASS_ROWS).bit_length()
        if not bits:
            values = np.fromfile(self._file(name), np.uint64)
            places = np.flatnonzero(values) if name == "ids" else np.arange(values.size)
            yield places, values[places]
            return
        if not self._file(f"{name}-0-places").exists():
            self._split(name, bits)
        for number in range(1 << bits):
            places = np.fromfile(self._file(f"{name}-{number}-places"), np.int64)
            yield places, np.fromfile(self._file(f"{name}-{number}-values"), np.uint64)

    def _split(self, name: str, bits: int) -> None:
        """Put the values of a range, and their places, into files of their own."""
        with ExitStack() as stack:
            files = [
                tuple(stack.enter_context(open(self._file(f"{name}-{number}-{what}"), "wb")) for what in _SPLIT)
                for number in range(1 << bits)
            ]
            for at in range(0, self.rows, _CHUNK):
                values = np.fromfile(self._file(name), np.uint64, _CHUNK, offset=8 * at)
                places = np.flatnonzero(values) if name == "ids" else np.arange(values.size)
                values = values[places]
                ranges = (values >> np.uint64(64 - bits)).astype(np.uint16)
                order = np.argsort(ranges, kind="stable")
                ends = np.cumsum(np.bincount(ranges, minlength=1 << bits)).tolist()
                for (start, stop), (to_places, to_values) in zip(itertools.pairwise([0, *ends]), files, strict=True):
                    (places[order[start:stop]] + at).tofile(to_places)
                    values[order[start:stop]].tofile(to_values)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.tmp"


def occurrences(hashes: np.ndarray) -> np.ndarray:
    """How many equal hashes stood before each; shape (n,), int64."""
    numbers = np.zeros(hashes.size, np.int64)
    ordered = np.sort(hashes)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    if not twice.size:
        return numbers
    # Only the few that repeat are put in order with their places.
    places = np.flatnonzero(np.isin(hashes, np.unique(twice)))
    order = np.argsort(hashes[places], kind="stable")
    run = hashes[places][order]
    starts = np.flatnonzero(np.concatenate([[True], run[1:] != run[:-1]]))
    lengths = np.diff(np.append(starts, run.size))
    numbers[places[order]] = np.arange(run.size) - np.repeat(starts, lengths)
    return numbers


def identity(hashes: np.ndarray, occurrence: np.ndarray) -> np.ndarray:
    """The key of a row without an event id."""
    return hashing.mixed(hashes + occurrence.astype(np.uint64) * _GOLDEN)


def _append(path: Path, values: np.ndarray) -> None:
    with open(path, "ab") as file:
        np.ascontiguousarray(values, np.uint64).tofile(file)
