"""Text that a spreadsheet must not run as a formula."""

from __future__ import annotations

from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def defused(value: Any) -> Any:
    """The same value; a text that a spreadsheet would run as a formula gets an apostrophe before it, which makes it text."""
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value
