"""Findings on a terminal and in CSV."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

import pyarrow as pa
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from safarnama.core import registry
from safarnama.core.finding import Finding
from safarnama.core.formulas import defused
from safarnama.core.words import Text, speech
from safarnama.core.words.columns import cell_word, column_title
from safarnama.core.words.digits import persian

_COUNTED = Text(en="n = {n:count} {unit}, {period}", fa="{n:count} {unit}، {period}")
_SHARES = ("share", "low", "high", "previous_low", "previous_high", "broken_low", "broken_high")


def print_table(finding: Finding, language: str, currency: str = "") -> None:
    """Headline, rows, n, and what to keep in mind; money is said in ``currency``, not in its smallest unit."""
    print(finding.say(language))
    columns: list[Column] = []
    opens = registry.find("question", finding.question).opens
    for name in finding.table.column_names:
        kind = str(finding.table.schema.field(name).type)
        header = name if language == "en" else column_title(name, language)
        if header != name and name in opens:
            header += f"\n{name}"  # as --who takes it
        columns.append(Column(header, kind == "string", []))
    for row in finding.rows():
        for column, (name, value) in zip(columns, row.items(), strict=True):
            column.cells.append(_cell(_kind(name, row), value, language, "share" in row, currency))
    if sys.stdout.isatty():
        _on_a_terminal(columns)
    else:
        _in_a_pipe(columns)
    unit = speech.NOUNS[finding.n_unit]
    period = speech.say(finding.period, "period", language) if finding.period else "–"
    print(_COUNTED.say(language, n=finding.n, unit=unit[2] if language == "fa" else unit[1], period=period))
    for caveat in finding.say_caveats(language):
        print(f"– {caveat}")


class Column(NamedTuple):
    header: str
    is_text: bool
    cells: list[str]


def _on_a_terminal(columns: Sequence[Column]) -> None:
    """Folded to the width that there is."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column.header, justify="left" if column.is_text else "right", overflow="fold")
    for row in zip(*(column.cells for column in columns), strict=True):
        table.add_row(*map(escape, row))
    Console().print(table)


def _in_a_pipe(columns: Sequence[Column]) -> None:
    """A line a row, as wide as it must be: whoever reads on cuts it, and long answers are written at once."""
    headers = [column.header.split("\n") for column in columns]
    deep = max(map(len, headers), default=0)
    whole = [
        [*header, *[""] * (deep - len(header)), *column.cells] for header, column in zip(headers, columns, strict=True)
    ]
    padded = []
    for column, cells in zip(columns, whole, strict=True):
        sizes = [cell_len(cell) for cell in cells]
        wide = max(sizes)
        gaps = [" " * (wide - size) for size in sizes]
        padded.append([cell + gap if column.is_text else gap + cell for cell, gap in zip(cells, gaps, strict=True)])
    print("\n".join("  ".join(row).rstrip() for row in zip(*padded, strict=True)))


def print_csv(finding: Finding) -> None:
    """The rows as CSV; text that a spreadsheet would run as a formula is defused."""
    print_rows_csv(finding.table)


def print_rows_csv(table: pa.Table) -> None:
    """The rows of a table as CSV, defused too."""
    writer = csv.writer(sys.stdout)
    writer.writerow(table.column_names)
    for row in table.to_pylist():
        writer.writerow([defused(value) for value in row.values()])


def _kind(name: str, row: dict[str, Any]) -> str:
    """The name that says how a cell is said: in a comparison that of the number that is compared."""
    compared = ("first", "second", "difference", "difference_low", "difference_high")
    return str(row["number"]) if name in compared and "number" in row else name


def _cell(name: str, value: Any, language: str, shares: bool, currency: str) -> str:
    if value is None:
        return "–"
    if name == "value" and isinstance(value, int):
        return speech.money(value, currency, language)
    if isinstance(value, float):
        if name.startswith("share") or name.endswith("_share") or (shares and name in _SHARES):
            return speech.say(value, "percent.1", language)
        if name.endswith("_seconds"):
            return speech.duration(value, language)
        return speech.say(value, "number.2", language)
    if isinstance(value, int) and not isinstance(value, bool):
        return speech.say(value, "count", language)
    word = None
    if language != "en":
        word = column_title(str(value), language) if name == "number" else cell_word(name, value, language)
    text = word or str(value)
    return persian(text) if language == "fa" and text.isdigit() else text
