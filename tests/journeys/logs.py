"""Random event logs, and journeys made of them: what property tests of the engine have in common."""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa
from hypothesis import strategies as st

from safarnama.journeys.journeys import Journeys

Event = tuple[int, int, str]  # customer, milliseconds, touchpoint
LETTERS = "abcdef"

# Few customers, few touchpoints, times that collide, and a gap of years now and then.
times = st.one_of(
    st.integers(0, 40), st.integers(-5_000, 200_000), st.sampled_from([0, 5_000_000_000, 200_000_000_000])
)
events = st.tuples(st.integers(0, 5), times, st.sampled_from(LETTERS))
logs = st.lists(events, max_size=60)


def journeys_of(log: list[Event], **more: str) -> Journeys:
    """The journeys of a log; ``more`` names one extra text column, made of the touchpoint and the customer."""
    columns = {
        "who": pa.array([customer for customer, _, _ in log], pa.int64()),
        "when": pa.array([time * 1000 for _, time, _ in log], pa.int64()),
        "what": pa.array([what for _, _, what in log], pa.string()),
    }
    if more:
        columns["where"] = pa.array(
            [("app", "web", None)[(customer + ord(what[0])) % 3] for customer, _, what in log], pa.string()
        )
    return Journeys.from_table(
        pa.table(columns), customer="who", touchpoint="what", time="when", dimensions=["where"] if more else []
    )


def by_customer(log: list[Event]) -> dict[int, list[tuple[int, str]]]:
    """Each customer's events in order of time, equal times in the order of touchpoints: what the store promises."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for customer, time, what in log:
        found[customer].append((time, what))
    return {customer: sorted(mine) for customer, mine in sorted(found.items())}
