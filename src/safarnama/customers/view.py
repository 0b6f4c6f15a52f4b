"""A customer is a view over links: made from them again whenever they change, never a merge that cannot be undone."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.compiled import compiled
from safarnama.core.workspace import Workspace, write
from safarnama.customers.links import SCHEMA, identifiers_of, links_of, sweep
from safarnama.customers.resolve import Resolved, resolve
from safarnama.events import hashing
from safarnama.events.schema import WHO, strength
from safarnama.events.store import EventStore, Manifest

_NOBODY = np.uint64(0)


@dataclass
class Customers:
    """Who the events of a workspace belong to, at one version of its events.

    A customer is known by a key (uint64): the keyed hash of its strongest identifier. Key 0 is nobody.
    """

    workspace: Workspace
    manifest: Manifest
    resolved: Resolved

    @property
    def count(self) -> int:
        """How many customers there are: those with events and those that only a table names."""
        own = self.resolved.customers[~self.resolved.ambiguous]
        return int(np.unique(own).size)

    @property
    def ambiguous(self) -> int:
        """How many identifiers belong to several people and so to none by themselves."""
        return int(self.resolved.ambiguous.sum())

    def keys_of(self, table: pa.Table) -> np.ndarray:
        """The customer of every canonical row, uint64, shape (n,); 0 for rows without any identifier.

        The strongest identifier of a row that is not ambiguous decides. A row that has only ambiguous ones belongs to the
        one customer known in its session, else to a customer made of that identifier and that session: never to a guess.
        """
        keys = np.zeros(len(table), np.uint64)
        doubtful = np.zeros(len(table), np.uint64)
        columns = sorted(
            (name for name in table.column_names if name.startswith(WHO)),
            key=lambda name: strength(name[len(WHO) :]),
        )
        for name in columns:
            handles = pc.fill_null(table[name], 0).to_numpy()
            found, unsure = self._look_up(handles)
            sure = (keys == 0) & (handles != 0) & ~unsure
            keys[sure] = found[sure]
            doubtful = np.where((doubtful == 0) & unsure & (handles != 0), handles, doubtful)
        lone = (keys == 0) & (doubtful != 0)
        if lone.any():
            keys[lone] = self._by_session(table, lone, doubtful[lone])
        return keys

    def _look_up(self, handles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if not self.resolved.handles.size:
            return np.zeros(handles.size, np.uint64), np.zeros(handles.size, bool)
        places = _find(self._slots, self.resolved.handles, np.ascontiguousarray(handles))
        return self.resolved.customers[places], self.resolved.ambiguous[places]

    @cached_property
    def _slots(self) -> np.ndarray:
        return _hashed(self.resolved.handles)

    def _by_session(self, table: pa.Table, lone: np.ndarray, doubtful: np.ndarray) -> np.ndarray:
        if "session" not in table.column_names:
            return hashing.mixed(doubtful)
        sessions = pc.fill_null(table["session"], 0).to_numpy()[lone]
        known, owners = self._sessions
        places = np.minimum(np.searchsorted(known, sessions), max(0, known.size - 1))
        owned = known[places] == sessions if known.size else np.zeros(sessions.size, bool)
        alone = hashing.mixed(np.where(sessions != 0, doubtful ^ hashing.mixed(sessions), doubtful))
        return np.where(owned & (sessions != 0), owners[places] if known.size else alone, alone)

    @cached_property
    def _sessions(self) -> tuple[np.ndarray, np.ndarray]:
        """Sessions in which exactly one customer is known: sorted handles of the sessions, and the customers."""
        store = EventStore(self.workspace)
        pairs = []
        for segment in self.manifest.segments:
            if segment.kind != "events":
                continue
            who = [name for name in segment.columns if name.startswith(WHO)]
            if "session" not in segment.columns:
                continue
            for part in store.read(segment, ["session", *who]):
                keys = np.zeros(len(part), np.uint64)
                for name in sorted((n for n in who if n in part.column_names), key=lambda n: strength(n[len(WHO) :])):
                    handles = pc.fill_null(part[name], 0).to_numpy()
                    found, unsure = self._look_up(handles)
                    sure = (keys == 0) & (handles != 0) & ~unsure
                    keys[sure] = found[sure]
                sessions = pc.fill_null(part["session"], 0).to_numpy()
                pairs.append(np.unique(np.stack([sessions, keys], 1)[(sessions != 0) & (keys != 0)], axis=0))
        if not pairs:
            return np.zeros(0, np.uint64), np.zeros(0, np.uint64)
        distinct = np.unique(np.concatenate(pairs), axis=0)
        sessions, counts = np.unique(distinct[:, 0], return_counts=True)
        one = np.isin(distinct[:, 0], sessions[counts == 1])
        return distinct[one, 0], distinct[one, 1]

    def links(self) -> pa.Table:
        """All links, with the sources that show them."""
        return pa.concat_tables(
            [SCHEMA.empty_table(), *(links_of(self.workspace, segment) for segment in self.manifest.segments)]
        )


def customers_of(workspace: Workspace) -> Customers:
    """The customers of a workspace, up to date with its events."""
    manifest = EventStore(workspace).manifest
    path = workspace.path("customers", "view.npz")
    name = f"{manifest.version}"
    kept = _kept(workspace, path, manifest)
    if kept is not None:
        return kept
    resolved = _made(workspace, manifest)
    buffer = io.BytesIO()
    np.savez(
        buffer,
        version=np.array(name),
        handles=resolved.handles,
        customers=resolved.customers,
        ambiguous=resolved.ambiguous,
    )
    write(path, buffer.getvalue())
    sweep(workspace)
    return Customers(workspace, manifest, resolved)


def kept_view(workspace: Workspace, path: Path, version: int, segments: Sequence[str]) -> Customers | None:
    """The customers of an earlier version of the events, of these segments, from a copy of the view of that version."""
    earlier = tuple(each for each in EventStore(workspace).manifest.segments if each.id in segments)
    if len(earlier) < len(segments):
        return None
    return _kept(workspace, path, Manifest(version, earlier))


def _kept(workspace: Workspace, path: Path, manifest: Manifest) -> Customers | None:
    if not path.exists():
        return None
    with np.load(path) as kept:
        if str(kept["version"]) != f"{manifest.version}":
            return None
        resolved = Resolved(kept["handles"], kept["customers"], kept["ambiguous"])
        return Customers(workspace, manifest, resolved)


def _made(workspace: Workspace, manifest: Manifest) -> Resolved:
    linking = [segment for segment in manifest.segments if segment.kind != "costs"]
    named = [identifiers_of(workspace, segment) for segment in linking]
    links = [links_of(workspace, segment).select(["a", "b"]) for segment in linking]
    if not named:
        empty = np.zeros(0, np.uint64)
        return Resolved(empty, empty, np.zeros(0, bool))
    everyone = pa.concat_tables(named).group_by("handle").aggregate([("type", "min")])
    kinds = everyone["type_min"].combine_chunks().dictionary_encode()
    types = kinds.dictionary.to_pylist()
    handles = everyone["handle"].to_numpy()
    both = pa.concat_tables(links).group_by(["a", "b"]).aggregate([])
    return resolve(handles, types, kinds.indices.to_numpy(), both["a"].to_numpy(), both["b"].to_numpy())


@compiled
def _hashed(handles):
    """An open table of places: handles are hashes already, so their low bits serve as they are."""
    size = 16
    while size < 2 * handles.size:
        size *= 2
    slots = np.full(size, -1, np.int32)
    mask = np.uint64(size - 1)
    for place in range(handles.size):
        at = np.int64(handles[place] & mask)
        while slots[at] >= 0:
            at = (at + 1) & (size - 1)
        slots[at] = place
    return slots


@compiled
def _find(slots, handles, wanted):
    """The place of every wanted handle; the last place where it is not there (never for handles of stored events)."""
    places = np.empty(wanted.size, np.int32)
    size = slots.size
    mask = np.uint64(size - 1)
    for i in range(wanted.size):
        at = np.int64(wanted[i] & mask)
        while slots[at] >= 0 and handles[slots[at]] != wanted[i]:
            at = (at + 1) & (size - 1)
        places[i] = slots[at]
    return places
