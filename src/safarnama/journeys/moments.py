"""When each event was: running times from first moments and gaps, and the calendar periods they fall into."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.core.words.calendar import from_jalali, moment, to_jalali, zone
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard


def moments_of(shard: Shard) -> np.ndarray:
    """The time of every slot in milliseconds UTC, int64 (S,); an END has the time of the event before it."""
    out = np.empty(shard.code.size, np.int64)
    _moments(shard.gap, shard.offset, shard.first, shard.long_at, shard.long_ms, out)
    return out


@compiled
def _moments(gap, offset, first, long_at, long_ms, out):
    k = 0
    for c in range(first.size):
        now = first[c]
        for i in range(offset[c], offset[c + 1]):
            now += np.int64(gap[i])
            if k < long_at.size and long_at[k] == i:
                now += long_ms[k]
                k += 1
            out[i] = now


def periods_of(scope: Scope, size: str) -> tuple[list[str], np.ndarray]:
    """The calendar periods that cover the data, in the workspace's time zone and calendar: names (P) and starts (P + 1) in
    milliseconds UTC. ``size`` is day, week or month; a Jalali week begins on Saturday."""
    span = scope.period
    if span is None:
        return [], np.zeros(1, np.int64)
    day, names, starts = _start(span[0], size, scope.calendar), [], []
    while day <= span[1]:
        names.append(_name(day, size, scope.calendar))
        starts.append(day)
        day = _next(day, size, scope.calendar)
    there = zone(scope.timezone)
    stamps = [round(datetime.combine(each, time(), there).timestamp() * 1000) for each in (*starts, day)]
    return names, np.array(stamps, np.int64)


def whole_periods(scope: Scope, size: str) -> int:
    """How many of those periods, from the first on, the data reach the last day of; only the last can be cut short."""
    if scope.period is None:
        return 0
    names, starts = periods_of(scope, size)
    return len(names) - (end_of(scope) < int(starts[-1]))


def end_of(scope: Scope) -> int:
    """When the last day of the data ends, in milliseconds UTC; 0 without data."""
    if scope.period is None:
        return 0
    end = datetime.combine(scope.period[1] + timedelta(days=1), time(), zone(scope.timezone))
    return round(end.timestamp() * 1000)


def day_of(milliseconds: int, scope: Scope) -> date:
    """The day of a moment in the workspace's time zone."""
    return moment(milliseconds * 1000, scope.timezone).date()


def _start(day: date, size: str, calendar: str) -> date:
    if size == "week":
        return day - timedelta(days=(day.weekday() + (2 if calendar == "jalali" else 0)) % 7)
    if size == "month" and calendar == "jalali":
        return day - timedelta(days=to_jalali(day)[2] - 1)
    return day.replace(day=1) if size == "month" else day


def _next(day: date, size: str, calendar: str) -> date:
    if size == "day":
        return day + timedelta(days=1)
    if size == "week":
        return day + timedelta(days=7)
    if calendar == "jalali":
        year, month, _ = to_jalali(day)
        following = from_jalali(year + month // 12, month % 12 + 1, 1)
        assert following is not None, "the first of a month always exists"
        return following
    return (day + timedelta(days=31)).replace(day=1)


def _name(day: date, size: str, calendar: str) -> str:
    if size != "month":
        return day.isoformat()
    if calendar == "jalali":
        year, month, _ = to_jalali(day)
        return f"{year}-{month:02d}"
    return day.isoformat()[:7]
