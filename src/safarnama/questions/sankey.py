"""Sankey: from step to step, who goes from where to where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from safarnama.core.compiled import compiled
from safarnama.core.finding import Chart, Sentence
from safarnama.core.intervals import wilson
from safarnama.core.parameters import Flag, whole_number
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.journeys.partial import Keyed, Partial
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard
from safarnama.questions.question import Question, Row

_AT_ONCE = 200_000  # customers whose steps are held at once


class Sankey(Question):
    """From each of the first ``steps`` steps to the next: how many customers go from where to where, and how many end.

    The ``top`` touchpoints have rows of their own, the rest is *other*. What arrives at a step is what ``stepmatrix`` counts there.
    With ``collapse`` the same touchpoint several times in a row is one step. ``share`` is of those at the same place a step before;
    ``--shape 'cut after X'`` begins it at X.
    """

    title: ClassVar[Text] = Text(en="Step Sankey", fa="سنکی گام‌ها")
    example: ClassVar[dict[str, Any]] = {"steps": 5, "top": 8}
    chart: ClassVar[Chart | None] = Chart("sankey")
    opens: ClassVar[tuple[str, ...]] = ("customers",)
    sentences: ClassVar[dict[str, Text]] = {
        "widest": Text(
            en="Of {n:customers}, most at first go from {first} to {second}: {share:percent} of those who begin there",
            fa="از {n:customers}، در آغاز بیش از همه از «{first}» به «{second}» می‌روند: {share:percent} از کسانی که با آن آغاز کرده‌اند",
        ),
        "single": Text(en="{n:customers}, and each has a single step", fa="{n:customers} که هر یک تنها یک گام دارد"),
    }

    steps: whole_number(2, 50) = 6  # type: ignore[valid-type]
    collapse: Flag = True
    top: whole_number(1, 1000) = 8  # type: ignore[valid-type]

    def count(self, shard: Shard, scope: Scope) -> Partial:
        links = Keyed(np.zeros((0, 1), np.int64), np.zeros((0, 1), np.int64))
        people = np.flatnonzero(shard.mask())
        for at in range(0, people.size, _AT_ONCE):
            keys = self._keys(shard, scope, people[at : at + _AT_ONCE])
            links = links + Keyed.each(keys[keys >= 0])
        return Partial(sums={"all": np.array([people.size], np.int64)}, keyed={"links": links})

    def _keys(self, shard: Shard, scope: Scope, people: np.ndarray) -> np.ndarray:
        """What each of these customers does from every step to the next, int64 (people, steps - 1): step, from and to as one
        number; -1 when the journey has ended before."""
        keys = np.full((people.size, self.steps - 1), -1, np.int64)
        _links(shard.code, shard.offset, scope.table, people, self.collapse, keys)
        return keys

    def among(self, row: Row) -> tuple[Any, ...]:
        return (row["step"], row["from"], row["from_state"])

    def size(self, partial: Partial) -> int:
        return int(partial.sums["all"][0]) if partial.sums else 0

    def _spread(self, partial: Partial, scope: Scope) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Step, from, to and customers of every link, int64 each."""
        links = partial.keyed["links"]
        side = scope.size + 1
        step, pair = np.divmod(links.keys[:, 0], side * side)
        first, second = np.divmod(pair, side)
        return step, first, second, links.counts[:, 0]

    def table(self, partial: Partial, scope: Scope) -> pa.Table:
        rows: list[dict[str, Any]] = []
        if "links" in partial.keyed and len(partial.keyed["links"].keys):
            step, first, second, customers = self._spread(partial, scope)
            visits = np.bincount(first, customers, minlength=scope.size + 1)
            visits += np.bincount(second, customers, minlength=scope.size + 1)
            order = np.argsort(-visits[:-1], kind="stable")
            # Touchpoints by their place among the most visited; behind these stand the others, and the end.
            place = np.full(scope.size + 1, self.top, np.int64)
            shown = order[: self.top]
            place[shown] = np.arange(shown.size)
            place[scope.size] = self.top + 1
            names = [*(scope.touchpoints[number] for number in shown.tolist())]
            merged = Keyed.of(np.stack([step, place[first], place[second]], 1), customers)
            leaving = Keyed.of(merged.keys[:, :2], merged.counts)
            total = {tuple(key): int(n) for key, n in zip(leaving.keys.tolist(), leaving.counts[:, 0], strict=True)}
            for (at, a, b), n in zip(merged.keys.tolist(), merged.counts[:, 0].tolist(), strict=True):
                low, high = wilson(n, total[at, a])
                rows.append(
                    {
                        "step": at + 1,
                        "from": names[a] if a < self.top else None,
                        "to": names[b] if b < self.top else None,
                        "from_state": "at" if a < self.top else "other",
                        "state": "at" if b < self.top else "other" if b == self.top else "ended",
                        "customers": n,
                        "share": n / total[at, a],
                        "low": low,
                        "high": high,
                    }
                )
        return pa.Table.from_pylist(rows, schema=_SCHEMA)

    def behind(self, shard: Shard, scope: Scope, row: Row, column: str, rows: Sequence[Row]) -> np.ndarray:
        keys = self._keys(shard, scope, np.arange(shard.customers))[:, row["step"] - 1]
        side = scope.size + 1
        first, second = np.divmod(keys % (side * side), side)
        ends = ("from", "to")
        named = {scope.number(each[end]) for each in rows for end in ends if each[end] is not None}

        def there(numbers: np.ndarray, name: str | None, state: str) -> np.ndarray:
            if name is not None:
                found: np.ndarray = numbers == scope.number(name)
            elif state == "ended":
                found = numbers == scope.size
            else:
                found = (numbers < scope.size) & ~np.isin(numbers, list(named))
            return found

        return (keys >= 0) & there(first, row["from"], row["from_state"]) & there(second, row["to"], row["state"])

    def turn(self, row: Row, column: str) -> tuple[str, ...]:
        return () if row["to"] is None else (row["to"],)

    def headline(self, partial: Partial, table: pa.Table, scope: Scope) -> Sentence:
        n = self.size(partial)
        rows = [row for row in table.to_pylist() if row["step"] == 1 and row["from"] and row["to"]]
        if not rows:
            return Sentence("single", {"n": n})
        top = max(rows, key=lambda row: row["customers"])
        first, second = (touchpoint(top[end]).title for end in ("from", "to"))
        return Sentence(
            "widest",
            {
                "n": n,
                "share": top["share"],
                "first": {"en": first.en, "fa": first.fa},
                "second": {"en": second.en, "fa": second.fa},
            },
        )


@compiled
def _links(code, offset, table, people, collapse, keys):
    size = np.int64(table[-1])
    side = size + 1
    for row in range(people.size):
        c = people[row]
        before = np.int64(-1)
        step = -1
        for i in range(offset[c], offset[c + 1]):
            now = np.int64(table[code[i]])
            if collapse and now == before:
                continue
            if step >= 0:
                keys[row, step] = (step * side + before) * side + now
            before = now
            step += 1
            if step == keys.shape[1]:
                break


_SCHEMA = pa.schema(
    [
        ("step", pa.int64()),
        ("from", pa.string()),
        ("to", pa.string()),
        ("from_state", pa.string()),
        ("state", pa.string()),
        ("customers", pa.int64()),
        ("share", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)
