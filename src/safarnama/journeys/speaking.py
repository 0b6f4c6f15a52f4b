"""What an answer speaks of: a survey, a rating or a review is about something the customer met before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard

LOOK_BACK_MS = 14 * 86_400_000
_OCCASION = 0.3


class _Counter(Protocol):
    @property
    def scope(self) -> Scope: ...

    def count(self, question: object) -> Partial: ...


@dataclass(frozen=True)
class Subjects:
    """``occasion``: which touchpoints are occasions to speak (surveys, reviews, chats), bool (A + 1,). ``lift[o, x]``: how much
    more often x lies within two weeks before occasion o than before all occasions together, float (A + 1, A + 1)."""

    occasion: np.ndarray
    lift: np.ndarray

    def of(self, shard: Shard, scope: Scope, at: np.ndarray) -> np.ndarray:
        """The number of the touchpoint that what is said at each of these slots speaks of: of all that came within two weeks
        before, the one that goes most with this occasion; the slot's own touchpoint where there is none."""
        out = np.empty(at.size, np.int64)
        _subject(
            shard.code, shard.gap, shard.offset, scope.table, np.ascontiguousarray(at), self.occasion, self.lift,
            LOOK_BACK_MS, out,
        )  # fmt: skip
        return out


def subjects_of(journeys: _Counter) -> Subjects:
    """What is spoken of on which occasion, learnt from what comes before."""
    size = journeys.scope.size
    said = journeys.count(_Said()).sums
    if not said:
        return Subjects(np.zeros(size + 1, bool), np.ones((size + 1, size + 1)))
    occasion = said["said"] >= np.maximum(_OCCASION * said["events"], 1)
    before = journeys.count(_Before(occasion)).sums["before"].astype(float)
    answers = before[:, -1:]
    usual = before.sum(axis=0) / max(1.0, float(answers.sum()))
    # As if ten occasions more had been the usual ones: a single answer proves no connection.
    share = (before + 10 * usual) / (answers + 10)
    lift = np.where(usual > 0, share / np.maximum(usual, 1e-9), 0.0)
    return Subjects(occasion, lift)


class _Said:
    """How many events of each touchpoint there are, and how many of them say something."""

    def count(self, shard: Shard, scope: Scope) -> Partial:
        inside = np.repeat(shard.mask(), np.diff(shard.offset))
        numbers = scope.table[shard.code]
        saying = _saying(shard)
        if not saying.any():
            return Partial()
        events = np.bincount(numbers[inside], minlength=scope.size + 1)
        said = np.bincount(numbers[inside & saying], minlength=scope.size + 1)
        return Partial(sums={"events": events, "said": said})


@dataclass(frozen=True)
class _Before:
    """For every occasion how often each touchpoint lies within two weeks before; the last column counts the occasions."""

    occasion: np.ndarray

    def count(self, shard: Shard, scope: Scope) -> Partial:
        inside = np.repeat(shard.mask(), np.diff(shard.offset))
        at = np.flatnonzero(_saying(shard) & inside & self.occasion[scope.table[shard.code]])
        before = np.zeros((scope.size + 1, scope.size + 1), np.int64)
        _count_before(shard.code, shard.gap, shard.offset, scope.table, at, self.occasion, LOOK_BACK_MS, before)
        return Partial(sums={"before": before})


def _saying(shard: Shard) -> np.ndarray:
    saying = np.zeros(shard.code.size, bool)
    for name in ("score", "text"):
        if name in shard.numbers:
            saying[shard.numbers[name].at] = True
    return saying


@compiled
def _count_before(code, gap, offset, table, at, occasion, limit, before):
    size = before.shape[0] - 1
    met = np.full(size + 1, -1, np.int64)
    for k in range(at.size):
        here = table[code[at[k]]]
        before[here, size] += 1
        begin = offset[np.searchsorted(offset, at[k], side="right") - 1]
        waited = np.int64(gap[at[k]])
        back = at[k] - 1
        while back >= begin and waited <= limit:
            x = table[code[back]]
            if not occasion[x] and met[x] != k:
                met[x] = k
                before[here, x] += 1
            waited += np.int64(gap[back])
            back -= 1


@compiled
def _subject(code, gap, offset, table, at, occasion, lift, limit, out):
    for k in range(at.size):
        here = table[code[at[k]]]
        out[k] = here
        if not occasion[here]:
            continue
        begin = offset[np.searchsorted(offset, at[k], side="right") - 1]
        waited = np.int64(gap[at[k]])
        back = at[k] - 1
        best = 0.0
        while back >= begin and waited <= limit:
            x = table[code[back]]
            # The later of two alike.
            if not occasion[x] and lift[here, x] > best * 1.02:
                best = lift[here, x]
                out[k] = x
            waited += np.int64(gap[back])
            back -= 1
