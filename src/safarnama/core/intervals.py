"""Intervals that go with a number: 95 % everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, sqrt

import numpy as np

Z95 = 1.959963984540054


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The Wilson score interval of a share, as (low, high) in 0..1; (0, 1) when nothing was counted.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).

    >>> low, high = wilson(10, 100)
    >>> round(low, 4), round(high, 4)
    (0.0552, 0.1744)
    """
    if n <= 0:
        return 0.0, 1.0
    share = hits / n
    centre = share + Z95**2 / (2 * n)
    spread = Z95 * sqrt(share * (1 - share) / n + Z95**2 / (4 * n * n))
    scale = 1 + Z95**2 / n
    low = 0.0 if hits == 0 else max(0.0, (centre - spread) / scale)
    high = 1.0 if hits == n else min(1.0, (centre + spread) / scale)
    return low, high


def wilsons(hits: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """``wilson`` of many shares at once, each of shape (m,); every ``n`` above 0."""
    share = hits / n
    centre = share + Z95**2 / (2 * n)
    spread = Z95 * np.sqrt(share * (1 - share) / n + Z95**2 / (4 * n * n))
    scale = 1 + Z95**2 / n
    low = np.where(hits == 0, 0.0, np.maximum(0.0, (centre - spread) / scale))
    high = np.where(hits == n, 1.0, np.minimum(1.0, (centre + spread) / scale))
    return low, high


def of_mean(total: float, squares: float, n: int) -> tuple[float, float]:
    """The normal interval of a mean from the sum and the sum of squares of ``n`` values; both ends the mean for n < 2."""
    mean = total / n if n else 0.0
    if n < 2:
        return mean, mean
    variance = max(0.0, (squares - total * mean) / (n - 1))
    half = Z95 * sqrt(variance / n)
    return mean - half, mean + half


def newcombe(first: tuple[float, float, float], second: tuple[float, float, float]) -> tuple[float, float, float]:
    """The difference second − first of two independent shares with its interval, each given as (share, low, high) of Wilson.

    Source: R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17
    (1998), method 10.

    >>> [round(end, 4) for end in newcombe((56 / 70, *wilson(56, 70)), (48 / 80, *wilson(48, 80)))]
    [-0.2, -0.3339, -0.0524]
    """
    (p, p_low, p_high), (q, q_low, q_high) = first, second
    low = q - p - sqrt((q - q_low) ** 2 + (p_high - p) ** 2)
    high = q - p + sqrt((q_high - q) ** 2 + (p - p_low) ** 2)
    return q - p, low, high


def two_shares(hits: int, n: int, other_hits: int, other_n: int) -> float:
    """The chance of a difference at least as large if both shares were one: two-sided, by the pooled score test; 1 when nothing
    was counted or nothing varies."""
    if not n or not other_n:
        return 1.0
    pooled = (hits + other_hits) / (n + other_n)
    spread = sqrt(pooled * (1 - pooled) * (1 / n + 1 / other_n))
    return erfc(abs(hits / n - other_hits / other_n) / spread / sqrt(2)) if spread else 1.0


def by_draws(
    first: tuple[float, int | None], second: tuple[float, int | None], ours: np.ndarray, theirs: np.ndarray
) -> tuple[float, float, float] | None:
    """The ends of the interval of second − first, and the chance of so large a difference without any.

    ``first``, ``second``: a number, and of how many customers it is where that is known. ``ours``, ``theirs``: the same two numbers
    drawn again, float64 (draws,), nan where a draw does not have it. None when one of twenty draws or more does not: then a number is
    of three customers or fewer. The ends are percentiles of the draws, stretched to the difference itself where they do not hold it.
    Some hundred draws say how wide the difference is, not how rare: the chance is the normal one of that width, and at least the share
    of draws without it.
    """
    draws = theirs - ours
    told = draws[~np.isnan(draws)]
    absent = 1 - told.size / draws.size
    if absent >= 0.05:
        return None
    difference, spread = second[0] - first[0], float(told.std(ddof=1))
    low, high = np.quantile(told, [0.025, 0.975]).tolist()
    still = np.nanstd(ours) == 0, np.nanstd(theirs) == 0
    few, many = (first[1], second[1]) if still[0] else (second[1], first[1])
    if still[0] != still[1] and few and many:
        # All of these have the same number. Another would not have to: they are taken to differ as much as the others do.
        spread *= sqrt(1 + many / few)
        low, high = min(low, difference - Z95 * spread), max(high, difference + Z95 * spread)
    chance = erfc(abs(difference) / spread / sqrt(2)) if spread else float(difference == 0)
    return min(low, difference), max(high, difference), max(chance, absent)


def corrected(chances: Sequence[float]) -> list[float]:
    """The same chances corrected for how many there are, so that of those below 5 % at most 5 % are expected to be false.

    Source: Y. Benjamini, Y. Hochberg, Controlling the false discovery rate, JRSS B 57 (1995).

    >>> corrected([0.01, 0.04, 0.03, 0.5])
    [0.04, 0.05333333333333334, 0.05333333333333334, 0.5]
    """
    many = len(chances)
    order = sorted(range(many), key=lambda place: -chances[place])
    found, least = [1.0] * many, 1.0
    for rank, place in zip(range(many, 0, -1), order, strict=True):
        least = min(least, chances[place] * many / rank)
        found[place] = least
    return found
