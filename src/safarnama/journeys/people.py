"""Customers one by one: when they were seen, where they are, and what they did last or instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow as pa

from safarnama.core.paths import say_path
from safarnama.customers.names import names_of
from safarnama.journeys.scope import Scope
from safarnama.journeys.shard import Shard

if TYPE_CHECKING:
    from safarnama.journeys.journeys import Journeys

MOST = 1000
_AFTERWARDS = 5


class Saying(Protocol):
    """What may be said of single customers; see ``questions.question``."""

    def why(self, shard: Shard, scope: Scope, people: np.ndarray) -> list[str | None] | None: ...


def people_of(
    journeys: Journeys, after: Sequence[str] = (), most: int = 20, question: Saying | None = None
) -> pa.Table:
    """The customers of these journeys in the order of their keys, at most ``most`` of them.

    Columns: customer (its strongest identifier as it was spelled, else its key), first and last (when it was seen, UTC), events,
    stands_at (its last touchpoint), and *then*: the next five different touchpoints after it last was at one of ``after``, or
    its last five. Repeats in a row are one. With a ``question`` that says something of each customer, that as *why*.
    """
    scope = journeys.scope
    turning = {scope.number(name) for name in after}

    def look(shard: Shard) -> list[dict[str, Any]]:
        people = np.flatnonzero(shard.mask())[:most]
        why = question.why(shard, scope, people) if question is not None else None
        return [
            {**_person(shard, scope, customer, turning), "why": why[place] if why is not None else _NOTHING}
            for place, customer in enumerate(people.tolist())
        ]

    rows = [row for found in journeys.gathered(look) for row in found][:most]
    names = (
        names_of(journeys.workspace, np.array([row["customer"] for row in rows], np.uint64))
        if journeys.workspace
        else {}
    )
    for row in rows:
        row["customer"] = names.get(row["customer"], f"{row['customer']:016x}")
    said = any(row["why"] != _NOTHING for row in rows)
    return pa.Table.from_pylist(rows, schema=_SCHEMA.append(pa.field("why", pa.string())) if said else _SCHEMA)


_NOTHING = ""  # nothing is ever said, unlike None: nothing is to be said of this one


def _person(shard: Shard, scope: Scope, customer: int, turning: set[int]) -> dict[str, Any]:
    start, end = int(shard.offset[customer]), int(shard.offset[customer + 1]) - 1
    numbers = scope.table[shard.code[start:end]].tolist()
    low, high = np.searchsorted(shard.long_at, [start, end])
    length = int(shard.gap[start:end].sum(dtype=np.int64)) + int(shard.long_ms[low:high].sum())
    turns = [place for place, number in enumerate(numbers) if number in turning]
    rest = numbers[turns[-1] + 1 :] if turns else numbers
    steps = [number for place, number in enumerate(rest) if place == 0 or rest[place - 1] != number]
    shown = steps[:_AFTERWARDS] if turns else steps[-_AFTERWARDS:]
    first = int(shard.first[customer])
    return {
        "customer": int(shard.key[customer]),
        "first": first,
        "last": first + length,
        "events": len(numbers),
        "stands_at": scope.touchpoints[numbers[-1]],
        "then": say_path(scope.touchpoints[number] for number in shown),
    }


_SCHEMA = pa.schema(
    [
        ("customer", pa.string()),
        ("first", pa.timestamp("ms", "UTC")),
        ("last", pa.timestamp("ms", "UTC")),
        ("events", pa.int64()),
        ("stands_at", pa.string()),
        ("then", pa.string()),
    ]
)
