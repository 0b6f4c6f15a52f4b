"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import typer

from safarnama.cli.spoken import t

WORKSPACE = typer.Option(
    Path("."),
    "-w",
    "--workspace",
    help=t("The workspace; the current folder if left out.", "فضای کار؛ اگر ندهید پوشه جاری."),
)
LANGUAGE = typer.Option(None, "--language", help=t("fa or en.", "fa یا en."))
JSON = typer.Option(False, "--json", help=t("The answer as JSON.", "پاسخ به شکل JSON."))
