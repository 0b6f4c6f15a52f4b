"""safarnama check, as a terminal and a build see it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_usage import run

GIFT = str(Path(__file__).parents[2] / "examples" / "gift.yaml")
AIRPORT = str(Path(__file__).parents[2] / "examples" / "airport.yaml")


def test_errors_and_limits_decide_the_status() -> None:
    assert run("check", GIFT).returncode == 1  # it has a feeling without evidence
    assert run("check", GIFT, "--ignore", "M401").returncode == 0
    assert run("check", GIFT, "--ignore", "M401", "--fail-under", "honesty=100").returncode == 1
    assert run("check", AIRPORT).returncode == 0
    assert run("check", AIRPORT, "--fail-under", "warnings=0").returncode == 1


def test_what_programs_read_and_what_people_read_agree() -> None:
    told = json.loads(run("check", AIRPORT, "--json").stdout)
    lines = run("check", AIRPORT, "--briefly", language="fa").stdout.splitlines()
    assert len(lines) == len(told["problems"]) + 1
    for problem, line in zip(told["problems"], lines, strict=False):
        assert problem["text"]["fa"] in line
    sarif = json.loads(run("check", AIRPORT, "--sarif").stdout)
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == [each["code"] for each in told["problems"]]


def test_what_was_typed_wrong_is_told_in_one_line() -> None:
    for words, says in (
        (("--fail-under", "honest=50"), "Nearest: honesty"),
        (("--fail-under", "honesty=much"), "honesty=50"),
        (("--ignore", "M999"), "M999"),
        (("-w", "nowhere"), "nowhere"),
    ):
        ended = run("check", GIFT, *words)
        assert ended.returncode == 2
        assert ended.stdout == ""
        assert len(ended.stderr.strip().splitlines()) == 1
        assert says in ended.stderr


def test_the_rules_are_listed() -> None:
    assert len(run("check", GIFT, "--rules", language="fa").stdout.splitlines()) > 30
