"""Flow over an alphabet too large for a square table."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pyarrow as pa

from safarnama.journeys.journeys import Journeys
from safarnama.questions.flow import Flow


def test_a_large_alphabet_is_counted_as_by_hand() -> None:
    rng = np.random.default_rng(5)
    rows = 12_000
    touchpoints = [f"page_{number:04d}" for number in rng.zipf(1.2, rows) % 3000]
    table = pa.table(
        {
            "who": rng.integers(0, 90, rows),
            "what": touchpoints,
            "at": pa.array(np.cumsum(rng.integers(1, 10**7, rows)), pa.timestamp("ms")),
        }
    )
    journeys = Journeys.from_table(table, customer="who", touchpoint="what", time="at")
    assert journeys.scope.size > 1024
    expected: dict[tuple[str, str], list[int]] = defaultdict(list)
    last: dict[int, tuple[str, int]] = {}
    for who, what, at in zip(
        table["who"].to_pylist(), touchpoints, table["at"].cast(pa.int64()).to_pylist(), strict=True
    ):
        if who in last:
            expected[last[who][0], what].append(at - last[who][1])
        last[who] = (what, at)
    found = {
        (row["from"], row["to"]): (row["count"], row["mean_seconds"], row["median_seconds"])
        for row in journeys.ask(Flow()).rows()
        if row["from"] and row["to"]
    }
    assert found.keys() == expected.keys()
    for pair, waits in expected.items():
        count, mean, median = found[pair]
        assert count == len(waits)
        assert np.isclose(mean, np.mean(waits) / 1000)
        assert np.isclose(median, np.median(waits) / 1000)
