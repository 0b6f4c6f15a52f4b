"""safarnama check"""

from __future__ import annotations

import json
from pathlib import Path

import typer

from safarnama.cli.options import JSON
from safarnama.cli.reading import map_in
from safarnama.cli.spoken import language, t
from safarnama.core import registry
from safarnama.core.errors import Mistake, unknown
from safarnama.core.words import Text
from safarnama.core.workspace import Workspace
from safarnama.maps.check.checking import Report
from safarnama.maps.check.checking import check as check_map
from safarnama.maps.check.data import data_of
from safarnama.maps.check.report import to_json, to_sarif
from safarnama.maps.templates import file_of

_SEVERITY = {
    "error": Text(en="error", fa="خطا"),
    "warning": Text(en="warning", fa="هشدار"),
    "info": Text(en="hint", fa="یادآوری"),
}
_LINE = Text(en="{severity} {code}{at}: {what}", fa="{severity} {code}{at}: {what}")
_SUM = Text(
    en="Errors {errors:count} · warnings {warnings:count} · hints {infos:count} · honesty {score:count} of 100 ({backed:count} of {cards:cards} backed) · coverage {coverage:percent}",
    fa="خطا {errors:count} · هشدار {warnings:count} · یادآوری {infos:count} · اعتبار {score:count} از ۱۰۰ ({backed:count} از {cards:cards} مستند) · پوشش {coverage:percent}",
)
_GOOD = Text(en="Nothing is missing.", fa="چیزی کم نیست.")
_WHY, _FIX = Text(en="why: {why}", fa="چرا: {why}"), Text(en="do:  {fix}", fa="راه: {fix}")
_LIMITS = ("honesty", "coverage", "errors", "warnings")


def register(app: typer.Typer) -> None:
    @app.command(
        help=t(
            "Is the map well made, and is it true? Ends with status 1 when there are errors or a limit is not met.",
            "آیا نقشه درست ساخته شده و راست است؟ اگر خطایی باشد یا به حدی نرسد با وضعیت ۱ پایان می‌یابد.",
        )
    )
    def check(
        document: Path = typer.Argument(metavar="map.yaml"),
        fail_under: list[str] = typer.Option(
            [],
            metavar="honesty=50",
            help=t(
                "Fail when honesty or coverage (0 to 100) is lower, or when there are more errors or warnings.",
                "ناموفق، اگر اعتبار (honesty) یا پوشش (coverage) کمتر، یا خطا و هشدار بیشتر از این باشد.",
            ),
        ),
        ignore: str = typer.Option(
            "", metavar="M101,M305", help=t("Rules to leave out.", "قاعده‌هایی که کنار گذاشته شود.")
        ),
        workspace: Path = typer.Option(
            None,
            "-w",
            "--workspace",
            help=t("Check against its data too.", "با داده‌های این فضای کار هم سنجیده شود."),
        ),
        as_json: bool = JSON,
        sarif: bool = typer.Option(
            False, "--sarif", help=t("The answer as SARIF, for code review.", "پاسخ به شکل SARIF، برای بازبینی کد.")
        ),
        briefly: bool = typer.Option(
            False, "--briefly", help=t("Without why and what to do.", "بی‌آنکه چرا و راه گفته شود.")
        ),
        rules: bool = typer.Option(False, "--rules", help=t("List the rules instead.", "به جای آن، فهرست قاعده‌ها.")),
    ) -> None:
        if rules:
            _list()
            return
        limits = [_limit(each) for each in fail_under]
        read = map_in(document)
        data = data_of(Workspace.open(workspace).journeys(), read) if workspace else None
        report = check_map(read, data=data, ignore=[code.strip() for code in ignore.split(",") if code.strip()])
        if as_json or sarif:
            text = file_of(document).read_bytes().decode("utf-8-sig", "replace")
            made = to_sarif(report, document.as_posix(), text, language()) if sarif else to_json(report, str(document))
            print(json.dumps(made, ensure_ascii=False, indent=1))
        else:
            _tell(report, briefly)
        if report.count("error") or not _within(report, limits):
            raise typer.Exit(1)


def _tell(report: Report, briefly: bool) -> None:
    spoken = language()
    told: set[str] = set()
    for problem in report.problems:
        severity = _SEVERITY[problem.severity].say(spoken)
        at = f" [{problem.at}]" if problem.at else ""
        print(_LINE.say(spoken, severity=severity, code=problem.code, at=at, what=problem.say(spoken)))
        if not briefly and problem.code not in told:
            told.add(problem.code)
            print("   " + _WHY.say(spoken, why=problem.rule.why))
            print("   " + _FIX.say(spoken, fix=problem.rule.fix))
    if not report.problems:
        print(_GOOD.say(spoken))
    honesty = report.honesty
    counts = {f"{name}s": report.count(name) for name in _SEVERITY}  # type: ignore[arg-type]
    print(
        _SUM.say(
            spoken, **counts, score=honesty.score, backed=honesty.backed, cards=honesty.cards, coverage=honesty.coverage
        )
    )


def _list() -> None:
    for rule in sorted((registry.find("rule", name) for name in registry.names("rule")), key=lambda rule: rule.code):
        print(f"{rule.code}  {_SEVERITY[rule.severity].say(language()):<8} {rule.about(language())}")
        print("   " + _FIX.say(language(), fix=rule.fix))


def _limit(written: str) -> tuple[str, float]:
    name, _, value = written.partition("=")
    if name not in _LIMITS:
        raise unknown(Text(en="Limit", fa="حد"), name, list(_LIMITS))
    try:
        return name, float(value.rstrip("%٪"))
    except ValueError:
        raise Mistake(
            Text(
                en="{seen} is not a limit. Write, for example, --fail-under honesty=50.",
                fa="{seen} حد نیست. برای نمونه بنویسید --fail-under honesty=50.",
            ),
            seen=written,
        ) from None


def _within(report: Report, limits: list[tuple[str, float]]) -> bool:
    """Whether honesty and coverage are at least, and errors and warnings at most, what was asked for."""
    least = {"honesty": report.honesty.score, "coverage": 100 * report.honesty.coverage}
    most = {"errors": report.count("error"), "warnings": report.count("warning")}
    return all(least[name] >= limit if name in least else most[name] <= limit for name, limit in limits)
