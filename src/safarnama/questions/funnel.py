"""Funnel: how many customers come how far through ordered steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.errors import Mistake, unknown
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Attribute, Duration, Flag, Steps, choice
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.furthest import furthest_step
from safarnama.journeys.orders import progress
from safarnama.journeys.partial import Keyed, Partial
from safarnama.journeys.plans import Plan
from safarnama.journeys.quantiles import quantile_of
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row


class Funnel(Question):
    """How many customers come how far through ordered steps.

    Other events may come between. ``window`` counts from the first step. A customer's result is the furthest step reached
    from any start, so step k counts the customers who reached at least k. Steps may be ``A|B`` (either), ``A?`` (may be
    left out) or ``!A`` (must not come between its neighbours); there is no limit on their number.

    ``order``: *ordered* lets other events come between; *strict* lets nothing come between; with *any* the steps may come in any
    order, and row k counts the customers with at least k different ones within the window. ``hold`` names a dimension (channel,
    campaign, session …) whose value must be the same at all steps. ``medians=no`` leaves the times out, which is quicker.
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
        "took": Text(
            en="Of those who come to the last step half take {median:duration} at most from the first, nine in ten {long:duration}.",
            fa="نیمی از کسانی که به گام آخر می‌رسند از گام نخست تا آن حداکثر {median:duration} و نه دهم‌شان حداکثر {long:duration} زمان می‌گذارند.",
        ),
        "any": Text(
            en="Steps in any order: row k counts the customers with at least k different ones.",
            fa="گام‌ها به هر ترتیب: سطر k کسانی را می‌شمارد که دست‌کم k گام گوناگون دارند.",
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

    steps: Steps
    window: Duration | None = None
    order: choice(  # type: ignore[valid-type]
        ordered=Text(en="In order, others between", fa="به ترتیب، با رویدادهای میانی"),
        strict=Text(en="In order, nothing between", fa="به ترتیب و پشت سر هم"),
        any=Text(en="In any order", fa="به هر ترتیب"),
    ) = "ordered"
    hold: Attribute | None = None
    medians: Flag = True

    def check(self, scope: Scope) -> None:
        Plan.of(self.steps, scope, self.window)
        if self.hold is not None and self.hold not in scope.words:
            raise unknown(Text(en="Dimension", fa="بُعد"), self.hold, sorted(scope.words))
        if self.order == "any":
            names = [name for step in self.steps for name in step.names]
            if len(set(names)) < len(names) or any(step.optional or step.excluded for step in self.steps):
                raise Mistake(_ANY_ORDER)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        plan = Plan.of(self.steps, scope, self.window)
        if not self.medians and self.order == "ordered" and self.hold is None:
            reached, waits = furthest_step(shard, scope, plan), None
        else:
            reached, waits = progress(shard, scope, plan, self.order, self.hold)
        exactly = np.bincount(shard.kept(reached), minlength=plan.length + 1).astype(np.int64)
        keyed: dict[str, Keyed] = {}
        if waits is None or not self.medians:
            return Partial(sums={"reached": exactly})
        for step in range(1, plan.length):
            keyed[f"wait{step}"] = Keyed.each(waits[step][waits[step] >= 0])
        if plan.length > 1:
            keyed["whole"] = Keyed.each(waits[0][waits[-1] >= 0])
        return Partial(sums={"reached": exactly}, keyed=keyed)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        plan = Plan.of(self.steps, scope, self.window)
        reached, _ = progress(shard, scope, plan, self.order, self.hold)
        if column == "left":
            return (reached == row["step"] - 1) & (reached > 0)
        return reached >= row["step"]

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        if self.order == "any":
            return ()
        steps = [step for step in self.steps if not step.excluded]
        last = row["step"] - (2 if column == "left" else 1)
        return steps[last].names if last >= 0 else ()

    def size(self, partial: Partial) -> int:
        return int(partial.sums["reached"].sum()) if "reached" in partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        steps = [step for step in self.steps if not step.excluded]
        exactly = partial.sums.get("reached", np.zeros(len(steps) + 1, np.int64))
        at_least = exactly[::-1].cumsum()[::-1][1:].tolist()
        started = at_least[0] if at_least else 0
        rows = []
        for place, (step, count) in enumerate(zip(steps, at_least, strict=True)):
            before = at_least[place - 1] if place else count
            low, high = wilson(count, started)
            step_low, step_high = wilson(count, before)
            waits = partial.keyed.get(f"wait{place}")
            rows.append(
                {
                    "step": place + 1,
                    "touchpoint": "|".join(map(str, steps)) if self.order == "any" else str(step),
                    "customers": count,
                    "share": count / started if started else None,
                    "low": low if started else None,
                    "high": high if started else None,
                    "left": before - count,
                    "share_of_previous": count / before if before else None,
                    "previous_low": step_low if before else None,
                    "previous_high": step_high if before else None,
                    **{
                        name: quantile_of(waits, share) / 1000 if waits is not None and len(waits.keys) else None
                        for name, share in _QUANTILES.items()
                    },
                }
            )
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        rows = table.to_pylist()
        first, last = (_title(row["touchpoint"]) for row in (rows[0], rows[-1]))
        if not rows[0]["customers"]:
            return Sentence("none", {"first": first})
        if len(rows) == 1:
            return Sentence("one", {"n": rows[0]["customers"], "first": first})
        if self.order == "any":
            return Sentence("all_of", {"share": rows[-1]["share"], "n": rows[0]["customers"], "steps": len(rows)})
        worst = max(rows[1:], key=lambda row: row["left"])
        return Sentence(
            "reached",
            {
                "share": rows[-1]["share"],
                "n": rows[0]["customers"],
                "first": first,
                "last": last,
                "worst": _title(worst["touchpoint"]),
            },
        )

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        said = [Sentence(self.order, {})] if self.order != "ordered" else []
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
_QUANTILES = {"p10_seconds": 0.1, "median_seconds": 0.5, "p90_seconds": 0.9}
_ANY_ORDER = Text(
    en="In any order every step needs touchpoints of its own, without ? and !. Leave order out, or write each touchpoint once.",
    fa="در حالت «به هر ترتیب» هر گام نقاط تماس خودش را می‌خواهد، بی ? و !. order را بردارید یا هر نقطه تماس را یک بار بنویسید.",
)


def _title(name: str) -> dict[str, str]:
    """A step's title in both languages, kept as plain data so that a finding can be stored."""
    title = touchpoint(name.strip('"'))
    return {"en": title.title.en, "fa": title.title.fa}
