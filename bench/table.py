"""Figures as a plain table: words to the left, numbers to the right."""

from __future__ import annotations

from collections.abc import Sequence


def show(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table under a title; None is an empty cell."""
    cells = [[_said(cell) for cell in row] for row in rows]
    widths = [max(len(line[place]) for line in [list(columns), *cells]) for place in range(len(columns))]
    numeric = [
        any(isinstance(row[place], int | float) for row in rows)
        and all(row[place] is None or isinstance(row[place], int | float) for row in rows)
        for place in range(len(columns))
    ]
    print(f"\n{title}\n")
    for line in [list(columns), ["─" * width for width in widths], *cells]:
        parts = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ]
        print("  ".join(parts).rstrip())
    print(flush=True)


def _said(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:,.2f}" if abs(cell) >= 10 else f"{cell:,.3f}" if abs(cell) < 1 else f"{cell:,.2f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
