"""The doors by which everything pluggable comes in.

A *plug-in* is one file with one class (a source, a question, a layout, an output, a rule): a frozen model whose fields are its
parameters, with a title in both languages and a worked example. Built-ins live in the folder of their kind and are
found by scanning it; anyone else's come by an entry point of the group ``safarnama.<kind>``. A name is the file's name.

A *door* is one function of a higher room that a lower one offers as a convenience (``journeys.ask(…)``,
``finding.picture()``). It is the only way to read upwards, so the rooms themselves import downwards only.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points
from typing import Any

from safarnama.core.errors import unknown
from safarnama.core.words import Text

_FOLDERS = {
    "source": "safarnama.sources",
    "question": "safarnama.questions",
    "layout": "safarnama.drawing.layouts",
    "output": "safarnama.drawing.outputs",
    "rule": "safarnama.maps.check.rules",
}
_TITLES = {
    "source": Text(en="Source", fa="منبع"),
    "question": Text(en="Question", fa="پرسش"),
    "layout": Text(en="Layout", fa="چیدمان"),
    "output": Text(en="Output", fa="خروجی"),
    "rule": Text(en="Rule", fa="قاعده"),
}
_DOORS = {
    "import_files": "safarnama.sources.importing:import_files",
    "customers": "safarnama.customers.view:customers_of",
    "journeys": "safarnama.journeys.opening:journeys_of",
    "discover": "safarnama.maps.discovery:discover",
    "picture": "safarnama.drawing.charts:picture",
    "draw": "safarnama.drawing.draw:draw",
    "check": "safarnama.maps.check.checking:check",
    "maps": "safarnama.maps.collection:maps_of",
}
KINDS = tuple(_FOLDERS)


def names(kind: str) -> list[str]:
    """The names of all plug-ins of a kind, built-in and added, in alphabetical order."""
    return sorted({*_built_in(kind), *_added(kind)})


@cache
def find(kind: str, name: str) -> Any:
    """The plug-in class of that kind and name, or (kind "door") the function behind a door.

    Raises ``Mistake`` with the nearest name when there is none.
    """
    if kind == "door":
        module, _, attribute = _DOORS[name].partition(":")
        return getattr(importlib.import_module(module), attribute)
    plain = name.strip().replace("-", "_").replace(" ", "_")
    if plain in _built_in(kind):
        return _plug_in(importlib.import_module(f"{_FOLDERS[kind]}.{plain}"))
    if plain in _added(kind):
        return _added(kind)[plain].load()
    raise unknown(_TITLES[kind], name, names(kind))


@cache
def _built_in(kind: str) -> tuple[str, ...]:
    folder = importlib.import_module(_FOLDERS[kind])
    return tuple(
        found.name
        for found in pkgutil.iter_modules(folder.__path__)
        if not found.ispkg and _is_plug_in(kind, found.name)
    )


def _is_plug_in(kind: str, name: str) -> bool:
    # A folder also holds the few modules its plug-ins share; those say so with a leading underscore or in the
    # package's own list.
    shared = getattr(importlib.import_module(_FOLDERS[kind]), "SHARED", ())
    return not name.startswith("_") and name not in shared


@cache
def _added(kind: str) -> dict[str, Any]:
    return {point.name: point for point in entry_points(group=f"safarnama.{kind}")}


def _plug_in(module: Any) -> Any:
    mine = [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and thing.__module__ == module.__name__ and getattr(thing, "plug_in", False)
    ]
    assert len(mine) == 1, f"{module.__name__} must hold exactly one plug-in class, it holds {len(mine)}"
    return mine[0]
