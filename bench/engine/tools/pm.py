"""The questions that PM4Py has, through its simplified interface. A peer in its own environment; the product does not use it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pm4py

from bench.engine import questions as asked


def load(path: Path) -> asked.Tool:
    """The formatted frame, and how to ask it."""
    events = pd.read_parquet(path).rename(columns={"customer_id": "customer"})
    events["customer"] = events["customer"].astype(str)
    events = pm4py.format_dataframe(events, case_id="customer", activity_key="event", timestamp_key="ts")

    def flow() -> Any:
        counts, _, _ = pm4py.discover_dfg(events)
        times, _, _ = pm4py.discover_performance_dfg(events)
        return lambda: asked.flow((a, b, count, 1000 * float(times[a, b]["mean"])) for (a, b), count in counts.items())

    def paths() -> Any:
        variants = pm4py.get_variants(events.groupby("case:concept:name", sort=False).head(asked.LENGTH))
        return lambda: asked.paths(len(variants), variants.values())

    return asked.Tool(f"PM4Py {pm4py.__version__}", {"flow": flow, "paths": paths})
