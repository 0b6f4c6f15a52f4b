"""safarnama serve"""

from __future__ import annotations

from pathlib import Path

import typer

from safarnama.cli.options import WORKSPACE
from safarnama.cli.spoken import language, t
from safarnama.core.workspace import Workspace


def register(app: typer.Typer) -> None:
    @app.command(help=t("Pages and API in the browser.", "صفحه‌ها و API در مرورگر."))
    def serve(
        workspace: Path = WORKSPACE,
        host: str = typer.Option("127.0.0.1", help=t("Address to listen at.", "نشانی گوش دادن.")),
        port: int = typer.Option(8000, help=t("Port to listen at.", "درگاه گوش دادن.")),
    ) -> None:
        from safarnama.web.serve import serve as run

        run(Workspace.open(workspace), host, port, language())
