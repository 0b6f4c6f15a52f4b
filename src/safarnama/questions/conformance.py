"""Conformance: do journeys go as planned, and where not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.errors import Mistake
from safarnama.core.finding import Chart, Sentence
from safarnama.core.grammar import Step, quoted
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Steps
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.alignment import DONE, FAILED, MISSING, OUT_OF_ORDER, Alignments, align
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row

_STATES = {"done": DONE, "failed": FAILED, "out_of_order": OUT_OF_ORDER, "missing": MISSING}


class Conformance(Question):
    """Journeys held against a plan: what was done, what failed, came out of order, is missing, came on top of it.

    Each customer who did any step of the plan is aligned with it at the least cost: an event outside of the plan's order
    costs one, a step that is not met costs one (Adriansyah, van Dongen and van der Aalst, 2011). A step is *done* when an
    event stands for it in that alignment; *failed* when, after it and before the next event of the plan, a touchpoint of
    ``failure`` came; *out of order* when it happened, but where the plan does not have it; *missing* when it did not.
    *Repeated* are customers with further events of a step, *ad hoc* those with events that are no step. A customer follows
    the plan when every step is done (``A?`` may be left out). ``only`` are the near misses: customers for whom this one thing
    is all that is wrong; the list of customers says of each what kept them from following. Fitness is 1 − cost ÷ the worst cost, over all customers together.
    """

    title: ClassVar[Text] = Text(en="Conformance", fa="انطباق")
    example: ClassVar[dict[str, Any]] = {
        "plan": "product_view,add_to_cart,payment,purchase",
        "failure": "payment_failed",
    }
    chart: ClassVar[Chart | None] = Chart(
        "conformance", {"label": "touchpoint", "kind": "deviation", "count": "customers", "share": "share"}
    )
    opens: ClassVar[tuple[str, ...]] = ("customers", "only")
    sentences: ClassVar[dict[str, Text]] = {
        "all": Text(
            en="All of {n:customers} follow the plan from start to end",
            fa="همه {n:customers} برنامه را از آغاز تا پایان رفته‌اند",
        ),
        "missing": Text(
            en="{share:percent} of {n:customers} follow the plan; most often {step} is missing ({worst:percent})",
            fa="{share:percent} از {n:customers} برنامه را می‌روند؛ بیش از همه «{step}» انجام نمی‌شود ({worst:percent})",
        ),
        "out_of_order": Text(
            en="{share:percent} of {n:customers} follow the plan; most often {step} comes out of order ({worst:percent})",
            fa="{share:percent} از {n:customers} برنامه را می‌روند؛ بیش از همه «{step}» نابه‌جا رخ می‌دهد ({worst:percent})",
        ),
        "failed": Text(
            en="{share:percent} of {n:customers} follow the plan; most often {step} fails ({worst:percent})",
            fa="{share:percent} از {n:customers} برنامه را می‌روند؛ بیش از همه «{step}» ناموفق می‌ماند ({worst:percent})",
        ),
        "fitness": Text(
            en="Fitness {fitness:percent.1}; on average {cost:number.1} deviations a customer, events outside of the plan included.",
            fa="برازش {fitness:percent.1}؛ به طور میانگین {cost:number.1} انحراف برای هر مشتری، با رویدادهای بیرون از برنامه.",
        ),
        "outside": Text(
            en="{n:customers} did no step of the plan and are left out.",
            fa="{n:customers} هیچ گامی از برنامه را انجام نداده‌اند و کنار گذاشته شدند.",
        ),
    }

    plan: Steps
    failure: Steps | None = None

    def check(self, scope: Scope) -> None:
        for step in (*self.plan, *(self.failure or ())):
            scope.numbers(step)
        if any(step.excluded for step in self.plan):
            raise Mistake(_EXCLUDED)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        found = self._align(shard, scope)
        inside = found.inside
        state, off = found.state[inside], found.deviations[inside]
        states = np.stack([(state == each).sum(0) for each in _STATES.values()])
        only = np.stack([((state == each) & (off == 1)[:, None]).sum(0) for each in _STATES.values()])
        codes = _happened(shard, scope, inside)
        return Partial(
            sums={
                "customers": np.array([inside.sum(), inside.size], np.int64),
                "follow": np.array([(off == 0).sum()], np.int64),
                "cost": np.array([found.cost[inside].sum(), found.events[inside].sum()], np.int64),
                "state": states.astype(np.int64),
                "only": only.astype(np.int64),
                "repeated": (found.again[inside] > 0).sum(0).astype(np.int64),
                "ad_hoc": np.array([(found.ad_hoc[inside] > 0).sum()], np.int64),
                "names": codes,
            }
        )

    def _align(self, shard: Shard, scope: Scope) -> Alignments:
        failing = tuple(number for step in self.failure or () for number in scope.numbers(step))
        return align(shard, scope, self.plan, failing)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        found = self._align(shard, scope)
        inside = found.inside.copy()
        place, kind = (row["step"] or 0) - 1, row["deviation"]
        if row[column] is None:
            inside[:] = False
        elif kind in ("follows", "departs"):
            inside &= (found.deviations == 0) == (kind == "follows")
        elif kind in _STATES:
            inside &= found.state[:, place] == _STATES[kind]
            if column == "only":
                inside &= found.deviations == 1
        elif kind == "repeated":
            inside &= found.again[:, place] > 0
        elif row["touchpoint"] is None:
            inside &= found.ad_hoc > 0
        else:
            inside &= _did(shard, scope, scope.number(row["touchpoint"]))
        mask = np.zeros(shard.customers, bool)
        mask[np.flatnonzero(shard.mask())] = inside
        return mask

    def why(self, shard: Shard, scope: Scope, people: np.ndarray) -> list[str | None]:
        """The steps that each of these customers failed, took out of order or missed: ``payment failed, purchase missing``."""
        found = self._align(shard.only(np.isin(np.arange(shard.customers), people)), scope)
        words = {code: name for name, code in _STATES.items() if name != "done"}
        names = ["|".join(map(quoted, step.names)) for step in self.plan]
        said = [
            ", ".join(f"{name} {words[code]}" for name, code in zip(names, state, strict=True) if code in words)
            for state in found.state.tolist()
        ]
        return [each or None for each in said]

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        place = (row["step"] or 0) - 1
        if row["deviation"] in ("failed", "repeated"):
            return self.plan[place].names
        return self.plan[place - 1].names if place > 0 else ()

    def size(self, partial: Partial) -> int:
        return int(partial.sums["customers"][0]) if "customers" in partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        n = self.size(partial)
        if not n:
            return _SCHEMA.empty_table()
        sums = partial.sums

        def row(step: int | None, name: str | None, kind: str, customers: int, only: int | None) -> dict[str, Any]:
            low, high = wilson(customers, n)
            return {"step": step, "touchpoint": name, "deviation": kind, "customers": customers, "share": customers / n,
                    "low": low, "high": high, "only": only}  # fmt: skip

        follow = int(sums["follow"][0])
        rows = [row(None, None, "follows", follow, None), row(None, None, "departs", n - follow, None)]
        for place, step in enumerate(self.plan):
            for at, kind in enumerate(_STATES):
                if kind == "failed" and not self.failure:
                    continue
                only = None if kind == "done" else int(sums["only"][at, place])
                rows.append(row(place + 1, str(step), kind, int(sums["state"][at, place]), only))
            if sums["repeated"][place]:
                rows.append(row(place + 1, str(step), "repeated", int(sums["repeated"][place]), None))
        rows.append(row(None, None, "ad_hoc", int(sums["ad_hoc"][0]), None))
        planned = {number for step in self.plan for number in scope.numbers(step)}
        for number in np.argsort(-sums["names"], kind="stable").tolist():
            if sums["names"][number] and number not in planned:
                rows.append(row(None, scope.touchpoints[number], "ad_hoc", int(sums["names"][number]), None))
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        n, follow = self.size(partial), int(partial.sums["follow"][0])
        wrong = [row for row in table.to_pylist() if row["deviation"] in ("missing", "out_of_order", "failed")]
        worst = max(wrong, key=lambda row: row["customers"], default=None)
        if worst is None or not worst["customers"] or follow == n:
            return Sentence("all" if follow == n else "fitness", {"n": n, **self._fit(partial)})
        return Sentence(
            worst["deviation"],
            {"share": follow / n, "n": n, "step": _title(self.plan[worst["step"] - 1]), "worst": worst["share"]},
        )

    def caveats(self, partial: Partial, scope: Scope) -> list[Sentence]:
        inside, everyone = partial.sums["customers"].tolist() if "customers" in partial.sums else (0, 0)
        said = [Sentence("fitness", self._fit(partial))] if inside else []
        return said + ([Sentence("outside", {"n": everyone - inside})] if everyone > inside else [])

    def _fit(self, partial: Partial) -> dict[str, float]:
        inside = self.size(partial)
        cost, events = partial.sums["cost"].tolist()
        needed = sum(not step.optional for step in self.plan)
        return {"fitness": 1 - cost / (events + needed * inside), "cost": cost / inside}


_EXCLUDED = Text(
    en="A plan says what should happen; !A has no place in it. Name what must not happen under failure.",
    fa="برنامه می‌گوید چه باید رخ دهد؛ !A در آن جا ندارد. آنچه نباید رخ دهد را زیر failure بنویسید.",
)
_SCHEMA = pa.schema(
    [
        ("step", pa.int64()),
        ("touchpoint", pa.string()),
        ("deviation", pa.string()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("only", pa.int64()),
    ]
)


def _happened(shard: Shard, scope: Scope, inside: np.ndarray) -> np.ndarray:
    """By touchpoint, how many of those customers met it at all, int64 (A,)."""
    people = np.flatnonzero(shard.mask())[inside]
    counts = np.zeros(scope.size, np.int64)
    seen = np.full(scope.size + 1, -1, np.int64)
    _meet(shard.code, shard.offset, people, scope.table, seen, counts)
    return counts


@compiled
def _meet(code, offset, people, table, seen, counts):
    for place in range(people.size):
        customer = people[place]
        for i in range(offset[customer], offset[customer + 1] - 1):
            number = table[code[i]]
            if seen[number] != place:
                seen[number] = place
                counts[number] += 1


def _did(shard: Shard, scope: Scope, number: int) -> np.ndarray:
    """Which customers that count met a touchpoint."""
    at = np.flatnonzero(scope.table[shard.code] == number)
    met = np.zeros(shard.customers, bool)
    met[np.searchsorted(shard.offset, at, "right") - 1] = True
    return met[shard.mask()]


def _title(step: Step) -> dict[str, str]:
    titles = [touchpoint(name).title for name in step.names]
    return {"en": " / ".join(title.en for title in titles), "fa": " / ".join(title.fa for title in titles)}
