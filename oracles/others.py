"""What PM4Py, ClickHouse, DuckDB and Polars say: ``python -m oracles.others LOG ASKED`` prints their answers as JSON, a line each.

Each is asked what it has of its own (a discovery, ``windowFunnel``, ``retention``, ``sequenceMatch``) or in its plain SQL.
"""

from __future__ import annotations

import json
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

from oracles import forms
from oracles.forms import Asked


def main(path: str, asked: Asked) -> None:
    warnings.filterwarnings("ignore")
    for of in (pm, click, duck, polar):
        of(path, asked)


def say(oracle: str, question: str, answer: Any) -> None:
    print("ANSWER " + json.dumps([oracle, question, answer]), flush=True)


def pm(path: str, asked: Asked) -> None:
    import pandas as pd
    import pm4py

    events = pm4py.format_dataframe(
        pd.read_parquet(path), case_id="customer", activity_key="touchpoint", timestamp_key="time"
    )
    name = f"PM4Py {pm4py.__version__}"
    flow, starts, ends = pm4py.discover_dfg(events)
    say(name, "flow: counts", forms.table((a, b, int(n)) for (a, b), n in flow.items()))
    times, _, _ = pm4py.discover_performance_dfg(events)
    say(name, "flow: total hours", round(sum(times[pair]["mean"] * n for pair, n in flow.items()) / 3600))
    say(name, "flow: starts", forms.table((a, int(n)) for a, n in starts.items()))
    say(name, "flow: ends", forms.table((a, int(n)) for a, n in ends.items()))
    variants = pm4py.get_variants(events)
    say(name, "paths: variants", len(variants))
    say(name, "paths: counts", sorted((int(n) for n in variants.values()), reverse=True)[:1000])


def click(path: str, asked: Asked) -> None:
    import chdb
    from chdb import session

    server = session.Session(tempfile.mkdtemp(prefix="chdb"))
    source = (
        "(select assumeNotNull(customer) customer, assumeNotNull(touchpoint) touchpoint, "
        f"toUnixTimestamp64Milli(assumeNotNull(time)) ms from file('{path}', Parquet))"
    )

    def rows(query: str) -> list[Any]:
        found: list[Any] = json.loads(str(server.query(query, "JSONCompact")))["data"]
        return found

    def is_(touchpoint: str) -> str:
        return "touchpoint = '" + touchpoint.replace("\\", "\\\\").replace("'", "\\'") + "'"

    name = f"ClickHouse (chdb {chdb.__version__})"
    for steps, days in asked.funnels:
        conditions = ", ".join(map(is_, steps))
        counts = ", ".join(f"countIf(level >= {number})" for number in range(1, len(steps) + 1))
        found = rows(
            f"select {counts} from (select windowFunnel({days * 86_400_000})(toUInt64(ms), {conditions}) level "
            f"from {source} group by customer)"
        )
        say(name, forms.funnel_name(steps, days) + " (windowFunnel)", [int(n) for n in found[0]])
    for first, second in asked.pairs:
        found = rows(
            "select count() from (select sequenceMatch('(?1).*(?2)')(toUInt64(ms), "
            f"{is_(first)}, {is_(second)}) hit from {source} group by customer) where hit"
        )
        say(name, forms.pair_name(first, second) + " (sequenceMatch)", int(found[0][0]))
    week = f"intDiv(ms - {4 * 86_400_000}, {forms.WEEK_MS})"
    first_week = int(rows(f"select min({week}) from {source}")[0][0])
    conditions = ", ".join(f"{week} = {first_week + since}" for since in range(5))
    found = rows(f"select sumForEach(r) from (select retention({conditions}) r from {source} group by customer)")
    say(name, "retention of the first week, four weeks (retention)", [int(n) for n in found[0][0]])


def duck(path: str, asked: Asked) -> None:
    import duckdb

    name = f"DuckDB {duckdb.__version__}"
    db = duckdb.connect()
    quoted = path.replace("'", "''")
    db.execute(f"create table events as select customer, touchpoint, epoch_ms(time) ms from read_parquet('{quoted}')")
    placed = "select *, row_number() over (partition by customer order by ms, touchpoint) step from events"
    found = db.execute(f"select step, touchpoint, count(*) from ({placed}) where step <= {forms.STEPS} group by all")
    say(name, "stepmatrix", forms.table((int(s), t, int(n)) for s, t, n in found.fetchall()))
    found = db.execute("select touchpoint, count(*), count(distinct customer) from events group by touchpoint")
    say(name, "reach", forms.table((t, int(n), int(c)) for t, n, c in found.fetchall()))


def polar(path: str, asked: Asked) -> None:
    import polars as pl

    name = f"Polars {pl.__version__}"
    events = pl.read_parquet(path).with_columns(ms=pl.col("time").dt.timestamp("ms")).sort("customer", "ms")
    new = (pl.col("customer") != pl.col("customer").shift(1)).fill_null(True)
    new |= pl.col("ms") - pl.col("ms").shift(1) > forms.SESSION_MS
    numbered = events.with_columns(session=new.cum_sum())
    say(name, "sessions", numbered["session"].n_unique())
    alone = numbered.group_by("session").len().filter(pl.col("len") == 1).height
    say(name, "sessions of one event", alone)
    weeks = events.select("customer", week=(pl.col("ms") - 4 * 86_400_000) // forms.WEEK_MS).unique()
    began = weeks.group_by("customer").agg(cohort=pl.col("week").min())
    back = weeks.join(began, on="customer").with_columns(since=pl.col("week") - pl.col("cohort"))
    # A week that the data do not see to its last day is not known yet.
    seen = (events["ms"].max() // 86_400_000 - 3) // 7
    counted = back.filter((pl.col("since") <= 4) & (pl.col("week") < seen)).group_by("cohort", "since").len()
    say(name, "retention by week", forms.table((int(c), int(s), int(n)) for c, s, n in counted.iter_rows()))


if __name__ == "__main__":
    told = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    main(sys.argv[1], Asked([(steps, days) for steps, days in told["funnels"]], [(a, b) for a, b in told["pairs"]]))
