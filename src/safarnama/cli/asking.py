"""safarnama ask: every question with its own parameters, whoever added it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson
import typer

from safarnama.cli.options import ENGINE, JSON, WORKSPACE, journeys_on, parameters_of
from safarnama.cli.people import number_of, show_people
from safarnama.cli.spoken import language, note, progress, t
from safarnama.cli.tables import print_csv, print_table
from safarnama.core import registry
from safarnama.core.errors import Mistake
from safarnama.core.finding import Finding
from safarnama.core.parameters import ChoiceKind, FlagKind, kind_of
from safarnama.core.words import Text
from safarnama.core.workspace import Workspace

_USE = Text(en="Use: safarnama ask {name} {options} [-w DIR]", fa="کاربرد: safarnama ask {name} {options} [-w DIR]")
_SAVED = Text(en="Picture: {path}", fa="تصویر: {path}")


def register(app: typer.Typer) -> None:
    @app.command(
        help=t("Ask a question of the journeys.", "پرسیدن یک پرسش از سفرها."),
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    )
    def ask(
        context: typer.Context,
        question: str = typer.Argument(
            None,
            help=t(
                "Its name; safarnama list questions shows them.",
                "نام آن؛ safarnama list questions نشانشان می‌دهد.",
            ),
        ),
        parameters: Path = typer.Option(
            None, metavar="FILE.json", help=t("Parameters from a file.", "پارامترها از یک فایل.")
        ),
        as_json: bool = JSON,
        as_csv: bool = typer.Option(False, "--csv", help=t("The answer as CSV.", "پاسخ به شکل CSV.")),
        picture: Path = typer.Option(
            None,
            metavar="FILE",
            help=t("Draw it: FILE.svg, .png or .pdf.", "کشیدن آن: FILE.svg یا png. یا pdf."),
        ),
        who: str = typer.Option(
            None,
            "--who",
            metavar="ROW[:COLUMN]",
            help=t(
                "The customers behind a number of the answer: 3, or 3:left.",
                "مشتریان پشت یک عدد پاسخ: 3 یا 3:left.",
            ),
        ),
        most: int = typer.Option(20, "--most", min=1, help=t("At most so many customers.", "حداکثر این تعداد مشتری.")),
        spoken: str = typer.Option(
            None, "--language", help=t("Language of the answer: fa or en.", "زبان پاسخ: fa یا en.")
        ),
        engine: str = ENGINE,
        workspace: Path = WORKSPACE,
    ) -> None:
        if question is None or question in ("--help", "-h"):
            print(context.get_help())
            for each in registry.names("question"):
                print(f"  {each:<12} {registry.find('question', each).title.say(language())}")
            return
        kind = registry.find("question", question)
        if "--help" in context.args or "-h" in context.args:
            _help(kind)
            return
        flags = [name for name, field in kind.model_fields.items() if isinstance(kind_of(field), FlagKind)]
        given = {**_from_file(parameters), **parameters_of(context.args, f"safarnama ask {kind.name()} --help", flags)}
        asked = kind.of({name: _plan(value) for name, value in given.items()})
        number = number_of(who) if who is not None else None
        with progress(kind.title.say(language())) as bar:
            shop = Workspace.open(workspace)
            journeys = journeys_on(engine, shop, lambda share: bar("", share))
            if number is not None:
                people, after = asked.customers(journeys, *number)
                show_people(people, after, most, spoken or language(), as_json, as_csv, asked)
                return
            finding = journeys.ask(asked)
        show(finding, spoken or language(), as_json, as_csv, picture, shop.settings.currency)


def show(finding: Finding, spoken: str, as_json: bool, as_csv: bool, picture: Path | None, currency: str = "") -> None:
    """Print a finding the way that was asked for."""
    if picture is not None:
        note(_SAVED, path=finding.picture().save(picture, spoken))
    if as_json:
        sys.stdout.buffer.write(finding.to_json() + b"\n")
    elif as_csv:
        print_csv(finding)
    elif picture is None:
        print_table(finding, spoken, currency)


def _from_file(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        found = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        found = None
    if not isinstance(found, dict):
        raise Mistake(
            Text(
                en="{path} holds no parameters. It should be JSON like {example}.",
                fa="{path} پارامتری ندارد. باید JSON باشد، مانند {example}.",
            ),
            path=path,
            example='{"steps": "view,buy", "window": "7d"}',
        )
    return found


def _plan(value: Any) -> Any:
    """A map in the place of steps stands for the steps it is made of."""
    if not isinstance(value, str) or not value.endswith((".yaml", ".yml")):
        return value
    from safarnama.cli.reading import map_in

    plan = map_in(Path(value)).plan()
    if not plan:
        raise Mistake(
            Text(
                en="No step of {path} is bound to a touchpoint, so it is no plan. Give steps touchpoints: [name].",
                fa="هیچ گامی از {path} به نقطه تماسی وصل نیست، پس برنامه نیست. به گام‌ها touchpoints: [نام] بدهید.",
            ),
            path=value,
        )
    return plan


def _help(kind: Any) -> None:
    options = " ".join(f"--{name} {value!r}" for name, value in kind.example.items())
    print(kind.title.say(language()))
    print(" ".join((kind.__doc__ or "").split()))
    print(_USE.say(language(), name=kind.name(), options=options))
    for name, field in kind.model_fields.items():
        widget = kind_of(field)
        what = "|".join(widget.options) if isinstance(widget, ChoiceKind) else widget.name
        default = "" if field.is_required() else f" [{field.default if field.default is not None else '–'}]"
        print(f"  --{name.replace('_', '-'):<14} {what}{default}")
