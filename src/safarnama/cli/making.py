"""safarnama new"""

from __future__ import annotations

from pathlib import Path

import typer

from safarnama.cli.spoken import language, say, t
from safarnama.core.words import Text
from safarnama.core.workspace import Workspace

_MADE = Text(
    en="Made the workspace {folder}. Next: safarnama import FILE -w {folder}",
    fa="فضای کار {folder} ساخته شد. گام بعد: safarnama import FILE -w {folder}",
)


def register(app: typer.Typer) -> None:
    @app.command(help=t("Make a workspace: one folder holds everything.", "ساختن فضای کار: همه‌چیز در یک پوشه."))
    def new(
        folder: Path = typer.Argument(metavar="DIR", help=t("A folder that is new or empty.", "پوشه‌ای تازه یا خالی.")),
        timezone: str = typer.Option(
            "UTC",
            help=t(
                "Zone of times without one, and of days and weeks.",
                "منطقه زمانی زمان‌های بی‌منطقه، روزها و هفته‌ها.",
            ),
        ),
        currency: str = typer.Option(
            "", help=t("Currency of all values, such as IRR.", "واحد پول همه مبلغ‌ها، مانند IRR.")
        ),
        title: str = typer.Option("", help=t("Name shown on maps.", "نامی که روی نقشه می‌آید.")),
    ) -> None:
        chosen = {"title": title} if title else {}
        workspace = Workspace.new(folder, timezone=timezone, currency=currency, language=language(), **chosen)
        say(_MADE, folder=workspace.folder)
