"""Which form a file is in: told by its ending and by what is inside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.maps.document import LARGEST, loaded, parse_map, read_map
from safarnama.maps.reading import cjml, insights, markdown, mermaid, routes, tables
from safarnama.maps.reading.reading import Reading, unreadable
from safarnama.maps.templates import file_of

FORMS = ("map", "mermaid", "markdown", "grid", "cards", "stickies", "routes", "cjml", "insights")
_BOOKS = (".xlsx", ".xls", ".xlsb", ".ods")


def read(path: str | Path) -> Reading:
    """The map in a file of any form, and what could not be carried over.

    Our own YAML and JSON are read as they are; Mermaid (``.mmd``, ``.mermaid``), Markdown (``.md``), tables (``.csv``, ``.tsv``,
    ``.xlsx``: a grid, a row a card, or notes of a whiteboard with x and y), CJML (``.cjml``, ``.xml``), YAML of web services and
    JSON in the manner of TheyDo are told by what is inside. Raises ``Mistake`` for what is no map.
    """
    path = file_of(path)
    ending = path.suffix.lower()
    if ending in (".yaml", ".yml", ".json", "") or not path.is_file() or path.stat().st_size > LARGEST:
        return _own(path)
    try:
        if ending in _BOOKS:
            return tables.read_xlsx(path)
        text = _text(path)
        if ending in (".mmd", ".mermaid"):
            return mermaid.read(text, path.name)
        if ending in (".md", ".markdown"):
            diagram = mermaid.diagram_in(text)
            return mermaid.read(text, path.name) if diagram is not None else markdown.read(text, path.name)
        if ending in (".csv", ".tsv", ".txt"):
            return tables.read_csv(text, path.name)
        if ending in (".cjml", ".xml", ".xes"):
            return cjml.read(text, path.name)
    except ValueError as error:  # a rule of the map that what was read does not keep
        raise unreadable(
            path.name, Text(en="{reason}", fa="{reason}"), reason=str(error).split("\n")[0][:120]
        ) from None
    return _own(path)


def _own(path: Path) -> Reading:
    """YAML and JSON: our own, unless they are plainly of another hand."""
    if path.is_file() and path.stat().st_size <= LARGEST:
        values = _values(path)
        if routes.fits(values) and "schema" not in values:
            return routes.read(values, path.name)
        if insights.fits(values):
            return insights.read(values, path.name)
        if values is not None:
            return Reading(parse_map(path.read_bytes(), str(path)).read_from(path))
    return Reading(read_map(path))


def _values(path: Path) -> Any:
    """What stands in a YAML or JSON file; None where it cannot be read, which is said by ``read_map``."""
    try:
        return loaded(path.read_bytes(), path.name)
    except Mistake:
        return None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise unreadable(path.name, Text(en="it is not text in UTF-8", fa="متن UTF-8 نیست")) from None
