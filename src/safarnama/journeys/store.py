"""The journey store: the encoded journeys of a workspace, made from its events and customers.

``journeys/manifest.json`` names the shards of the version that counts and is replaced in one step; a version that was not
finished is cleared away by the next.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.compiled import compiled
from safarnama.core.workspace import Workspace, write
from safarnama.customers.view import Customers
from safarnama.events.schema import BOT, DIMENSIONS, DUPLICATE, PROPERTY, WHO
from safarnama.events.store import EventStore, Segment
from safarnama.journeys.attributes import Attributes, attributes_of
from safarnama.journeys.encode import Encoded, code_type, encode
from safarnama.journeys.shard import Shard, Sparse

SHARD_EVENTS = 8_000_000
_WORD_LIMIT = 250  # a property with more values than this is not carried along
_PROPERTY_LIMIT = 24
Progress = Callable[[float], None]


@dataclass
class Manifest:
    """What the store holds. ``words``: dimension → its values; code 0 is none, code k the k-1-th value.

    ``first`` and ``last``: microseconds UTC. ``facts``: counts of what is not in the journeys, or doubtful in them.
    """

    version: int = 0
    events_version: int = -1
    fingerprint: str = ""
    touchpoints: list[str] = field(default_factory=list)
    words: dict[str, list[str]] = field(default_factory=dict)
    shards: list[dict[str, Any]] = field(default_factory=list)
    customers: int = 0
    events: int = 0
    first: int | None = None
    last: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


class JourneyStore:
    """Opens and makes the journeys of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.folder = workspace.folder / "journeys"

    @property
    def manifest(self) -> Manifest:
        try:
            return Manifest(**orjson.loads((self.folder / "manifest.json").read_bytes()))
        except FileNotFoundError:
            return Manifest()

    def shards(self) -> list[Shard]:
        """All shards of the version that counts, mapped from disk."""
        return [Shard.open(self.folder / shard["folder"]) for shard in self.manifest.shards]

    def make(self, customers: Customers, progress: Progress | None = None) -> Manifest:
        """Encode all events anew and make them the version that counts."""
        old = self.manifest
        version = old.version + 1
        events = _Events(self.workspace, customers, progress or (lambda share: None))
        made = events.encoded()
        attributes = attributes_of(customers)
        manifest = Manifest(
            version=version,
            events_version=customers.manifest.version,
            fingerprint=customers.manifest.fingerprint,
            touchpoints=events.touchpoints,
            words=events.words,
            customers=int(made.key.size),
            events=int(made.code.size - made.key.size),
            first=events.first,
            last=events.last,
            facts=events.facts,
        )
        for number, shard in enumerate(_cut(events.shard(made, attributes))):
            name = f"v{version:06d}-{number:04d}"
            shutil.rmtree(self.folder / name, ignore_errors=True)
            checksum = shard.save(self.folder / name)
            manifest.shards.append(
                {"folder": name, "customers": shard.customers, "events": shard.events, "checksum": checksum}
            )
        write(
            self.workspace.path("journeys", "manifest.json"),
            orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2),
        )
        self.sweep()
        return manifest

    def sweep(self) -> None:
        """Remove what the manifest does not name."""
        named = {shard["folder"] for shard in self.manifest.shards}
        for path in self.folder.iterdir() if self.folder.exists() else ():
            if path.is_dir() and path.name not in named:
                shutil.rmtree(path, ignore_errors=True)


class _Events:
    """Reads the events of all segments once and keeps, row by row, what journeys carry along."""

    def __init__(self, workspace: Workspace, customers: Customers, progress: Progress) -> None:
        self.workspace = workspace
        self.customers = customers
        self.progress = progress
        self.store = EventStore(workspace)
        self.segments = self.store.segments("events")
        self.touchpoints, self.words = self._vocabulary()
        self.first: int | None = None
        self.last: int | None = None
        self.facts: dict[str, Any] = {
            "unidentified_events": 0,
            "bot_events": 0,
            "duplicate_events": 0,
            "ambiguous_identifiers": customers.ambiguous,
        }
        self._columns: dict[str, list[np.ndarray]] = {name: [] for name in (*self.words, "flags")}
        self._numbers: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {}

    def _vocabulary(self) -> tuple[list[str], dict[str, list[str]]]:
        """All touchpoints, and the values of every dimension that is carried along, each in alphabetical order."""
        touchpoints: set[str] = set()
        values: dict[str, set[str] | None] = {}
        for segment in self.segments:
            names = [
                name
                for name in segment.columns
                if name in DIMENSIONS or name.startswith(PROPERTY) or name in ("what", "instrument")
            ]
            for part in self.store.read(segment, names):
                for name in part.column_names:
                    if not pa.types.is_dictionary(part[name].type):
                        continue
                    mine = touchpoints if name == "what" else values.setdefault(name, set())
                    if mine is None:
                        continue
                    for chunk in part[name].chunks:
                        if name.startswith(PROPERTY) and len(chunk.dictionary) > _WORD_LIMIT:
                            values[name] = mine = None
                            break
                        mine.update(
                            word for word in pc.unique(chunk).dictionary_decode().to_pylist() if word is not None
                        )
                    if name.startswith(PROPERTY) and mine is not None and len(mine) > _WORD_LIMIT:
                        values[name] = None
        words = {name: sorted(mine) for name, mine in values.items() if mine and not name.startswith(PROPERTY)}
        properties = sorted(name for name, mine in values.items() if mine and name.startswith(PROPERTY))[
            :_PROPERTY_LIMIT
        ]
        words |= {
            name.removeprefix(PROPERTY): sorted(values[name] or ())
            for name in properties
            if name.removeprefix(PROPERTY) not in words
        }
        words["source"] = sorted({segment.source for segment in self.segments})
        return sorted(touchpoints), {name: mine for name, mine in words.items() if mine}

    def encoded(self) -> Encoded:
        kind = code_type(len(self.touchpoints))
        places = {name: place for place, name in enumerate(self.touchpoints)}
        chunks = []
        total = max(1, sum(segment.rows for segment in self.segments))
        done = 0
        rows = 0
        for number, segment in enumerate(self.segments):
            wanted = [
                name
                for name in segment.columns
                if name.startswith(WHO) or not name.startswith(PROPERTY) or name.removeprefix(PROPERTY) in self.words
            ]
            in_segment = 0
            for part in self.store.read(segment, wanted):
                done += len(part)
                keep, keys = self._kept(part)
                when = part["when"].to_numpy()[keep]
                codes = _codes(part["what"], places, kind, offset=0)[keep]
                self._carry(part, segment, keep, number, in_segment, rows)
                in_segment += len(part)
                rows += when.size
                if when.size:
                    chunks.append((keys[keep], when, codes))
                    low, high = int(when.min()), int(when.max())
                    self.first = low if self.first is None else min(self.first, low)
                    self.last = high if self.last is None else max(self.last, high)
                self.progress(0.7 * done / total)
        return encode(chunks, kind)

    def _kept(self, part: pa.Table) -> tuple[np.ndarray, np.ndarray]:
        keys = self.customers.keys_of(part)
        keep = keys != 0
        self.facts["unidentified_events"] += int((~keep).sum())
        if "flags" in part.column_names:
            flags = pc.fill_null(part["flags"], 0).to_numpy()
            bots = (flags & BOT) != 0
            self.facts["bot_events"] += int((bots & keep).sum())
            keep &= ~bots
            self.facts["duplicate_events"] += int((((flags & DUPLICATE) != 0) & keep).sum())
        return keep, keys

    def _carry(self, part: pa.Table, segment: Segment, keep: np.ndarray, number: int, at: int, rows: int) -> None:
        n = int(keep.sum())
        for name, values in self.words.items():
            kind = np.uint8 if len(values) < 256 else np.uint16 if len(values) < 65_536 else np.uint32
            column = name if name in part.column_names else PROPERTY + name
            if name == "source":
                self._columns[name].append(np.full(n, values.index(segment.source) + 1, kind))
            elif column in part.column_names and pa.types.is_dictionary(part[column].type):
                places = {value: place for place, value in enumerate(values)}
                self._columns[name].append(_codes(part[column], places, kind, offset=1)[keep])
            else:
                self._columns[name].append(np.zeros(n, kind))
        flags = (
            pc.fill_null(part["flags"], 0).to_numpy()[keep] if "flags" in part.column_names else np.zeros(n, np.uint8)
        )
        self._columns["flags"].append(flags)
        for name in ("value", "score", "scale_low", "scale_high"):
            if name in part.column_names:
                filled = ~np.asarray(part[name].is_null())[keep]
                given = pc.fill_null(part[name], 0).to_numpy()[keep]
                self._add_number(name, rows + np.flatnonzero(filled), given[filled])
        if "text" in part.column_names:
            # Words stay in the event store; here is only where to find them: segment and row.
            filled = ~np.asarray(part["text"].is_null())[keep]
            where = (number << 40) + at + np.flatnonzero(keep)
            self._add_number("text", rows + np.flatnonzero(filled), where[filled])

    def _add_number(self, name: str, rows: np.ndarray, values: np.ndarray) -> None:
        if rows.size:
            self._numbers.setdefault(name, []).append((rows, values))

    def shard(self, made: Encoded, attributes: Attributes) -> Shard:
        """Everything as one shard, ready to be cut."""
        self.progress(0.8)
        words = {}
        for name, parts in self._columns.items():
            column = np.concatenate(parts) if parts else np.zeros(0, np.uint8)
            words[name] = _gathered(made.order, column)
        numbers = {}
        if self._numbers:
            slots = np.empty(made.code.size - made.key.size, np.int64)
            filled = made.order >= 0
            slots[made.order[filled]] = np.flatnonzero(filled)
            for name, pairs in self._numbers.items():
                at = slots[np.concatenate([rows for rows, _ in pairs])]
                value = np.concatenate([values for _, values in pairs])
                order = np.argsort(at)
                numbers[name] = Sparse(at[order], value[order])
        table = attributes.of(made.key)
        bots = _inhuman(made.code, made.gap, made.offset)
        if bots.any():
            self.facts["bot_customers"] = int(bots.sum())
            self.facts["bot_events"] += int((np.diff(made.offset) - 1)[bots].sum())
            flag = pa.array(bots)
            table = pa.table({"bot": flag}) if table is None else table.append_column("bot", flag)
        self.progress(0.95)
        return Shard(
            made.code, made.gap, made.offset, made.first, made.key, made.long_at, made.long_ms, words, numbers, table
        )  # fmt: skip


def _cut(whole: Shard) -> list[Shard]:
    """The shard in pieces of whole customers, each with at most about ``SHARD_EVENTS`` slots."""
    pieces = max(1, -(-whole.code.size // SHARD_EVENTS))
    goals = [whole.code.size * piece // pieces for piece in range(1, pieces)]
    cuts = sorted({0, whole.customers, *(int(np.searchsorted(whole.offset, goal)) for goal in goals)})
    if len(cuts) < 2:
        return [whole] if whole.customers else []
    return [_slice(whole, start, stop) for start, stop in itertools.pairwise(cuts)]


def _slice(whole: Shard, start: int, stop: int) -> Shard:
    low, high = int(whole.offset[start]), int(whole.offset[stop])

    def within(sparse: Sparse) -> Sparse:
        a, b = np.searchsorted(sparse.at, [low, high])
        return Sparse(sparse.at[a:b] - low, sparse.value[a:b])

    long = within(Sparse(whole.long_at, whole.long_ms))
    return Shard(
        code=whole.code[low:high],
        gap=whole.gap[low:high],
        offset=whole.offset[start : stop + 1] - low,
        first=whole.first[start:stop],
        key=whole.key[start:stop],
        long_at=long.at,
        long_ms=long.value,
        words={name: array[low:high] for name, array in whole.words.items()},
        numbers={name: within(sparse) for name, sparse in whole.numbers.items()},
        attributes=whole.attributes.slice(start, stop - start) if whole.attributes is not None else None,
    )


def _codes(column: pa.ChunkedArray, places: dict[str, int], kind: type, offset: int) -> np.ndarray:
    parts = []
    for chunk in column.chunks:
        words = chunk.dictionary.to_pylist()
        # A dictionary may hold words that no row uses any more; what is not in the vocabulary does not occur.
        table: np.ndarray = np.array([places[word] + offset if word in places else 0 for word in words] + [0], kind)
        parts.append(table[pc.fill_null(chunk.indices, len(words)).to_numpy(zero_copy_only=False)])
    return np.concatenate(parts) if parts else np.zeros(0, kind)


@compiled
def _gather_into(order, column, out):
    for i in range(order.size):
        if order[i] >= 0:
            out[i] = column[order[i]]


def _gathered(order: np.ndarray, column: np.ndarray) -> np.ndarray:
    out = np.zeros(order.size, column.dtype)
    _gather_into(order, column, out)
    return out


@compiled
def _inhuman(code, gap, offset):
    """Customers whose pace no person keeps: 200 moments or more, nine in ten of them within three seconds of the last.

    Several events of one moment (the lines of a basket) are one.
    """
    bots = np.zeros(offset.size - 1, np.bool_)
    for c in range(offset.size - 1):
        moments = 0
        quick = 0
        for i in range(offset[c] + 1, offset[c + 1] - 1):
            if gap[i] > 0:
                moments += 1
                if gap[i] <= 3000:
                    quick += 1
        bots[c] = moments >= 200 and quick * 10 >= moments * 9
    return bots
