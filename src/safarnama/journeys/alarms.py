"""Alarms: what goes clearly worse somewhere for some weeks, and which of these signs are of one trouble."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from safarnama.core.words.lexicon import value_title
from safarnama.journeys.affected import Kind, Trouble
from safarnama.journeys.partial import Partial
from safarnama.journeys.quantiles import BUCKETS
from safarnama.journeys.scanning import Run, scan, sign_of_run
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.journeys.weeks import Plan, Weeks

_SOON_MS = 30 * 60_000
_SLOW_FROM_MS = 10 * 60_000
_SLOW_OF = 0.6  # waiting is for what nearly always comes
_FEWEST = 12
_HARM = 5.0  # standard deviations
_OF_PAIRS = ("fails", "slow")
_LEAST = {"fails": 0.08, "slow": 0.20, "repeats": 0.10, "leaves": 0.08, "low": 0.20, "instead": 0.10}


@dataclass(frozen=True)
class Alarm:
    """One thing found: what goes worse, where it was seen, and the run of weeks."""

    kind: Kind
    at: int  # touchpoint number
    next: int  # of the touchpoint that should follow, or -1
    dimension: str
    value: str
    run: Run
    from_ms: int
    to_ms: int

    @property
    def effect(self) -> float:
        return self.run.share - self.run.usual

    def _pair(self, plan: Plan) -> int | None:
        """Which of the watched pairs it is of; None when it is of one touchpoint."""
        if self.kind not in _OF_PAIRS:
            return None
        return int(np.flatnonzero((plan.watched[plan.pairs] == (self.at, self.next)).all(axis=1))[0])

    def trouble(self, plan: Plan) -> Trouble:
        """What has to happen to a customer, so that it is counted here."""
        pair = self._pair(plan)
        slow, never = (0 if pair is None else int(each[pair]) for each in (plan.slow, plan.never))
        start, stop = (plan.start + week * plan.week for week in (self.run.start, self.run.stop))
        return Trouble(
            self.kind, self.at, self.next, start, stop, self.dimension, self.value, slow, never, plan.silence, plan.end
        )

    def tally(self, plan: Plan, partial: Partial) -> np.ndarray:
        """How often it could have gone worse there and did, week by week, int64 (weeks, 2); of a detour, what it interrupts and the
        detour. Weeks outside the run are 0."""
        place, at = plan.values.index((self.dimension, self.value)), int(np.searchsorted(plan.watched, self.at))
        events = partial.sums["week/repeats"][:, place, :, 0]
        if self.kind == "instead":
            whole = events.sum(axis=0) if self.next < 0 else events[np.searchsorted(plan.watched, self.next)]
            counts = np.stack([whole, events[at]], axis=1)
        else:
            pair = self._pair(plan)
            counts = partial.sums[f"week/{self.kind}"][at if pair is None else pair, place].copy()
        counts[: self.run.start] = counts[self.run.stop :] = 0
        return counts


@dataclass(frozen=True)
class Found:
    """Troubles that were found among all, to be counted again in some."""

    plan: Plan
    troubles: list[list[Alarm]]

    def count(self, shard: Shard, scope: Scope) -> Partial:
        weeks = Weeks(self.plan).count(shard, scope)
        tallies = [signs[0].tally(self.plan, weeks) for signs in self.troubles]
        events = weeks.sums["week/repeats"][:, 0, :, 0].sum()
        held = np.array(tallies, np.int64).reshape(len(tallies), self.plan.weeks, 2)
        return Partial(sums={"events": np.array([events]), "held": held})

    def met(self, partial: Partial) -> list[list[Alarm]]:
        """The same troubles with the numbers of those who were counted; not those that nobody of them could meet."""
        found = []
        for signs, counts in zip(self.troubles, partial.sums["held"], strict=True):
            n, hits = counts[:, 0], np.minimum(counts[:, 1], counts[:, 0])
            if n.any():
                first = replace(signs[0], run=replace(signs[0].run, n=int(n.sum()), hits=int(hits.sum())))
                found.append([first, *signs[1:]])
        return found


def alarms(plan: Plan, partial: Partial) -> list[Alarm]:
    """Everything that is clearly worse somewhere for some weeks, each sign by itself."""
    groups: dict[str, list[int]] = {}
    for place, (name, _) in enumerate(plan.values):
        groups.setdefault(name, []).append(place)
    found = []

    def look(kind: Kind, n: np.ndarray, hits: np.ndarray, at: int, following: int, names: list[str]) -> None:
        for name in names:
            places = groups[name]
            run = scan(n[places], hits[places], _LEAST[kind], _FEWEST, alone=not name)
            if run is not None and (kind != "repeats" or _costs(partial, plan, at, places[run.value], run)):
                value = plan.values[places[run.value]][1]
                start, stop = (plan.start + week * plan.week for week in (run.start, run.stop))
                number = int(plan.watched[following]) if following >= 0 else -1
                found.append(
                    Alarm(kind, int(plan.watched[at]), number, name, value, run, start, min(plan.end, stop - 1))
                )

    watched: tuple[Kind, ...] = ("fails", "slow", "leaves", "low", "repeats")
    for kind in watched:
        counts = partial.sums[f"week/{kind}"]
        for what in range(len(counts)):
            a, b = plan.pairs[what].tolist() if kind in _OF_PAIRS else (what, -1)
            if kind != "slow" or (plan.slow[what] >= _SLOW_FROM_MS and plan.share[what] >= _SLOW_OF):
                look(kind, counts[what, :, :, 0], counts[what, :, :, 1], a, b, list(groups))
    events = partial.sums["week/repeats"][:, :, :, 0]
    for x, a in _detours(partial):
        look("instead", events[a], np.minimum(events[x], events[a]), x, a, list(groups))
    for x, value in _poor_ends(partial, events, plan):
        whole = events[:, [value]].sum(axis=0)
        run = scan(whole, events[x, [value]], _LEAST["instead"], _FEWEST, alone=True)
        if run is not None:
            start, stop = (plan.start + week * plan.week for week in (run.start, run.stop))
            at = int(plan.watched[x])
            found.append(Alarm("instead", at, -1, *plan.values[value], run, start, min(plan.end, stop - 1)))
    return found


def _costs(partial: Partial, plan: Plan, at: int, place: int, run: Run) -> bool:
    """Whether in that run more leave there, or fewer get to what usually follows: doing a thing again is no harm by itself."""
    watched = [partial.sums["week/leaves"][at, place]]
    watched += [partial.sums["week/fails"][pair, place] for pair in np.flatnonzero(plan.pairs[:, 0] == at)]
    return any(sign_of_run(counts[:, 0], counts[:, 1], run.start, run.stop) >= _HARM for counts in watched)


def _detours(partial: Partial) -> list[tuple[int, int]]:
    """Rare touchpoints that come soon after one other and lead back to it or out: (detour, what it interrupts)."""
    events, waits = partial.sums["events"], partial.sums["waits"]
    leaves = partial.sums["week/leaves"][:, 0].sum(axis=1)
    gone = leaves[:, 1] / np.maximum(1, leaves[:, 0])
    follows = waits.sum(axis=2)
    soon = waits[:, :, : _number(_SOON_MS) + 1].sum(axis=2)
    found = []
    for x in range(len(events)):
        parents = [
            a for a in range(len(events)) if a != x and soon[a, x] >= 0.7 * events[x] and events[x] < 0.25 * events[a]
        ]
        if events[x] < _FEWEST or not parents:
            continue
        # Of all that came shortly before, the one that comes just before.
        a = min(parents, key=lambda a: (float(waits[a, x] @ np.arange(BUCKETS)) / max(1, follows[a, x]), a))
        if soon[x, a] >= 0.3 * events[x] or gone[x] >= gone[a] + 0.15:
            found.append((x, a))
    return found


def _poor_ends(partial: Partial, events: np.ndarray, plan: Plan) -> list[tuple[int, int]]:
    """Touchpoints after which people try the same channel again within a day, unlike after the others there: (touchpoint,
    place of the channel among the values)."""
    near = partial.sums["near"]
    again = near[:, 0] / np.maximum(1, near[:, 1])
    found = []
    for place, (name, _) in enumerate(plan.values):
        there = events[:, place].sum(axis=1)
        main = np.flatnonzero(there >= 0.01 * max(1, int(there.sum())))
        if name != "channel" or not 2 <= main.size <= 6:
            continue
        for x in main.tolist():
            others = [y for y in main.tolist() if y != x and there[y] > there[x]]
            if others and again[x] >= max(float(again[y]) for y in others) + 0.2:
                found.append((x, place))
    return found


def together(signs: list[Alarm]) -> list[list[Alarm]]:
    """Signs of one trouble in one group: they overlap in time, and in where or in what. The first of a group stands for it."""
    ranked = sorted(signs, key=lambda alarm: -alarm.run.sign)
    groups: list[list[Alarm]] = []
    for alarm in ranked:
        mine = [group for group in groups if any(_same_trouble(alarm, other) for other in group)]
        groups = [group for group in groups if group not in mine]
        groups.append([other for group in mine for other in group] + [alarm])
    for group in groups:
        clearest = max(alarm.run.sign for alarm in group)
        strong = [alarm for alarm in group if alarm.run.sign >= 0.6 * clearest]
        # Of the clear signs the one with the greatest effect is nearest to the cause; further off it is diluted.
        head = max(strong, key=lambda alarm: (alarm.effect, alarm.run.sign))
        group.sort(key=lambda alarm: (alarm is not head, -alarm.run.sign))
    return sorted(groups, key=lambda group: -group[0].run.excess)


def _same_trouble(a: Alarm, b: Alarm) -> bool:
    overlap = min(a.to_ms, b.to_ms) - max(a.from_ms, b.from_ms)
    if overlap < 0.4 * min(a.to_ms - a.from_ms, b.to_ms - b.from_ms):
        return False
    things = {a.at, a.next} & {b.at, b.next} - {-1}
    if a.dimension and b.dimension == a.dimension:
        # One city may be written in two languages.
        return value_title(a.value) == value_title(b.value)
    # The same weeks, one seen everywhere and one somewhere: one trouble if they speak of the same thing.
    return bool(things)


def _number(milliseconds: int) -> int:
    """The bucket of a waiting time."""
    return int(np.log2(max(1, milliseconds)) * 8) + 1
