"""Findings on a terminal and in CSV."""

from __future__ import annotations

import csv
import sys
from typing import Any

import pyarrow as pa
from rich.console import Console
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
    table = Table(box=None, pad_edge=False, header_style="bold")
    opens = registry.find("question", finding.question).opens
    for name in finding.table.column_names:
        kind = str(finding.table.schema.field(name).type)
        header = name if language == "en" else column_title(name, language)
        if header != name and name in opens:
            header += f"\n{name}"  # as --who takes it
        table.add_column(header, justify="left" if kind == "string" else "right", overflow="fold")
    for row in finding.rows():
        table.add_row(
            *(_cell(_kind(name, row), value, language, "share" in row, currency) for name, value in row.items())
        )
    console = Console() if sys.stdout.isatty() else Console(width=220)
    console.print(table)
    unit = speech.NOUNS[finding.n_unit]
    period = speech.say(finding.period, "period", language) if finding.period else "–"
    print(_COUNTED.say(language, n=finding.n, unit=unit[2] if language == "fa" else unit[1], period=period))
    for caveat in finding.say_caveats(language):
        print(f"– {caveat}")


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
    text = word or str(value).replace("[", "\\[")
    return persian(text) if language == "fa" and text.isdigit() else text
