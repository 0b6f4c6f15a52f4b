"""Adding to the event store: rows are staged, compared with what is there, and committed together.

The identity of a row is (source, event id). A row without an id is known by a hash of its cells and its occurrence
number within the file: two equal rows of one file are two events (and suspected duplicates), the same file read again adds
nothing, under whatever name. A row with an id is known by its cells too, so a renamed copy of its file adds nothing either.
"""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from safarnama.core.workspace import Workspace
from safarnama.events import hashing
from safarnama.events.arrivals import KNOWN, REPEATED, Arrivals, identity, occurrences
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
        self.store.sweep()
        return self

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        if kind is not None:
            for segment in self.staged:
                shutil.rmtree(self.store.segments_folder / segment.id, ignore_errors=True)

    def segment(self, kind: SegmentKind, source: str, file: str, digest: str) -> SegmentWriter:
        """Begin a segment."""
        self._number += 1
        plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in source)[:40]
        return SegmentWriter(self, kind, f"{self._number:06d}-{plain}", source, file, digest)

    def source_of(self, digest: str) -> str | None:
        """The source under which a file of exactly these bytes came before."""
        return next((s.source for s in (*self.manifest.segments, *self.staged) if s.digest == digest), None)

    def commit(self) -> None:
        """Make all staged segments count, in one step."""
        if self.staged:
            self.store.replace_manifest([*self.manifest.segments, *self.staged])


class SegmentWriter:
    """Takes the rows of one file, batch by batch, and finds out at the end which of them are new."""

    def __init__(self, staging: Staging, kind: SegmentKind, name: str, source: str, file: str, digest: str) -> None:
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
        self._rejected: list[pa.Table] = []
        self._sizes: list[int] = []

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

    def reject(
        self, lines: np.ndarray, reasons: list[str], columns: list[str], seen: list[str], hashes: np.ndarray
    ) -> None:
        """Rows set aside. ``lines`` count from 1."""
        self._rejected.append(
            pa.table(
                [pa.array(lines), reasons, columns, [text[:300] for text in seen], pa.array(hashes)],
                schema=REJECTED,
            )
        )

    def finish(self, roles: dict[str, str]) -> Added:
        """Decide what is new, write it, and stage the segment if anything is."""
        self._flush()
        store = self.staging.store
        earlier = [keys for s in (*self.staging.manifest.segments, *self.staging.staged) for keys in store.keys(s)]
        decided = self._arrivals.decide(earlier)
        keep, suspected = decided.keep, decided.suspected
        rejected = self._new_rejected(earlier)
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
        self.staging.staged.append(segment)
        added.segment = segment
        return added

    def _lock_away(self) -> None:
        """Write the values that wait for the vault."""
        if self._vault:
            values = pa.concat_tables(self._vault, promote_options="permissive")
            pq.write_table(values, self.folder / f"vault-{self._vaults:04d}.parquet")
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
        return self.folder / f"part-{number:04d}.parquet"

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

    def _new_rejected(self, earlier: list[np.ndarray]) -> pa.Table:
        if not self._rejected:
            return REJECTED.empty_table()
        rejected = pa.concat_tables(self._rejected)
        hashes = rejected["row"].to_numpy()
        cells = identity(hashes, occurrences(hashes))
        rejected = rejected.set_column(4, "row", pa.array(cells))
        return rejected.filter(pa.array(~known(rejected_keys(cells), earlier)))


def rejected_keys(rows: np.ndarray) -> np.ndarray:
    """The keys under which rejected rows are remembered: apart from those of events, so a mended row can come in."""
    return hashing.mixed(rows ^ np.uint64(0x5E7A51DE))
