"""safarnama import"""

from __future__ import annotations

from pathlib import Path

import typer

from safarnama.cli.options import WORKSPACE
from safarnama.cli.spoken import language, note, progress, say, t
from safarnama.core.errors import Mistake, unknown
from safarnama.core.words import Text
from safarnama.core.workspace import Workspace
from safarnama.events.rejected import REASONS
from safarnama.events.store import EventStore
from safarnama.sources.importing import Imported

_KINDS = ("events", "customers", "costs")
_DONE = {
    "events": Text(
        en="{file} → {source}: {rows:events} added, {rejected:count} rejected, {duplicates:count} suspected duplicates",
        fa="{file} ← {source}: {rows:events} افزوده شد، {rejected:count} کنار گذاشته شد، {duplicates:count} تکراری احتمالی",
    ),
    "customers": Text(
        en="{file} → {source}: {rows:rows} of customers added, {rejected:count} rejected",
        fa="{file} ← {source}: {rows:rows} مشتری افزوده شد، {rejected:count} کنار گذاشته شد",
    ),
    "costs": Text(
        en="{file} → {source}: {rows:rows} of costs added, {rejected:count} rejected",
        fa="{file} ← {source}: {rows:rows} هزینه افزوده شد، {rejected:count} کنار گذاشته شد",
    ),
}
_KNOWN = Text(en="  {n:rows} were here already", fa="  {n:rows} از پیش اینجا بود")
_REPEATED = Text(
    en="  {n:rows} repeat an event id of the same file and were left out",
    fa="  {n:rows} شناسه رویداد تکراری همین فایل داشت و کنار گذاشته شد",
)
_REJECTED = Text(en="  rejected {n:rows}: {reason}", fa="  کنار گذاشته شد {n:rows}: {reason}")
_READ_AS = Text(en="  read {pairs:list}", fa="  خوانده شد {pairs:list}")
_REST = Text(en="  properties: {names:list}", fa="  ویژگی‌ها: {names:list}")
_NOTICE = Text(en="  {notice}", fa="  {notice}")
_NOBODY = Text(
    en="  Beside that {n:events} of nobody: no identifier in the row (safarnama quality tells more).",
    fa="  جز این {n:events} از آن هیچ‌کس نیست: سطر شناسه ندارد (safarnama quality بیشتر می‌گوید).",
)
_NO_EVENTS = Text(
    en="Rows about customers are no journeys yet. Import their events too; or, if this is a survey, say which columns are answers "
    "and when it was asked: --scores 'Q*' --at 2026-05.",
    fa="سطرهای مشتریان هنوز سفر نیست. رویدادهایشان را هم وارد کنید؛ یا اگر این یک نظرسنجی است بگویید کدام ستون‌ها پاسخ است و کی "
    "پرسیده شده: --scores 'Q*' --at 2026-05.",
)
_BROKEN_OFF = Text(
    en="Stopped; the workspace is as it was. Give the same command again and it goes on from here.",
    fa="متوقف شد؛ فضای کار همان است که بود. همین فرمان را دوباره بدهید تا از همین‌جا ادامه یابد.",
)
_NOW = Text(
    en="The workspace holds {events:events} of {customers:customers}.",
    fa="فضای کار اکنون {events:events} از {customers:customers} دارد.",
)


def register(app: typer.Typer) -> None:
    @app.command("import", help=t("Bring files into a workspace.", "وارد کردن فایل‌ها به فضای کار."))
    def import_(
        files: list[Path] = typer.Argument(
            metavar="FILE…",
            help=t(
                "CSV, TSV (also .gz), NDJSON, JSON, Parquet, XLSX.",
                "CSV، TSV (نیز gz.)، NDJSON، JSON، Parquet، XLSX.",
            ),
        ),
        kind: str = typer.Option(
            None,
            "--as",
            help=t(
                "events, customers or costs; recognised if left out.",
                "events، customers یا costs؛ اگر ندهید تشخیص داده می‌شود.",
            ),
        ),
        source: str = typer.Option(
            None, help=t("Name of the source; the file's name if left out.", "نام منبع؛ اگر ندهید نام فایل.")
        ),
        column: list[str] = typer.Option(
            [],
            metavar="ROLE=NAME",
            help=t(
                "Which column plays a role: time=ts, customer=user_id, id:card=card_no …",
                "کدام ستون چه نقشی دارد: time=ts، customer=user_id، id:card=card_no …",
            ),
        ),
        touchpoint: str = typer.Option(
            None,
            help=t("What happened, for a file that does not say.", "آنچه رخ داده، برای فایلی که نمی‌گوید."),
        ),
        timezone: str = typer.Option(None, help=t("Zone of this file's times.", "منطقه زمانی این فایل.")),
        scores: list[str] = typer.Option(
            [],
            metavar="PATTERN",
            help=t(
                "Columns of a survey with one row a person: 'Q7*', NETPRO:0-10.",
                "ستون‌های نظرسنجی با یک سطر برای هر نفر: 'Q7*'، NETPRO:0-10.",
            ),
        ),
        at: str = typer.Option(
            None,
            metavar="TIME",
            help=t("The time of a file that has none: 2017-05.", "زمان فایلی که زمان ندارد: 2017-05 یا 1396-02."),
        ),
        join: Path = typer.Option(
            None,
            metavar="OTHER",
            help=t("A second file whose columns are added.", "فایل دومی که ستون‌هایش افزوده می‌شود."),
        ),
        on: str = typer.Option(
            None,
            metavar="KEY",
            help=t("The key both files share, or MINE=THEIRS.", "کلید مشترک دو فایل، یا MINE=THEIRS."),
        ),
        workspace: Path = WORKSPACE,
    ) -> None:
        if kind is not None and kind not in _KINDS:
            raise unknown(Text(en="Kind", fa="نوع"), kind, list(_KINDS))
        shop = Workspace.open(workspace)
        try:
            with progress(t("Reading", "خواندن")) as bar:
                done = shop.import_files(
                    *files,
                    kind=kind,
                    source=source,
                    columns=dict(_pair(each) for each in column),
                    touchpoint=touchpoint,
                    timezone=timezone,
                    scores=[part for each in scores for part in each.split(",")],
                    at=at,
                    join=join,
                    on=on,
                    progress=bar,
                )
        except KeyboardInterrupt:
            note(_BROKEN_OFF)
            raise
        for each in done:
            _report(each)
        with progress(t("Joining customers and journeys", "پیوند مشتریان و سفرها")) as bar:
            journeys = shop.journeys(progress=lambda share: bar("", share))
        say(_NOW, events=journeys.events, customers=journeys.customers)
        stored = sum(segment.rows for segment in EventStore(shop).segments("events"))
        if stored > journeys.events:
            say(_NOBODY, n=stored - journeys.events)
        if not stored and any(each.kind == "customers" and each.rows for each in done):
            note(_NO_EVENTS)


def _report(done: Imported) -> None:
    counts = {"rows": done.rows, "rejected": done.rejected, "duplicates": done.duplicates}
    say(_DONE[done.kind], file=done.file, source=done.source, **counts)
    if done.known:
        say(_KNOWN, n=done.known)
    if done.repeated:
        say(_REPEATED, n=done.repeated)
    for reason, n in done.reasons.items():
        say(_REJECTED, n=n, reason=REASONS[reason])
    arrow = " ← " if language() == "fa" else " → "
    say(_READ_AS, pairs=[f"{column}{arrow}{role}" for role, column in done.roles.items()] or ["–"])
    if done.properties:
        names = list(done.properties)
        say(_REST, names=names[:10] + (["…"] if len(names) > 10 else []))
    for text, arguments in done.notices:
        say(_NOTICE, notice=text.say(language(), **arguments))


def _pair(text: str) -> tuple[str, str]:
    role, equals, name = text.partition("=")
    if not equals or not role.strip() or not name.strip():
        raise Mistake(
            Text(
                en="--column {seen} says no role and name. Write it like --column time=ts.",
                fa="--column {seen} نقش و نام را نمی‌گوید. آن را مانند --column time=ts بنویسید.",
            ),
            seen=text,
        )
    return role.strip(), name.strip()
