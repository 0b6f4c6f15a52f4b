"""The questions that Retentioneering has. It has no mean time and its funnel no window, so these are not compared or not asked."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path
from typing import Any

os.environ["RETENTIONEERING_NO_TRACK"] = "1"

import pandas as pd
import retentioneering

from bench.engine import questions as asked


def load(path: Path) -> asked.Tool:
    """The event stream, and how to ask it."""
    schema = {"path_cols": ["customer_id"], "event_col": "event", "timestamp_col": "ts"}
    stream = retentioneering.Eventstream(pd.read_parquet(path), schema=schema)

    def flow() -> Any:
        counts = stream.transition_graph_data(edge_weight="count")
        stream.transition_graph_data(edge_weight="time_median")
        names = [name for name in counts.columns if name not in ("path_start", "path_end")]
        cells = counts.loc[names, names].stack()
        return lambda: asked.flow((a, b, int(count), None) for (a, b), count in cells.items() if count > 0)

    def sessions() -> Any:
        many = stream.split_sessions(timeout="30m").df["session_id"].nunique()
        return lambda: asked.sessions(many)

    return asked.Tool(f"Retentioneering {version('retentioneering')}", {"flow": flow, "sessions": sessions})
