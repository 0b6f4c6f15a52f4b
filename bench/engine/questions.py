"""What every tool is asked, and the form in which answers are compared. Imports nothing of ours: peers run it in their own environment."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

GAP_MS = 30 * 60_000
WINDOW_MS = 7 * 86_400_000
LENGTH = 10
TOP = 1000
STEPS = 20

QUESTIONS = {
    "flow": "every pair of touchpoints of which one directly follows the other: how often, and the mean time between",
    "paths": f"the first {LENGTH} touchpoints of every customer, exactly; how many there are, and the {TOP:,} most taken",
    "funnel": "four steps in order within 7 days of the first; the furthest that any start leads",
    "stepmatrix": f"customers at every touchpoint at each of their first {STEPS} steps",
    "sessions": "sessions, parted by pauses of more than 30 minutes",
}

Answers = dict[str, Callable[[], Callable[[], Any]]]


@dataclass(frozen=True)
class Tool:
    """A tool with its data ready, and the questions it can answer.

    Asking gives a function that brings the answer into the form in which answers are compared: that is not the tool's time.
    """

    name: str
    ask: Answers


def steps_of(names: Iterable[str]) -> tuple[str, ...]:
    """The funnel: the four steps, of whichever alphabet the log has."""
    known = sorted(names)
    found = []
    for wanted in ("product_view", "add_to_cart", "checkout", "purchase"):
        found.append(next(name for name in known if name == wanted or name.startswith(f"{wanted}_0")))
    return tuple(found)


def flow(rows: Iterable[tuple[str, str, int, float | None]]) -> Any:
    """(from, to, count, mean milliseconds or None where the tool has no mean)."""
    known = sorted((str(a), str(b), int(count), mean) for a, b, count, mean in rows)
    counts = [(a, b, count) for a, b, count, _ in known]
    answer = {"pairs": len(counts), "transitions": sum(count for *_, count in counts), "counts": _mark(counts)}
    if known and known[0][3] is not None:
        # Means as the whole number of milliseconds that they add up to: the same for everybody.
        answer["times"] = _mark([round(float(mean or 0) * count) for _, _, count, mean in known])
    return answer


def paths(distinct: int, most: Iterable[int]) -> Any:
    """How many paths there are, and the counts of the most taken."""
    return {"paths": int(distinct), "most": _mark(sorted((int(count) for count in most), reverse=True)[:TOP])}


def funnel(customers: Iterable[int]) -> Any:
    """Customers who came at least as far as every step."""
    return {"customers": [int(count) for count in customers]}


def stepmatrix(rows: Iterable[tuple[int, str, int]]) -> Any:
    """(step from 1, touchpoint, customers); cells of nobody are left out."""
    cells = sorted((int(step), str(name), int(count)) for step, name, count in rows if count)
    return {"cells": len(cells), "counts": _mark(cells)}


def sessions(many: int) -> Any:
    return {"sessions": int(many)}


def _mark(value: Any) -> str:
    return hashlib.blake2b(repr(value).encode(), digest_size=8).hexdigest()


def differences(mine: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """In which parts two answers to one question differ, of the parts that both have."""
    return [f"{part}: {theirs[part]} ≠ {mine[part]}" for part in mine if part in theirs and mine[part] != theirs[part]]
