"""Several maps at once: those of a workspace, and how maps belong together."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace
from safarnama.maps.document import read_map
from safarnama.maps.model import Map


def files_of(workspace: Workspace) -> list[Path]:
    """The files of the maps of a workspace, by name."""
    folder = workspace.folder / "maps"
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


def maps_of(workspace: Workspace) -> list[Map]:
    """The maps of a workspace; one that cannot be read is told as a warning and left out."""
    found = []
    for path in files_of(workspace):
        try:
            found.append(read_map(path))
        except Mistake as mistake:
            warnings.warn(mistake.say("en"), stacklevel=2)
    return found


def named(maps: Sequence[Map], name: str | None) -> int | None:
    """The place of the map that another calls by this name: its id, or the name of its file."""
    for place, document in enumerate(maps):
        if name and name in (document.id, document.file.stem if document.file else None):
            return place
    return None


def families(maps: Sequence[Map]) -> list[list[int]]:
    """The places of maps, those that belong together beside each other: a map, its variants, and the maps that show one of
    their steps, each followed by its own. Everything stands once."""
    below: dict[int, list[int]] = {}
    for place in range(len(maps)):
        above = _above(maps, place)
        if above is not None:
            below.setdefault(above, []).append(place)
    found: list[list[int]] = []
    taken: set[int] = set()

    def gather(place: int) -> list[int]:
        if place in taken:
            return []
        taken.add(place)
        mine = [place]
        # Variants stand before what lies inside.
        for each in sorted(below.get(place, []), key=lambda each: (maps[each].variant_of is None, each)):
            mine += gather(each)
        return mine

    roots = [place for place in range(len(maps)) if _above(maps, place) is None]
    # What only points at each other in a circle has no root and begins where it is first met.
    for place in [*roots, *range(len(maps))]:
        if mine := gather(place):
            found.append(mine)
    return sorted(found, key=min)


def _above(maps: Sequence[Map], place: int) -> int | None:
    """The map that one is a variant of, else the one it lies inside, else the one with a step that it shows in full."""
    document = maps[place]
    for name in (document.variant_of, document.inside):
        above = named(maps, name)
        if above is not None and above != place:
            return above
    for above, other in enumerate(maps):
        if above != place and any(step.map and named(maps, step.map) == place for step in other.steps):
            return above
    return None
