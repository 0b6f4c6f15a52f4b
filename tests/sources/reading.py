"""Small files written on the spot, and what a workspace holds after they came in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from safarnama.core.workspace import Workspace
from safarnama.events.store import EventStore


def put(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def events(workspace: Workspace, kind: str = "events") -> list[dict[str, Any]]:
    """All rows of one kind, each as a dictionary of the cells it has, in the order of import."""
    store = EventStore(workspace)
    rows: list[dict[str, Any]] = []
    for segment in store.manifest.segments:
        if segment.kind == kind:
            for part in store.read(segment):
                rows += [
                    {name: cell for name, cell in row.items() if cell is not None} for row in decoded(part).to_pylist()
                ]
    return rows


def decoded(table: pa.Table) -> pa.Table:
    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            table = table.set_column(place, field.name, table[field.name].cast(field.type.value_type))
    return table


def column(workspace: Workspace, name: str, kind: str = "events") -> list[Any]:
    """One column of all rows, None where a row has no such cell."""
    return [row.get(name) for row in events(workspace, kind)]


def moments(workspace: Workspace) -> list[datetime]:
    """When every event happened, as aware times, whole milliseconds (the order in the file hides below them)."""
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return [start + timedelta(milliseconds=when // 1000) for when in column(workspace, "when")]


def rejected(workspace: Workspace) -> list[tuple[int, str]]:
    """Line and reason of every row that was set aside, in order of lines."""
    table = EventStore(workspace).rejected()
    return sorted(zip(table["line"].to_pylist(), table["reason"].to_pylist(), strict=True))
