"""A shard: the journeys of some whole customers as flat arrays.

This is what kernels see. ``code`` holds the touchpoints of all customers one after the other, an END behind each customer;
``gap`` the milliseconds since the event before (0 at a customer's first). Everything else is found from these two: the time by
adding gaps to ``first``, sessions by comparing gaps, a regrouping of touchpoints by looking codes up in a table.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import orjson
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
        """Write the shard into an empty folder; returns the checksum over all its arrays."""
        folder.mkdir(parents=True)
        digest = hashlib.blake2b(digest_size=16)
        for name, array in self._arrays():
            np.save(folder / f"{name}.npy", array)
            digest.update(name.encode())
            digest.update(np.ascontiguousarray(array).data)
        if self.attributes is not None:
            feather.write_feather(self.attributes, folder / "attributes.arrow", compression="uncompressed")
        checksum = digest.hexdigest()
        (folder / "shard.json").write_bytes(orjson.dumps({"checksum": checksum}))
        return checksum

    @classmethod
    def open(cls, folder: Path) -> Shard:
        """Map a shard from disk: nothing is read until a kernel walks it."""
        try:
            # Copy-on-write: a read-only array is another type to the compiler, and every kernel would be made twice.
            arrays = {path.stem: np.load(path, mmap_mode="c") for path in folder.glob("*.npy")}
            core = {name: arrays[name] for name in _CORE}
        except (KeyError, ValueError, OSError) as error:
            raise Mistake(
                Text(
                    en="The journeys in {folder} are damaged. Delete that folder; they are made again from the events.",
                    fa="سفرهای {folder} آسیب دیده‌اند. این پوشه را پاک کنید؛ دوباره از رویدادها ساخته می‌شوند.",
                ),
                folder=folder.parent,
            ) from error
        words = {name.removeprefix("words-"): array for name, array in arrays.items() if name.startswith("words-")}
        names = [name.removeprefix("at-") for name in arrays if name.startswith("at-")]
        numbers = {name: Sparse(arrays[f"at-{name}"], arrays[f"number-{name}"]) for name in names}
        attributes = folder / "attributes.arrow"
        table = feather.read_table(attributes, memory_map=True) if attributes.exists() else None
        return cls(**core, words=words, numbers=numbers, attributes=table)

    def checksum(self) -> str:
        """The checksum of what the arrays hold now, to be compared with the one written."""
        digest = hashlib.blake2b(digest_size=16)
        for name, array in self._arrays():
            digest.update(name.encode())
            digest.update(np.ascontiguousarray(array).data)
        return digest.hexdigest()

    def _arrays(self) -> Iterator[tuple[str, np.ndarray]]:
        for name in _CORE:
            yield name, getattr(self, name)
        for name, array in sorted(self.words.items()):
            yield f"words-{name}", array
        for name, sparse in sorted(self.numbers.items()):
            yield f"at-{name}", sparse.at
            yield f"number-{name}", sparse.value


_CORE = ("code", "gap", "offset", "first", "key", "long_at", "long_ms")


def runs_of(mask: np.ndarray) -> np.ndarray:
    """The ranges of true places of a mask, int64 (R, 2)."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).view(np.int8)))
    return edges.reshape(-1, 2).astype(np.int64)
