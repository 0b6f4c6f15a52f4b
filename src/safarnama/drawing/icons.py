"""The icon set: Lucide (ISC) brought in at build time, and the five marks of evidence, which are our own."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files

# On a grid of 24, like the others; "currentColor" is the mark's colour.
_OWN = {
    "evidence-measured": '<circle cx="12" cy="12" r="9.6" fill="currentColor" stroke="none"/>',
    "evidence-surveyed": '<circle cx="12" cy="12" r="8.4" stroke-width="3.1"/><path d="M12 3.6a8.4 8.4 0 0 0 0 16.8z" fill="currentColor" stroke="none"/>',
    "evidence-observed": '<circle cx="12" cy="12" r="8.4" stroke-width="3.6"/>',
    "evidence-assumed": '<circle cx="12" cy="12" r="8.4" stroke-width="3.1" stroke-dasharray="4.5 4.3" stroke-linecap="butt"/>',
    "evidence-stale": '<circle cx="12" cy="12" r="8.4" stroke-width="2.8"/><path d="M12 6.6V12l2.8 2.4" stroke-width="2.6"/>',
    "logo": '<path d="M2 17C7 17 7 6 12 6s5 11 10 11" stroke-width="2.6"/><circle cx="12" cy="6" r="3" fill="#E0A22E" stroke="none"/>',
}


@lru_cache(maxsize=1)
def _icons() -> dict[str, str]:
    path = files("safarnama.drawing").joinpath("assets", "icons.json")
    icons: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return {**icons, **_OWN}


def icon(name: str) -> str:
    """The inside of an icon's SVG on a grid of 24; a plain dot for a name that is not there."""
    icons = _icons()
    return icons.get(name, icons["circle-dot"])
