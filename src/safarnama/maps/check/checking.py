"""Holding a map against every rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from safarnama.core import registry
from safarnama.core.errors import unknown
from safarnama.core.words import Text
from safarnama.maps.check.rule import SEVERITIES, Data, Rule, Severity
from safarnama.maps.model import Honesty, Map


@dataclass(frozen=True)
class Problem:
    """A rule that is broken at one place of a map."""

    rule: type[Rule]
    at: str
    words: dict[str, Any]

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    def say(self, language: str) -> str:
        return self.rule.title.say(language, **self.words)

    def as_json(self) -> dict[str, Any]:
        """The problem as plain values, in both languages."""

        def both(text: Text, /, **words: Any) -> dict[str, str]:
            return {language: text.say(language, **words) for language in ("en", "fa")}

        return {
            "code": self.code,
            "rule": self.rule.name(),
            "severity": self.severity,
            "at": self.at or None,
            "text": both(self.rule.title, **self.words),
            "why": both(self.rule.why),
            "fix": both(self.rule.fix),
        }


@dataclass(frozen=True)
class Report:
    """What a check found: problems, the gravest first, and the map's honesty."""

    problems: tuple[Problem, ...]
    honesty: Honesty

    def count(self, severity: Severity) -> int:
        return sum(problem.severity == severity for problem in self.problems)


def check(document: Map, *, today: date | None = None, data: Data | None = None, ignore: Iterable[str] = ()) -> Report:
    """Hold a map against all rules but those of the codes in ``ignore``. Raises ``Mistake`` for a code that is none."""
    today = today or date.today()
    rules = [registry.find("rule", name) for name in registry.names("rule")]
    left_out = set(ignore)
    known = [rule.code for rule in rules]
    for code in left_out:
        if code not in known:
            raise unknown(Text(en="Rule", fa="قاعده"), code, known)
    found = [
        Problem(rule, place.at, place.words)
        for rule in rules
        if rule.code not in left_out
        for place in rule().places(document, today, data)
    ]
    order = {name: number for number, name in enumerate(_ids(document))}
    found.sort(key=lambda problem: (SEVERITIES.index(problem.severity), problem.code, order.get(problem.at, -1)))
    return Report(tuple(found), document.honesty(today))


def _ids(document: Map) -> Iterable[str]:
    for stage in document.stages:
        yield stage.id
        yield from (step.id for step in stage.steps)
    for lane in document.lanes:
        yield lane.id
        yield from (card.id for card in lane.cards)
