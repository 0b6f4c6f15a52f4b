"""The questions in pandas: a frame in the order of customer and time, whole columns at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bench import asked


def load(path: Path) -> asked.Tool:
    """The sorted frame made from the file, and how to ask it."""
    events = pd.read_parquet(path)
    # Categories in alphabetical order, so that codes sort as names do.
    events["touchpoint"] = events["touchpoint"].astype("category")
    events["code"] = events["touchpoint"].cat.codes.astype("int64")
    events["ms"] = events["time"].astype("datetime64[ms, UTC]").astype("int64")
    events = events.sort_values(["customer", "ms", "code"], ignore_index=True)[["customer", "touchpoint", "code", "ms"]]
    names = list(events["touchpoint"].cat.categories)

    def reach() -> Any:
        found = events.groupby("code")["customer"].agg(["size", "nunique"])
        return asked.reach((names[code], size, people) for code, size, people in found.itertuples())

    def flow() -> Any:
        after = events.shift(-1)
        inner = events["customer"] == after["customer"]
        pairs = pd.DataFrame({"pair": events["code"] * len(names) + after["code"], "wait": after["ms"] - events["ms"]})[
            inner
        ]
        found = pairs.groupby("pair")["wait"].agg(["size", "mean"])
        return asked.flow(
            (names[int(pair) // len(names)], names[int(pair) % len(names)], size, mean)
            for pair, size, mean in found.itertuples()
        )

    def funnel() -> Any:
        place = pd.Series({name: step for step, name in enumerate(asked.STEPS)})
        steps = events[events["touchpoint"].isin(asked.STEPS)]
        steps = steps.assign(step=steps["touchpoint"].astype(str).map(place))
        steps = steps.sort_values(["customer", "ms", "step"])
        # The start of the latest chain, as a time that no other customer has.
        own = steps["customer"].to_numpy() << 44
        now = own + steps["ms"].to_numpy()
        step, chain, counts = steps["step"].to_numpy(), now, []
        for number in range(len(asked.STEPS)):
            if number:
                latest = np.maximum.accumulate(np.where(step == number - 1, chain, -1))
                chain = np.where((latest >= own) & (now - latest <= asked.WINDOW_MS), latest, -1)
            chain = np.where(step == number, chain, -1)
            counts.append(pd.unique(steps["customer"][chain >= 0]).size)
        return asked.funnel(counts)

    def paths() -> Any:
        place = events.groupby("customer").cumcount()
        first = events[place < asked.LENGTH]
        # Ten codes of six bits in one number.
        packed = (first["code"] + 1) * (1 << 6 * place[place < asked.LENGTH].to_numpy())
        counted = packed.groupby(first["customer"]).sum().value_counts()
        most = counted.head(asked.TOP)
        return asked.paths(((_unpacked(key, names), count) for key, count in most.items()), counted.size)

    asks: asked.Answers = {"reach": reach, "flow": flow, "funnel": funnel}
    if len(names) < 64:
        asks["paths"] = paths
    return asked.Tool(f"pandas {pd.__version__}", events["customer"].nunique(), len(events), asks)


def _unpacked(key: int, names: list[str]) -> tuple[str, ...]:
    codes = [key >> 6 * place & 63 for place in range(asked.LENGTH)]
    return tuple(names[code - 1] for code in codes if code)
