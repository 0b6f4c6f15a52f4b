"""A check's report for programs: JSON, and SARIF for the code review of a map kept in Git."""

from __future__ import annotations

import re
from typing import Any

from safarnama.core import registry
from safarnama.maps.check.checking import Problem, Report

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def to_json(report: Report, name: str) -> dict[str, Any]:
    """The report as plain values, every sentence in both languages."""
    honesty = report.honesty
    return {
        "map": name,
        "honesty": honesty.score,
        "coverage": round(honesty.coverage, 4),
        "cards": honesty.cards,
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "infos": report.count("info"),
        "problems": [problem.as_json() for problem in report.problems],
    }


def to_sarif(report: Report, name: str, text: str, language: str) -> dict[str, Any]:
    """The report as a SARIF 2.1.0 log (OASIS standard): each problem with the line of its id in the file ``text``."""
    rules = sorted((registry.find("rule", each) for each in registry.names("rule")), key=lambda rule: rule.code)
    codes = [rule.code for rule in rules]
    lines = _lines(text)

    def result(problem: Problem) -> dict[str, Any]:
        region = {"startLine": lines.get(problem.at, 1)}
        place = {"artifactLocation": {"uri": name}, "region": region}
        return {
            "ruleId": problem.code,
            "ruleIndex": codes.index(problem.code),
            "level": _LEVELS[problem.severity],
            "message": {"text": problem.say(language)},
            "locations": [{"physicalLocation": place, "logicalLocations": [{"name": problem.at or "map"}]}],
        }

    described = [
        {
            "id": rule.code,
            "name": rule.__name__,
            "shortDescription": {"text": rule.__doc__ or rule.code},
            "fullDescription": {"text": rule.why.say(language)},
            "help": {"text": rule.fix.say(language)},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        }
        for rule in rules
    ]
    driver = {"name": "safarnama", "rules": described}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": [result(problem) for problem in report.problems]}],
    }


def _lines(text: str) -> dict[str, int]:
    """The line at which each id is given, in YAML or JSON."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        given = re.match(r"""\s*(?:-\s*)?[{]?\s*"?id"?\s*:\s*["']?([^"',}\s]+)""", line)
        if given:
            found.setdefault(given[1], number)
    return found
