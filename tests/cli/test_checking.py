"""safarnama check, as a terminal and a build see it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.command import Command

GIFT = str(Path(__file__).parents[2] / "examples" / "gift.yaml")
AIRPORT = str(Path(__file__).parents[2] / "examples" / "airport.yaml")


def test_errors_and_limits_decide_the_status(command: Command) -> None:
    assert command("check", GIFT).status == 1  # it has a feeling without evidence
    assert command("check", GIFT, "--ignore", "M401").status == 0
    assert command("check", GIFT, "--ignore", "M401", "--fail-under", "honesty=100").status == 1
    assert command("check", AIRPORT).status == 0
    assert command("check", AIRPORT, "--fail-under", "warnings=0").status == 1


def test_what_programs_read_and_what_people_read_agree(command: Command) -> None:
    told = json.loads(command("check", AIRPORT, "--json").out)
    lines = command("check", AIRPORT, "--briefly", language="fa").out.splitlines()
    assert len(lines) == len(told["problems"]) + 1
    for problem, line in zip(told["problems"], lines, strict=False):
        assert problem["text"]["fa"] in line
    sarif = json.loads(command("check", AIRPORT, "--sarif").out)
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == [each["code"] for each in told["problems"]]


def test_what_was_typed_wrong_is_told_in_one_line(command: Command) -> None:
    for words, says in (
        (("--fail-under", "honest=50"), "Nearest: honesty"),
        (("--fail-under", "honesty=much"), "honesty=50"),
        (("--ignore", "M999"), "M999"),
        (("-w", "nowhere"), "nowhere"),
    ):
        ended = command("check", GIFT, *words)
        assert ended.status == 2
        assert ended.out == ""
        assert len(ended.err.strip().splitlines()) == 1
        assert says in ended.err


def test_the_rules_are_listed(command: Command) -> None:
    assert len(command("check", GIFT, "--rules", language="fa").out.splitlines()) > 30
