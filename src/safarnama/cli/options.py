"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

import typer

from safarnama.cli.spoken import t
from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.core.workspace import Workspace
from safarnama.journeys.journeys import Journeys

WORKSPACE = typer.Option(
    Path("."),
    "-w",
    "--workspace",
    help=t("The workspace; the current folder if left out.", "فضای کار؛ اگر ندهید پوشه جاری."),
)
LANGUAGE = typer.Option(None, "--language", help=t("fa or en.", "fa یا en."))
ENGINE = typer.Option(
    None,
    "--engine",
    metavar="spark://HOST:PORT",
    help=t("Count on a Spark cluster that can read the workspace.", "شمارش روی خوشه اسپارکی که فضای کار را می‌خواند."),
)
JSON = typer.Option(False, "--json", help=t("The answer as JSON.", "پاسخ به شکل JSON."))
_VALUE_MISSING = Text(
    en="{option} has no value. Write {option} VALUE; {more} shows them all.",
    fa="{option} مقدار ندارد. بنویسید {option} VALUE؛ {more} همه را نشان می‌دهد.",
)


def journeys_on(engine: str | None, shop: Workspace, progress: Callable[[float], object] = lambda _: None) -> Journeys:
    """The journeys of a workspace: here, or on the cluster that ``--engine`` names."""
    here: Journeys = shop.journeys(progress=progress)
    if engine is None:
        return here
    from safarnama.journeys.spark.session import session_on

    return type(here).on_spark(session_on(engine), shop)


def parameters_of(words: list[str], more: str, flags: Collection[str] = ()) -> dict[str, str]:
    """The parameters of a plug-in as they stand in a command: ``--steps a,b --window=7d`` as names and values.

    ``more`` is the command that shows them all; the ``flags`` among them may stand alone.
    """
    given: dict[str, str] = {}
    at = 0
    while at < len(words):
        word = words[at]
        if not word.startswith("--"):
            raise Mistake(
                Text(
                    en="{seen} was not expected here. Parameters are written --name value; names with spaces in quotes.",
                    fa="{seen} اینجا انتظار نمی‌رفت. پارامتر به شکل --name value نوشته می‌شود؛ نام‌های فاصله‌دار در گیومه.",
                ),
                seen=repr(word),
            )
        option, equals, value = word.partition("=")
        alone = at + 1 >= len(words) or words[at + 1].startswith("--")
        if not equals and alone and option.removeprefix("--").replace("-", "_") in flags:
            value = "yes"
        elif not equals:
            at += 1
            if at >= len(words):
                raise Mistake(_VALUE_MISSING, option=option, more=more)
            value = words[at]
        given[option.removeprefix("--")] = value
        at += 1
    return given
