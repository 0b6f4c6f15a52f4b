"""A shard: the journeys of some whole customers as flat arrays.

This is what kernels see. ``code`` holds the touchpoints of all customers one after the other, an END behind each customer;
``gap`` the milliseconds since the event before (0 at a customer's first). Everything else is found from these two: the time by
adding gaps to ``first``, sessions by comparing gaps, a regrouping of touchpoints by looking codes up in a table.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa
import pyarrow.feather as feather

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.journeys.encode import end_of


@dataclass(frozen=True)
class Sparse:
    """Numbers that only some events have: their slots (int64, ascending) and what stands there."""

    at: np.ndarray
    value: np.ndarray


@dataclass(frozen=True)
class Shard:
    """Journeys of C customers with E events; arrays of S = E + C slots.

    code      unsigned (S,)   touchpoint; END (``encode.end_of``) closes a customer
    gap       uint32 (S,)     milliseconds since the event before; its largest value means "and more": see ``long_ms``
    offset    int64 (C + 1,)  first slot of every customer
    first     int64 (C,)      milliseconds UTC of every customer's first event
    key       uint64 (C,)     the customer, ascending
    long_at, long_ms          slots with a gap of 49.7 days or more, and what is to be added to it
    words     name → unsigned (S,)   dictionary codes of a dimension; 0 is none
    numbers   name → Sparse          value (minor units), score (thousandths), …
    attributes  a row a customer, or None
    chosen    the ranges of customers that count; None if all do (see ``runs``)
    """

    code: np.ndarray
    gap: np.ndarray
    offset: np.ndarray
    first: np.ndarray
    key: np.ndarray
    long_at: np.ndarray
    long_ms: np.ndarray
    words: Mapping[str, np.ndarray] = field(default_factory=dict)
    numbers: Mapping[str, Sparse] = field(default_factory=dict)
    attributes: pa.Table | None = None
    chosen: np.ndarray | None = None
    micro: np.ndarray | None = None

    @property
    def customers(self) -> int:
        return self.key.size

    @property
    def events(self) -> int:
        return self.code.size - self.key.size

    @property
    def end(self) -> int:
        """The code that closes a customer."""
        return end_of(self.code.dtype)

    @property
    def runs(self) -> np.ndarray:
        """The customers that count, as ranges [from, to) of customers, int64 (R, 2)."""
        if self.chosen is None:
            return np.array([[0, self.customers]], np.int64)
        return self.chosen

    @property
    def counted(self) -> int:
        """How many customers count."""
        runs = self.runs
        return int((runs[:, 1] - runs[:, 0]).sum())

    @property
    def counted_events(self) -> int:
        """How many events those customers have."""
        runs = self.runs
        return int((self.offset[runs[:, 1]] - self.offset[runs[:, 0]] - (runs[:, 1] - runs[:, 0])).sum())

    def only(self, mask: np.ndarray) -> Shard:
        """The same shard with only those of its customers counting that also are in ``mask`` (bool, (C,))."""
        if self.chosen is not None:
            mask = mask & self.mask()
        if mask.all():
            return replace(self, chosen=None)
        return replace(self, chosen=runs_of(mask))

    def mask(self) -> np.ndarray:
        """Which customers count, bool (C,)."""
        mask = np.zeros(self.customers, bool)
        for start, stop in self.runs:
            mask[start:stop] = True
        return mask

    def kept(self, values: np.ndarray) -> np.ndarray:
        """Of values of all customers, (C,), those of the customers that count."""
        runs = self.runs
        return values[runs[0, 0] : runs[0, 1]] if len(runs) == 1 else values[self.mask()]

    def split(self, parts: int) -> Iterator[Shard]:
        """The shard as up to ``parts`` shards over the same arrays, each counting its share of the customers."""
        runs = self.runs
        if parts <= 1 or not runs.size:
            yield self
            return
        sizes = self.offset[runs[:, 1]] - self.offset[runs[:, 0]]
        ends = np.cumsum(sizes)
        goal = int(ends[-1])
        cuts = [0]
        for part in range(1, parts):
            cuts.append(int(np.searchsorted(ends, goal * part / parts)))
        if len(runs) == 1:
            start, stop = int(runs[0, 0]), int(runs[0, 1])
            low, high = self.offset[start], self.offset[stop]
            inner = [
                int(np.searchsorted(self.offset[start : stop + 1], low + (high - low) * p / parts)) + start
                for p in range(1, parts)
            ]
            bounds = [start, *inner, stop]
            for a, b in itertools.pairwise(bounds):
                if b > a:
                    yield replace(self, chosen=np.array([[a, b]], np.int64))
            return
        for a, b in zip(cuts, [*cuts[1:], len(runs)], strict=True):
            if b > a:
                yield replace(self, chosen=runs[a:b])

    # ------------------------------------------------------------------ on disk

    def save(self, folder: Path) -> str:
        """Write the shard into an empty folder; returns the checksum of all that is in it."""
        folder.mkdir(parents=True)
        for name, array in self._arrays():
            with open(folder / f"{name}.npy", "wb") as file:
                np.save(file, array)
                _settle(file)
        if self.attributes is not None:
            with open(folder / _ATTRIBUTES, "wb") as file:
                feather.write_feather(self.attributes, file, compression="uncompressed")
                _settle(file)
        return checksum(folder)

    @classmethod
    def open(cls, folder: Path) -> Shard:
        """Map a shard from disk: nothing is read until a kernel walks it."""
        try:
            # Copy-on-write: a read-only array is another type to the compiler, and every kernel would be made twice.
            arrays = {path.stem: np.load(path, mmap_mode="c") for path in folder.glob("*.npy")}
            core = {name: arrays[name] for name in _CORE}
            attributes = folder / _ATTRIBUTES
            table = feather.read_table(attributes, memory_map=True) if attributes.exists() else None
        except (KeyError, ValueError, OSError, pa.ArrowException) as error:
            raise damaged(folder) from error
        words = {name.removeprefix("words-"): array for name, array in arrays.items() if name.startswith("words-")}
        names = [name.removeprefix("at-") for name in arrays if name.startswith("at-")]
        numbers = {name: Sparse(arrays[f"at-{name}"], arrays[f"number-{name}"]) for name in names}
        shard = cls(**core, words=words, numbers=numbers, attributes=table, micro=arrays.get("micro"))
        if not shard._is_whole():
            raise damaged(folder)
        return shard

    def to_bytes(self) -> bytes:
        """For sending to another process: its arrays, but neither attributes nor which of its customers count."""
        buffer = io.BytesIO()
        np.savez(buffer, **dict(self._arrays()))  # type: ignore[arg-type]
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Shard:
        """The shard that ``to_bytes`` wrote."""
        with np.load(io.BytesIO(data)) as kept:
            arrays = {name: kept[name] for name in kept.files}
        words = {name.removeprefix("words-"): array for name, array in arrays.items() if name.startswith("words-")}
        names = [name.removeprefix("at-") for name in arrays if name.startswith("at-")]
        numbers = {name: Sparse(arrays[f"at-{name}"], arrays[f"number-{name}"]) for name in names}
        return cls(**{name: arrays[name] for name in _CORE}, words=words, numbers=numbers, micro=arrays.get("micro"))

    def counting(self, file: Path) -> Shard:
        """The same shard with only the customers of a file of ranges counting; see ``runs``."""
        try:
            runs = np.load(file)
        except (ValueError, OSError) as error:
            raise damaged(file) from error
        return replace(self, chosen=runs)

    def _is_whole(self) -> bool:
        """Whether the arrays fit each other, as far as can be seen without reading them."""
        slots, customers = self.code.size, self.key.size
        return (
            self.gap.size == slots
            and self.offset.size == customers + 1
            and self.first.size == customers
            and int(self.offset[-1]) == slots
            and all(array.size == slots for array in self.words.values())
            and (self.micro is None or self.micro.size == slots)
            and self.long_at.size == self.long_ms.size
            and all(sparse.at.size == sparse.value.size for sparse in self.numbers.values())
            and (self.attributes is None or len(self.attributes) == customers)
        )

    def _arrays(self) -> Iterator[tuple[str, np.ndarray]]:
        for name in _CORE:
            yield name, getattr(self, name)
        if self.micro is not None:
            yield "micro", self.micro
        for name, array in sorted(self.words.items()):
            yield f"words-{name}", array
        for name, sparse in sorted(self.numbers.items()):
            yield f"at-{name}", sparse.at
            yield f"number-{name}", sparse.value


_CORE = ("code", "gap", "offset", "first", "key", "long_at", "long_ms")
_ATTRIBUTES = "attributes.arrow"


def checksum(folder: Path) -> str:
    """The checksum of all files of a shard as they are on disk now."""
    whole = hashlib.blake2b(digest_size=16)
    for path in sorted(folder.iterdir()):
        with open(path, "rb") as file:
            whole.update(path.name.encode())
            whole.update(hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).digest())
    return whole.hexdigest()


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def damaged(place: Path) -> Mistake:
    """What is said of a shard that is not what was written."""
    return Mistake(
        Text(
            en="The journeys in {place} are damaged. Make them again from the events: safarnama verify --mend -w {workspace}",
            fa="سفرهای {place} آسیب دیده‌اند. دوباره از رویدادها بسازیدشان: safarnama verify --mend -w {workspace}",
        ),
        place=place,
        workspace=place.parent.parent,
    )


def runs_of(mask: np.ndarray) -> np.ndarray:
    """The ranges of true places of a mask, int64 (R, 2)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).view(np.int8)))
    return edges.reshape(-1, 2).astype(np.int64)
