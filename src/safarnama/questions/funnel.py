"""Funnel: how many customers come how far through ordered steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.errors import Mistake, unknown
from safarnama.core.finding import Chart, Finding, Sentence
from safarnama.core.forks import Route, ends_of, places_of, routes_of
from safarnama.core.grammar import Step
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Attribute, Duration, Flag, Ways, choice
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.furthest import furthest_step
from safarnama.journeys.partial import Keyed, Partial
from safarnama.journeys.plans import Plan
from safarnama.journeys.quantiles import quantile_of
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.journeys.spans import histogram, inside
from safarnama.journeys.through import through
from safarnama.questions.question import Question, Row

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys


class Funnel(Question):
    """How many customers come how far through ordered steps.

    Other events may come between. ``window`` counts from the first step. A customer's result is the furthest step reached
    from any start, so step k counts the customers who reached at least k. Steps may be ``A|B`` (either), ``A?`` (may be
    left out) or ``!A`` (must not come between its neighbours); there is no limit on their number.

    ``(A,B or C)`` parts the way in two or more, which come together again behind the bracket. A customer counts on one way only, the
    one that brought them furthest, of equals the first; so the ways of a bracket and those who *left* add up to those before it.
    ``branch`` says which way a step is of: *2a* is the first way of the second part.

    ``order``: *ordered* lets other events come between; *strict* lets nothing come between; with *any* the steps may come in any
    order, and row k counts the customers with at least k different ones within the window. ``hold`` names a dimension (channel,
    campaign, session …) whose value must be the same at all steps. ``medians=no`` leaves the times out, which is quicker.

    ``histogram=yes`` answers how long it took instead: for the *whole* way from the first step to the last, and for each *step* since
    the one before, how many of those who got there took how long, in spans from ten seconds to a year; a span is *over* its
    beginning (the first from 0) and *within* its end.
    """

    title: ClassVar[Text] = Text(en="Funnel", fa="قیف")
    example: ClassVar[dict[str, Any]] = {"steps": "product_view,add_to_cart,purchase", "window": "7d"}
    chart: ClassVar[Chart | None] = Chart("funnel", {"label": "touchpoint", "count": "customers", "share": "share"})
    opens: ClassVar[tuple[str, ...]] = ("customers", "left")
    sentences: ClassVar[dict[str, Text]] = {
        "reached": Text(
            en="{share:percent} of {n:customers} get from {first} to {last}; most leave before {worst}",
            fa="{share:percent} از {n:customers} از «{first}» به «{last}» می‌رسند؛ بیشترین ریزش پیش از «{worst}» است",
        ),
        "all_of": Text(
            en="{share:percent} of {n:customers} do all of {steps:steps}, in whichever order",
            fa="{share:percent} از {n:customers} هر {steps:steps} را، به هر ترتیب، انجام می‌دهند",
        ),
        "one": Text(en="{n:customers} reached {first}", fa="{n:customers} به «{first}» رسیدند"),
        "none": Text(
            en="None of the customers reached {first}",
            fa="هیچ مشتری‌ای به «{first}» نرسید",
        ),
        "span": Text(
            en="Of {n:customers} who {way}, {share:percent} take more than {over:duration} and at most "
            "{within:duration}",
            fa="از {n:customers} که {way}، {share:percent} بیش از {over:duration} و حداکثر "
            "{within:duration} زمان می‌گذارند",
        ),
        "first_span": Text(
            en="Of {n:customers} who {way}, {share:percent} take {within:duration} at most",
            fa="از {n:customers} که {way}، {share:percent} حداکثر {within:duration} زمان می‌گذارند",
        ),
        "last_span": Text(
            en="Of {n:customers} who {way}, {share:percent} take more than {over:duration}",
            fa="از {n:customers} که {way}، {share:percent} بیش از {over:duration} زمان می‌گذارند",
        ),
        "took": Text(
            en="Of those who come to the last step half take {median:duration} at most from the first, nine in ten {long:duration}.",
            fa="نیمی از کسانی که به گام آخر می‌رسند از گام نخست تا آن حداکثر {median:duration} و نه دهم‌شان حداکثر {long:duration} زمان می‌گذارند.",
        ),
        "any": Text(
            en="In any order: {steps}. Row k counts the customers with at least k different ones.",
            fa="به هر ترتیب: {steps}. سطر k کسانی را می‌شمارد که دست‌کم k گام گوناگون دارند.",
        ),
        "strict": Text(
            en="Nothing may come between two steps.",
            fa="میان دو گام هیچ رویدادی نباید بیاید.",
        ),
        "window": Text(
            en="“Left” means the next step was not seen within {window:duration} of the first.",
            fa="«ریزش» یعنی گام بعد تا {window:duration} پس از گام نخست دیده نشد.",
        ),
    }

    steps: Ways
    window: Duration | None = None
    order: choice(  # type: ignore[valid-type]
        ordered=Text(en="In order, others between", fa="به ترتیب، با رویدادهای میانی"),
        strict=Text(en="In order, nothing between", fa="به ترتیب و پشت سر هم"),
        any=Text(en="In any order", fa="به هر ترتیب"),
    ) = "ordered"
    hold: Attribute | None = None
    medians: Flag = True
    histogram: Flag = False

    @property
    def _routes(self) -> list[Route]:
        return routes_of(self.steps)

    def check(self, scope: Scope) -> None:
        for route in self._routes:
            Plan.of(route.steps, scope, self.window)
        if self.hold is not None and self.hold not in scope.words:
            raise unknown(Text(en="Dimension", fa="بُعد"), self.hold, sorted(scope.words))
        if self.order == "any":
            names = [name for step in self.steps for name in step.names]
            plain = all(isinstance(step, Step) and not step.optional and not step.excluded for step in self.steps)
            if len(set(names)) < len(names) or not plain:
                raise Mistake(_ANY_ORDER)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        routes = self._routes
        timed = self.medians or self.histogram
        if not timed and len(routes) == 1 and self.order == "ordered" and self.hold is None:
            plan = Plan.of(routes[0].steps, scope, self.window)
            reached = shard.kept(furthest_step(shard, scope, plan))
            return Partial(sums={"reached": np.bincount(reached, minlength=plan.length + 1).astype(np.int64)})
        chosen, reached, waits = through(shard, scope, routes, self.window, self.order, self.hold)
        mine, counted = shard.kept(chosen), shard.kept(reached)
        exactly = [
            np.bincount(counted[mine == number] if len(routes) > 1 else counted, minlength=len(route.places) + 1)
            for number, route in enumerate(routes)
        ]
        sums = {"reached": np.concatenate(exactly).astype(np.int64)}
        if not timed:
            return Partial(sums=sums)
        keyed = {f"wait{step}": Keyed.each(took[took >= 0]) for step, took in enumerate(waits[1:], 1)}
        if len(waits) > 1:
            keyed["whole"] = Keyed.each(waits[0][waits[0] >= 0])
        return Partial(sums=sums, keyed=keyed)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        routes = self._routes
        chosen, reached, waits = through(shard, scope, routes, self.window, self.order, self.hold)
        found = np.zeros(shard.customers, bool)
        if self.histogram:
            found[shard.mask()] = inside(waits[0 if row["step"] is None else row["step"] - 1], row["within_seconds"])
            return found
        place = places_of(self.steps)[row["step"] - 1]
        for number, route in enumerate(routes):
            if column == "left":
                for at in (at for at, step in enumerate(route.places, 1) if step in place.after):
                    found |= (chosen == number) & (reached == at)
            elif place.number in route.places:
                found |= (chosen == number) & (reached > route.places.index(place.number))
        return found

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        if self.order == "any":
            return ()
        places = places_of(self.steps)
        if row["step"] is None:
            wanted: Sequence[int] = ends_of(self.steps)
        else:
            place = places[row["step"] - 1]
            wanted = place.after if column == "left" else (place.number,)
        return tuple(name for number in wanted for name in places[number - 1].step.names)

    def customers(self, journeys: Journeys, number: int, column: str | None = None) -> tuple[Journeys, tuple[str, ...]]:
        if self.histogram and column == "left":
            raise unknown(Text(en="Column", fa="ستون"), column, ["customers"])
        return super().customers(journeys, number, column)

    def among(self, row: Row) -> tuple[Any, ...]:
        return (row["kind"], row["step"]) if self.histogram else ()

    def conclude(self, whole: Partial, scope: Scope, segments: dict[str, Partial] | None = None) -> Finding:
        found = super().conclude(whole, scope, segments)
        return replace(found, chart=_HISTOGRAM) if self.histogram else found

    def size(self, partial: Partial) -> int:
        return int(partial.sums["reached"].sum()) if "reached" in partial.sums else 0

    def _at_least(self, partial: Partial) -> dict[int, int]:
        """How many customers came at least as far as each step, on the way they took."""
        routes = self._routes
        exactly = partial.sums.get("reached", np.zeros(sum(len(route.places) + 1 for route in routes), np.int64))
        found = dict.fromkeys(range(1, len(places_of(self.steps)) + 1), 0)
        for route, mine in zip(
            routes, np.split(exactly, np.cumsum([len(each.places) + 1 for each in routes])[:-1]), strict=True
        ):
            for number, customers in zip(route.places, mine[::-1].cumsum()[::-1][1:].tolist(), strict=True):
                found[number] += customers
        return found

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        return self._took(partial) if self.histogram else self._reached(partial)

    def _took(self, partial: Partial) -> pa.Table:
        """How long it took, a row a span."""
        places = places_of(self.steps)
        ends = self._name([places[number - 1].step for number in ends_of(self.steps)])
        parts: list[tuple[str, int | None, str, str, str]] = [("whole", None, "", ends, "whole")]
        for place in places:
            if place.after:
                parts.append(("step", place.number, place.branch, self._name([place.step]), f"wait{place.number - 1}"))
        rows = []
        for kind, step, branch, name, waits in parts:
            spans = histogram(partial.keyed[waits]) if waits in partial.keyed else []
            n = sum(customers for _, customers in spans)
            for (over, within), customers in spans:
                low, high = wilson(customers, n)
                rows.append(
                    {"kind": kind, "step": step, "branch": branch or None, "touchpoint": name, "over_seconds": over, "within_seconds": within,
                     "customers": customers, "share": customers / n, "low": low, "high": high}
                )  # fmt: skip
        table = pa.Table.from_pylist(rows, schema=_TOOK)
        return table if any(place.branch for place in places) else table.drop_columns("branch")

    def _name(self, steps: list[Step]) -> str:
        return "|".join(map(str, self.steps if self.order == "any" else steps))

    def _reached(self, partial: Partial) -> pa.Table:
        """Who came how far, a row a step."""
        places = places_of(self.steps)
        at_least = self._at_least(partial)
        started = sum(at_least[place.number] for place in places if not place.after)
        rows = []
        for place in places:
            count = at_least[place.number]
            # Those who come after the same steps part what these had among them; who is left is said with the first.
            beside = [each for each in places if each.after == place.after]
            before = sum(at_least[number] for number in place.after) if place.after else started
            left = before - sum(at_least[each.number] for each in beside)
            low, high = wilson(count, started)
            step_low, step_high = wilson(count, before)
            waits = partial.keyed.get(f"wait{place.number - 1}")
            rows.append(
                {
                    "step": place.number,
                    "branch": place.branch or None,
                    "touchpoint": self._name([place.step]),
                    "customers": count,
                    "share": count / started if started else None,
                    "low": low if started else None,
                    "high": high if started else None,
                    "left": left if place is beside[0] else None,
                    "share_of_previous": count / before if before else None,
                    "previous_low": step_low if before else None,
                    "previous_high": step_high if before else None,
                    **{
                        name: quantile_of(waits, share) / 1000 if waits is not None and len(waits.keys) else None
                        for name, share in _QUANTILES.items()
                    },
                }
            )
        table = pa.Table.from_pylist(rows, schema=_SCHEMA)
        return table if any(place.branch for place in places) else table.drop_columns("branch")

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows = self._reached(partial).to_pylist()
        places = places_of(self.steps)
        ends = [rows[number - 1] for number in ends_of(self.steps)]
        starts = [row for row, place in zip(rows, places, strict=True) if not place.after]
        first, last = (_title([row["touchpoint"] for row in found]) for found in (starts, ends))
        started = sum(row["customers"] for row in starts)
        if not started:
            return Sentence("none", {"first": first})
        if all(not place.after for place in places):
            return Sentence("one", {"n": started, "first": first})
        whole = [row for row in table.to_pylist() if row["kind"] == "whole"] if self.histogram else []
        if whole:
            most = max(whole, key=lambda row: row["customers"])
            key = "last_span" if most["within_seconds"] is None else "span" if most["over_seconds"] else "first_span"
            n = sum(row["customers"] for row in whole)
            way = {
                "en": f"get from {first['en']} to {last['en']}",
                "fa": f"از «{first['fa']}» به «{last['fa']}» می‌رسند",
            }
            if self.order == "any":
                way = {"en": "take all the steps", "fa": "همه گام‌ها را برمی‌دارند"}
            return Sentence(key, {"n": n, "way": way, "share": most["share"],
                                  "over": most["over_seconds"], "within": most["within_seconds"]})  # fmt: skip
        share = sum(row["customers"] for row in ends) / started
        if self.order == "any":
            return Sentence("all_of", {"share": share, "n": started, "steps": len(rows)})
        worst = max(
            (row for row, place in zip(rows, places, strict=True) if place.after), key=lambda row: row["left"] or 0
        )
        beside = [
            row for row, place in zip(rows, places, strict=True) if place.after == places[worst["step"] - 1].after
        ]
        return Sentence(
            "reached",
            {
                "share": share,
                "n": started,
                "first": first,
                "last": last,
                "worst": _title([row["touchpoint"] for row in beside]),
            },
        )

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        said = [Sentence(self.order)] if self.order == "strict" else []
        if self.order == "any":
            titles = [_title(list(step.names)) for step in self.steps]
            said.append(Sentence("any", {"steps": {"en": ", ".join(each["en"] for each in titles),
                                                   "fa": "، ".join(each["fa"] for each in titles)}}))  # fmt: skip
        if self.window:
            said.append(Sentence("window", {"window": self.window.total_seconds()}))
        whole = partial.keyed.get("whole")
        if whole is not None and len(whole.keys):
            times = {"median": quantile_of(whole, 0.5) / 1000, "long": quantile_of(whole, 0.9) / 1000}
            said.append(Sentence("took", times))
        return said


_SCHEMA = pa.schema(
    [
        ("step", pa.int64()),
        ("branch", pa.string()),
        ("touchpoint", pa.string()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("left", pa.int64()),
        ("share_of_previous", pa.float64()),
        ("previous_low", pa.float64()),
        ("previous_high", pa.float64()),
        ("p10_seconds", pa.float64()),
        ("median_seconds", pa.float64()),
        ("p90_seconds", pa.float64()),
    ]
)
_TOOK = pa.schema(
    [
        ("kind", pa.string()),
        ("step", pa.int64()),
        ("branch", pa.string()),
        ("touchpoint", pa.string()),
        ("over_seconds", pa.float64()),
        ("within_seconds", pa.float64()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)
_HISTOGRAM = Chart("histogram", {"label": "touchpoint", "count": "customers", "share": "share"})
_QUANTILES = {"p10_seconds": 0.1, "median_seconds": 0.5, "p90_seconds": 0.9}
_ANY_ORDER = Text(
    en="In any order every step needs touchpoints of its own, without ?, ! and brackets. Leave order out, or write each touchpoint once.",
    fa="در حالت «به هر ترتیب» هر گام نقاط تماس خودش را می‌خواهد، بی ? و ! و پرانتز. order را بردارید یا هر نقطه تماس را یک بار بنویسید.",
)


def _title(steps: list[str]) -> dict[str, str]:
    """The titles of steps in both languages, kept as plain data so that a finding can be stored."""
    titles = [touchpoint(step.strip('"')).title for step in steps]
    return {"en": " / ".join(title.en for title in titles), "fa": " / ".join(title.fa for title in titles)}
