"""safarnama list"""

from __future__ import annotations

import typer

from safarnama.cli.spoken import language, t
from safarnama.core import registry
from safarnama.core.errors import unknown
from safarnama.core.words import Text

_KINDS = {"sources": "source", "questions": "question", "layouts": "layout", "outputs": "output"}


def register(app: typer.Typer) -> None:
    @app.command(
        "list",
        help=t(
            "What there is: sources, questions, layouts, outputs.",
            "چه هست: منبع‌ها، پرسش‌ها، چیدمان‌ها، خروجی‌ها.",
        ),
    )
    def list_(what: str = typer.Argument(None, metavar="[sources|questions|layouts|outputs]")) -> None:
        if what is not None and what not in _KINDS:
            raise unknown(Text(en="List", fa="فهرست"), what, list(_KINDS))
        for name, kind in _KINDS.items():
            if what is None:
                print(name)
            if what in (None, name):
                for each in registry.names(kind):
                    print(f"  {each:<12} {registry.find(kind, each).title.say(language())}")
