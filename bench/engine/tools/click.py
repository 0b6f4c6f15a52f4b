"""The questions in ClickHouse, in process (chdb): a MergeTree ordered by customer and time, touchpoints as an Enum."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import chdb
import pyarrow.parquet as pq
from chdb import session

from bench.engine import questions as asked

_SETTINGS = " SETTINGS optimize_aggregation_in_order=1, max_memory_usage=15000000000"
_ORDERED = "arraySort(groupArray((ms, event)))"


def load(path: Path) -> asked.Tool:
    """The table made from the file, and how to ask it."""
    names = sorted(pq.read_table(path, columns=["event"], read_dictionary=["event"])["event"].unique().to_pylist())
    steps = asked.steps_of(names)
    server = session.Session(tempfile.mkdtemp(prefix="chdb"))
    kind = "Enum8" if len(names) < 128 else "Enum16"
    values = ", ".join(f"'{name}'={number}" for number, name in enumerate(names))
    server.query("create database if not exists d")
    server.query(
        f"create table d.events (customer Int64, event {kind}({values}), ms Int64) engine=MergeTree order by (customer, ms)"
    )
    server.query(
        "insert into d.events select assumeNotNull(customer_id), assumeNotNull(event), "
        f"toUnixTimestamp64Milli(assumeNotNull(ts)) from file('{path}', Parquet)" + _SETTINGS
    )
    server.query("optimize table d.events final")

    def rows(query: str) -> list[Any]:
        found: list[Any] = json.loads(str(server.query(query + _SETTINGS, "JSONCompact")))["data"]
        return found

    def flow() -> Any:
        found = rows(f"""
            select p.1 as a, p.2 as b, count(), avg(p.3) from (
                select arrayJoin(arrayMap((u, w) -> (u.2, w.2, w.1 - u.1), arrayPopBack(s), arrayPopFront(s))) as p
                from (select {_ORDERED} as s from d.events group by customer)
            ) group by a, b""")
        return lambda: asked.flow((a, b, int(count), float(mean)) for a, b, count, mean in found)

    def first(length: int) -> str:
        return f"arrayMap(z -> z.2, arraySlice({_ORDERED}, 1, {length}))"

    def paths() -> Any:
        distinct, most = rows(f"""
            select count(), arraySlice(arrayReverseSort(groupArray(c)), 1, {asked.TOP}) from (
                select count() as c from (select {first(asked.LENGTH)} as p from d.events group by customer) group by p
            )""")[0]
        return lambda: asked.paths(distinct, most)

    def funnel() -> Any:
        conditions = ", ".join(f"event = '{step}'" for step in steps)
        listed = ", ".join(f"'{step}'" for step in steps)
        counts = ", ".join(f"countIf(level >= {number})" for number in range(1, len(steps) + 1))
        found = rows(f"""
            select {counts} from (
                select windowFunnel({asked.WINDOW_MS})(toUInt64(ms), {conditions}) as level
                from d.events where event in ({listed}) group by customer
            )""")
        return lambda: asked.funnel(found[0])

    def stepmatrix() -> Any:
        found = rows(f"""
            select step, event, count() from (select {first(asked.STEPS)} as p from d.events group by customer)
            array join p as event, arrayEnumerate(p) as step group by step, event""")
        return lambda: asked.stepmatrix(found)

    def sessions() -> Any:
        found = rows(f"""
            select sum(many) from (
                select 1 + arrayCount(wait -> wait > {asked.GAP_MS}, arrayDifference(arraySort(groupArray(ms)))) as many
                from d.events group by customer
            )""")
        return lambda: asked.sessions(found[0][0])

    asks: asked.Answers = {
        "flow": flow,
        "paths": paths,
        "funnel": funnel,
        "stepmatrix": stepmatrix,
        "sessions": sessions,
    }
    return asked.Tool(f"ClickHouse (chdb {chdb.__version__})", asks)
