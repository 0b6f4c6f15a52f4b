"""Step matrix: where customers are at each step of their journeys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilsons
from safarnama.core.parameters import Flag, Touchpoint, whole_number
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.partial import Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row


class Stepmatrix(Question):
    """How many customers are at which touchpoint at each of the first ``steps`` steps; together with those who have ended they
    are everybody, at every step.

    With ``anchor`` step 0 is a customer's first time there, ``before`` steps are shown before it, and customers who never were
    there do not count. With ``collapse`` the same touchpoint several times in a row is one step. The ``top`` touchpoints have a
    row each, the rest is *other*.
    """

    title: ClassVar[Text] = Text(en="Step matrix", fa="ماتریس گام‌ها")
    example: ClassVar[dict[str, Any]] = {"steps": 8}
    chart: ClassVar[Chart | None] = Chart("matrix", {"row": "touchpoint", "column": "step", "value": "share"})
    opens: ClassVar[tuple[str, ...]] = ("customers",)
    sentences: ClassVar[dict[str, Text]] = {
        "first": Text(
            en="{share:percent} of {n:customers} begin at {top}; {ended:percent} have ended before step {last:count}",
            fa="{share:percent} از {n:customers} از «{top}» آغاز می‌کنند؛ {ended:percent} پیش از گام {last:count} پایان یافته‌اند",
        ),
        "around": Text(
            en="After {anchor}, {top} is what most often comes next: {share:percent} of {n:customers}; {ended:percent} end there",
            fa="پس از «{anchor}» بیش از همه «{top}» می‌آید: {share:percent} از {n:customers}؛ سفر {ended:percent} همان‌جا پایان می‌یابد",
        ),
        "only": Text(
            en="{n:customers} come to {anchor}, and it is the last that is seen of them",
            fa="{n:customers} به «{anchor}» می‌رسند و پس از آن چیزی از آنها دیده نمی‌شود",
        ),
    }

    steps: whole_number(1, 100) = 12  # type: ignore[valid-type]
    anchor: Touchpoint | None = None
    before: whole_number(0, 50) = 0  # type: ignore[valid-type]
    collapse: Flag = False
    top: whole_number(1, 1000) = 15  # type: ignore[valid-type]

    def check(self, scope: Scope) -> None:
        if self.anchor is not None:
            scope.number(self.anchor)

    def count(self, shard: Shard, scope: Scope) -> Partial:
        return Partial(sums={"at": self._walk(shard, scope, np.zeros((0, 0), np.int32))})

    def _walk(self, shard: Shard, scope: Scope, where: np.ndarray) -> np.ndarray:
        """Customers by position and number, int64 (P, A + 2): A has ended, A + 1 has not begun; ``where`` (C, P) is filled with
        the same for every customer unless it is empty."""
        anchor = -1 if self.anchor is None else scope.number(self.anchor)
        ahead = self.before if self.anchor is not None else 0
        counts = np.zeros((ahead + self.steps + (anchor >= 0), scope.size + 2), np.int64)
        if anchor < 0 and not self.collapse and not where.size and scope.table.size <= _NARROW:
            codes = np.zeros((self.steps, scope.table.size), np.int64)
            _from_the_start(shard.code, shard.offset, shard.runs, codes)
            seen = np.flatnonzero(codes.any(axis=0))
            np.add.at(counts.T, scope.table[seen], codes[:, seen].T)
            counts[:, scope.size] = shard.counted - counts.sum(axis=1)
            return counts
        _positions(shard.code, shard.offset, shard.runs, scope.table, anchor, ahead, self.collapse, counts, where)
        return counts

    def among(self, row: Row) -> tuple[Any, ...]:
        return (row["step"],)

    def size(self, partial: Partial) -> int:
        return int(partial.sums["at"][0].sum()) if partial.sums else 0

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        at = partial.sums.get("at", np.zeros((0, scope.size + 2), np.int64))
        everyone = self.size(partial)
        shown, hidden = self._shown(at, scope)
        # A row of the answer at every step: a touchpoint, the rest of them, or none.
        rows: list[tuple[str | None, str, np.ndarray]] = [
            (scope.touchpoints[number], "at", at[:, number]) for number in shown
        ]
        if hidden.size:
            rows.append((None, "other", at[:, hidden].sum(axis=1)))
        if self.anchor is not None and self.before:
            rows.append((None, "not_begun", at[:, scope.size + 1]))
        rows.append((None, "ended", at[:, scope.size]))
        names, states, counted = zip(*rows, strict=True)
        customers = np.stack(counted, 1).reshape(-1)
        low, high = wilsons(customers, np.full(customers.size, max(1, everyone)))
        steps = np.arange(len(at)) + (1 if self.anchor is None else -self.before)
        columns = [np.repeat(steps, len(rows)), names * len(at), states * len(at), customers]
        shares = [customers / max(1, everyone), low, high]
        if not everyone:
            shares = [pa.nulls(customers.size)] * 3
        return pa.Table.from_arrays(
            [pa.array(column, kind) for column, kind in zip([*columns, *shares], _SCHEMA.types, strict=True)],
            schema=_SCHEMA,
        )

    def _shown(self, at: np.ndarray, scope: Scope) -> tuple[list[int], np.ndarray]:
        """The touchpoints with a row of their own, most visited first, and the rest that anybody is at."""
        total = at[:, : scope.size].sum(axis=0)
        order = [number for number in np.argsort(-total, kind="stable").tolist() if total[number]]
        return order[: self.top], np.array(order[self.top :], np.int64)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        where = np.full((shard.customers, len({each["step"] for each in rows})), -1, np.int32)
        self._walk(shard, scope, where)
        place = row["step"] - 1 if self.anchor is None else row["step"] + self.before
        here = where[:, place]
        if row["state"] == "at":
            return here == scope.number(row["touchpoint"])
        if row["state"] == "other":
            named = [scope.number(name) for name in {each["touchpoint"] for each in rows} if name is not None]
            return (here >= 0) & (here < scope.size) & ~np.isin(here, named)
        return here == scope.size + (row["state"] == "not_begun")

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        at = partial.sums["at"]
        everyone = self.size(partial)
        place = 0 if self.anchor is None else self.before + 1
        top = int(np.argmax(at[place, : scope.size]))
        title = touchpoint(scope.touchpoints[top]).title
        said = {"n": everyone, "top": {"en": title.en, "fa": title.fa}, "share": int(at[place, top]) / everyone}
        if self.anchor is None:
            return Sentence("first", {**said, "ended": int(at[-1, scope.size]) / everyone, "last": len(at)})
        anchor = touchpoint(self.anchor).title
        said["anchor"] = {"en": anchor.en, "fa": anchor.fa}
        return Sentence(
            "around" if at[place, top] else "only", {**said, "ended": int(at[place, scope.size]) / everyone}
        )


_NARROW = 1 << 16  # stored codes up to so many are counted as they are, and read as touchpoints at the end


@compiled
def _from_the_start(code, offset, runs, codes):
    """Customers by step and stored code, where neither an anchor nor repetitions have to be looked for."""
    steps = np.uint64(codes.shape[0])
    width = np.uint64(codes.shape[1])
    cells = codes.reshape(codes.size)
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            start = np.uint64(offset[c])
            row = np.uint64(0)
            for i in range(start, start + min(steps, np.uint64(offset[c + 1]) - np.uint64(1) - start)):
                cells[row + np.uint64(code[i])] += 1
                row += width


@compiled
def _positions(code, offset, runs, table, anchor, ahead, collapse, counts, where):
    positions = counts.shape[0]
    size = np.int64(table[-1])
    for r in range(runs.shape[0]):
        for c in range(runs[r, 0], runs[r, 1]):
            start = offset[c]
            end = offset[c + 1] - 1
            # Where the anchor stands, in steps: the first position shown lies ``ahead`` of it.
            skip = np.int64(0)
            if anchor >= 0:
                found = False
                step = np.int64(-1)
                past = np.int64(-1)
                for i in range(start, end):
                    now = np.int64(table[code[i]])
                    if not (collapse and now == past):
                        step += 1
                    past = now
                    if now == anchor:
                        found = True
                        break
                if not found:
                    continue
                skip = step - ahead
            position = np.int64(0)
            while position < positions and position < -skip:
                counts[position, size + 1] += 1
                if where.size:
                    where[c, position] = size + 1
                position += 1
            step = np.int64(-1)
            past = np.int64(-1)
            for i in range(start, end):
                now = np.int64(table[code[i]])
                if collapse and now == past:
                    continue
                past = now
                step += 1
                if step < skip:
                    continue
                if position == positions:
                    break
                counts[position, now] += 1
                if where.size:
                    where[c, position] = now
                position += 1
            while position < positions:
                counts[position, size] += 1
                if where.size:
                    where[c, position] = size
                position += 1


_SCHEMA = pa.schema(
    [
        ("step", pa.int64()),
        ("touchpoint", pa.string()),
        ("state", pa.string()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)
