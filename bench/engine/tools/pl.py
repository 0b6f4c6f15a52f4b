"""The questions that pl4pm (PM4Py's ideas on Polars) has. Its times drop fractions of seconds, so only counts are compared."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

import pl4pm
import polars as pl

from bench.engine import questions as asked


def load(path: Path) -> asked.Tool:
    """The formatted frame, and how to ask it."""
    table = pl.read_parquet(path).with_columns(pl.col("customer_id").cast(pl.String)).lazy()
    events = pl4pm.format_dataframe(table, case_id_column="customer_id", activity_column="event", timestamp_column="ts")

    def flow() -> Any:
        counts, _, _ = pl4pm.discover_dfg(events)
        pl4pm.discover_performance_dfg(events)
        return lambda: asked.flow((a, b, count, None) for (a, b), count in counts.items())

    def paths() -> Any:
        first = events.lazy().group_by("case:concept:name", maintain_order=True).head(asked.LENGTH).collect()
        variants = pl4pm.get_variants(first)
        return lambda: asked.paths(
            len(variants), (many if isinstance(many, int) else len(many) for many in variants.values())
        )

    return asked.Tool(f"pl4pm {version('pl4pm')}", {"flow": flow, "paths": paths})
