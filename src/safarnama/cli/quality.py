"""safarnama quality"""

from __future__ import annotations

from pathlib import Path

import typer

from safarnama.cli.asking import show
from safarnama.cli.options import JSON, LANGUAGE, WORKSPACE
from safarnama.cli.spoken import language, t
from safarnama.core import registry
from safarnama.core.workspace import Workspace

_MARKS = {"mend": "✗", "look": "!", "fine": "✓"}


def register(app: typer.Typer) -> None:
    @app.command(help=t("What is wrong with the data.", "چه چیزی در داده‌ها درست نیست."))
    def quality(as_json: bool = JSON, spoken: str = LANGUAGE, workspace: Path = WORKSPACE) -> None:
        asked = registry.find("question", "quality")()
        finding = Workspace.open(workspace).journeys().ask(asked)
        if as_json:
            show(finding, spoken or language(), True, False, None)
            return
        print(finding.say(spoken or language()))
        for row in finding.rows():
            print(f"  {_MARKS[row['level']]} {asked.say(row, spoken or language())}")
