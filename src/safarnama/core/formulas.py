"""Text that a spreadsheet must not run as a formula."""

from __future__ import annotations

from typing import Any

# What begins a formula, or is skipped before one; the wide signs are read as the plain ones in East Asian settings.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(value: Any) -> Any:
    """The same value; a text that a spreadsheet would run as a formula gets an apostrophe before it, which makes it text."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def typed(cell: str) -> str:
    """A text as it was before it was ``defused``."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
