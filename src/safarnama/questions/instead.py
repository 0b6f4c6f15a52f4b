"""Instead: what customers do who do not go on to the next step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Duration, Steps, whole_number
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.furthest import furthest_step
from safarnama.journeys.partial import Partial
from safarnama.journeys.plans import Plan
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row


class Instead(Question):
    """Of those who come to a step of a funnel and no further: what they do next, after their last time at that step.

    The customers of a step are those whom ``funnel`` with the same ``steps`` and ``window`` calls *left* at the step after it. The
    ``top`` touchpoints have a row each, the rest is *other*; *ended* is nothing more. With a window the next step itself may be
    what they did instead: they took it too late.
    """

    title: ClassVar[Text] = Text(en="What they do instead", fa="کار دیگر به جای گام بعد")
    example: ClassVar[dict[str, Any]] = {"steps": "product_view,add_to_cart,purchase"}
    chart: ClassVar[Chart | None] = Chart("passages", {"from": "from", "to": "to", "count": "customers"})
    opens: ClassVar[tuple[str, ...]] = ("customers",)
    sentences: ClassVar[dict[str, Text]] = {
        "both": Text(
            en="Most are lost after {step}, {n:customers}: {ended:percent} do nothing more, {share:percent} go to {top}",
            fa="بیشترین ریزش پس از «{step}» است، {n:customers}: {ended:percent} دیگر کاری نمی‌کنند و {share:percent} سراغ «{top}» می‌روند",
        ),
        "ended": Text(
            en="Most are lost after {step}, {n:customers}, and none of them does anything more",
            fa="بیشترین ریزش پس از «{step}» است، {n:customers}، و هیچ‌یک پس از آن کاری نمی‌کند",
        ),
        "nobody": Text(en="Nobody was lost on the way", fa="کسی در راه از دست نرفت"),
    }

    steps: Steps
    window: Duration | None = None
    top: whole_number(1, 1000) = 8  # type: ignore[valid-type]

    def check(self, scope: Scope) -> None:
        Plan.of(self.steps, scope, self.window)

    def _next(self, shard: Shard, scope: Scope) -> tuple[np.ndarray, np.ndarray]:
        """The furthest step of every customer, int32 (C,), and the number of what came after it, int32 (C,); A is nothing."""
        plan = Plan.of(self.steps, scope, self.window)
        reached = furthest_step(shard, scope, plan)
        of_step = np.zeros((plan.length + 1, scope.size + 1), bool)
        for place, step in enumerate((step for step in self.steps if not step.excluded), 1):
            of_step[place, scope.numbers(step)] = True
        after = np.full(shard.customers, -1, np.int32)
        _after(shard.code, shard.offset, shard.runs, scope.table, reached, of_step, after)
        return reached, after

    def count(self, shard: Shard, scope: Scope) -> Partial:
        reached, after = self._next(shard, scope)
        length = sum(not step.excluded for step in self.steps)
        lost = shard.mask() & (reached > 0) & (reached < length)
        cells = (reached[lost] - 1).astype(np.int64) * (scope.size + 1) + after[lost]
        counts = np.bincount(cells, minlength=(length - 1) * (scope.size + 1)).astype(np.int64)
        return Partial(sums={"next": counts.reshape(-1, scope.size + 1)})

    def among(self, row: Row) -> tuple[Any, ...]:
        return (row["step"],)

    def size(self, partial: Partial) -> int:
        return int(partial.sums["next"].sum()) if partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        steps = [str(step) for step in self.steps if not step.excluded]
        counts = partial.sums.get("next", np.zeros((len(steps) - 1, scope.size + 1), np.int64))
        rows: list[dict[str, Any]] = []

        def add(place: int, name: str | None, state: str, customers: int, everyone: int) -> None:
            low, high = wilson(customers, everyone)
            rows.append(
                {
                    "step": place + 1,
                    "from": steps[place],
                    "to": name,
                    "state": state,
                    "customers": customers,
                    "share": customers / everyone,
                    "low": low,
                    "high": high,
                }
            )

        for place, here in enumerate(counts):
            everyone = int(here.sum())
            order = [number for number in np.argsort(-here[:-1], kind="stable").tolist() if here[number]]
            if here[-1]:
                add(place, None, "ended", int(here[-1]), everyone)
            for number in order[: self.top]:
                add(place, scope.touchpoints[number], "at", int(here[number]), everyone)
            if rest := order[self.top :]:
                add(place, None, "other", int(here[rest].sum()), everyone)
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        reached, after = self._next(shard, scope)
        here = (reached == row["step"]) & (after >= 0)
        if row["state"] == "at":
            return here & (after == scope.number(row["to"]))
        if row["state"] == "ended":
            return here & (after == scope.size)
        named = [scope.number(each["to"]) for each in rows if each["step"] == row["step"] and each["state"] == "at"]
        return here & (after < scope.size) & ~np.isin(after, named)

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return [step for step in self.steps if not step.excluded][row["step"] - 1].names

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        counts = partial.sums["next"]
        worst = int(counts.sum(axis=1).argmax())
        lost, top = int(counts[worst].sum()), int(counts[worst][:-1].argmax())
        step = [step for step in self.steps if not step.excluded][worst]
        said = {"step": _title(step.names[0]), "n": lost}
        if not counts[worst][top]:
            return Sentence("ended", said)
        return Sentence(
            "both",
            {
                **said,
                "ended": int(counts[worst][-1]) / lost,
                "top": _title(scope.touchpoints[top]),
                "share": int(counts[worst][top]) / lost,
            },
        )


def _title(name: str) -> dict[str, str]:
    title = touchpoint(name).title
    return {"en": title.en, "fa": title.fa}


@compiled
def _after(code, offset, runs, table, reached, of_step, after):
    length = of_step.shape[0] - 1
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            step = reached[c]
            if step == 0 or step == length:
                continue
            # From the end: its last time at the step. What follows is no part of the step, or it would be the last.
            i = offset[c + 1] - 1
            while not of_step[step, table[code[i - 1]]]:
                i -= 1
            after[c] = table[code[i]]


_SCHEMA = pa.schema(
    [
        ("step", pa.int64()),
        ("from", pa.string()),
        ("to", pa.string()),
        ("state", pa.string()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)
