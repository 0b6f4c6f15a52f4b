"""Links are facts: these two identifiers stood in one row, so often, in this source, from then to then.

They are taken once from each segment and kept beside it; nothing here decides who is who.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from safarnama.core.workspace import Workspace
from safarnama.events.schema import WHO, strength
from safarnama.events.store import EventStore, Segment

SCHEMA = pa.schema(
    [
        ("a", pa.uint64()),  # the stronger of the two
        ("a_type", pa.string()),
        ("b", pa.uint64()),
        ("b_type", pa.string()),
        ("source", pa.string()),
        ("times", pa.int64()),
        ("first", pa.int64()),
        ("last", pa.int64()),
    ]
)
_IDENTIFIERS = pa.schema([("handle", pa.uint64()), ("type", pa.string())])


def links_of(workspace: Workspace, segment: Segment) -> pa.Table:
    """The links that a segment's rows show; columns as in ``SCHEMA``."""
    path = _path(workspace, segment)
    if not path.exists():
        _take(workspace, segment)
    return pq.read_table(path)


def identifiers_of(workspace: Workspace, segment: Segment) -> pa.Table:
    """All identifiers that occur in a segment: columns handle, type."""
    path = _path(workspace, segment).with_suffix(".identifiers")
    if not path.exists():
        _take(workspace, segment)
    return pq.read_table(path)


def sweep(workspace: Workspace) -> None:
    """Remove the links of segments that no longer count."""
    named = {segment.id for segment in EventStore(workspace).manifest.segments}
    for path in workspace.path("customers", "links", "x").parent.glob("*"):
        if path.stem not in named:
            path.unlink()


def _path(workspace: Workspace, segment: Segment) -> Path:
    path = workspace.path("customers", "links", f"{segment.id}.parquet")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _take(workspace: Workspace, segment: Segment) -> None:
    store = EventStore(workspace)
    kinds = sorted((name.removeprefix(WHO) for name in segment.columns if name.startswith(WHO)), key=strength)
    pairs: list[pa.Table] = []
    singles: list[pa.Table] = []
    for part in store.read(segment, [*(WHO + kind for kind in kinds), "when"]):
        if "when" not in part.column_names:
            part = part.append_column("when", pa.nulls(len(part), pa.int64()))
        present = [kind for kind in kinds if WHO + kind in part.column_names]
        for kind in present:
            handles = pc.unique(part[WHO + kind]).drop_null()
            singles.append(pa.table([handles, pa.array([kind] * len(handles), pa.string())], schema=_IDENTIFIERS))
        for a, b in itertools.combinations(present, 2):
            both = part.select([WHO + a, WHO + b, "when"]).rename_columns(["a", "b", "when"])
            both = both.filter(pc.and_(both["a"].is_valid(), both["b"].is_valid()))
            pairs.append(_grouped(both, a, b, segment.source))
    links = pa.concat_tables(pairs) if pairs else SCHEMA.empty_table()
    path = _path(workspace, segment)
    # The identifiers go first: a links file that is there is complete.
    _write(
        _distinct(pa.concat_tables(singles) if singles else _IDENTIFIERS.empty_table()),
        path.with_suffix(".identifiers"),
    )
    _write(_added_up(links), path)


def _grouped(both: pa.Table, a: str, b: str, source: str) -> pa.Table:
    groups = both.group_by(["a", "b"]).aggregate([([], "count_all"), ("when", "min"), ("when", "max")])
    n = len(groups)
    return pa.table(
        [
            groups["a"],
            pa.array([a] * n, pa.string()),
            groups["b"],
            pa.array([b] * n, pa.string()),
            pa.array([source] * n, pa.string()),
            groups["count_all"],
            groups["when_min"],
            groups["when_max"],
        ],
        schema=SCHEMA,
    )


def _added_up(links: pa.Table) -> pa.Table:
    keys = ["a", "a_type", "b", "b_type", "source"]
    groups = links.group_by(keys).aggregate([("times", "sum"), ("first", "min"), ("last", "max")])
    return pa.table(
        [*(groups[name] for name in keys), groups["times_sum"], groups["first_min"], groups["last_max"]],
        schema=SCHEMA,
    )


def _distinct(singles: pa.Table) -> pa.Table:
    return singles.group_by(["handle", "type"]).aggregate([]).select(["handle", "type"])


def _write(table: pa.Table, path: Path) -> None:
    staged = path.with_name(path.name + ".tmp")
    pq.write_table(table, staged)
    staged.replace(path)
