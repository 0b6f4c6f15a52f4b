"""Where and when a rate is not what it usually is: a scan over values of a dimension and runs of weeks.

For every value and every run of weeks the rate inside is held against two usual ones: the same value at all other times, and all
other values at the same time. So neither a value that is always different nor a season that moves everything is an alarm.
Likelihood ratios after Kulldorff's Bernoulli scan statistic (A spatial scan statistic, Communications in Statistics 26, 1997),
divided by how much more the weeks vary than chance alone would make them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Signs in units of standard deviations. Some millions of overlapping runs are tried, so chance alone reaches five.
CLEAR = 6.0
_CONFIRMED = 3.0
_SHORTEST, _LONGEST = 2, 16  # weeks


@dataclass(frozen=True)
class Run:
    """Weeks ``start`` up to and without ``stop`` of one value in which ``hits`` of ``n`` met what ``usual`` of them do.

    ``sign`` is how far that is from chance; ``share`` is hits ÷ n.
    """

    value: int
    start: int
    stop: int
    n: int
    hits: int
    usual: float
    sign: float

    @property
    def share(self) -> float:
        return self.hits / self.n

    @property
    def excess(self) -> float:
        """How many more met it than usually would have."""
        return self.hits - self.n * self.usual


def scan(n: np.ndarray, hits: np.ndarray, least: float, fewest: int, alone: bool = False) -> Run | None:
    """The clearest run in which the rate is at least ``least`` above the usual and at least ``fewest`` more were hit.

    ``n`` and ``hits``: trials and hits of every value in every week, int64 (V, W). ``alone``: there is nothing to hold a value
    against but its own other weeks (V is 1).
    """
    weeks = n.shape[1]
    if weeks < _SHORTEST + 2 or hits.sum() < fewest:
        return None
    ends_n, ends_h, ends_w, ends_s = (_ends(part) for part in (n, hits, n > 0, hits**2 / np.maximum(n, 1)))
    best: Run | None = None
    for length in range(_SHORTEST, min(_LONGEST, weeks // 2) + 1):
        inside_n, outside_n = _split(ends_n, length)
        inside_h, outside_h = _split(ends_h, length)
        own = _rate(outside_h, outside_n)
        usual = own
        # How much more the other weeks vary than chance alone would make them: Pearson's chi-squared a degree.
        squares = _split(ends_s, length)[1] - 2 * own * outside_h + own**2 * outside_n
        degrees = np.maximum(_split(ends_w, length)[1] - 1, 1)
        spread = np.maximum(1.0, squares / (own * (1 - own)) / degrees)
        sign = _sign(inside_h, inside_n, outside_h, outside_n) / np.sqrt(spread)
        if not alone:
            others_n = inside_n.sum(axis=0, keepdims=True) - inside_n
            others_h = inside_h.sum(axis=0, keepdims=True) - inside_h
            there = _rate(others_h, others_n)
            known = others_n >= 10
            # Where nothing else happened at that time, the own other weeks must do.
            usual = np.where(known, np.maximum(own, there), own)
            # Having looked at a run because of its own weeks, the others need only confirm it.
            against = _sign(inside_h, inside_n, others_h, others_n)
            sign = np.where(known & (against < _CONFIRMED), 0.0, sign)
        share = _rate(inside_h, inside_n)
        good = (share - usual >= least) & (inside_h - inside_n * usual >= fewest) & (outside_n >= 30)
        sign = np.where(good, sign, 0.0)
        at = np.unravel_index(int(np.argmax(sign)), sign.shape)
        if sign[at] >= CLEAR and (best is None or sign[at] > best.sign):
            value, start = int(at[0]), int(at[1])
            best = Run(
                value, start, start + length, int(inside_n[at]), int(inside_h[at]), float(usual[at]), float(sign[at])
            )
    return best


def sign_of_run(n: np.ndarray, hits: np.ndarray, start: int, stop: int) -> float:
    """How far the rate in these weeks is above that of all other weeks; trials and hits a week, (W,)."""
    inside = [float(part[start:stop].sum()) for part in (hits, n)]
    outside = [float(part.sum()) - mine for part, mine in zip((hits, n), inside, strict=True)]
    return float(_sign(*(np.array([part]) for part in (*inside, *outside)))[0])


def _ends(weekly: np.ndarray) -> np.ndarray:
    return np.concatenate([np.zeros((len(weekly), 1)), np.cumsum(weekly, axis=1, dtype=float)], axis=1)


def _split(ends: np.ndarray, length: int) -> tuple[np.ndarray, np.ndarray]:
    """The sums inside every run of that length, and outside of it."""
    inside = ends[:, length:] - ends[:, :-length]
    return inside, ends[:, -1:] - inside


def _rate(hits: np.ndarray, n: np.ndarray) -> np.ndarray:
    # Half a hit of the rate everywhere keeps rare things from looking impossible.
    return (hits + 0.5) / (n + 1.0)


def _sign(a_hits: np.ndarray, a_n: np.ndarray, b_hits: np.ndarray, b_n: np.ndarray) -> np.ndarray:
    """The signed root of twice the log likelihood ratio of two shares; below zero where the first is the smaller."""
    both = _rate(a_hits + b_hits, a_n + b_n)
    a, b = _rate(a_hits, a_n), _rate(b_hits, b_n)
    ratio = (
        a_hits * np.log(a / both)
        + (a_n - a_hits) * np.log((1 - a) / (1 - both))
        + b_hits * np.log(b / both)
        + (b_n - b_hits) * np.log((1 - b) / (1 - both))
    )
    return np.where(a > b, 1.0, -1.0) * np.sqrt(2 * np.maximum(ratio, 0.0))
