"""Rows: events on their way into journeys, each with its customer, in any order.

A table with the columns ``key`` (the customer, uint64), ``when`` (microseconds UTC), ``code`` (the touchpoint, int32), ``flags``,
``words-COLUMN`` (the code of a dimension's value, int32; 0 is none) and ``number-NAME`` (int64 or null). They come from the
events of a segment, or out of a shard whose customers move.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.compiled import compiled
from safarnama.customers.view import Customers
from safarnama.events.schema import BOT, DUPLICATE, PROPERTY, WHO
from safarnama.events.store import EventStore, Segment
from safarnama.journeys.shard import Shard
from safarnama.journeys.vocabulary import Vocabulary

WORDS, NUMBER, TEXT = "words-", "number-", "text"
_NUMBERS = ("value", "score", "scale_low", "scale_high")
_SEGMENT_BITS = 40  # a row of the event store as one number: its segment above these bits, its place below


@dataclass
class Facts:
    """What is to be said of the events that were read. ``first`` and ``last``: microseconds UTC."""

    unidentified: int = 0
    bots: int = 0
    duplicates: int = 0
    first: int | None = None
    last: int | None = None

    def spread(self, when: np.ndarray) -> None:
        if when.size:
            low, high = int(when.min()), int(when.max())
            self.first = low if self.first is None else min(self.first, low)
            self.last = high if self.last is None else max(self.last, high)


def rows_of_segment(
    store: EventStore, segment: Segment, number: int, customers: Customers, vocabulary: Vocabulary, facts: Facts
) -> Iterator[pa.Table]:
    """The rows of a segment that belong to somebody, part by part. ``number``: its place among the segments with events."""
    at = number << _SEGMENT_BITS
    for part in store.read(segment, _columns(segment, vocabulary)):
        keys = customers.keys_of(part)
        keep, flags = keys != 0, _flags(part)
        facts.unidentified += int((~keep).sum())
        facts.bots += int((keep & (flags & BOT != 0)).sum())
        keep &= flags & BOT == 0
        facts.duplicates += int((keep & (flags & DUPLICATE != 0)).sum())
        facts.spread(part["when"].to_numpy()[keep])
        yield _rows(part, keys, keep, flags, segment, at, vocabulary)
        at += len(part)


def rows_again(
    store: EventStore, segment: Segment, number: int, customers: Customers, vocabulary: Vocabulary, wanted: np.ndarray
) -> Iterator[pa.Table]:
    """Those rows of a segment whose customers are ``wanted`` (ascending keys); of most parts only the identifiers are read."""
    at = number << _SEGMENT_BITS
    for place in range(segment.parts):
        keys = customers.keys_of(store.read_part(segment, place, identifying(segment)))
        keep = is_in(keys, wanted) & (keys != 0)
        if keep.any():
            part = store.read_part(segment, place, _columns(segment, vocabulary))
            flags = _flags(part)
            yield _rows(part, keys, keep & (flags & BOT == 0), flags, segment, at, vocabulary)
        at += keys.size


def rows_of_shard(shard: Shard, old: np.ndarray, new: np.ndarray, columns: Mapping[str, str]) -> pa.Table:
    """The rows of those customers of a shard that count and are ``old`` (ascending keys), each under its ``new`` key.

    ``columns``: dimension → its column in the events.
    """
    places = np.minimum(np.searchsorted(old, shard.key), max(0, old.size - 1))
    chosen = np.flatnonzero((old[places] == shard.key) & shard.mask()) if old.size else np.zeros(0, np.int64)
    sizes = np.diff(shard.offset)[chosen] - 1
    slots, when = np.empty(int(sizes.sum()), np.int64), np.empty(int(sizes.sum()), np.int64)
    _unrolled(chosen, shard.gap, shard.offset, shard.first, shard.long_at, shard.long_ms, slots, when)
    when *= 1000
    if shard.micro is not None:
        when += shard.micro[slots]
    found = {
        "key": np.repeat(new[places[chosen]], sizes),
        "when": when,
        "code": shard.code[slots].astype(np.int32),
        "flags": shard.words["flags"][slots] if "flags" in shard.words else np.zeros(slots.size, np.uint8),
    }
    for name, column in shard.words.items():
        if name in columns:
            found[WORDS + columns[name]] = column[slots].astype(np.int32)
    # The chosen customers stand in order, so do their slots.
    for name, sparse in shard.numbers.items():
        at = np.minimum(np.searchsorted(sparse.at, slots), max(0, sparse.at.size - 1))
        has = sparse.at[at] == slots if sparse.at.size else np.zeros(slots.size, bool)
        if has.any():
            found[NUMBER + name] = pa.array(sparse.value[at].astype(np.int64), mask=~has)
    return pa.table(found)


def identifying(segment: Segment) -> list[str]:
    """The columns that say whose a row is."""
    return [name for name in segment.columns if name.startswith(WHO) or name == "session"]


def is_in(keys: np.ndarray, members: np.ndarray) -> np.ndarray:
    """Which keys are among the members (ascending), bool."""
    if not members.size:
        return np.zeros(keys.size, bool)
    return members[np.minimum(np.searchsorted(members, keys), members.size - 1)] == keys


def _columns(segment: Segment, vocabulary: Vocabulary) -> list[str]:
    return [name for name in segment.columns if not name.startswith(PROPERTY) or name not in vocabulary.dropped]


def _flags(part: pa.Table) -> np.ndarray:
    if "flags" not in part.column_names:
        return np.zeros(len(part), np.uint8)
    return pc.fill_null(part["flags"], 0).to_numpy()


def _rows(
    part: pa.Table,
    keys: np.ndarray,
    keep: np.ndarray,
    flags: np.ndarray,
    segment: Segment,
    at: int,
    vocabulary: Vocabulary,
) -> pa.Table:
    found = {
        "key": pa.array(keys),
        "when": part["when"],
        "code": pa.array(vocabulary.touchpoints.codes(part["what"], 0)),
        "flags": pa.array(flags),
    }
    for name in part.column_names:
        codes = vocabulary.of_column(name, part[name])
        if codes is not None:
            found[WORDS + name] = pa.array(codes)
    found[WORDS + "source"] = pa.array(np.full(len(part), vocabulary.of_source(segment.source), np.int32))
    for name in _NUMBERS:
        if name in part.column_names and part[name].null_count < len(part):
            found[NUMBER + name] = part[name].cast(pa.int64())
    if TEXT in part.column_names and part[TEXT].null_count < len(part):
        # Words stay in the event store; here is only where to find them.
        nothing = np.asarray(part[TEXT].is_null())
        found[NUMBER + TEXT] = pa.array(at + np.arange(len(part)), mask=nothing)
    rows = pa.table(found)
    return rows if keep.all() else rows.filter(pa.array(keep))


@compiled
def _unrolled(chosen, gap, offset, first, long_at, long_ms, slots, when):
    to = 0
    for c in chosen:
        now = first[c]
        k = np.searchsorted(long_at, offset[c])
        for i in range(offset[c], offset[c + 1] - 1):
            now += np.int64(gap[i])
            if k < long_at.size and long_at[k] == i:
                now += long_ms[k]
                k += 1
            slots[to] = i
            when[to] = now
            to += 1
