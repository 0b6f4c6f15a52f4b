"""Exact medians of very many numbers by key, in two passes: first how they spread over eighths of octaves, then only those of the
eighths that hold a middle. So what has to be kept does not grow with the number of different values.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safarnama.journeys.partial import Keyed
from safarnama.journeys.quantiles import quantile_of


def spread(keys: np.ndarray, values: np.ndarray) -> Keyed:
    """How the values of every key spread: keys (key, eighth), counts (how many, their sum). Nothing may be negative."""
    return Keyed.of(np.stack([keys, _eighth(values)], 1), np.stack([np.ones(values.size, np.int64), values], 1))


@dataclass(frozen=True)
class Middles:
    """Where the middles are: ``keys`` ascending, for each the eighths of its lower and upper middle, how many values it has, how
    many of them lie below the lower of the two eighths, and their sum."""

    keys: np.ndarray
    low: np.ndarray
    high: np.ndarray
    n: np.ndarray
    below: np.ndarray
    total: np.ndarray

    @classmethod
    def of(cls, spread: Keyed) -> Middles:
        """From everything spread."""
        keys, starts, many = np.unique(spread.keys[:, 0], return_index=True, return_counts=True)
        if not keys.size:
            return cls(*(np.zeros(0, np.int64) for _ in range(6)))
        ends = np.concatenate([[0], spread.counts[:, 0].cumsum()])
        n = np.add.reduceat(spread.counts[:, 0], starts)
        first = ends[starts]
        # The running count over all keys finds the place of the k-th value of each.
        low = np.searchsorted(ends, first + (n - 1) // 2, side="right") - 1
        high = np.searchsorted(ends, first + n // 2, side="right") - 1
        assert ((low >= starts) & (high < starts + many)).all()
        eighth = spread.keys[:, 1]
        return cls(keys, eighth[low], eighth[high], n, ends[low] - first, np.add.reduceat(spread.counts[:, 1], starts))

    def near(self, keys: np.ndarray, values: np.ndarray) -> Keyed:
        """Those of the values that stand in the eighths of a middle: keys (key, value), counts how often."""
        place = np.searchsorted(self.keys, keys)
        eighth = _eighth(values)
        chosen = (eighth >= self.low[place]) & (eighth <= self.high[place])
        return Keyed.of(np.stack([keys[chosen], values[chosen]], 1), np.ones(int(chosen.sum()), np.int64))

    def medians(self, near: Keyed) -> list[float]:
        """The median of every key, from what stands around it."""
        starts = np.searchsorted(near.keys[:, 0], self.keys)
        ends = np.searchsorted(near.keys[:, 0], self.keys, side="right")
        found = []
        for start, end, n, below in zip(starts, ends, self.n.tolist(), self.below.tolist(), strict=True):
            # As if everything below stood at one value: the middle does not notice.
            values = np.concatenate([[[-1]], near.keys[start:end, 1:]])
            counts = np.concatenate([[[below]], near.counts[start:end]])
            found.append(quantile_of(Keyed(values, counts), 0.5, n=n))
        return found


def _eighth(values: np.ndarray) -> np.ndarray:
    """The eighth of an octave of every value, as ``quantiles.bucket``."""
    bits = np.maximum(values, 1).astype(np.float64).view(np.uint64) >> np.uint64(49)
    return np.where(values < 1, 0, bits.astype(np.int64) - (1023 << 3) + 1)
