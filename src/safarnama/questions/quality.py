"""Quality: what is wrong with the data, and what that means for maps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.finding import Chart, Sentence
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint, words_of
from safarnama.events.schema import DUPLICATE, LATE, SKEWED
from safarnama.journeys.moments import moments_of, periods_of
from safarnama.journeys.pairs import pairs_of
from safarnama.journeys.partial import Keyed, Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question

# A silence of a source is told when chance would hardly bring it: the days' usual events, all missing.
_A_FEW = 20  # rows; fewer bend nothing
_SURELY = 25.0  # events that should have come; -ln of one in ten thousand million
_ALIKE = 0.7  # cosine of what comes before and after two touchpoints
_SMALL_WORDS = {"the", "a", "to", "of", "page", "view", "viewed", "click", "clicked", "screen", "event", "add", "added"}


class Quality(Question):
    """What is wrong with the data: missing identifiers, duplicates, days without data, touchpoints that look like the same
    thing, channels never linked to another, bots, wrong clocks, rejected rows.

    A row of the answer is one thing found; ``level`` is *mend* (it bends what maps say), *look*, or *fine*.
    """

    title: ClassVar[Text] = Text(en="Data quality", fa="کیفیت داده")
    example: ClassVar[dict[str, Any]] = {}
    chart: ClassVar[Chart | None] = Chart("quality", {"label": "about", "count": "count", "share": "share"})
    unit: ClassVar[str] = "events"
    sentences: ClassVar[dict[str, Text]] = {
        "fine": Text(en="Nothing in the data needs mending", fa="چیزی در داده‌ها نیاز به اصلاح ندارد"),
        "mend": Text(
            en="{n:number} of {all:number} checks found something to mend, first of all: {first}",
            fa="{n:number} بررسی از {all:number} مورد اصلاح یافت؛ پیش از همه: {first}",
        ),
        "look": Text(
            en="Nothing needs mending; {n:number} of {all:number} checks found something to look at",
            fa="چیزی نیاز به اصلاح ندارد؛ {n:number} بررسی از {all:number} چیزی برای نگاه کردن یافت",
        ),
    }
    checks: ClassVar[dict[str, Text]] = {
        "rejected": Text(
            en="{share:percent} of the rows of {about} were set aside ({count:rows})",
            fa="{share:percent} از سطرهای {about} کنار گذاشته شد ({count:rows})",
        ),
        "unidentified": Text(
            en="{share:percent} of the events name no customer and are in no journey ({count:events})",
            fa="{share:percent} از رویدادها مشتری ندارد و در هیچ سفری نیست ({count:events})",
        ),
        "duplicates": Text(
            en="{count:events} look like duplicates ({share:percent})",
            fa="{count:events} تکراری به نظر می‌رسد ({share:percent})",
        ),
        "bots": Text(
            en="{count:events} look like the work of bots and were left out ({share:percent})",
            fa="{count:events} کار ربات به نظر می‌رسد و کنار گذاشته شد ({share:percent})",
        ),
        "clocks": Text(
            en="{count:events} came from a wrong clock and were put right ({share:percent})",
            fa="{count:events} از ساعتی نادرست آمده بود و درست شد ({share:percent})",
        ),
        "late": Text(
            en="{count:events} arrived more than a day late ({share:percent})",
            fa="{count:events} با بیش از یک روز تأخیر رسید ({share:percent})",
        ),
        "gap": Text(
            en="{source} sent nothing for {count:days}, from {day:date}",
            fa="از {source} به مدت {count:days} از {day:date} چیزی نیامد",
        ),
        "alike": Text(
            en="{first} and {second} look like the same thing",
            fa="{first} و {second} یک چیز به نظر می‌رسند",
        ),
        "unlinked": Text(
            en="{about} is never linked to another source: {count:customers} known from it alone",
            fa="{about} به هیچ منبع دیگری وصل نیست: {count:customers} آن جای دیگری دیده نشدند",
        ),
        "shared": Text(
            en="{count:identifiers} belong to several people and to none by themselves (a shared device, a family phone)",
            fa="{count:identifiers} از آن چند نفر است و به‌تنهایی از آن هیچ‌کس (دستگاه مشترک، تلفن خانواده)",
        ),
    }

    def count(self, shard: Shard, scope: Scope) -> Partial:
        sources = len(scope.words.get("source", ())) + 1
        column = shard.words.get("source")
        column = np.zeros(shard.code.size, np.uint8) if column is None else column
        names, starts = periods_of(scope, "day")
        days = np.clip(np.searchsorted(starts, moments_of(shard), side="right") - 1, 0, max(0, len(names) - 1))
        by_day = np.zeros((sources, max(1, len(names))), np.int64)
        customers = np.zeros(sources, np.int64)
        linked = np.zeros(sources, np.int64)
        _sources(shard.offset, shard.runs, column, days, by_day, customers, linked)
        flags = shard.words.get("flags", np.zeros(0, np.uint8))
        inside = np.repeat(shard.mask(), np.diff(shard.offset)) if flags.size else np.zeros(0, bool)
        marks = np.array([int(((flags & mark) != 0)[inside].sum()) for mark in (DUPLICATE, SKEWED, LATE)], np.int64)
        return Partial(
            sums={"by_day": by_day, "customers": customers, "linked": linked, "marks": marks},
            keyed={"pairs": pairs_of(shard, scope)},
        )

    def size(self, partial: Partial) -> int:
        return int(partial.sums["by_day"].sum()) if partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        rows = [*self._of_rows(partial, scope), *self._of_sources(partial, scope), *self._of_names(partial, scope)]
        order = {"mend": 0, "look": 1, "fine": 2}
        rows.sort(key=lambda row: order[row["level"]])
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows = table.to_pylist()
        mend = [row for row in rows if row["level"] == "mend"]
        look = [row for row in rows if row["level"] == "look"]
        if mend:
            first = {"en": self.say(mend[0], "en"), "fa": self.say(mend[0], "fa")}
            return Sentence("mend", {"n": len(mend), "all": len(rows), "first": first})
        return Sentence("look", {"n": len(look), "all": len(rows)}) if look else Sentence("fine")

    @classmethod
    def say(cls, row: dict[str, Any], language: str) -> str:
        """A row of the answer as a sentence."""
        about = row["about"] or ""
        arguments = dict(row)
        if row["check"] == "gap":
            source, day = about.rsplit(" ", 1)
            arguments |= {"source": source, "day": day}
        if row["check"] == "alike":
            first, second = about.split(" | ")
            arguments |= {"first": first, "second": second}
        return cls.checks[row["check"]].say(language, **arguments)

    def _of_rows(self, partial: Partial, scope: Scope) -> Iterator[dict[str, Any]]:
        facts = scope.facts
        for source in facts.get("sources", ()):
            whole = source["rows"] + source["rejected"]
            if whole:
                yield _row("rejected", source["source"], source["rejected"], whole, mend=0.01, look=0.0)
        events = self.size(partial)
        lost, bots = facts.get("unidentified_events", 0), facts.get("bot_events", 0)
        everything = events + lost + bots
        duplicates, skewed, late = partial.sums["marks"].tolist() if partial.sums else (0, 0, 0)
        yield _row("unidentified", "", lost, everything, mend=0.02, look=0.0)
        yield _row("duplicates", "", duplicates, events, mend=0.02, look=0.0)
        yield _row("bots", "", bots, everything, mend=0.2, look=0.0)
        yield _row("clocks", "", skewed, events, mend=0.05, look=0.0)
        yield _row("late", "", late, events, mend=0.05, look=0.0)
        if facts.get("ambiguous_identifiers"):
            yield _row("shared", "", facts["ambiguous_identifiers"], 0, mend=2, look=-1)

    def _of_sources(self, partial: Partial, scope: Scope) -> Iterator[dict[str, Any]]:
        names = scope.words.get("source", ())
        if not partial.sums:
            return
        days, _ = periods_of(scope, "day")
        for place, source in enumerate(names, start=1):
            for start, length in _silences(partial.sums["by_day"][place]):
                level = "mend" if length >= 2 else "look"
                yield {
                    "check": "gap",
                    "about": f"{source} {days[start]}",
                    "count": length,
                    "of": len(days),
                    "share": length / len(days),
                    "level": level,
                }
            customers, linked = int(partial.sums["customers"][place]), int(partial.sums["linked"][place])
            if len(names) > 1 and customers and not linked:
                yield {
                    "check": "unlinked",
                    "about": source,
                    "count": customers,
                    "of": customers,
                    "share": 1.0,
                    "level": "mend",
                }

    def _of_names(self, partial: Partial, scope: Scope) -> Iterator[dict[str, Any]]:
        pairs = partial.keyed.get("pairs")
        if pairs is None or scope.size > 2_000:
            return
        for a, b in alike(scope.touchpoints, pairs):
            about = f"{scope.touchpoints[a]} | {scope.touchpoints[b]}"
            yield {"check": "alike", "about": about, "count": None, "of": None, "share": None, "level": "look"}


def alike(names: tuple[str, ...], pairs: Keyed) -> list[tuple[int, int]]:
    """Touchpoints that look like one: the same words in another spelling, or the same thing spoken of and the same company
    before and after."""
    size = len(names)
    around = np.zeros((size, 2 * (size + 1)))
    for (a, b), count in zip(pairs.keys.tolist(), pairs.counts[:, 0].tolist(), strict=True):
        if a < size:
            around[a, b] += count
        if b < size:
            around[b, size + 1 + a] += count
    length = np.linalg.norm(around, axis=1, keepdims=True)
    around /= np.maximum(length, 1e-9)
    words = [[_stem(word) for word in words_of(name)] for name in names]
    telling = [{word for word in mine if word not in _SMALL_WORDS} for mine in words]
    found = []
    for a in range(size):
        for b in range(a + 1, size):
            if sorted(words[a]) == sorted(words[b]) or (
                telling[a]
                and telling[a] == telling[b]
                and touchpoint(names[a]).sign == touchpoint(names[b]).sign
                and float(around[a] @ around[b]) >= _ALIKE
            ):
                found.append((a, b))
    return found


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _row(check: str, about: str, count: int, of: int, mend: float, look: float) -> dict[str, Any]:
    share = count / of if of else None
    level = "fine"
    if share is not None and share > mend and count >= _A_FEW:
        level = "mend"
    elif count and (share is None or share > look):
        level = "look"
    return {"check": check, "about": about, "count": count, "of": of or None, "share": share, "level": level}


def _silences(events: np.ndarray) -> list[tuple[int, int]]:
    """Runs of days without an event between the first and the last that chance would hardly bring: (first day, length)."""
    active = np.flatnonzero(events)
    if active.size < 14:
        return []
    inner = events[active[0] : active[-1] + 1]
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inner == 0, [False]]).view(np.int8))).reshape(-1, 2)
    found = []
    for start, stop in edges.tolist():
        # The usual day is the middle one of the two weeks on either side: a source may be young, or quiet in summer.
        around = np.concatenate([inner[max(0, start - 14) : start], inner[stop : stop + 14]])
        if float(np.median(around)) * (stop - start) >= _SURELY:
            found.append((int(start + active[0]), int(stop - start)))
    return found


@compiled
def _sources(offset, runs, column, days, by_day, customers, linked):
    met = np.full(customers.size, -1, np.int64)
    order = np.empty(customers.size, np.int64)
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            many = 0
            for i in range(offset[c], offset[c + 1] - 1):
                here = column[i]
                by_day[here, days[i]] += 1
                if met[here] != c:
                    met[here] = c
                    order[many] = here
                    many += 1
            for j in range(many):
                customers[order[j]] += 1
                if many > 1:
                    linked[order[j]] += 1


_SCHEMA = pa.schema(
    [
        ("check", pa.string()),
        ("about", pa.string()),
        ("count", pa.int64()),
        ("of", pa.int64()),
        ("share", pa.float64()),
        ("level", pa.string()),
    ]
)
