"""When people come: the busy weeks of the year, the days of the week, the hours of the day.

Journeys are walked in *busy days*, a clock that runs faster when the shop is full. Seasons therefore change
how much happens, and leave what happens inside a step as it is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import numpy as np

from safarnama.core.words.calendar import to_jalali

TEHRAN = timezone(timedelta(hours=3, minutes=30))
DAYS = 365
SECOND = 1_000_000  # microseconds
HOUR = 3600 * SECOND
DAY = 24 * HOUR
OFFSET = int(3.5 * HOUR)  # Tehran is this far ahead of UTC, all year

GRID = 48  # points of the table a busy day

# Visits by the hour of the day, from midnight.
_HOURS = (3, 2, 1, 0.6, 0.5, 0.6, 1, 2, 4, 6, 7, 7.5, 7, 6, 5.5, 5.5, 6, 6.5, 7, 7.5, 8.5, 9.5, 9, 6)
_WEEK = (0.98, 0.98, 1.0, 1.08, 1.0, 1.0, 0.96)  # Monday first


def midnight(day: date) -> int:
    """The start of that day in Tehran, in microseconds since 1970 UTC."""
    return round(datetime(day.year, day.month, day.day, tzinfo=TEHRAN).timestamp()) * SECOND


def volume(day: date) -> float:
    """How busy a day is against an ordinary one."""
    _, month, number = to_jalali(day)
    busy = _WEEK[day.weekday()]
    if month == 9 and 20 <= number <= 30:  # before Yalda night
        busy *= 1.6
    elif month == 12 and 5 <= number <= 27:  # shopping for Nowruz
        busy *= 1.7
    elif month == 1 and number <= 13:  # the holidays
        busy *= 0.65
    elif day.month == 11 and 13 <= day.day <= 27:  # the November sale
        busy *= 1.9
    return busy


def busy_clock(start: date) -> np.ndarray:
    """Hours since the start of the year at each point of an even grid of ``GRID`` points a busy day."""
    days = np.array([volume(start + timedelta(days=day)) for day in range(DAYS)])
    hourly = np.outer(days, np.array(_HOURS) / np.sum(_HOURS)).ravel()
    passed = np.concatenate(([0.0], np.cumsum(hourly)))
    passed *= DAYS / passed[-1]
    return np.interp(np.arange(DAYS * GRID + 1) / GRID, passed, np.arange(DAYS * 24 + 1, dtype=np.float64))
