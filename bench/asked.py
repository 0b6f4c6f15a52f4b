"""What all tools are asked: one definition of every question, and the shape in which an answer is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

CUSTOMER, TOUCHPOINT, TIME = "customer", "touchpoint", "time"

# Events of one instant stand in the order of their touchpoints' names, everywhere.
STEPS = ("category_viewed", "product_viewed", "checkout_started", "payment_started", "order_placed")
WINDOW = "7d"
WINDOW_MS = 7 * 86_400_000
LENGTH = 10
TOP = 1000

QUESTIONS = {
    "reach": "events and distinct customers of every touchpoint",
    "flow": "what directly follows what: count and mean time",
    "funnel": f"{len(STEPS)} ordered steps within {WINDOW} of the first, furthest from any start (as windowFunnel)",
    "paths": f"the first {LENGTH} touchpoints of every customer, exact; the {TOP:,} most taken, and how many there are",
}

Answers = dict[str, Callable[[], Any]]


@dataclass(frozen=True)
class Tool:
    """A tool with its data ready: how to ask it every question that it can answer, and what it has loaded."""

    name: str
    customers: int
    events: int
    ask: Answers


def reach(rows: Iterable[tuple[str, int, int]]) -> Any:
    """(touchpoint, events, customers)."""
    return sorted((name, int(events), int(customers)) for name, events, customers in rows)


def flow(rows: Iterable[tuple[str, str, int, float]]) -> Any:
    """(from, to, count, mean milliseconds); compared by what they add up to, which is a whole number."""
    return sorted((a, b, int(count), round(float(mean) * count)) for a, b, count, mean in rows)


def funnel(customers: Iterable[int]) -> Any:
    """Customers who came at least as far as every step."""
    return [int(count) for count in customers]


def paths(counted: Iterable[tuple[tuple[str, ...], int]], distinct: int) -> Any:
    """The most taken paths. Of those as rare as the last one only the number is compared: which are shown is chance."""
    most = sorted(((tuple(path), int(count)) for path, count in counted), key=lambda row: (-row[1], row[0]))
    least = most[-1][1]
    return int(distinct), [row for row in most if row[1] > least], [count for _, count in most]
