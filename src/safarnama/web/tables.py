"""A finding's table for people: columns with names, cells in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from safarnama.core.finding import Finding, Sentence
from safarnama.core.paths import path_names, say_path
from safarnama.core.words import Text, speech
from safarnama.core.words.columns import cell_word, column_title
from safarnama.core.words.counted import FEW, FEWEST
from safarnama.core.words.digits import persian
from safarnama.core.words.lexicon import attribute_title, touchpoint, value_title
from safarnama.drawing.charts.naming import label
from safarnama.drawing.pen import Pen
from safarnama.maps.model import Map
from safarnama.maps.words import say
from safarnama.web.rendering import placed

_INTERVAL = Text(en="95% interval", fa="بازه ۹۵٪")
_BETWEEN = Text(en="{low} to {high}", fa="{low} تا {high}")
# A column and the two that hold its interval.
_INTERVALS = {
    "share": ("low", "high"),
    "difference": ("difference_low", "difference_high"),
    "lift": ("lift_low", "lift_high"),
    "mean": ("low", "high"),
    "share_of_previous": ("previous_low", "previous_high"),
    "share_broken": ("broken_low", "broken_high"),
    "feeling": ("feeling_low", "feeling_high"),
    "nps": ("nps_low", "nps_high"),
}
_SHARES = {
    "share",
    "near",
    "goal_share",
    "usual",
    "share_broken",
    "share_of_all",
    "share_of_events",
    "share_of_previous",
    "share_of_time",
}
_NAMES = {
    "size",
    "cohort",
    "period",
    "via",
    "touchpoint",
    "name",
    "from",
    "to",
    "next",
    "path",
    "channel",
    "segment",
    "stage",
}
_PEOPLE = {"customers", "exactly", "only", "reached", "converted", "stopped", "new", "returning", "back", "dormant"}
_COMPARED = {"first", "second", "difference"}
_QUIET = {"sign"}


@dataclass(frozen=True)
class Cell:
    """What a cell says; a number stands at the side of numbers."""

    text: str
    number: bool


@dataclass(frozen=True)
class Table:
    """Names of columns (and whether they hold numbers), and rows of cells."""

    columns: list[tuple[str, bool]]
    rows: list[list[Cell]]
    rest: int


def table(finding: Finding, language: str, most: int = 40) -> Table:
    """The first rows of a finding in words."""
    pen = Pen(language)
    names = finding.table.column_names
    ends = {end for column, pair in _INTERVALS.items() if column in names for end in pair}
    shown = [name for name in names if name not in ends and name not in _QUIET]
    columns: list[tuple[str, bool]] = []
    for name in shown:
        numeric = not pa.types.is_string(finding.table.schema.field(name).type)
        columns.append((column_title(name, language), numeric))
        if name in _INTERVALS and _INTERVALS[name][0] in names:
            columns.append((placed(_INTERVAL.say(language), language), True))
    rows = []
    for row in finding.table.slice(0, most).to_pylist():
        cells = []
        for name in shown:
            value = row[name]
            # In a comparison the number that is compared says how the two and their difference are said.
            kind = row["number"] if name in _COMPARED and row.get("number") else name
            number = not pa.types.is_string(finding.table.schema.field(name).type)
            cells.append(Cell(_said(pen, finding, kind, value), number))
            if name in _INTERVALS and _INTERVALS[name][0] in names:
                low, high = (row[end] for end in _INTERVALS[name])
                said = "–"
                if low is not None and high is not None:
                    both = [_said(pen, finding, kind, end) for end in (low, high)]
                    said = _BETWEEN.say(language, low=both[0], high=both[1])
                cells.append(Cell(said, True))
        rows.append(cells)
    return Table(columns, rows, max(0, finding.table.num_rows - most))


def _said(pen: Pen, finding: Finding, name: str, value: Any) -> str:
    language = pen.language
    if value is None:
        return "–"
    if name == "number":
        return column_title(value, language)
    word = cell_word(name, value, language)
    if word is not None:
        return word
    if name == "dimension":
        return attribute_title(value).say(language)
    if name == "value" and isinstance(value, str):
        return value_title(value).say(language)
    if name == "value":
        currency = finding.parameters.get("currency")
        return placed(speech.say(value, f"money.{currency}" if currency else "count", language), language)
    if name in _NAMES:
        return placed(label(pen, name, value, str(finding.parameters.get("per", "touchpoint"))), language)
    if name in ("also", "touchpoints"):
        parts = str(value).replace("|", ", ").split(", ")
        return ", ".join(touchpoint(part).title.say(language) for part in parts if part)
    if name in ("start", "end"):
        return speech.say(str(value), "date", language)
    if name.endswith("_seconds"):
        return speech.duration(value, language)
    if name in _PEOPLE and 0 < value < FEWEST:
        return placed(FEW.say(language), language)
    if name in _SHARES:
        return placed(speech.say(value, "percent.1", language), language)
    if isinstance(value, float):
        return placed(speech.say(value, "number.2", language), language)
    if isinstance(value, int):
        return speech.say(value, "count", language)
    return persian(value) if language == "fa" and str(value).isdigit() else str(value)


def with_names(finding: Finding, document: Map | None, language: str) -> Finding:
    """A finding about the steps of a map, with the steps' names where it has their ids."""
    if document is None:
        return finding
    titles = {step.id: say(step.name, language) for step in document.steps}
    columns = []
    for field in finding.table.schema:
        column = finding.table[field.name]
        if field.name in _NAMES and pa.types.is_string(field.type):
            said = [_renamed(value, titles) for value in column.to_pylist()]
            column = pa.array(said, pa.string())
        columns.append(column)
    named = pa.table(columns, schema=finding.table.schema)
    return replace(finding, table=named, headline=_named_headline(finding.headline, document))


def _renamed(value: str | None, titles: dict[str, str]) -> str | None:
    if value is None:
        return None
    if " > " not in value:
        return titles.get(value, value)
    return say_path(titles.get(name, name) for name in path_names(value))


def _named_headline(headline: Sentence, document: Map) -> Sentence:
    # The headline holds titles already, made of the ids as if they were names.
    names = {touchpoint(step.id).title.en: step.name for step in document.steps}
    arguments: dict[str, Any] = {}
    for key, value in headline.arguments.items():
        known = names.get(str(value.get("en"))) if isinstance(value, dict) else None
        arguments[key] = {"en": say(known, "en"), "fa": say(known, "fa")} if known else value
    return Sentence(headline.key, arguments)
