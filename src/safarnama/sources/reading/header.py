"""Column names out of what stands in a header row."""

from __future__ import annotations


def named(cells: list[str]) -> list[str]:
    """Column names from header cells: trimmed, every one different, none empty."""
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = cell.strip().lstrip("\ufeff") or f"column {place}"
        times = sum(name == other or other.startswith(f"{name} (") for other in names)
        names.append(f"{name} ({times + 1})" if name in names else name)
    return names
