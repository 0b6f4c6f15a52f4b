"""Where a map was read: what it names beside it is looked for there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, eq=False)
class Origin:
    """The file a map was read from; None for one that was made. Maps that say the same are the same wherever they lie, so
    all origins are equal."""

    file: Path | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Origin)

    def __hash__(self) -> int:
        return 0
