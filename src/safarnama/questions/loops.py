"""Loops: where customers come back to, by what way, and the time it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Duration
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.partial import Partial
from safarnama.journeys.percentiles import Percentiles, near, owners, spread, wanted
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row

if TYPE_CHECKING:
    from safarnama.journeys.local import Countable


class Loops(Question):
    """Where customers come back to, how many, how often, and how long after they were last there.

    Every event at a touchpoint where the customer was before is one return, of exactly one kind: *repeats* when nothing came
    between (A, A), *ping_pong* when one other touchpoint did, once or several times in a row (A, B, A, by way of B), *rework* when
    two or more others did. So the ``times`` of all rows are all events but everybody's first at each touchpoint. ``share`` is of
    all customers, times run from the last event at the touchpoint to the return, and returns after more than ``window`` are left
    out.

    Repeats and ping-pong are the loops of length one and two of A. K. A. de Medeiros, B. F. van Dongen, W. M. P. van der Aalst and
    A. J. M. M. Weijters, Process mining: extending the α-algorithm to mine short loops, 2004.
    """

    title: ClassVar[Text] = Text(en="Loops", fa="حلقه‌ها")
    example: ClassVar[dict[str, Any]] = {}
    chart: ClassVar[Chart | None] = Chart("loops", {"label": "touchpoint", "count": "customers", "share": "share"})
    opens: ClassVar[tuple[str, ...]] = ("customers", "times")
    occurrences: ClassVar[tuple[str, ...]] = ("times",)
    sentences: ClassVar[dict[str, Text]] = {
        "repeats": Text(
            en="The most common loop is at {top}: {share:percent} of {n:customers} are there twice or more in a row, {times:times} "
            "in all",
            fa="رایج‌ترین حلقه در «{top}» است: {share:percent} از {n:customers} آن را پشت سر هم تکرار می‌کنند، روی‌هم {times:times}",
        ),
        "ping_pong": Text(
            en="The most common loop: {share:percent} of {n:customers} go from {top} to {via} and back, {times:times} in all",
            fa="رایج‌ترین حلقه: {share:percent} از {n:customers} از «{top}» به «{via}» می‌روند و بازمی‌گردند، روی‌هم {times:times}",
        ),
        "rework": Text(
            en="The most common loop: {share:percent} of {n:customers} come back to {top} after several other touchpoints, "
            "{times:times} in all",
            fa="رایج‌ترین حلقه: {share:percent} از {n:customers} پس از چند نقطه تماس دیگر به «{top}» بازمی‌گردند، روی‌هم {times:times}",
        ),
        "none": Text(
            en="None of {n:customers} came back to a touchpoint",
            fa="هیچ‌یک از {n:customers} به نقطه تماسی بازنمی‌گردد",
        ),
        "once": Text(
            en="Every return counts once: as a repeat when nothing came between, as ping-pong when one other touchpoint did, else "
            "as a detour.",
            fa="هر بازگشت یک بار شمرده می‌شود: اگر چیزی در میان نباشد تکرار، اگر یک نقطه تماس دیگر باشد رفت‌وبرگشت، وگرنه دور زدن.",
        ),
        "window": Text(
            en="Returns after more than {window:duration} are left out.",
            fa="بازگشت‌هایی که بیش از {window:duration} طول کشیده‌اند کنار گذاشته شدند.",
        ),
    }

    window: Duration | None = None

    def count(self, shard: Shard, scope: Scope) -> Partial:
        loop, wait, who = self._returns(shard, scope)
        return Partial(
            sums={"all": np.array([shard.counted], np.int64)},
            keyed={
                "customers": owners(loop, who),
                "spread": spread(loop, wait),
            },
        )

    def _returns(self, shard: Shard, scope: Scope) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Every return: its loop (touchpoint · (A + 1) + by way of; itself for a repeat, A for rework), milliseconds since the
        customer was last there, and the customer."""
        runs = shard.runs
        events = int((shard.offset[runs[:, 1]] - shard.offset[runs[:, 0]]).sum())
        loop, wait = np.empty(events, np.int64), np.empty(events, np.int64)
        who = np.empty(events, np.int32)
        window = -1 if self.window is None else round(self.window.total_seconds() * 1000)
        many = _return(
            shard.code, shard.gap, shard.offset, shard.long_at, shard.long_ms, runs, scope.table, window, loop, wait, who
        )  # fmt: skip
        return loop[:many], wait[:many], who[:many]

    def again(self, partials: Sequence[Partial], scope: Scope) -> Countable | None:
        unsure = [each.keyed["spread"] for each in partials if "spread" in each.keyed and "near" not in each.keyed]
        return _Near(self, wanted(unsure)) if unsure else None

    def size(self, partial: Partial) -> int:
        return int(partial.sums["all"][0]) if "all" in partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        everyone = self.size(partial)
        rows: list[dict[str, Any]] = []
        if everyone:
            percentiles = Percentiles.of(partial.keyed["spread"])
            people = partial.keyed["customers"].counts[:, 0].tolist()
            medians = percentiles.values(partial.keyed["near"])[:, 0].tolist()
            for place, loop in enumerate(percentiles.keys.tolist()):
                at, via = divmod(loop, scope.size + 1)
                low, high = wilson(people[place], everyone)
                rows.append(
                    {
                        "kind": "repeats" if via == at else "rework" if via == scope.size else "ping_pong",
                        "touchpoint": scope.touchpoints[at],
                        "via": scope.touchpoints[via] if via not in (at, scope.size) else None,
                        "customers": people[place],
                        "share": people[place] / everyone,
                        "low": low,
                        "high": high,
                        "times": int(percentiles.n[place]),
                        "median_seconds": medians[place] / 1000,
                        "total_seconds": int(percentiles.total[place]) / 1000,
                    }
                )
        rows.sort(key=lambda row: (-row["customers"], -row["times"], row["kind"], row["touchpoint"], row["via"] or ""))
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        at = scope.number(row["touchpoint"])
        via = {"repeats": at, "rework": scope.size}.get(row["kind"])
        wanted = at * (scope.size + 1) + (scope.number(row["via"]) if via is None else via)
        loop, _, who = self._returns(shard, scope)
        found = np.zeros(shard.customers, bool)
        found[who[loop == wanted]] = True
        return found

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return (row["touchpoint"],)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        everyone = self.size(partial)
        if not table.num_rows:
            return Sentence("none", {"n": everyone})
        top = table.slice(0, 1).to_pylist()[0]
        said = {"n": everyone, "top": _title(top["touchpoint"]), "share": top["share"], "times": top["times"]}
        if top["via"] is not None:
            said["via"] = _title(top["via"])
        return Sentence(top["kind"], said)

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        said = [Sentence("once")]
        return [*said, Sentence("window", {"window": self.window.total_seconds()})] if self.window else said


@dataclass(frozen=True)
class _Near:
    """The waiting times around each loop's median."""

    loops: Loops
    places: np.ndarray

    def count(self, shard: Shard, scope: Scope) -> Partial:
        loop, wait, _ = self.loops._returns(shard, scope)
        return Partial(keyed={"near": near(self.places, loop, wait)})


@compiled
def _return(code, gap, offset, long_at, long_ms, runs, table, window, loop, wait, who):
    size = np.int64(table[-1])
    seen = np.full(size + 1, -1, np.int64)  # the last customer at each touchpoint,
    when = np.empty(size + 1, np.int64)  # when that was,
    stay = np.empty(size + 1, np.int64)  # and in which of their stays: touchpoints in a row are one
    many = np.int64(0)
    for r in range(runs.shape[0]):
        k = np.searchsorted(long_at, offset[runs[r, 0]])
        for c in range(runs[r, 0], runs[r, 1]):
            now = np.int64(0)
            here = size
            number = np.int64(0)
            for i in range(offset[c], offset[c + 1] - 1):
                now += np.int64(gap[i])
                if k < long_at.size and long_at[k] == i:
                    now += long_ms[k]
                    k += 1
                t = np.int64(table[code[i]])
                before = here
                if t != here:
                    number += 1
                    here = t
                if seen[t] == c:
                    past = now - when[t]
                    if window < 0 or past <= window:
                        away = number - stay[t]
                        via = t if away == 0 else before if away == 2 else size
                        loop[many] = t * (size + 1) + via
                        wait[many] = past
                        who[many] = c
                        many += 1
                seen[t] = c
                when[t] = now
                stay[t] = number
    return many


def _title(name: str) -> dict[str, str]:
    title = touchpoint(name).title
    return {"en": title.en, "fa": title.fa}


_SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("touchpoint", pa.string()),
        ("via", pa.string()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("times", pa.int64()),
        ("median_seconds", pa.float64()),
        ("total_seconds", pa.float64()),
    ]
)
