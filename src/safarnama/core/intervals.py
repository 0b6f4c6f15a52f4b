"""Intervals that go with a number: 95 % everywhere."""

from __future__ import annotations

from math import sqrt

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


def of_mean(total: float, squares: float, n: int) -> tuple[float, float]:
    """The normal interval of a mean from the sum and the sum of squares of ``n`` values; both ends the mean for n < 2."""
    mean = total / n if n else 0.0
    if n < 2:
        return mean, mean
    variance = max(0.0, (squares - total * mean) / (n - 1))
    half = Z95 * sqrt(variance / n)
    return mean - half, mean + half
