"""The event store: immutable segments under one manifest.

One import makes one segment: a folder of Parquet parts with its vault of identifier values, its rejected rows and the sorted
keys of its rows. ``manifest.json`` names the segments that count and is replaced in one step at the very end, so whatever
happens before leaves the store as it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from safarnama.core.workspace import Workspace, write
from safarnama.events import resuming
from safarnama.events.schema import SegmentKind


@dataclass(frozen=True)
class Segment:
    """One import as the manifest knows it.

    ``first`` and ``last``: microseconds UTC of its earliest and latest event. ``fingerprint``: sum of its rows' keys,
    the same for the same rows in any order and any split into files.
    """

    id: str
    kind: SegmentKind
    source: str
    file: str
    digest: str
    rows: int
    columns: tuple[str, ...]
    parts: int
    rejected: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    duplicates: int = 0
    first: int | None = None
    last: int | None = None
    roles: dict[str, str] = field(default_factory=dict)
    fingerprint: int = 0


@dataclass(frozen=True)
class Manifest:
    """All segments that count, in the order they came; ``version`` grows with every change."""

    version: int = 0
    segments: tuple[Segment, ...] = ()

    @property
    def fingerprint(self) -> str:
        """A name for all the rows together: the same rows give the same name, however they were imported."""
        total = sum(segment.fingerprint for segment in self.segments) % (1 << 64)
        return f"{total:016x}"


class EventStore:
    """Reads the events of a workspace. ``events.writing`` adds to it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.folder = workspace.folder / "events"

    @property
    def manifest(self) -> Manifest:
        try:
            kept = orjson.loads((self.folder / "manifest.json").read_bytes())
        except FileNotFoundError:
            return Manifest()
        segments = tuple(Segment(**{**segment, "columns": tuple(segment["columns"])}) for segment in kept["segments"])
        return Manifest(kept["version"], segments)

    def replace_manifest(self, segments: Sequence[Segment]) -> Manifest:
        """Make these the segments that count, and clear away what no longer does."""
        manifest = Manifest(self.manifest.version + 1, tuple(segments))
        kept = {"version": manifest.version, "segments": [asdict(segment) for segment in manifest.segments]}
        write(self.workspace.path("events", "manifest.json"), orjson.dumps(kept, option=orjson.OPT_INDENT_2))
        self.sweep()
        return manifest

    def sweep(self, *, unfinished: bool = True) -> None:
        """Remove folders that no manifest names: what killed imports and replaced segments left behind. Without ``unfinished``
        those stay that a broken-off import can go on with."""
        named = {segment.id for segment in self.manifest.segments}
        for path in self.segments_folder.iterdir() if self.segments_folder.exists() else ():
            if path.name not in named and (unfinished or not resuming.can_go_on(path)):
                shutil.rmtree(path, ignore_errors=True)
        for path in self.folder.glob(".manifest.json.*"):
            path.unlink()

    @property
    def segments_folder(self) -> Path:
        return self.folder / "segments"

    def segments(self, kind: SegmentKind) -> list[Segment]:
        """The segments of one kind."""
        return [segment for segment in self.manifest.segments if segment.kind == kind]

    def read(self, segment: Segment, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The parts of a segment, with those of ``columns`` it has (all, if none are named)."""
        for number in range(segment.parts):
            yield self.read_part(segment, number, columns)

    def read_part(self, segment: Segment, number: int, columns: Sequence[str] | None = None) -> pa.Table:
        """One part of a segment; see ``read``."""
        path = self.segments_folder / segment.id / f"part-{number:04d}.parquet"
        has = pq.read_schema(path)
        wanted = [name for name in has.names if columns is None or name in columns]
        words = [name for name in wanted if pa.types.is_dictionary(has.field(name).type)]
        return pq.ParquetFile(path, read_dictionary=words).read(wanted)

    def keys(self, segment: Segment) -> list[np.ndarray]:
        """The keys of all rows of a segment in some sorted runs, uint64, mapped from disk."""
        paths = sorted((self.segments_folder / segment.id).glob("keys*.npy"))
        return [np.load(path, mmap_mode="r") for path in paths]

    def vault(self, segment: Segment) -> Iterator[pa.Table]:
        """The identifier values of a segment: columns type, handle, value."""
        for path in sorted((self.segments_folder / segment.id).glob("vault-*.parquet")):
            yield pq.read_table(path)

    def rejected(self) -> pa.Table:
        """All rows that were set aside and have not come in since: source, file, line, reason, column, seen, row."""
        tables = []
        keys: list[np.ndarray] = []
        for segment in self.manifest.segments:
            path = self.segments_folder / segment.id / "rejected.parquet"
            if not segment.rejected or not path.exists():
                continue
            table = pq.read_table(path)
            # A row that a later import could read (with a column named, say) is no longer set aside.
            keys = keys or [run for each in self.manifest.segments for run in self.keys(each)]
            table = table.filter(pa.array(~known(table["row"].to_numpy(), keys)))
            for place, (name, value) in enumerate((("source", segment.source), ("file", segment.file))):
                table = table.add_column(place, name, pa.array([value] * len(table), pa.string()))
            tables.append(table)
        return pa.concat_tables(tables) if tables else _NO_REJECTED


REJECTED = pa.schema(
    [
        ("line", pa.int64()),
        ("reason", pa.string()),
        ("column", pa.string()),
        ("seen", pa.string()),
        ("row", pa.uint64()),
    ]
)
_NO_REJECTED = pa.schema([("source", pa.string()), ("file", pa.string()), *REJECTED]).empty_table()


def known(keys: np.ndarray, sets: Sequence[np.ndarray]) -> np.ndarray:
    """Which of these keys are in any of the sorted sets; shape (n,), bool."""
    found = np.zeros(keys.size, bool)
    order = np.argsort(keys)
    ordered = keys[order]
    for members in sets:
        if members.size and keys.size:
            # Both sides are in order, so the search walks the mapped file from front to back.
            places = np.minimum(np.searchsorted(members, ordered), members.size - 1)
            found[order] |= members[places] == ordered
    return found
