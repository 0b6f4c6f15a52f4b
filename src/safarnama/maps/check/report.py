"""A check's report for programs: JSON, and SARIF for the code review of a map kept in Git."""

from __future__ import annotations

from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

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

    # A path is no address: a drive's colon, spaces and Persian letters are written as an address writes them.
    uri = Path(name).as_uri() if Path(name).is_absolute() else quote(name)
    seen: Counter[tuple[str, str]] = Counter()

    def result(problem: Problem) -> dict[str, Any]:
        seen[problem.code, problem.at] += 1
        region = {"startLine": lines.get(problem.at, 1)}
        place = {"artifactLocation": {"uri": uri}, "region": region}
        return {
            "ruleId": problem.code,
            "ruleIndex": codes.index(problem.code),
            "level": _LEVELS[problem.severity],
            "message": {"text": problem.say(language)},
            "locations": [{"physicalLocation": place, "logicalLocations": [{"name": problem.at or "map"}]}],
            "partialFingerprints": {"place/v1": f"{problem.code}:{problem.at}:{seen[problem.code, problem.at]}"},
        }

    described = [
        {
            "id": rule.code,
            "name": rule.__name__,
            "shortDescription": {"text": rule.about(language)},
            "fullDescription": {"text": rule.why.say(language)},
            "help": {"text": rule.fix.say(language)},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        }
        for rule in rules
    ]
    driver = {"name": "safarnama", "version": version("safarnama"), "rules": described}
    run = {
        "tool": {"driver": driver},
        "language": {"en": "en-US", "fa": "fa-IR"}[language],
        "results": [result(problem) for problem in report.problems],
    }
    return {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}


def _lines(text: str) -> dict[str, int]:
    """The line at which each id is given, in YAML or JSON; nothing for a file in another form."""
    found: dict[str, int] = {}
    try:
        waiting = [yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))]
    except yaml.YAMLError:
        return {}
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == "id" and isinstance(value, yaml.ScalarNode):
                    found.setdefault(str(value.value), value.start_mark.line + 1)
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return found
