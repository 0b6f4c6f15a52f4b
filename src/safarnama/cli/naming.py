"""safarnama touchpoints"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson
import typer
from rich.console import Console
from rich.table import Table

from safarnama.cli.options import JSON, WORKSPACE
from safarnama.cli.spoken import language, note, t
from safarnama.core import registry
from safarnama.core.errors import Mistake, unknown
from safarnama.core.shapes import parse_rules
from safarnama.core.taxonomy import TOUCHPOINT, Rule, Taxonomy, check_rules, path_of, renamed
from safarnama.core.words import Text, speech
from safarnama.core.workspace import Workspace

_TITLES = {
    "name": Text(en="in the data", fa="در داده"),
    "read_as": Text(en="read as", fa="خوانده می‌شود"),
    "customers": Text(en="customers", fa="مشتریان"),
    "events": Text(en="events", fa="رویدادها"),
}
_KEPT = Text(en="Rules: {path}", fa="قاعده‌ها: {path}")
_GONE = Text(
    en="No rules are left: every name is read as it stands.", fa="قاعده‌ای نماند؛ هر نام همان‌طور خوانده می‌شود که هست."
)
_WAITING = Text(en="These rules fit no name yet: {rules}", fa="این قاعده‌ها هنوز به هیچ نامی نمی‌خورند: {rules}")


def register(app: typer.Typer) -> None:
    @app.command(
        help=t(
            "Touchpoints and channels, and the rules by which names are merged; the data stays as it is.",
            "نقاط تماس و کانال‌ها، و قاعده‌هایی که نام‌ها را یکی می‌کنند؛ داده همان که هست می‌ماند.",
        )
    )
    def touchpoints(
        rename: list[str] = typer.Option(
            [],
            "--rename",
            metavar="RULES",
            help=t(
                "Read names under others: 'checkout_*|pay=checkout', or 'channel insta*=social'.",
                "خواندن نام‌ها به نامی دیگر: 'checkout_*|pay=checkout' یا 'channel insta*=social'.",
            ),
        ),
        source: Path = typer.Option(
            None,
            "--from",
            metavar="FILE",
            help=t("Take the rules of a YAML or CSV file instead.", "گرفتن قاعده‌ها از یک فایل YAML یا CSV."),
        ),
        forget: str = typer.Option(
            None,
            metavar="NAME",
            help=t(
                "Take the rules that make this name away; all takes away every rule.",
                "برداشتن قاعده‌هایی که این نام را می‌سازند؛ all همه قاعده‌ها را برمی‌دارد.",
            ),
        ),
        of: str = typer.Option(
            TOUCHPOINT, "--of", metavar="touchpoint|channel|…", help=t("Which names.", "کدام نام‌ها.")
        ),
        as_json: bool = JSON,
        workspace: Path = WORKSPACE,
    ) -> None:
        shop = Workspace.open(workspace)
        journeys = shop.journeys(renamed=False)
        known = {TOUCHPOINT: journeys.touchpoints, **journeys.scope.words}
        if of not in known:
            raise unknown(Text(en="Dimension", fa="بعد"), of, list(known))
        before = taxonomy = Taxonomy.of(shop)
        if source is not None:
            taxonomy = Taxonomy.read(source)
            for each, rules in taxonomy.rules.items():
                _check(each, rules, known)
        for written in rename:
            shape = parse_rules(written)
            each = of if shape.of == TOUCHPOINT else shape.of
            _check(each, shape.rules, known)
            taxonomy = taxonomy.more(each, shape.rules)
        if forget is not None:
            taxonomy = _without(taxonomy, of, forget)
        if taxonomy != before:
            taxonomy.save(shop)
            path = path_of(shop)
            note(_KEPT if path else _GONE, path=path or "")
        _show(journeys, of, taxonomy, as_json)


def _check(of: str, rules: tuple[Rule, ...], known: dict[str, Any]) -> None:
    if of not in known:
        raise unknown(Text(en="Dimension", fa="بعد"), of, list(known))
    check_rules(rules, list(known[of]))


def _without(taxonomy: Taxonomy, of: str, name: str) -> Taxonomy:
    if name == "all":
        return Taxonomy()
    made = [rule.name for rule in taxonomy.rules.get(of, ())]
    if name not in made:
        raise unknown(Text(en="Rule for", fa="قاعده برای"), name, made)
    return taxonomy.without(of, name)


def _show(journeys: Any, of: str, taxonomy: Taxonomy, as_json: bool) -> None:
    rules = taxonomy.rules.get(of, ())
    found = journeys.ask(registry.find("question", "overview")(per=of)).rows()
    names = [str(row["name"]) for row in found if row["name"] is not None]
    read = dict(zip(names, renamed(names, rules), strict=True))
    rows = [
        {"name": row["name"], "read_as": read[row["name"]], "customers": row["customers"], "events": row["events"]}
        for row in found
        if row["name"] is not None
    ]
    if as_json:
        sys.stdout.buffer.write(orjson.dumps({"of": of, "rows": rows}, option=orjson.OPT_INDENT_2) + b"\n")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in _TITLES:
        numeric = column in ("customers", "events")
        table.add_column(_TITLES[column].say(language()), justify="right" if numeric else "left", overflow="fold")
    for row in sorted(rows, key=lambda row: (row["read_as"] == row["name"], row["read_as"])):
        cells = [str(row[column]).replace("[", "\\[") for column in ("name", "read_as")]
        counts = [speech.say(row[column], "count", language()) for column in ("customers", "events")]
        table.add_row(*cells, *counts)
    (Console() if sys.stdout.isatty() else Console(width=160)).print(table)
    waiting = [str(rule) for rule in rules if not _fits(rule, names)]
    if waiting:
        print(_WAITING.say(language(), rules=", ".join(waiting)))


def _fits(rule: Rule, names: list[str]) -> bool:
    try:
        check_rules([rule], names)
    except Mistake:
        return False
    return True
