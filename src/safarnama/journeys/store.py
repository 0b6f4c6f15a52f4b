"""The journey store: the encoded journeys of a workspace, made from its events and customers.

``journeys/manifest.json`` names the shards of the version that counts and is replaced in one step; a version that was not
finished is cleared away by the next. Shards never change. When events come or links change, the customers they touch move: their
whole journeys are written into a new shard, and the shards they leave say who of theirs still counts. See docs/adr/0005.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow.compute as pc

from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace, write
from safarnama.customers.view import Customers, kept_view
from safarnama.events.store import EventStore
from safarnama.journeys.attributes import attributes_of
from safarnama.journeys.buckets import Buckets
from safarnama.journeys.encode import code_type
from safarnama.journeys.making import Coding, made_shard
from safarnama.journeys.moving import Moves, moves_between
from safarnama.journeys.rows import Facts, is_in, rows_again, rows_of_segment, rows_of_shard
from safarnama.journeys.shard import Shard, checksum, damaged
from safarnama.journeys.vocabulary import Vocabulary

LAYOUT = 2  # of what is on disk; another one is made anew
SHARD_EVENTS = 4_000_000
Progress = Callable[[float], None]


@dataclass
class Manifest:
    """What the store holds. ``shards``: folder, checksum, how many of its customers and events count, and ``left``: the file
    that says which customers still do, if not all.

    ``touchpoints`` and ``words`` (dimension → values): the names by their codes; in ``words`` code 0 is none, code k the
    k-1-th value. ``segments``: the segments whose rows are in. ``first`` and ``last``: microseconds UTC. ``facts``: counts of
    what is not in the journeys, or doubtful in them.
    """

    version: int = 0
    layout: int = LAYOUT
    events_version: int = -1
    fingerprint: str = ""
    segments: list[str] = field(default_factory=list)
    touchpoints: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    vocabulary: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    attributes: str = ""
    shards: list[dict[str, Any]] = field(default_factory=list)
    customers: int = 0
    events: int = 0
    first: int | None = None
    last: int | None = None
    counted: dict[str, int] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


class JourneyStore:
    """Opens and makes the journeys of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.folder = workspace.folder / "journeys"

    @property
    def manifest(self) -> Manifest:
        try:
            kept = orjson.loads((self.folder / "manifest.json").read_bytes())
        except FileNotFoundError:
            return Manifest()
        return Manifest(**kept) if kept.get("layout") == LAYOUT else Manifest(version=kept["version"])

    def open(self) -> tuple[Manifest, list[Shard]]:
        """The version that counts and its shards, mapped from disk."""
        while True:
            manifest = self.manifest
            try:
                return manifest, [self._shard(entry) for entry in manifest.shards]
            except Mistake:
                if self.manifest.version == manifest.version:  # else it was replaced while we looked
                    raise

    def _shard(self, entry: dict[str, Any]) -> Shard:
        shard = Shard.open(self.folder / entry["folder"])
        if entry["left"] is None:
            return shard
        return shard.counting(self.folder / entry["left"])

    def files(self) -> list[bytes]:
        """Where each shard of the version that counts is kept, for ``opened`` on a machine that can read the folder."""
        return [
            orjson.dumps(
                [str((self.folder / name).resolve()) if name else None for name in (entry["folder"], entry["left"])]
            )
            for entry in self.manifest.shards
        ]

    @staticmethod
    def opened(kept: bytes) -> Shard:
        """The shard that is kept where ``files`` says."""
        folder, left = orjson.loads(kept)
        shard = Shard.open(Path(folder))
        return shard if left is None else shard.counting(Path(left))

    def check(self) -> None:
        """Read every byte and compare checksums. Raises ``Mistake`` for what is damaged."""
        for entry in self.manifest.shards:
            if checksum(self.folder / entry["folder"]) != entry["checksum"] or (
                entry["left"] and _digest(self.folder / entry["left"]) != entry["left_checksum"]
            ):
                raise damaged(self.folder / entry["folder"])

    def make(self, customers: Customers, progress: Progress | None = None, anew: bool = False) -> Manifest:
        """Bring the journeys up to the customers' version, moving only who is touched; ``anew`` encodes all events."""
        shown = progress or (lambda share: None)
        old = self.manifest
        moves = None if anew else self._moves(old, customers)
        store = EventStore(self.workspace)
        segments = store.segments("events")
        attributes = attributes_of(customers)
        known = Vocabulary() if moves is None else Vocabulary.load(old.vocabulary)
        facts = Facts() if moves is None else Facts(**old.counted, first=old.first, last=old.last)
        total = sum(segment.rows for segment in segments) if moves is None else moves.events
        manifest = Manifest(
            version=old.version + 1,
            events_version=customers.manifest.version,
            fingerprint=customers.manifest.fingerprint,
            segments=[segment.id for segment in customers.manifest.segments],
            attributes=str(attributes.table.schema),
        )
        with Buckets(self.folder / "spill", _bits(total)) as buckets:
            for number, segment in enumerate(segments):
                if moves is None or segment.id not in old.segments:
                    parts = rows_of_segment(store, segment, number, customers, known, facts)
                elif moves.again.size:
                    parts = rows_again(store, segment, number, customers, known, moves.again)
                else:
                    continue
                for rows in parts:
                    buckets.add(rows)
                    shown(0.6 * min(1.0, buckets.rows / max(1, total)))
            if moves is None:
                stored = known.in_order()
            else:
                stored = known
                for entry in old.shards:
                    left = self._leave(entry, moves, manifest, buckets, old.columns)
                    manifest.shards += [left] if left["customers"] else []
                if not _still_fits(old, stored, manifest):
                    return self.make(customers, progress, anew=True)
            coding = Coding.of(known, stored)
            for bucket in range(len(buckets)):
                rows = buckets.take(bucket)
                if len(rows):
                    self._keep(made_shard(rows, coding, attributes, buckets.bits), manifest, bucket)
                shown(0.6 + 0.4 * (bucket + 1) / len(buckets))
        manifest.touchpoints = list(stored.touchpoints.places)
        manifest.columns = stored.carried()
        manifest.words = {name: list(stored.words[column].places) for name, column in manifest.columns.items()}
        manifest.vocabulary = stored.dump()
        self._count(manifest, facts, customers)
        self._remember(manifest)
        write(
            self.workspace.path("journeys", "manifest.json"),
            orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2),
        )
        self.sweep()
        return manifest

    def sweep(self) -> None:
        """Remove what the manifest does not name."""
        manifest = self.manifest
        named = {name for entry in manifest.shards for name in (entry["folder"], entry["left"])}
        named |= {"manifest.json", _people(manifest)}
        for path in self.folder.iterdir() if self.folder.exists() else ():
            if path.name not in named:
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)

    def _moves(self, old: Manifest, customers: Customers) -> Moves | None:
        """Who moves between the stored version and this one; None if all have to."""
        before = kept_view(self.workspace, self.folder / _people(old), old.events_version, old.segments)
        if not old.shards or before is None:
            return None
        try:
            generations: dict[str, list[Shard]] = {}
            for entry in old.shards:
                generations.setdefault(entry["folder"].split("-")[0], []).append(self._shard(entry))
        except Mistake:
            return None
        return moves_between(before, customers, list(generations.values()))

    def _leave(
        self, entry: dict[str, Any], moves: Moves, manifest: Manifest, buckets: Buckets, columns: dict[str, str]
    ) -> dict[str, Any]:
        """Take out of a shard whoever moves; what it is from now on."""
        shard = self._shard(entry)
        rows = rows_of_shard(shard, moves.old, moves.new, columns)
        buckets.add(rows)
        gone = is_in(shard.key, moves.gone) & shard.mask()
        if not gone.any():
            return entry
        left = shard.only(~gone)
        name = f"v{manifest.version:06d}-left-{entry['folder']}.npy"
        np.save(self.workspace.path("journeys", name), left.runs)
        return {
            **entry,
            "customers": left.counted,
            "events": left.counted_events,
            "left": name,
            "left_checksum": _digest(self.folder / name),
        }

    def _keep(self, shard: Shard, manifest: Manifest, bucket: int) -> None:
        name = f"v{manifest.version:06d}-{bucket:04d}"
        shutil.rmtree(self.folder / name, ignore_errors=True)
        saved = shard.save(self.folder / name)
        manifest.shards.append(
            {
                "folder": name,
                "checksum": saved,
                "customers": shard.customers,
                "events": shard.events,
                "left": None,
                "left_checksum": None,
            }
        )

    def _count(self, manifest: Manifest, facts: Facts, customers: Customers) -> None:
        manifest.customers = sum(entry["customers"] for entry in manifest.shards)
        manifest.events = sum(entry["events"] for entry in manifest.shards)
        manifest.first, manifest.last = facts.first, facts.last
        manifest.counted = {
            "unidentified": facts.unidentified,
            "bots": facts.bots,
            "duplicates": facts.duplicates,
        }
        manifest.facts = {
            "unidentified_events": facts.unidentified,
            "bot_events": facts.bots,
            "duplicate_events": facts.duplicates,
            "ambiguous_identifiers": customers.ambiguous,
        }
        for entry in manifest.shards:
            shard = self._shard(entry)
            if shard.attributes is None or "bot" not in shard.attributes.column_names:
                continue
            bots = shard.only(pc.fill_null(shard.attributes["bot"], False).to_numpy(zero_copy_only=False))
            manifest.facts["bot_customers"] = manifest.facts.get("bot_customers", 0) + bots.counted
            manifest.facts["bot_events"] += bots.counted_events

    def _remember(self, manifest: Manifest) -> None:
        """Keep who was who at this version, to see later who has become somebody else."""
        path = self.workspace.path("journeys", _people(manifest))
        path.unlink(missing_ok=True)
        view = self.workspace.folder / "customers" / "view.npz"
        try:
            os.link(view, path)  # views are replaced, never written over
        except FileNotFoundError:
            return
        except OSError:
            shutil.copyfile(view, path)


def _people(manifest: Manifest) -> str:
    return f"v{manifest.version:06d}-people.npz"


def _bits(events: int) -> int:
    """How many bits of the key say the bucket, so that one holds at most about ``SHARD_EVENTS`` events."""
    return max(0, (max(1, events) - 1) // SHARD_EVENTS).bit_length()


def _still_fits(old: Manifest, stored: Vocabulary, manifest: Manifest) -> bool:
    """Whether what is new can stand beside what is stored without a change to it."""
    columns = stored.carried()
    return (
        code_type(len(stored.touchpoints)) is code_type(len(old.touchpoints))
        and manifest.attributes == old.attributes
        and all(columns[name] == column for name, column in old.columns.items() if name in columns)
        and not any(columns[name] in old.vocabulary["words"] for name in columns if name not in old.columns)
    )


def _digest(path: Path) -> str:
    return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
