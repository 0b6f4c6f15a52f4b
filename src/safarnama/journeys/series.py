"""What a series of counts or shares does over time: its weekday pattern, where its level changes, what stands out.

Counts are looked at as 2·√(x + ⅜) (Anscombe, 1948), shares as arcsin √ with their n as weight: there the noise of counting has
the same size everywhere. All is exact and the same for the same series.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

OUTSTANDING = 3.5
"""How many robust standard deviations make a value stand out (Iglewicz and Hoaglin, 1993)."""
_PENALTY = 3.0  # times log n for every change: of the size that Schwarz's criterion asks for a level and a place
_NORMAL = 1.4826  # median absolute deviation → standard deviation


@dataclass(frozen=True)
class Course:
    """Of a series of n values: ``level`` float (n,) within each stretch, ``expected`` with the weekday pattern on it, ``score``
    how many standard deviations each value is away, ``changes`` the places where a new level begins."""

    level: np.ndarray
    expected: np.ndarray
    score: np.ndarray
    changes: list[int]


def course_of(values: np.ndarray, of: np.ndarray | None = None, season: int = 0, fewest: int = 3) -> Course:
    """The course of counts, or of shares ``values / of``. ``season`` is the length of a pattern that returns (7 for days; 0 for
    none; left out below three of them), ``fewest`` the least length of a stretch with a level of its own."""
    n = values.size
    if of is None:
        seen, weight = 2 * np.sqrt(values + 0.375), np.ones(n)
    else:
        seen, weight = np.arcsin(np.sqrt((values + 0.375) / (of + 0.75))), 4.0 * of + 1e-9
    pattern = _pattern(seen, season) if season and n >= 3 * season else np.zeros(n)
    plain = seen - pattern
    noise = max(1.0, _spread(np.diff(plain) * np.sqrt(weight[1:])) / 2**0.5) if n > 2 else 1.0
    starts = _starts(plain, weight, _PENALTY * noise**2 * np.log(max(n, 2)), fewest)
    level = np.empty(n)
    for a, b in zip(starts, [*starts[1:], n], strict=True):
        # A few values that stand out do not move the level of a stretch.
        level[a:b] = np.median(plain[a:b]) if b - a > 2 else np.average(plain[a:b], weights=weight[a:b])
    away = (seen - level - pattern) * np.sqrt(weight)
    score = away / max(1.0, _spread(away)) if n else away
    back = _count if of is None else _share
    return Course(back(level), back(level + pattern), score, starts[1:])


def _pattern(seen: np.ndarray, season: int) -> np.ndarray:
    """What each day of the season adds: the median of what is above or below the middle of the season around it."""
    half = season // 2
    around = np.lib.stride_tricks.sliding_window_view(np.pad(seen, half, mode="edge"), season)
    above = seen - np.median(around, axis=1)[: seen.size]
    inner = np.arange(half, seen.size - half)
    adds = np.array([np.median(above[inner[inner % season == day]]) for day in range(season)])
    adds -= adds.mean()
    return adds[np.arange(seen.size) % season]


def _spread(values: np.ndarray) -> float:
    """A standard deviation that values which stand out do not move."""
    return float(_NORMAL * np.median(np.abs(values - np.median(values)))) if values.size else 0.0


def _starts(seen: np.ndarray, weight: np.ndarray, penalty: float, fewest: int) -> list[int]:
    """Where stretches of one level begin: the parting with the least squared distance from the levels, each stretch paying the
    penalty. Exact, by dynamic programming (Jackson and others, 2005)."""
    n = seen.size
    w = np.concatenate([[0.0], np.cumsum(weight)])
    s = np.concatenate([[0.0], np.cumsum(weight * seen)])
    q = np.concatenate([[0.0], np.cumsum(weight * seen * seen)])
    best = np.full(n + 1, np.inf)
    best[0] = -penalty
    came = np.zeros(n + 1, np.int64)
    for end in range(min(fewest, n), n + 1):
        begin = np.arange(0, max(0, end - fewest) + 1)
        mass = w[end] - w[begin]
        cost = q[end] - q[begin] - (s[end] - s[begin]) ** 2 / mass
        total = best[begin] + cost + penalty
        came[end] = int(np.argmin(total))
        best[end] = total[came[end]]
    starts: list[int] = []
    end = n
    while end > 0:
        end = int(came[end])
        starts.append(end)
    return starts[::-1]


def _count(seen: np.ndarray) -> np.ndarray:
    return np.maximum(0.0, (np.maximum(seen, 0) / 2) ** 2 - 0.375)


def _share(seen: np.ndarray) -> np.ndarray:
    return np.sin(np.clip(seen, 0.0, np.pi / 2)) ** 2
