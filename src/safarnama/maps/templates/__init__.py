"""Maps to begin with: one file of this folder is the usual journey of one trade, as its customers live it.

What they say is believed and not measured, so they carry no evidence; their steps name the touchpoints they are usually
made of. Wherever a map file is asked for, ``template:NAME`` is one.
"""

from __future__ import annotations

from pathlib import Path

from safarnama.core.errors import unknown
from safarnama.core.words import Text
from safarnama.maps.document import parse_map
from safarnama.maps.model import Map

_FOLDER = Path(__file__).parent
_PREFIX = "template:"
_WHAT = Text(en="Template", fa="الگو")


def templates() -> list[str]:
    """The names of all templates, in alphabetical order."""
    return sorted(path.stem for path in _FOLDER.glob("*.yaml"))


def template(name: str) -> Map:
    """A fresh copy of a template. Raises ``Mistake`` with the nearest name when there is none."""
    path = file_of(_PREFIX + name)
    return parse_map(path.read_bytes(), path.name)


def own(document: Map) -> Map:
    """A template as a map of one's own: of kind ``planned``, as nobody has held it against customers yet, so that the rules of
    owners, dates and segments hold for it; and without the dates that were only examples."""
    actions = [action.model_copy(update={"due": None}) for action in document.actions]
    return document.model_copy(update={"kind": "planned", "review_due": None, "actions": actions})


def file_of(path: str | Path) -> Path:
    """The file that holds a map: the template's own for ``template:NAME``, else the path as it is."""
    written = str(path)
    if not written.startswith(_PREFIX):
        return Path(path)
    name = written.removeprefix(_PREFIX)
    plain = name.strip().replace("-", "_").replace(" ", "_")
    known = templates()
    if plain not in known:
        raise unknown(_WHAT, name, known)
    return _FOLDER / f"{plain}.yaml"
