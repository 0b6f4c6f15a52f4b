"""The language of the terminal, and what is written to it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from safarnama.core.words import LANGUAGES, Text


def language() -> str:
    """fa or en: ``SAFARNAMA_LANGUAGE`` if it is set, else the locale's."""
    told = os.environ.get("SAFARNAMA_LANGUAGE", "")
    if told in LANGUAGES:
        return told
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "fa" if locale.startswith("fa") else "en"


def t(en: str, fa: str) -> str:
    """A plain sentence in the language of the terminal."""
    return fa if language() == "fa" else en


def say(text: Text, **arguments: Any) -> None:
    """A sentence on standard output."""
    print(text.say(language(), **arguments))


def note(text: Text, **arguments: Any) -> None:
    """A sentence on standard error: beside the answer, never in it."""
    print(text.say(language(), **arguments), file=sys.stderr)


@contextmanager
def progress(what: str) -> Iterator[Any]:
    """A progress bar on a terminal, nothing in a pipe. Gives a function of (words, share from 0 to 1)."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda words, share: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=1.0)
        yield lambda words, share: bar.update(task, description=words or what, completed=share)
