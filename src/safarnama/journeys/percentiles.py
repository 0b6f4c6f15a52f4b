"""Exact percentiles of very many numbers by key, in two looks: first how they spread over eighths of octaves, then only those of
the eighths that hold a percentile. So what has to be kept does not grow with the number of different values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.journeys.partial import Keyed
from safarnama.journeys.quantiles import bucket

EIGHTHS = 512  # room for those of any number
_TABLE = 1 << 24  # cells that a table may have, 256 MB; more keys than that are put in order


def spread(keys: np.ndarray, values: np.ndarray) -> Keyed:
    """How the values of every key spread: keys (key, eighth), counts (how many, their sum). Nothing may be negative."""
    if not _few(keys):
        return Keyed.of(np.stack([keys, _eighth(values)], 1), np.stack([np.ones(values.size, np.int64), values], 1))
    counts = np.zeros(((int(keys.max(initial=-1)) + 1) * EIGHTHS, 2), np.int64)
    _tally(keys, values, counts)
    seen = np.flatnonzero(counts[:, 0])
    return Keyed(np.stack([seen // EIGHTHS, seen % EIGHTHS], 1), counts[seen])


def owners(keys: np.ndarray, who: np.ndarray) -> Keyed:
    """How many customers have every key; what is of one customer must stand together."""
    if _few(keys):
        counts = np.zeros(int(keys.max(initial=-1)) + 1, np.int64)
        _have(keys, who, counts)
        seen = np.flatnonzero(counts)
        return Keyed(seen[:, None], counts[seen, None])
    order = np.argsort(keys, kind="stable")
    keys, who = keys[order], who[order]
    new = np.ones(keys.size, bool)
    new[1:] = (keys[1:] != keys[:-1]) | (who[1:] != who[:-1])
    return Keyed.of(keys[new], np.ones(int(new.sum()), np.int64))


def wanted(spreads: Iterable[Keyed], percents: Sequence[int] = (50,)) -> np.ndarray:
    """The places (key · EIGHTHS + eighth, ascending) that hold a percentile of any of these."""
    found = [Percentiles.of(spread, percents).places for spread in spreads]
    return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)


def near(places: np.ndarray, keys: np.ndarray, values: np.ndarray) -> Keyed:
    """Those of the values that stand in one of the places: keys (place, value), counts how often."""
    if not places.size:
        return Keyed.of(np.zeros((0, 2), np.int64), np.zeros((0, 1), np.int64))
    if _few(keys):
        # A table says which of the places a value falls into, if any.
        table = np.full((int(keys.max(initial=-1)) + 1) * EIGHTHS, -1, np.int32)
        inside = places < table.size
        table[places[inside]] = np.flatnonzero(inside)
        place, value = _collect(keys, values, table)
    else:
        mine = keys * EIGHTHS + _eighth(values)
        place = np.minimum(np.searchsorted(places, mine), places.size - 1)
        chosen = places[place] == mine
        place, value = place[chosen], values[chosen]
    return numbered(places, place, value)


def numbered(places: np.ndarray, place: np.ndarray, value: np.ndarray) -> Keyed:
    """The same from the number that each value's place has among the places; small numbers are put in order quicker."""
    found = Keyed.of(np.stack([place, value], 1), np.ones(place.size, np.int64))
    return Keyed(np.stack([places[found.keys[:, 0]], found.keys[:, 1]], 1), found.counts)


@dataclass(frozen=True)
class Percentiles:
    """Where the percentiles are. ``keys`` ascending, for each how many values it has (``n``) and their sum (``total``); ``places``:
    those that hold one, key · EIGHTHS + eighth, ascending; of each whose it is (``owner``, its number among the keys) and how many
    values of the same key lie ``below``."""

    percents: tuple[int, ...]
    keys: np.ndarray
    n: np.ndarray
    total: np.ndarray
    places: np.ndarray
    owner: np.ndarray
    below: np.ndarray

    @classmethod
    def of(cls, spread: Keyed, percents: Sequence[int] = (50,)) -> Percentiles:
        """From everything spread."""
        keys, starts = np.unique(spread.keys[:, 0], return_index=True)
        if not keys.size:
            return cls(tuple(percents), *(np.zeros(0, np.int64) for _ in range(6)))
        ends = np.concatenate([[0], spread.counts[:, 0].cumsum()])
        n = np.add.reduceat(spread.counts[:, 0], starts)
        first = ends[starts]
        ranks = [(percent * (n - 1) + more) // 100 for percent in percents for more in (0, 99)]
        # The running count over all keys finds the eighth of the value of any rank of any key.
        rows = np.unique([np.searchsorted(ends, first + rank, side="right") - 1 for rank in ranks])
        owner = np.searchsorted(starts, rows, side="right") - 1
        places = spread.keys[rows, 0] * EIGHTHS + spread.keys[rows, 1]
        total = np.add.reduceat(spread.counts[:, 1], starts)
        return cls(tuple(percents), keys, n, total, places, owner, ends[rows] - first[owner])

    def values(self, near: Keyed) -> np.ndarray:
        """The percentiles of every key from what stands in their places, float64 (keys, percents), by linear interpolation; what
        stands in others is passed over."""
        found = np.zeros((self.keys.size, len(self.percents)))
        if not self.keys.size:
            return found
        at = np.minimum(np.searchsorted(self.places, near.keys[:, 0]), self.places.size - 1)
        mine = self.places[at] == near.keys[:, 0]
        at, value = at[mine], near.keys[mine, 1]
        counted = np.concatenate([[0], near.counts[mine, 0].cumsum()])
        starts = np.searchsorted(at, np.arange(self.places.size))
        # Each value kept ends, among all of its key, at this rank; keys follow each other with room between them.
        step = int(self.n.max()) + 1
        ends = counted[1:] - counted[starts][at] + self.below[at] + self.owner[at] * step
        for column, percent in enumerate(self.percents):
            whole, rest = np.divmod(percent * (self.n - 1), 100)
            ranks = whole + np.arange(self.keys.size) * step
            low = value[np.searchsorted(ends, ranks, side="right")]
            high = value[np.searchsorted(ends, ranks + (rest > 0), side="right")]
            found[:, column] = low + rest / 100 * (high - low)
        return found


def _few(keys: np.ndarray) -> bool:
    """Whether a table with a row for every key, used or not, is small beside the values: it is filled quicker than they are sorted."""
    return keys.size == 0 or int(keys.max()) * EIGHTHS < min(_TABLE, max(1 << 16, 8 * keys.size))


@compiled
def _tally(keys, values, counts):
    bits = np.empty(1, np.float64)
    for i in range(keys.size):
        cell = keys[i] * EIGHTHS + bucket(values[i], bits)
        counts[cell, 0] += 1
        counts[cell, 1] += values[i]


@compiled
def _have(keys, who, counts):
    last = np.full(counts.size, -1, np.int64)
    for i in range(keys.size):
        if last[keys[i]] != who[i]:
            last[keys[i]] = who[i]
            counts[keys[i]] += 1


@compiled
def _collect(keys, values, table):
    many = 0
    bits = np.empty(1, np.float64)
    for i in range(keys.size):
        many += table[keys[i] * EIGHTHS + bucket(values[i], bits)] >= 0
    places = np.empty(many, np.int64)
    found = np.empty(many, np.int64)
    at = 0
    for i in range(keys.size):
        place = table[keys[i] * EIGHTHS + bucket(values[i], bits)]
        if place >= 0:
            places[at] = place
            found[at] = values[i]
            at += 1
    return places, found


def _eighth(values: np.ndarray) -> np.ndarray:
    """The eighth of an octave of every value, as ``quantiles.bucket``."""
    bits = np.maximum(values, 1).astype(np.float64).view(np.uint64) >> np.uint64(49)
    return np.where(values < 1, 0, bits.astype(np.int64) - (1023 << 3) + 1)
