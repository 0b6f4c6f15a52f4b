"""Who moves when events come or links change: the customers that are touched, and no others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safarnama.customers.view import Customers
from safarnama.events.store import EventStore, Segment
from safarnama.journeys.rows import identifying, is_in
from safarnama.journeys.shard import Shard

_NOBODY = np.zeros(0, np.uint64)
# A newer shard takes in the older ones that are not at least so many times its size: so there are few, and none is rewritten often.
_GROWTH = 2


@dataclass
class Moves:
    """``old`` → ``new``: whole journeys, by their keys before (ascending) and after; ``again``: customers whose rows have to be
    read again, since a journey came apart (ascending keys after). ``gone``: keys before whose stored journeys no longer
    count (ascending). ``events``: about how many events move."""

    old: np.ndarray
    new: np.ndarray
    again: np.ndarray
    gone: np.ndarray
    events: int


def moves_between(before: Customers, after: Customers, generations: list[list[Shard]]) -> Moves | None:
    """Who moves from the stored shards (generation by generation, oldest first); None if it is best to make all anew."""
    known = {segment.id for segment in before.manifest.segments}
    if known - {segment.id for segment in after.manifest.segments}:
        return None
    store = EventStore(after.workspace)
    fresh = [segment for segment in after.manifest.segments if segment.id not in known]
    touched = [_keys(store, segment, after) for segment in fresh if segment.kind != "costs"]
    arriving = sum(segment.rows for segment in fresh if segment.kind == "events")
    shards = [shard for generation in generations for shard in generation]
    changed = _changed(before, after, store, shards)
    if changed is None:
        return None
    pairs, again, beside = changed
    # Whoever gets rows from elsewhere moves as well, so that a journey is always in one place.
    staying = np.unique(np.concatenate([*touched, beside, pairs[:, 1]]))
    staying = staying[~is_in(staying, np.sort(pairs[:, 0]))]
    moved = np.concatenate([pairs, np.stack([staying, staying], 1)])
    size = arriving + _events(shards, np.sort(np.concatenate([moved[:, 0], again])))
    for place in range(len(generations) - 1, -1, -1):
        gone = np.sort(np.concatenate([moved[:, 0], again]))
        rest = [shard.only(~is_in(shard.key, gone)) for shard in generations[place]]
        events = sum(shard.counted_events for shard in rest)
        if events >= _GROWTH * size:
            break
        if place == 0:
            return None
        keys = np.concatenate([shard.key[shard.mask()] for shard in rest])
        moved = np.concatenate([moved, np.stack([keys, keys], 1)])
        size += events
    gone = np.unique(np.concatenate([moved[:, 0], again]))
    moved = moved[~is_in(moved[:, 1], again)]  # all rows of those come from the events
    moved = moved[np.argsort(moved[:, 0])]
    return Moves(np.ascontiguousarray(moved[:, 0]), np.ascontiguousarray(moved[:, 1]), again, gone, size)


def _keys(store: EventStore, segment: Segment, customers: Customers) -> np.ndarray:
    """The customers that a segment speaks of, ascending."""
    found = [np.unique(customers.keys_of(part)) for part in store.read(segment, identifying(segment))]
    keys = np.unique(np.concatenate([_NOBODY, *found]))
    return keys[keys != 0]


def _changed(
    before: Customers, after: Customers, store: EventStore, shards: list[Shard]
) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """Customers who have become others: pairs of keys (P, 2) of those who did so whole; the keys, before and after, of those
    who came apart; and the keys of those of whom a table now says something else."""
    old, new = before.resolved, after.resolved
    none = np.zeros((0, 2), np.uint64)
    if not old.handles.size:
        return none, _NOBODY, _NOBODY
    if not new.handles.size:
        return None
    places = np.minimum(np.searchsorted(new.handles, old.handles), new.handles.size - 1)
    if not np.array_equal(new.handles[places], old.handles):
        return None
    if not old.ambiguous.any() and not new.ambiguous.any():
        moved = new.customers[places] != old.customers
        if not moved.any():
            return none, _NOBODY, _NOBODY
        theirs = is_in(old.customers, np.unique(old.customers[moved]))
        pairs = np.unique(np.stack([old.customers[theirs], new.customers[places][theirs]], 1), axis=0)
        if np.unique(pairs[:, 0]).size == len(pairs):
            return pairs, _NOBODY, _NOBODY
    return _compared(before, after, store, shards)


def _compared(
    before: Customers, after: Customers, store: EventStore, shards: list[Shard]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The same, seen from every row of before: needed where an identifier alone does not say whose a row is."""
    found, counts, beside = [np.zeros((0, 2), np.uint64)], [np.zeros(0, np.int64)], [_NOBODY]
    for segment in before.manifest.segments:
        if segment.kind == "costs":
            continue
        for part in store.read(segment, identifying(segment)):
            keys = np.stack([before.keys_of(part), after.keys_of(part)], 1)
            pairs, times = np.unique(keys[keys[:, 0] != keys[:, 1]], axis=0, return_counts=True)
            if segment.kind == "events":
                found.append(pairs)
                counts.append(times)
            else:
                beside.append(pairs.ravel())
    pairs, inverse = np.unique(np.concatenate(found), axis=0, return_inverse=True)
    times = np.zeros(len(pairs), np.int64)
    np.add.at(times, inverse.ravel(), np.concatenate(counts))
    # Whole is who has one new key only and leaves no event behind.
    alone = np.bincount(np.unique(pairs[:, 0], return_inverse=True)[1].ravel())
    single = np.repeat(alone, alone) == 1
    whole = single & (times == _events_each(shards, pairs[:, 0]))
    again = np.unique(pairs[~whole])
    return pairs[whole], again, np.unique(np.concatenate(beside))


def _events_each(shards: list[Shard], keys: np.ndarray) -> np.ndarray:
    """How many events are stored of each of these customers, int64."""
    events = np.zeros(keys.size, np.int64)
    for shard in shards:
        if not shard.customers:
            continue
        places = np.minimum(np.searchsorted(shard.key, keys), shard.customers - 1)
        here = (shard.key[places] == keys) & shard.mask()[places]
        events[here] += (shard.offset[places + 1] - shard.offset[places] - 1)[here]
    return events


def _events(shards: list[Shard], keys: np.ndarray) -> int:
    return int(_events_each(shards, keys).sum())
