"""An import that was broken off goes on: what its segment had got to, kept beside the segment's parts.

A checkpoint is written after every part, in one step, and says how much of each file of the segment belongs to it. What
was written later is cut off when the import goes on. A segment that was finished but never committed, because a later file of
the same import was broken off, keeps its outcome and is taken as it is. Both count only for the very same import: the same bytes
read by the same plan into the same store.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from safarnama.core.workspace import write

_CHECKPOINT = "checkpoint.json"
_FINISHED = "finished.json"


@dataclass(frozen=True)
class Checkpoint:
    """``taken``: rows of the file that are through. ``arrived``: those of them that were good. ``parts``: rows of each part.
    ``vaults`` and ``asides``: how many files of identifier values and of rows set aside."""

    identity: str
    taken: int = 0
    arrived: int = 0
    with_ids: bool = False
    parts: list[int] = field(default_factory=list)
    vaults: int = 0
    asides: int = 0

    def keep(self, folder: Path) -> None:
        """Write it into the folder of its segment."""
        write(folder / _CHECKPOINT, orjson.dumps(asdict(self)))

    @classmethod
    def of(cls, folder: Path, identity: str) -> Checkpoint | None:
        """That of a segment's folder, if it is of this import and all it speaks of is there."""
        kept = _read(folder / _CHECKPOINT)
        if kept is None or kept["identity"] != identity:
            return None
        found = cls(**kept)
        try:
            whole = [pq.read_metadata(folder / f"part-{n:04d}.parquet").num_rows for n in range(len(found.parts))]
            for name, number in (("vault", found.vaults), ("aside", found.asides)):
                for each in range(number):
                    pq.read_metadata(folder / f"{name}-{each:04d}.parquet")
            arrived = (folder / "hashes.tmp").stat().st_size >= 8 * found.arrived
            arrived &= not found.with_ids or (folder / "ids.tmp").stat().st_size >= 8 * found.arrived
        except (OSError, pa.ArrowInvalid):
            return None  # the machine stopped before the disk had it all
        return found if arrived and whole == found.parts else None


def forget(folder: Path) -> None:
    """From here on a segment is beyond its checkpoint: it is being put in order."""
    (folder / _CHECKPOINT).unlink(missing_ok=True)


def keep_finished(folder: Path, identity: str, after: list[str], outcome: dict[str, Any]) -> None:
    """Keep what became of a finished segment. ``after``: ids of the segments that it was compared with."""
    write(folder / _FINISHED, orjson.dumps({"identity": identity, "after": after, "outcome": outcome}))


def finished(folder: Path, identity: str, after: list[str]) -> dict[str, Any] | None:
    """What became of a segment that was finished by this very import, compared with these very segments."""
    kept = _read(folder / _FINISHED)
    if kept is None or kept["identity"] != identity or kept["after"] != after:
        return None
    outcome: dict[str, Any] = kept["outcome"]
    return outcome


def settled(folder: Path) -> None:
    """The segment counts now; what only served to go on is removed."""
    for name in (_CHECKPOINT, _FINISHED):
        (folder / name).unlink(missing_ok=True)


def can_go_on(folder: Path) -> bool:
    """Whether a folder that no manifest names may still serve the import that left it."""
    return (folder / _CHECKPOINT).exists() or (folder / _FINISHED).exists()


def _read(path: Path) -> dict[str, Any] | None:
    try:
        kept: dict[str, Any] = orjson.loads(path.read_bytes())
    except (FileNotFoundError, orjson.JSONDecodeError):
        return None
    return kept
