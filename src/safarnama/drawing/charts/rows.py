"""Which rows of a finding a picture has room for."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

_FEWEST = 6


def room_for(rows: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
    """The first ``most`` rows; of several segments each shows as many of its own, so that none is left out for another."""
    segments: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        segments[row.get("segment")].append(row)
    each = max(_FEWEST, most // max(1, len(segments))) if len(segments) > 1 else most
    return [row for mine in segments.values() for row in mine[:each]]
