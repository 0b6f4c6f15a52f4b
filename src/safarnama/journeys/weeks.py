"""What is watched, and counted week by week: what usually comes next and how soon, and then how often it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from safarnama.journeys.partial import Partial
from safarnama.journeys.quantiles import BUCKETS
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.journeys.watching import following, weekly

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

_WEEK_MS = 7 * 86_400_000
_MOST_WEEKS = 160
_MOST_TOUCHPOINTS = 80
_DIMENSIONS = ("device", "place", "channel")
_MOST_VALUES = 40
_NEXT = 4  # what usually follows: so many of each touchpoint are watched
_USUALLY = 0.35  # of what comes before it


def most_met(journeys: Journeys) -> np.ndarray:
    """The numbers of the touchpoints that are watched: the most frequent ones."""
    size = journeys.scope.size
    if size <= _MOST_TOUCHPOINTS:
        return np.arange(size)
    events = journeys.count(_Events()).sums["events"]
    return np.sort(np.argsort(-events, kind="stable")[:_MOST_TOUCHPOINTS])


@dataclass(frozen=True)
class _Events:
    def count(self, shard: Shard, scope: Scope) -> Partial:
        inside = np.repeat(shard.mask(), np.diff(shard.offset))
        return Partial(sums={"events": np.bincount(scope.table[shard.code][inside], minlength=scope.size + 1)[:-1]})


@dataclass(frozen=True)
class Following:
    """How often each watched touchpoint is followed by each other before it comes again, and after how long."""

    watched: np.ndarray

    def count(self, shard: Shard, scope: Scope) -> Partial:
        place = _places(self.watched, scope)
        k = len(self.watched)
        events = np.zeros(k, np.int64)
        waits = np.zeros((k, k, BUCKETS), np.int32)
        near = np.zeros((k, 2), np.int64)
        following(
            shard.code, shard.gap, shard.offset, shard.first, shard.long_at, shard.long_ms, shard.runs,
            scope.table, place, _channel(shard), events, waits, near,
        )  # fmt: skip
        return Partial(
            sums={"events": events, "waits": waits.astype(np.int64), "near": near},
            highs={"watched": self.watched.astype(np.int64)},
        )


@dataclass(frozen=True)
class Plan:
    """What is watched: pairs (from, to) with the longest usual wait and when it is too long to come; weeks; values."""

    watched: np.ndarray
    pairs: np.ndarray
    slow: np.ndarray
    never: np.ndarray
    share: np.ndarray
    values: tuple[tuple[str, str], ...]
    silence: int
    start: int
    end: int
    week: int
    weeks: int

    @classmethod
    def of(cls, first: Partial, scope: Scope, silence: timedelta) -> Plan:
        events, waits = first.sums["events"], first.sums["waits"]
        follows = waits.sum(axis=2)
        pairs, slow, never, shares = [], [], [], []
        for a in range(len(events)):
            share = follows[a] / max(1, int(events[a]))
            share[a] = 0
            for b in np.argsort(-share, kind="stable")[:_NEXT].tolist():
                if share[b] < _USUALLY or follows[a, b] < 50:
                    continue
                ends = waits[a, b].cumsum()
                long = _upper(int(np.searchsorted(ends, 0.9 * ends[-1])))
                pairs.append((a, b))
                slow.append(long)
                shares.append(float(share[b]))
                never.append(int(min(max(3 * long, 3_600_000), 45 * 86_400_000)))
        values = [("", "")]
        for name in _DIMENSIONS:
            words = scope.words.get(name, ())
            if 2 <= len(words) <= _MOST_VALUES:
                values += [(name, word) for word in words]
        start, end = (scope.first or 0) // 1000, (scope.last or 0) // 1000
        week = max(_WEEK_MS, -(-(end - start + 1) // _MOST_WEEKS))
        return cls(
            watched=first.highs["watched"],
            pairs=np.array(pairs, np.int64).reshape(-1, 2),
            slow=np.array(slow, np.int64),
            never=np.array(never, np.int64),
            share=np.array(shares, float),
            values=tuple(values),
            silence=round(silence.total_seconds() * 1000),
            start=start,
            end=end,
            week=week,
            weeks=int((end - start) // week) + 1,
        )


@dataclass(frozen=True)
class Weeks:
    """Trials and hits of everything that is watched: (what, value, week, trials and hits)."""

    plan: Plan

    def count(self, shard: Shard, scope: Scope) -> Partial:
        plan = self.plan
        k, p, v, w = len(plan.watched), len(plan.pairs), len(plan.values), plan.weeks
        offsets, columns = _value_columns(shard, scope, plan)
        starts = np.searchsorted(plan.pairs[:, 0], np.arange(k + 1))
        out = {name: np.zeros((size, v, w, 2), np.int64) for name, size in
               (("leaves", k), ("repeats", k), ("fails", p), ("slow", p), ("low", k))}  # fmt: skip
        weekly(
            shard.code, shard.gap, shard.offset, shard.first, shard.long_at, shard.long_ms, shard.runs,
            scope.table, _places(plan.watched, scope), columns, offsets, starts, plan.pairs[:, 1], plan.slow, plan.never,
            plan.silence, plan.start, plan.end, plan.week, *_answers(shard),
            out["leaves"], out["repeats"], out["fails"], out["slow"], out["low"],
        )  # fmt: skip
        return Partial(sums={f"week/{name}": array for name, array in out.items()})


def _value_columns(shard: Shard, scope: Scope, plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """Where each dimension's values begin among all (0 is everybody), and the dimension's column of every slot."""
    names = list(dict.fromkeys(name for name, _ in plan.values if name))
    columns = np.zeros((max(1, len(names)), shard.code.size), np.uint8)
    offsets = np.zeros(len(names), np.int64)
    for row, name in enumerate(names):
        offsets[row] = next(place for place, (mine, _) in enumerate(plan.values) if mine == name)
        if name in shard.words:
            columns[row] = shard.words[name]
    return offsets, columns


def _answers(shard: Shard) -> tuple[np.ndarray, np.ndarray]:
    """Slots with a score, and whether it lies below the middle of its scale."""
    if "score" not in shard.numbers or "scale_low" not in shard.numbers:
        return np.zeros(0, np.int64), np.zeros(0, np.bool_)
    score, low, high = (shard.numbers[name] for name in ("score", "scale_low", "scale_high"))
    middle = low.value.astype(np.int64) + high.value
    return np.ascontiguousarray(score.at), np.ascontiguousarray(2 * score.value.astype(np.int64) < middle)


def _channel(shard: Shard) -> np.ndarray:
    column = shard.words.get("channel")
    return np.zeros(shard.code.size, np.uint8) if column is None else column


def _places(watched: np.ndarray, scope: Scope) -> np.ndarray:
    """Touchpoint number → place among those watched, -1 for others and for END."""
    place = np.full(scope.size + 1, -1, np.int64)
    place[watched] = np.arange(len(watched))
    return place


def _upper(number: int) -> int:
    """The end of a bucket in milliseconds."""
    return 0 if number == 0 else round(2 ** (number / 8))
