"""safarnama list"""

from __future__ import annotations

from collections.abc import Iterator

import typer

from safarnama.cli.spoken import language, t
from safarnama.core import registry
from safarnama.core.errors import unknown
from safarnama.core.words import Text
from safarnama.maps.templates import template, templates
from safarnama.maps.words import say

_KINDS = {"sources": "source", "questions": "question", "layouts": "layout", "outputs": "output"}
_LISTS = [*_KINDS, "templates"]


def register(app: typer.Typer) -> None:
    @app.command(
        "list",
        help=t(
            "What there is: sources, questions, layouts, outputs, templates of maps.",
            "چه هست: منبع‌ها، پرسش‌ها، چیدمان‌ها، خروجی‌ها، الگوهای نقشه.",
        ),
    )
    def list_(what: str = typer.Argument(None, metavar="[sources|questions|layouts|outputs|templates]")) -> None:
        if what is not None and what not in _LISTS:
            raise unknown(Text(en="List", fa="فهرست"), what, _LISTS)
        for name in _LISTS:
            if what is None:
                print(name)
            if what in (None, name):
                listed = list(_listed(name))
                wide = max(len(each) for each, _ in listed)
                for each, title in listed:
                    print(f"  {each:<{wide}}  {title}")


def _listed(what: str) -> Iterator[tuple[str, str]]:
    """Names and titles of one list."""
    if what == "templates":
        for each in templates():
            yield each, say(template(each).title, language())
    else:
        for each in registry.names(_KINDS[what]):
            yield each, registry.find(_KINDS[what], each).title.say(language())
