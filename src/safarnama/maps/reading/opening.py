"""Which form a file is in: told by its ending and by what is inside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.maps.document import LARGEST, parse_map, read_map
from safarnama.maps.loading import loaded
from safarnama.maps.reading import cjml, insights, markdown, mermaid, routes, tables
from safarnama.maps.reading.letters import decoded
from safarnama.maps.reading.reading import Reading, unreadable
from safarnama.maps.templates import file_of

FORMS = ("map", "mermaid", "markdown", "grid", "cards", "stickies", "diagram", "routes", "cjml", "insights")
_BOOKS = (".xlsx", ".xls", ".xlsb", ".ods")
_OWN = (".yaml", ".yml", ".json", "")
_TEXTS = (".mmd", ".mermaid", ".md", ".markdown", ".csv", ".tsv", ".txt", ".cjml", ".xml", ".xes")


def read(path: str | Path) -> Reading:
    """The map in a file of any form, and what could not be carried over.

    Our own YAML and JSON are read as they are; Mermaid (``.mmd``, ``.mermaid``), Markdown (``.md``), tables (``.csv``, ``.tsv``,
    ``.xlsx``: a grid, a row a card, notes of a whiteboard with x and y, or a drawing of shapes and lines), CJML (``.cjml``,
    ``.xml``), YAML of web services and JSON in the manner of TheyDo are told by what is inside. Text may be in UTF-8, UTF-16,
    Windows-1256 or Latin-1. Raises ``Mistake`` for what is no map.
    """
    path = file_of(path)
    if not path.is_file() or path.stat().st_size > LARGEST:
        return Reading(read_map(path))
    ending = path.suffix.lower()
    if ending not in (*_OWN, *_TEXTS, *_BOOKS):
        raise unreadable(path.name, _ENDING, endings=[*_OWN[:3], *_TEXTS, *_BOOKS])
    data = path.read_bytes()
    if not data.strip():
        raise unreadable(path.name, _EMPTY)
    try:
        if ending in _BOOKS:
            return tables.read_xlsx(path)
        text, guessed = decoded(data, path.name)
        reading = _own(text, path) if ending in _OWN else _text(text, ending, path.name)
    except ValueError as error:  # a rule of the map that what was read does not keep
        reason = str(error).split("\n")[0][:120]
        raise unreadable(path.name, Text(en=reason, fa=reason)) from None
    return replace(reading, left=(*guessed, *reading.left))


def _text(text: str, ending: str, name: str) -> Reading:
    if ending in (".md", ".markdown"):
        return markdown.read(text, name) if mermaid.diagram_in(text) is None else mermaid.read(text, name)
    if ending in (".mmd", ".mermaid"):
        return mermaid.read(text, name)
    if ending in (".csv", ".tsv", ".txt"):
        return tables.read_csv(text, name)
    return cjml.read(text, name)


def _own(text: str, path: Path) -> Reading:
    """YAML and JSON: our own, unless they are plainly of another hand."""
    data = text.encode()
    values = _values(data)
    if routes.fits(values) and "schema" not in values:
        return routes.read(values, path.name)
    if insights.fits(values):
        return insights.read(values, path.name)
    return Reading(parse_map(data, str(path)).read_from(path))


def _values(data: bytes) -> Any:
    """What stands in YAML or JSON; None where it cannot be read, which is said when it is read as a map."""
    try:
        return loaded(data, "")
    except Mistake:
        return None


_EMPTY = Text(en="it is empty", fa="خالی است")
_ENDING = Text(
    en="a map is read from files that end in {endings:list}",
    fa="نقشه از فایل‌هایی با این پسوندها خوانده می‌شود: {endings:list}",
)
