"""Adding to the event store: rows are staged, compared with what is there, and committed together.

The identity of a row is (source, event id). A row without an id is known by a hash of its cells and its occurrence
number within the file: two equal rows of one file are two events (and suspected duplicates), the same file read again adds
nothing, under whatever name. A row with an id is known by its cells too, so a renamed copy of its file adds nothing either.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from safarnama.core.workspace import Workspace
from safarnama.events import hashing, resuming
from safarnama.events.arrivals import KNOWN, REPEATED, Arrivals, identity, occurrences
from safarnama.events.resuming import Checkpoint
from safarnama.events.schema import DUPLICATE, SegmentKind
from safarnama.events.store import REJECTED, EventStore, Segment, known

_PART_ROWS = 1 << 20


@dataclass
class Added:
    """What became of a file: rows added, known already, repeated under one event id, suspected duplicates, rejected."""

    segment: Segment | None
    rows: int = 0
    known: int = 0
    repeated: int = 0
    duplicates: int = 0
    rejected: int = 0
    reasons: dict[str, int] | None = None


class Staging:
    """The segments of one import, not yet part of the store. Use as ``with Staging(workspace) as staging``."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.store = EventStore(workspace)
        self.manifest = self.store.manifest
        self.staged: list[Segment] = []
        self._number = max((int(segment.id[:6]) for segment in self.manifest.segments), default=0)

    def __enter__(self) -> Staging:
        self.store.sweep(unfinished=False)
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: object) -> None:
        # Whoever only interrupts an import may go on with it; whatever failed would fail again.
        if kind is not None and issubclass(kind, Exception):
            for segment in self.staged:
                shutil.rmtree(self.store.segments_folder / segment.id, ignore_errors=True)

    def segment(
        self, kind: SegmentKind, source: str, file: str, digest: str, identity: str | None = None
    ) -> SegmentWriter:
        """Begin a segment, or go on with it. ``identity``: what is read and how; without it the segment cannot be gone on with."""
        self._number += 1
        plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in source)[:40]
        return SegmentWriter(self, kind, f"{self._number:06d}-{plain}", source, file, digest, identity)

    def source_of(self, digest: str) -> str | None:
        """The source under which a file of exactly these bytes came before."""
        return next((s.source for s in (*self.manifest.segments, *self.staged) if s.digest == digest), None)

    def commit(self) -> None:
        """Make all staged segments count, in one step."""
        if self.staged:
            for segment in self.staged:
                resuming.settled(self.store.segments_folder / segment.id)
            self.store.replace_manifest([*self.manifest.segments, *self.staged])
        else:
            self.store.sweep()


class SegmentWriter:
    """Takes the rows of one file, batch by batch, and finds out at the end which of them are new.

    ``taken``: rows of the file that a broken-off import has brought through already; None when it was through with all.
    """

    def __init__(
        self,
        staging: Staging,
        kind: SegmentKind,
        name: str,
        source: str,
        file: str,
        digest: str,
        identity: str | None,
    ) -> None:
        self.staging = staging
        self.kind: SegmentKind = kind
        self.name = name
        self.source = source
        self.file = file
        self.digest = digest
        self.folder: Path = staging.workspace.path("events", "segments", name, "x").parent
        self._waiting: list[pa.Table] = []
        self._arrivals = Arrivals(self.folder)
        self._vault: list[pa.Table] = []
        self._vaults = 0
        self._aside: list[pa.Table] = []
        self._asides = 0
        self._sizes: list[int] = []
        self._identity = identity
        self._outcome: dict[str, Any] | None = None
        self.taken: int | None = 0
        if identity is not None:
            self._go_on(identity)

    def add(self, table: pa.Table, hashes: np.ndarray, event_keys: np.ndarray | None) -> None:
        """Rows in canonical columns, the hash of each, and the key of its event id (0 where it has none)."""
        self._waiting.append(table)
        self._arrivals.add(hashes, event_keys)
        if sum(map(len, self._waiting)) >= _PART_ROWS:
            self._flush()

    def identify(self, kind: str, values: pa.Array, handles: pa.Array) -> None:
        """Values for the vault. Repeated ones are fine."""
        spelled = pa.table({"handle": handles, "value": values}).drop_null()
        spelled = spelled.group_by("handle", use_threads=False).aggregate([("value", "min")])
        types = pa.array([kind] * len(spelled), pa.string()).dictionary_encode()
        self._vault.append(pa.table({"type": types, "handle": spelled["handle"], "value": spelled["value_min"]}))
        if sum(map(len, self._vault)) >= _PART_ROWS:
            self._lock_away()

    def set_aside(
        self, places: np.ndarray, reasons: list[str], columns: list[str], seen: list[str], hashes: np.ndarray
    ) -> None:
        """Rows that did not fit. ``places``: of the rows in the file, from 0, or for those that have none the line below zero."""
        self._aside.append(
            pa.table(
                [pa.array(places), reasons, columns, [text[:300] for text in seen], pa.array(hashes)],
                schema=REJECTED,
            )
        )

    def reached(self, taken: int) -> None:
        """Say after each batch how many rows of the file are through: where a part has just been written, a checkpoint is left."""
        if self._identity is None or self._waiting or not self._sizes:
            return
        self._lock_away()
        if self._aside:
            pq.write_table(pa.concat_tables(self._aside), self._file("aside", self._asides))
            self._aside = []
            self._asides += 1
        arrivals = self._arrivals
        Checkpoint(
            self._identity, taken, arrivals.rows, arrivals.with_ids, self._sizes, self._vaults, self._asides
        ).keep(self.folder)

    def finish(self, roles: dict[str, str], line_numbers: Callable[[np.ndarray], np.ndarray]) -> Added:
        """Decide what is new, write it, and stage the segment if anything is. ``line_numbers``: of places in the file."""
        before = [segment.id for segment in (*self.staging.manifest.segments, *self.staging.staged)]
        if self._outcome is not None:
            segment = Segment(**self._outcome["segment"] | {"columns": tuple(self._outcome["segment"]["columns"])})
            self.staging.staged.append(segment)
            return Added(**self._outcome | {"segment": segment})
        self._flush()
        store = self.staging.store
        earlier = [keys for s in (*self.staging.manifest.segments, *self.staging.staged) for keys in store.keys(s)]
        decided = self._arrivals.decide(earlier)
        keep, suspected = decided.keep, decided.suspected
        rejected = self._new_rejected(earlier, line_numbers)
        added = Added(
            None,
            rows=int(keep.sum()),
            known=decided.count(KNOWN),
            repeated=decided.count(REPEATED),
            duplicates=int(suspected.sum()),
            rejected=len(rejected),
            reasons=dict(Counter(rejected["reason"].to_pylist())),
        )
        if not added.rows and not added.rejected:
            shutil.rmtree(self.folder)
            return added
        resuming.forget(self.folder)
        self._settle(keep, suspected)
        self._lock_away()
        if len(rejected):
            pq.write_table(rejected, self.folder / "rejected.parquet")
        self._arrivals.remember(rejected_keys(rejected["row"].to_numpy()))
        self._arrivals.close()
        first, last, columns = self._extent()
        segment = Segment(
            id=self.name,
            kind=self.kind,
            source=self.source,
            file=self.file,
            digest=self.digest,
            rows=added.rows,
            columns=columns,
            parts=len(self._sizes),
            rejected=added.rejected,
            reasons=added.reasons or {},
            duplicates=added.duplicates,
            first=first,
            last=last,
            roles=roles,
            fingerprint=decided.fingerprint,
        )
        for path in self.folder.glob("aside-*.parquet"):
            path.unlink()
        self.staging.staged.append(segment)
        added.segment = segment
        if self._identity is not None:
            resuming.keep_finished(self.folder, self._identity, before, asdict(added))
        return added

    def _go_on(self, identity: str) -> None:
        """Take up what a broken-off import left, or begin afresh."""
        before = [segment.id for segment in (*self.staging.manifest.segments, *self.staging.staged)]
        self._outcome = resuming.finished(self.folder, identity, before)
        if self._outcome is not None:
            self.taken = None
            return
        left = Checkpoint.of(self.folder, identity)
        if left is None:
            shutil.rmtree(self.folder)
            self.folder.mkdir()
            return
        self.taken = left.taken
        self._arrivals.go_on(left.arrived, left.with_ids)
        self._sizes, self._vaults, self._asides = left.parts, left.vaults, left.asides

    def _lock_away(self) -> None:
        """Write the values that wait for the vault."""
        if self._vault:
            values = pa.concat_tables(self._vault, promote_options="permissive")
            pq.write_table(values, self._file("vault", self._vaults))
            self._vault = []
            self._vaults += 1

    def abandon(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _flush(self) -> None:
        if not self._waiting:
            return
        part = pa.concat_tables(self._waiting, promote_options="permissive").unify_dictionaries()
        self._waiting = []
        self._write(len(self._sizes), part)
        self._sizes.append(len(part))
        # Arrow keeps what it once had; over many parts that would grow with the file.
        pa.default_memory_pool().release_unused()

    def _write(self, number: int, part: pa.Table) -> None:
        pq.write_table(part, self._part(number), compression="zstd", compression_level=1, write_statistics=["when"])

    def _part(self, number: int) -> Path:
        return self._file("part", number)

    def _file(self, name: str, number: int) -> Path:
        return self.folder / f"{name}-{number:04d}.parquet"

    def _settle(self, keep: np.ndarray, suspected: np.ndarray) -> None:
        """Rewrite the parts in which something is to be dropped or flagged; most have nothing."""
        at = 0
        for number, size in enumerate(self._sizes):
            mine, doubtful = keep[at : at + size], suspected[at : at + size]
            at += size
            if mine.all() and not doubtful.any():
                continue
            part = pq.read_table(self._part(number))
            if doubtful.any():
                flags = np.where(doubtful, DUPLICATE, np.uint8(0))
                if "flags" in part.column_names:
                    place = part.column_names.index("flags")
                    flags = flags | pc.fill_null(part["flags"], 0).to_numpy()
                    part = part.remove_column(place)
                part = part.append_column("flags", pa.array(flags, pa.uint8()))
            self._write(number, part.filter(pa.array(mine)))

    def _extent(self) -> tuple[int | None, int | None, tuple[str, ...]]:
        first: int | None = None
        last: int | None = None
        names: dict[str, None] = {}
        for number in range(len(self._sizes)):
            file = pq.ParquetFile(self._part(number))
            names.update(dict.fromkeys(file.schema_arrow.names))
            if "when" in file.schema_arrow.names and file.metadata.num_rows:
                ends = pc.min_max(file.read(["when"])["when"]).as_py()
                first = ends["min"] if first is None else min(first, ends["min"])
                last = ends["max"] if last is None else max(last, ends["max"])
        return first, last, tuple(names)

    def _new_rejected(self, earlier: list[np.ndarray], line_numbers: Callable[[np.ndarray], np.ndarray]) -> pa.Table:
        aside = [pq.read_table(self._file("aside", number)) for number in range(self._asides)] + self._aside
        if not aside:
            return REJECTED.empty_table()
        rejected = pa.concat_tables(aside)
        lines = rejected["line"].to_numpy().copy()
        lines[lines >= 0] = line_numbers(lines[lines >= 0])
        hashes = rejected["row"].to_numpy()
        cells = identity(hashes, occurrences(hashes))
        rejected = rejected.set_column(0, "line", pa.array(np.abs(lines))).set_column(4, "row", pa.array(cells))
        return rejected.filter(pa.array(~known(rejected_keys(cells), earlier)))


def rejected_keys(rows: np.ndarray) -> np.ndarray:
    """The keys under which rejected rows are remembered: apart from those of events, so a mended row can come in."""
    return hashing.mixed(rows ^ np.uint64(0x5E7A51DE))
