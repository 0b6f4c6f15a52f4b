"""Exact medians and other quantiles from counts by value, and the buckets that make them cheap to find."""

from __future__ import annotations

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.journeys.partial import Keyed

BUCKETS = 400  # eight an octave: up to 2**49 milliseconds


@compiled(inline="always")
def bucket(milliseconds, bits):
    """The eighth of an octave that holds a waiting time; ``bits`` is a float64 array of one place to work in.

    The top bits of a floating number are its octave and its eighth.
    """
    if milliseconds < 1:
        return 0
    bits[0] = milliseconds
    return np.int64(bits.view(np.uint64)[0] >> np.uint64(49)) - (1023 << 3) + 1


def quantile_of(values: Keyed, share: float, n: int | None = None) -> float:
    """The quantile of a multiset of numbers (``keys`` (m, 1) ascending, ``counts`` how often), by linear interpolation.

    ``n`` says how many there really are, when the largest were left out because they cannot matter.
    """
    ends = values.counts[:, 0].cumsum()
    n = int(ends[-1]) if n is None else n
    at = share * (n - 1)
    low = int(np.floor(at))
    pair = values.keys[np.searchsorted(ends, [low, min(low + 1, n - 1) if at > low else low], side="right"), 0]
    return float(pair[0] + (at - low) * (pair[1] - pair[0]))


def median_of(values: Keyed) -> float:
    """The median; the middle of the two middle ones where there is an even number."""
    return quantile_of(values, 0.5)
