"""The questions in DuckDB: a table in the order of customer and time, touchpoints as an ENUM, its fastest form of each query."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from bench import asked

_TABLE = """
create type touch as enum (select distinct touchpoint from read_parquet('{path}') order by touchpoint);
create table events as
    select customer, touchpoint::touch as touchpoint, epoch_ms(time) as ms
    from read_parquet('{path}') order by customer, ms, touchpoint;
"""
_REACH = "select touchpoint, count(*), count(distinct customer) from events group by touchpoint"
# The table lies in order, so its streaming window serves; it takes about half the time of a partitioned one.
_FLOW = """
select a, b, count(*), sum(wait) / count(*)
from (
    select touchpoint as b, customer, lag(touchpoint) over () as a, lag(customer) over () as before, ms - lag(ms) over () as wait
    from events
)
where customer = before group by a, b
"""
_PATHS = """
with paths as (
    select arg_min(touchpoint, ms * 256 + enum_code(touchpoint), {length}) as path from events group by customer
), counted as (select path, count(*) as customers from paths group by path)
select path, customers, (select count(*) from counted) from counted order by customers desc limit {top}
"""


def load(path: Path) -> asked.Tool:
    """The table made from the file, and how to ask it."""
    connection = duckdb.connect()
    connection.execute(_TABLE.format(path=str(path).replace("'", "''")))

    def rows(query: str) -> list[Any]:
        return connection.execute(query).fetchall()

    def paths() -> Any:
        found = rows(_PATHS.format(length=asked.LENGTH, top=asked.TOP))
        return asked.paths(((tuple(path), count) for path, count, _ in found), found[0][2])

    asks: asked.Answers = {
        "reach": lambda: asked.reach(rows(_REACH)),
        "flow": lambda: asked.flow(rows(_FLOW)),
        "funnel": lambda: asked.funnel(rows(_funnel())[0]),
        "paths": paths,
    }
    customers, events = rows("select count(distinct customer), count(*) from events")[0]
    return asked.Tool(f"DuckDB {duckdb.__version__}", customers, events, asks)


def _funnel() -> str:
    """Exact for the furthest step from any start: at every event of a step the start of the latest chain that comes there.

    Starts are times that no other customer has, so streaming windows over the few events that are steps serve here too; windows
    partitioned by customer take nearly twice as long.
    """
    cases = " ".join(f"when '{name}' then {number}" for number, name in enumerate(asked.STEPS, start=1))
    names = ", ".join(f"'{name}'" for name in asked.STEPS)
    query = f"""
    with s1 as (
        select *, case when step = 1 then now end as c1
        from (
            select customer, customer << 44 as own, (customer << 44) + ms as now, case touchpoint {cases} end as step
            from events where touchpoint in ({names}) order by now, step
        )
    )"""
    for step in range(2, len(asked.STEPS) + 1):
        latest = f"max(c{step - 1}) over (rows between unbounded preceding and current row)"
        comes = f"step = {step} and {latest} >= own and now - {latest} <= {asked.WINDOW_MS}"
        query += f", s{step} as (select *, case when {comes} then {latest} end as c{step} from s{step - 1})"
    steps = range(1, len(asked.STEPS) + 1)
    counts = ", ".join(f"count(distinct customer) filter (c{step} is not null)" for step in steps)
    return f"{query} select {counts} from s{len(asked.STEPS)}"
