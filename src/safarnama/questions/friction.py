"""Friction: where, for whom and when things go worse than usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Duration
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint, value_title
from safarnama.journeys.affected import Kind, Trouble, affected
from safarnama.journeys.moments import day_of
from safarnama.journeys.partial import Partial
from safarnama.journeys.quantiles import BUCKETS
from safarnama.journeys.scanning import Run, scan, sign_of_run
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.journeys.watching import following, weekly
from safarnama.questions.question import Opener, Question, Row

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

_WEEK_MS = 7 * 86_400_000
_MOST_WEEKS = 160
_MOST_TOUCHPOINTS = 80
_DIMENSIONS = ("device", "place", "channel")
_MOST_VALUES = 40
_NEXT = 4  # what usually follows: so many of each touchpoint are watched
_USUALLY = 0.35  # of what comes before it
_SOON_MS = 30 * 60_000
_SLOW_FROM_MS = 10 * 60_000
_SLOW_OF = 0.6  # waiting is for what nearly always comes
_FEWEST = 12
_HARM = 5.0  # standard deviations
_LEAST = {"fails": 0.08, "slow": 0.20, "repeats": 0.10, "leaves": 0.08, "low": 0.20, "instead": 0.10}


class Friction(Question):
    """Where, for whom and when something goes worse than usual.

    Of every touchpoint it is watched, week by week and for every device, place and channel: whether what usually comes next
    comes (*fails*), whether it comes late (*slow*), whether people do the same again at once (*repeats*), whether they are
    gone for ``silence`` (*leaves*), whether they answer below the middle of the scale (*low*), and whether on their channel this
    happens *instead* of the usual. Usual is the same place at other times and other places at the same time. Names play no
    part. A row is one thing found: in these weeks ``hits`` of ``n`` against ``usual``; signs of the same trouble are together
    in one row.
    """

    title: ClassVar[Text] = Text(en="Friction", fa="اصطکاک")
    example: ClassVar[dict[str, Any]] = {}
    chart: ClassVar[Chart | None] = Chart("friction", {"label": "touchpoint", "share": "share", "usual": "usual"})
    unit: ClassVar[str] = "events"
    comparable: ClassVar[bool] = False
    opens: ClassVar[tuple[str, ...]] = ("hits",)
    occurrences: ClassVar[tuple[str, ...]] = opens
    sentences: ClassVar[dict[str, Text]] = {
        "none": Text(en="Nothing goes worse than usual anywhere", fa="هیچ‌جا چیزی بدتر از معمول نیست"),
        "found": Text(
            en="{first}; {n:troubles} in all",
            fa="{first}؛ روی‌هم {n:troubles}",
        ),
    }
    kinds: ClassVar[dict[str, Text]] = {
        "fails": Text(
            en="after “{touchpoint}” {share:percent} do not come to “{next}”, usually {usual:percent}",
            fa="پس از «{touchpoint}»، {share:percent} به «{next}» نمی‌رسند؛ معمول {usual:percent} است",
        ),
        "slow": Text(
            en="from “{touchpoint}” to “{next}” {share:percent} wait long, usually {usual:percent}",
            fa="از «{touchpoint}» تا «{next}»، {share:percent} دیر می‌رسند؛ معمول {usual:percent} است",
        ),
        "repeats": Text(
            en="{share:percent} repeat “{touchpoint}” at once, usually {usual:percent}",
            fa="{share:percent} بی‌درنگ «{touchpoint}» را تکرار می‌کنند؛ معمول {usual:percent} است",
        ),
        "leaves": Text(
            en="{share:percent} leave at “{touchpoint}”, usually {usual:percent}",
            fa="{share:percent} در «{touchpoint}» می‌روند؛ معمول {usual:percent} است",
        ),
        "low": Text(
            en="{share:percent} answer badly at “{touchpoint}”, usually {usual:percent}",
            fa="{share:percent} در «{touchpoint}» پاسخ بد می‌دهند؛ معمول {usual:percent} است",
        ),
        "instead": Text(
            en="{share:percent} end in “{touchpoint}”, usually {usual:percent}",
            fa="{share:percent} به «{touchpoint}» می‌رسند؛ معمول {usual:percent} است",
        ),
    }
    _where: ClassVar[Text] = Text(en="{value}: ", fa="{value}: ")

    silence: Duration = "7d"  # type: ignore[assignment]

    def counted(self, journeys: Journeys) -> Partial:
        # First what usually comes next and how soon; then, week by week and place by place, how often it does.
        first = journeys.count(_Following(_most_met(journeys)))
        if not first.sums:
            return first
        return first + journeys.count(_Weeks(_Plan.of(first, journeys.scope, self.silence)))

    def count(self, shard: Shard, scope: Scope) -> Partial:
        raise TypeError("friction is counted in two passes; ask it through journeys")

    def size(self, partial: Partial) -> int:
        return int(partial.sums["events"].sum()) if partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        if not partial.sums:
            return _SCHEMA.empty_table()
        plan = _Plan.of(partial, scope, self.silence)
        found = _together(_alarms(plan, partial, scope))
        rows = [_row(alarm, scope) for alarm in found]
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def opener(self, journeys: Journeys) -> Opener:
        partial = self.counted(journeys)
        plan = _Plan.of(partial, journeys.scope, self.silence)
        found = _together(_alarms(plan, partial, journeys.scope))
        return _Met(tuple(group[0].trouble(plan) for group in found))

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return (row["touchpoint"],)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows = table.to_pylist()
        if not rows:
            return Sentence("none")
        first = {language: self.say(rows[0], language) for language in ("en", "fa")}
        return Sentence("found", {"first": first, "n": len(rows)})

    @classmethod
    def say(cls, row: dict[str, Any], language: str) -> str:
        """A row of the answer as a sentence."""
        names = {key: touchpoint(row[key]).title for key in ("touchpoint", "next") if row[key]}
        said = cls.kinds[row["kind"]].say(language, **{**row, **names})
        if row["value"]:
            said = cls._where.say(language, value=value_title(row["value"])) + said
        return said[0].upper() + said[1:]


@dataclass(frozen=True)
class _Met:
    """Whom each trouble of the answer met."""

    troubles: tuple[Trouble, ...]

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        return affected(shard, scope, self.troubles[list(rows).index(row)])


def _most_met(journeys: Journeys) -> np.ndarray:
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
class _Following:
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
class _Plan:
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
    def of(cls, first: Partial, scope: Scope, silence: timedelta) -> _Plan:
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
class _Weeks:
    """Trials and hits of everything that is watched: (what, value, week, trials and hits)."""

    plan: _Plan

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


def _value_columns(shard: Shard, scope: Scope, plan: _Plan) -> tuple[np.ndarray, np.ndarray]:
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


def _number(milliseconds: int) -> int:
    """The bucket of a waiting time."""
    return int(np.log2(max(1, milliseconds)) * 8) + 1


def _upper(number: int) -> int:
    """The end of a bucket in milliseconds."""
    return 0 if number == 0 else round(2 ** (number / 8))


@dataclass(frozen=True)
class _Alarm:
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

    def trouble(self, plan: _Plan) -> Trouble:
        """What has to happen to a customer, so that it is counted here."""
        places = plan.watched[plan.pairs] if len(plan.pairs) else plan.pairs
        pair = np.flatnonzero((places == (self.at, self.next)).all(axis=1))
        slow, never = (int(each[pair[0]]) if pair.size else 0 for each in (plan.slow, plan.never))
        start, stop = (plan.start + week * plan.week for week in (self.run.start, self.run.stop))
        return Trouble(
            self.kind, self.at, self.next, start, stop, self.dimension, self.value, slow, never, plan.silence, plan.end
        )


def _alarms(plan: _Plan, partial: Partial, scope: Scope) -> list[_Alarm]:
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
                    _Alarm(kind, int(plan.watched[at]), number, name, value, run, start, min(plan.end, stop - 1))
                )

    watched: tuple[Kind, ...] = ("fails", "slow", "leaves", "low", "repeats")
    for kind in watched:
        counts = partial.sums[f"week/{kind}"]
        for what in range(len(counts)):
            a, b = plan.pairs[what].tolist() if kind in ("fails", "slow") else (what, -1)
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
            found.append(_Alarm("instead", at, -1, *plan.values[value], run, start, min(plan.end, stop - 1)))
    return found


def _costs(partial: Partial, plan: _Plan, at: int, place: int, run: Run) -> bool:
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


def _poor_ends(partial: Partial, events: np.ndarray, plan: _Plan) -> list[tuple[int, int]]:
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


def _together(alarms: list[_Alarm]) -> list[list[_Alarm]]:
    """Signs of one trouble in one group: they overlap in time, and in where or in what. The first of a group stands for it."""
    ranked = sorted(alarms, key=lambda alarm: -alarm.run.sign)
    groups: list[list[_Alarm]] = []
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


def _same_trouble(a: _Alarm, b: _Alarm) -> bool:
    overlap = min(a.to_ms, b.to_ms) - max(a.from_ms, b.from_ms)
    if overlap < 0.4 * min(a.to_ms - a.from_ms, b.to_ms - b.from_ms):
        return False
    things = {a.at, a.next} & {b.at, b.next} - {-1}
    if a.dimension and b.dimension == a.dimension:
        # One city may be written in two languages.
        return value_title(a.value) == value_title(b.value)
    # The same weeks, one seen everywhere and one somewhere: one trouble if they speak of the same thing.
    return bool(things)


def _row(group: list[_Alarm], scope: Scope) -> dict[str, Any]:
    alarm = group[0]
    low, high = wilson(alarm.run.hits, alarm.run.n)
    places = [other for other in group if other.dimension]
    where = alarm if alarm.dimension else (places[0] if places and places[0].run.sign > 0.5 * alarm.run.sign else alarm)
    also = dict.fromkeys(
        scope.touchpoints[number] for other in group for number in (other.at, other.next) if number >= 0
    )
    return {
        "kind": alarm.kind,
        "touchpoint": scope.touchpoints[alarm.at],
        "next": scope.touchpoints[alarm.next] if alarm.next >= 0 else None,
        "dimension": where.dimension or None,
        "value": where.value or None,
        "start": str(day_of(alarm.from_ms, scope)),
        "end": str(day_of(alarm.to_ms, scope)),
        "n": alarm.run.n,
        "hits": alarm.run.hits,
        "share": alarm.run.share,
        "low": low,
        "high": high,
        "usual": alarm.run.usual,
        "excess": alarm.run.excess,
        "sign": alarm.run.sign,
        "signs": len(group),
        "also": ", ".join(also),
    }


_SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("touchpoint", pa.string()),
        ("next", pa.string()),
        ("dimension", pa.string()),
        ("value", pa.string()),
        ("start", pa.string()),
        ("end", pa.string()),
        ("n", pa.int64()),
        ("hits", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("usual", pa.float64()),
        ("excess", pa.float64()),
        ("sign", pa.float64()),
        ("signs", pa.int64()),
        ("also", pa.string()),
    ]
)
