"""The questions in DuckDB: a table in the order of customer and time, touchpoints as an ENUM, its fastest form of each query."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from bench.engine import questions as asked

_TABLE = """
create type touch as enum (select distinct event from read_parquet('{path}') order by event);
create table events as
    select customer_id as customer, event::touch as touchpoint, epoch_ms(ts) as ms
    from read_parquet('{path}') order by customer, ms;
"""
# The table lies in order, so its streaming window serves; it takes about half the time of a partitioned one.
_PAIRS = """
select touchpoint as b, customer, lag(touchpoint) over () as a, lag(customer) over () as before, ms - lag(ms) over () as wait
from events
"""
_FLOW = f"select a, b, count(*), sum(wait) / count(*) from ({_PAIRS}) where customer = before group by a, b"
_SESSIONS = f"""
select count(*) from ({_PAIRS}) where before is null or customer <> before or wait > {asked.GAP_MS}
"""
_PATHS = f"""
with counted as (
    select count(*) as many
    from (select arg_min(touchpoint, ms, {asked.LENGTH}) as path from events group by customer) group by path
)
select (select count(*) from counted), list(many) from (select many from counted order by many desc limit {asked.TOP})
"""
_STEPMATRIX = f"""
select step, touchpoint, count(*) from (
    select unnest(path) as touchpoint, generate_subscripts(path, 1) as step
    from (select arg_min(touchpoint, ms, {asked.STEPS}) as path from events group by customer)
) group by step, touchpoint
"""


def load(path: Path) -> asked.Tool:
    """The table made from the file, and how to ask it."""
    connection = duckdb.connect()
    connection.execute(_TABLE.format(path=str(path).replace("'", "''")))

    def rows(query: str) -> list[Any]:
        return connection.execute(query).fetchall()

    steps = asked.steps_of(name for (name,) in rows("select unnest(enum_range(null::touch))"))
    first = rows("select min(customer), min(ms) from events")[0]
    queries = {
        "flow": (_FLOW, asked.flow),
        "paths": (_PATHS, lambda found: asked.paths(*found[0])),
        "funnel": (_funnel(steps, *first), lambda found: asked.funnel(found[0])),
        "stepmatrix": (_STEPMATRIX, asked.stepmatrix),
        "sessions": (_SESSIONS, lambda found: asked.sessions(found[0][0])),
    }

    def asking(query: str, form: Any) -> Any:
        found = rows(query)
        return lambda: form(found)

    asks: asked.Answers = {name: partial(asking, *query) for name, query in queries.items()}
    return asked.Tool(f"DuckDB {duckdb.__version__}", asks)


def _funnel(names: tuple[str, ...], least: int, begin: int) -> str:
    """Exact for the furthest step from any start: at every event of a step the start of the latest chain that comes there.

    Starts are times that no other customer has, so streaming windows over the few events that are steps serve here too; windows
    partitioned by customer take nearly twice as long.
    """
    cases = " ".join(f"when '{name}' then {number}" for number, name in enumerate(names, start=1))
    listed = ", ".join(f"'{name}'" for name in names)
    query = f"""
    with s1 as (
        select *, case when step = 1 then now end as c1
        from (
            select customer, (customer - {least}) << 38 as own, ((customer - {least}) << 38) + ms - {begin} as now,
                case touchpoint {cases} end as step
            from events where touchpoint in ({listed}) order by now
        )
    )"""
    for step in range(2, len(names) + 1):
        latest = f"max(c{step - 1}) over (rows between unbounded preceding and current row)"
        comes = f"step = {step} and {latest} >= own and now - {latest} <= {asked.WINDOW_MS}"
        query += f", s{step} as (select *, case when {comes} then {latest} end as c{step} from s{step - 1})"
    counts = ", ".join(f"count(distinct customer) filter (c{step} is not null)" for step in range(1, len(names) + 1))
    return f"{query} select {counts} from s{len(names)}"
