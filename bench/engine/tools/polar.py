"""The questions in Polars: a frame in the order of customer and time, touchpoints as an Enum, whole columns at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from bench.engine import questions as asked


def load(path: Path) -> asked.Tool:
    """The sorted frame made from the file, and how to ask it."""
    table = pl.read_parquet(path)
    names = table["event"].unique().sort().to_list()
    events = table.with_columns(pl.col("event").cast(pl.Enum(names)), ms=pl.col("ts").dt.timestamp("ms")).sort(
        "customer_id", "ms"
    )
    del table
    since_start = pl.col("ms") - pl.col("ms").min()
    events = events.select(pl.col("customer_id").alias("customer"), pl.col("event"), since_start)
    # Milliseconds between the times of two customers, who then never meet.
    span = events["ms"].max() + asked.WINDOW_MS + 1
    events = events.lazy()
    steps = asked.steps_of(names)
    begins = (pl.col("customer") != pl.col("customer").shift(1)).fill_null(True)

    def flow() -> Any:
        found = (
            events.select(
                a="event",
                b=pl.col("event").shift(-1),
                wait=pl.col("ms").shift(-1) - pl.col("ms"),
                same=pl.col("customer") == pl.col("customer").shift(-1),
            )
            .filter("same")
            .group_by("a", "b")
            .agg(pl.len(), pl.col("wait").mean())
            .collect()
        )
        return lambda: asked.flow(found.iter_rows())

    def placed() -> pl.LazyFrame:
        row = pl.int_range(pl.len())
        return events.with_columns(place=row - pl.when(begins).then(row).forward_fill())

    def paths() -> Any:
        first = placed().filter(pl.col("place") < asked.LENGTH)
        if len(names) < 64:  # ten codes of six bits in one number
            code = pl.col("event").to_physical().cast(pl.Int64) + 1
            path = (code * pl.lit(64, pl.Int64).pow(pl.col("place"))).sum()
        else:
            path = pl.col("event")
        counted = (
            first.group_by("customer", maintain_order=len(names) >= 64).agg(path=path).group_by("path").len().collect()
        )
        most = counted["len"].top_k(asked.TOP)
        return lambda: asked.paths(counted.height, most)

    def funnel() -> Any:
        # The start of the latest chain, as a time that no other customer has; a running maximum instead of one for every customer.
        found = (
            events.filter(pl.col("event").is_in(list(steps)))
            .with_columns(own=begins.cast(pl.Int64).cum_sum() * span)
            .with_columns(now=pl.col("own") + pl.col("ms"))
            .with_columns(c0=pl.when(pl.col("event") == steps[0]).then("now").otherwise(-1))
        )
        for number in range(1, len(steps)):
            latest = pl.col(f"c{number - 1}").cum_max()
            comes = (
                (pl.col("event") == steps[number])
                & (latest >= pl.col("own"))
                & (pl.col("now") - latest <= asked.WINDOW_MS)
            )
            found = found.with_columns(pl.when(comes).then(latest).otherwise(-1).alias(f"c{number}"))
        reached = [(pl.col(f"c{number}") >= 0).any() for number in range(len(steps))]
        counts = found.group_by("own").agg(reached).select(pl.col("^c[0-9]$").sum()).collect()
        return lambda: asked.funnel(counts.row(0))

    def stepmatrix() -> Any:
        first = placed().filter(pl.col("place") < asked.STEPS)
        found = first.group_by("place", "event").len().collect()
        return lambda: asked.stepmatrix((place + 1, name, many) for place, name, many in found.iter_rows())

    def sessions() -> Any:
        new = begins | (pl.col("ms") - pl.col("ms").shift(1) > asked.GAP_MS)
        many = events.select(new.sum()).collect().item()
        return lambda: asked.sessions(many)

    asks: asked.Answers = {
        "flow": flow,
        "paths": paths,
        "funnel": funnel,
        "stepmatrix": stepmatrix,
        "sessions": sessions,
    }
    return asked.Tool(f"Polars {pl.__version__}", asks)
