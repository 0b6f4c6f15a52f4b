"""How waiting times spread over spans that people speak of: up to ten seconds, a minute, an hour, a day, a week …"""

from __future__ import annotations

import numpy as np

from safarnama.journeys.partial import Keyed

# The ends of the spans in seconds; an end belongs to the span before it, and the last span has none.
ENDS = (10, 60, 300, 900, 3600, 6 * 3600, 86400, 3 * 86400, 7 * 86400, 30 * 86400, 90 * 86400, 365 * 86400)
Span = tuple[float, float | None]  # seconds: longer than, at most; the first begins with 0 itself
SPANS: list[Span] = list(zip((0, *ENDS), (*ENDS, None), strict=True))


def histogram(waits: Keyed) -> list[tuple[Span, int]]:
    """How many of some waiting times (``keys`` milliseconds, ``counts`` how often) are in each span, from the first span with any to
    the last."""
    counts = np.bincount(_place(waits.keys[:, 0]), waits.counts[:, 0], len(ENDS) + 1).astype(np.int64)
    filled = np.flatnonzero(counts)
    if not filled.size:
        return []
    return [(SPANS[place], int(counts[place])) for place in range(filled[0], filled[-1] + 1)]


def inside(waits: np.ndarray, within: float | None) -> np.ndarray:
    """Which waiting times in milliseconds, -1 for none, are in the span that ends there; bool of the same shape."""
    found: np.ndarray = (waits >= 0) & (_place(waits) == (len(ENDS) if within is None else ENDS.index(round(within))))
    return found


def _place(milliseconds: np.ndarray) -> np.ndarray:
    return np.searchsorted(np.array(ENDS, np.int64) * 1000, milliseconds, side="left")
