"""What is compared, and in which form. Imports nothing of ours: the others compute theirs in an environment of their own.

A log is a Parquet file with ``customer`` (text), ``touchpoint`` (text) and ``time`` (milliseconds, UTC), in the order of customer, time
and touchpoint, so nobody's answer depends on how ties are broken. What is asked of it goes along as JSON.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

WEEK_MS = 7 * 86_400_000
_EPOCH_MONDAY_MS = 4 * 86_400_000  # 5 January 1970
SESSION_MS = 30 * 60_000
STEPS = 12


@dataclass(frozen=True)
class Asked:
    """Which touchpoints are asked about: funnels as steps with a window in days, and pairs for *did A, then B*."""

    funnels: list[tuple[list[str], int]]
    pairs: list[tuple[str, str]]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def week_of(ms: int) -> int:
    """The Gregorian week, Monday to Sunday, UTC, as a number."""
    return (ms - _EPOCH_MONDAY_MS) // WEEK_MS


def funnel_name(steps: list[str], days: int) -> str:
    return f"funnel of {len(steps)} steps within {days} days, from {steps[0]}"


def pair_name(first: str, second: str) -> str:
    return f"did {first}, later {second}"


def table(rows: Any) -> list[list[Any]]:
    """Rows in an order of their own, as JSON gives them back."""
    return sorted([list(row) for row in rows], key=repr)
