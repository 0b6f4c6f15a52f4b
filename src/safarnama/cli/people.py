"""The customers behind a number, on a terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

import orjson
import pyarrow as pa
from rich.console import Console
from rich.table import Table

from safarnama.cli.tables import print_rows_csv
from safarnama.core.errors import Mistake
from safarnama.core.words import Text, speech
from safarnama.core.words.calendar import say_date
from safarnama.core.words.columns import DEVIATIONS
from safarnama.core.words.digits import latin
from safarnama.core.words.lexicon import touchpoint

_TITLES = {
    "customer": Text(en="customer", fa="مشتری"),
    "first": Text(en="first seen", fa="نخستین بار"),
    "last": Text(en="last seen", fa="آخرین بار"),
    "events": Text(en="events", fa="رویدادها"),
    "stands_at": Text(en="stands at", fa="اکنون در"),
    "then": Text(en="did last", fa="آخرین کارها"),
    "why": Text(en="why not as planned", fa="چرا نه طبق برنامه"),
}
_AFTER = Text(en="did after {after:list}", fa="پس از {after:list}")
_EVERYONE = Text(en="{n:customers} in all", fa="در مجموع {n:customers}")
_MORE = Text(en="; --most {n} shows them all", fa="؛ --most {n} همه را نشان می‌دهد")
_WHO = Text(
    en="--who {seen} names no row. Write the row of the answer, counted from 1, and a column if you like: --who 3:left",
    fa="در --who {seen} سطری نیست. شماره سطر پاسخ را از ۱ بنویسید و اگر خواستید ستون را: --who 3:left",
)


def number_of(who: str) -> tuple[int, str | None]:
    """The row and the column of ``3`` or ``3:left``. Raises ``Mistake`` for anything else."""
    row, _, column = latin(who).partition(":")
    if not row.strip().isdigit():
        raise Mistake(_WHO, seen=repr(who))
    return int(row), column.strip() or None


def show_people(
    journeys: Any,
    after: Sequence[str],
    most: int,
    language: str,
    as_json: bool = False,
    as_csv: bool = False,
    question: Any = None,
) -> None:
    """Print the customers of these journeys, at most ``most`` of them, and how many there are."""
    people = journeys.people(after, most, question)
    everyone = journeys.customers
    if as_json:
        found = {"customers": everyone, "after": list(after), "rows": people.to_pylist()}
        sys.stdout.buffer.write(orjson.dumps(found, option=orjson.OPT_INDENT_2) + b"\n")
    elif as_csv:
        print_rows_csv(people)
    else:
        _print(people, everyone, after, language)


def _print(people: pa.Table, everyone: int, after: Sequence[str], language: str) -> None:
    named = [touchpoint(name).title.say(language) for name in after]
    titles = {name: text.say(language) for name, text in _TITLES.items()}
    if after:
        titles["then"] = _AFTER.say(language, after=named)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in people.column_names:
        table.add_column(titles[name], justify="right" if name == "events" else "left", overflow="fold")
    for row in people.to_pylist():
        table.add_row(*(_cell(name, value, language) for name, value in row.items()))
    console = Console() if sys.stdout.isatty() else Console(width=220)
    console.print(table)
    more = _MORE.say(language, n=str(everyone)) if everyone > len(people) else ""
    print(_EVERYONE.say(language, n=everyone) + more)


def _cell(name: str, value: Any, language: str) -> str:
    if name in ("first", "last"):
        return say_date(value.date(), language)
    if name == "events":
        return speech.say(value, "count", language)
    if name == "why" and value:
        for word, said in DEVIATIONS.items():
            value = re.sub(rf" {word}(?=, |$)", f" {said.say(language)}", value)
    return str(value or "–").replace("[", "\\[")
