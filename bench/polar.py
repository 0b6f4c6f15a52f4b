"""The questions in Polars, where it is installed: a sorted frame, whole columns at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from bench import asked


def load(path: Path) -> asked.Tool:
    """The sorted frame made from the file, and how to ask it."""
    events = pl.read_parquet(path)
    names = events["touchpoint"].unique().sort().to_list()
    events = events.select(
        "customer",
        code=pl.col("touchpoint").cast(pl.Enum(names)).to_physical().cast(pl.Int64),
        ms=pl.col("time").dt.epoch("ms"),
    ).sort("customer", "ms", "code")

    def reach() -> Any:
        found = events.group_by("code").agg(pl.len(), pl.col("customer").n_unique())
        return asked.reach((names[code], size, people) for code, size, people in found.iter_rows())

    def flow() -> Any:
        found = (
            events.lazy()
            .select(
                a="code",
                b=pl.col("code").shift(-1),
                wait=pl.col("ms").shift(-1) - pl.col("ms"),
                same=pl.col("customer") == pl.col("customer").shift(-1),
            )
            .filter("same")
            .group_by("a", "b")
            .agg(pl.len(), pl.col("wait").mean())
            .collect()
        )
        return asked.flow((names[a], names[b], size, mean) for a, b, size, mean in found.iter_rows())

    def funnel() -> Any:
        place = {names.index(name): step for step, name in enumerate(asked.STEPS)}
        # The start of the latest chain, as a time that no other customer has.
        steps = (
            events.lazy()
            .filter(pl.col("code").is_in(list(place)))
            .with_columns(step=pl.col("code").replace_strict(place, return_dtype=pl.Int64))
            .sort("customer", "ms", "step")
            .with_columns(own=pl.col("customer") * (1 << 44))
            .with_columns(now=pl.col("own") + pl.col("ms"))
            .with_columns(chain=pl.when(pl.col("step") == 0).then(pl.col("now")).otherwise(-1))
        )
        counts = [pl.col("customer").filter(pl.col("chain") >= 0).n_unique().alias("c0")]
        for number in range(1, len(asked.STEPS)):
            before = "chain" if number == 1 else f"chain{number - 1}"
            latest = pl.col(before).cum_max()
            comes = (pl.col("step") == number) & (latest >= pl.col("own")) & (pl.col("now") - latest <= asked.WINDOW_MS)
            steps = steps.with_columns(pl.when(comes).then(latest).otherwise(-1).alias(f"chain{number}"))
            counts.append(pl.col("customer").filter(pl.col(f"chain{number}") >= 0).n_unique().alias(f"c{number}"))
        return asked.funnel(steps.select(counts).collect().row(0))

    def paths() -> Any:
        begins = pl.when(pl.col("customer") != pl.col("customer").shift(1, fill_value=-1)).then(pl.int_range(pl.len()))
        counted = (
            events.lazy()
            .with_columns(place=pl.int_range(pl.len()) - begins.forward_fill())
            .filter(pl.col("place") < asked.LENGTH)
            # Ten codes of six bits in one number.
            .group_by("customer")
            .agg(key=((pl.col("code") + 1) * pl.lit(64, pl.Int64).pow(pl.col("place"))).sum())
            .group_by("key")
            .len()
            .collect()
        )
        most = counted.top_k(asked.TOP, by="len")
        return asked.paths(((_unpacked(key, names), count) for key, count in most.iter_rows()), counted.height)

    asks: asked.Answers = {"reach": reach, "flow": flow, "funnel": funnel}
    if len(names) < 64:
        asks["paths"] = paths
    return asked.Tool(f"Polars {pl.__version__}", events["customer"].n_unique(), events.height, asks)


def _unpacked(key: int, names: list[str]) -> tuple[str, ...]:
    codes = [key >> 6 * place & 63 for place in range(asked.LENGTH)]
    return tuple(names[code - 1] for code in codes if code)
