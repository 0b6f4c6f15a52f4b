"""safarnama quality"""

from __future__ import annotations

from pathlib import Path

import typer

from safarnama.cli.asking import show
from safarnama.cli.options import JSON, LANGUAGE, WORKSPACE
from safarnama.cli.spoken import language, t
from safarnama.core import registry
from safarnama.core.workspace import Workspace


def register(app: typer.Typer) -> None:
    @app.command(help=t("What is wrong with the data.", "چه چیزی در داده‌ها درست نیست."))
    def quality(as_json: bool = JSON, spoken: str = LANGUAGE, workspace: Path = WORKSPACE) -> None:
        finding = Workspace.open(workspace).journeys().ask(registry.find("question", "quality")())
        show(finding, spoken or language(), as_json, False, None)
