"""Rules by which names in the data are read under others: ``checkout_*`` as *checkout*, ``insta*`` as *social*.

The first rule with a pattern that fits a name gives its new name; a name that no rule fits keeps its own. In a pattern ``*`` is any
run of letters; in the new name it is what the pattern's ``*`` caught. A workspace keeps its rules in ``taxonomy.yaml`` or ``taxonomy.csv``:
what is stored is never rewritten, so taking a rule away takes its effect away.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from safarnama.core.errors import Mistake
from safarnama.core.grammar import quoted
from safarnama.core.words import Text
from safarnama.core.workspace import Workspace, write

TOUCHPOINT = "touchpoint"
_FILES = ("taxonomy.yaml", "taxonomy.yml", "taxonomy.csv")


@dataclass(frozen=True, slots=True)
class Rule:
    """Names that fit any of ``patterns`` are read as ``name``."""

    patterns: tuple[str, ...]
    name: str

    def __str__(self) -> str:
        return f"{'|'.join(map(quoted, self.patterns))}={quoted(self.name)}"

    def reads(self, name: str) -> str | None:
        """The name that another is read as by this rule; None when it does not fit."""
        for pattern in self.patterns:
            found = re.fullmatch(_regex(pattern), name, re.DOTALL)
            if found:
                first, *others = self.name.split("*")
                caught = [*found.groups(), *[""] * len(others)]
                return first + "".join(part + other for part, other in zip(caught, others, strict=False))
        return None


@dataclass(frozen=True)
class Taxonomy:
    """Rules by what they are about: *touchpoint*, *channel*, or another dimension of events."""

    rules: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.rules.values())

    @classmethod
    def of(cls, workspace: Workspace) -> Taxonomy:
        """The rules of a workspace; none when it keeps no file of them."""
        path = path_of(workspace)
        return cls.read(path) if path else cls()

    @classmethod
    def read(cls, path: str | Path) -> Taxonomy:
        """Rules from a file: YAML (``touchpoints:``, ``channels:``, each new name with its patterns) or CSV (from, to, of)."""
        path = Path(path)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise _unreadable(path) from error
        try:
            return cls(_from_csv(text) if path.suffix.casefold() == ".csv" else _from_yaml(text))
        except (ValueError, yaml.YAMLError) as error:
            raise _unreadable(path) from error

    def save(self, workspace: Workspace) -> None:
        """Keep the rules in the workspace, in place of those it had."""
        kept = path_of(workspace)
        path = workspace.folder / _FILES[0]
        if self:
            write(path, self.yaml().encode())
        for old in (workspace.folder / name for name in _FILES):
            if kept and old.exists() and (old != path or not self):
                old.unlink()

    def yaml(self) -> str:
        """The rules as YAML."""
        written = {
            f"{of}s": {rule.name: list(rule.patterns) if len(rule.patterns) > 1 else rule.patterns[0] for rule in rules}
            for of, rules in self.rules.items()
            if rules
        }
        return yaml.safe_dump(written, allow_unicode=True, sort_keys=False)

    def more(self, of: str, rules: Sequence[Rule]) -> Taxonomy:
        """With these rules before those there are; rules to one new name are one rule."""
        mine: dict[str, list[str]] = {}
        for rule in (*rules, *self.rules.get(of, ())):
            known = mine.setdefault(rule.name, [])
            known += [pattern for pattern in rule.patterns if pattern not in known]
        return Taxonomy({**self.rules, of: tuple(Rule(tuple(patterns), name) for name, patterns in mine.items())})

    def without(self, of: str, name: str) -> Taxonomy:
        """Without the rules that read anything as ``name``."""
        kept = tuple(rule for rule in self.rules.get(of, ()) if rule.name != name)
        return Taxonomy({**self.rules, of: kept})


def path_of(workspace: Workspace) -> Path | None:
    """The file in which a workspace keeps its rules, if it does."""
    return next((path for path in (workspace.folder / name for name in _FILES) if path.exists()), None)


def renamed(names: Sequence[str], rules: Sequence[Rule]) -> list[str]:
    """Each name as the first rule that fits reads it."""
    return [next((new for rule in rules if (new := rule.reads(name)) is not None), name) for name in names]


def check_rules(rules: Sequence[Rule], names: Sequence[str]) -> None:
    """Raise ``Mistake`` for a pattern that fits no name, with the names that look most like it."""
    for rule in rules:
        for pattern in rule.patterns:
            if any(re.fullmatch(_regex(pattern), name, re.DOTALL) for name in names):
                continue
            near = sorted(get_close_matches(pattern.replace("*", "") or pattern, names, n=3, cutoff=0.5))
            raise Mistake(
                _NOTHING_NEAR if near else _NOTHING,
                pattern=quoted(pattern),
                known=", ".join(map(quoted, near or [*names[:12]])) + (" …" if not near and len(names) > 12 else ""),
            )


def _regex(pattern: str) -> str:
    return "(.*)".join(re.escape(part) for part in pattern.split("*"))


def _from_yaml(text: str) -> dict[str, tuple[Rule, ...]]:
    found = yaml.safe_load(text) or {}
    if not isinstance(found, dict):
        raise ValueError("not a mapping")
    rules: dict[str, tuple[Rule, ...]] = {}
    for heading, groups in found.items():
        if not isinstance(groups, dict):
            raise ValueError("a heading without rules")
        of = str(heading)
        of = of[:-1] if of in ("touchpoints", "channels", "devices", "places", "campaigns", "sources") else of
        rules[of] = tuple(Rule(_patterns(patterns), str(name)) for name, patterns in groups.items())
    return rules


def _patterns(written: Any) -> tuple[str, ...]:
    patterns = tuple(str(each) for each in (written if isinstance(written, list) else [written]))
    if not patterns or not all(patterns):
        raise ValueError("a rule without a pattern")
    return patterns


def _from_csv(text: str) -> dict[str, tuple[Rule, ...]]:
    rows = list(csv.DictReader(io.StringIO(text)))
    rules: dict[str, list[Rule]] = {}
    for row in rows:
        if not row.get("from") or not row.get("to"):
            raise ValueError("a row without from and to")
        rules.setdefault(row.get("of") or TOUCHPOINT, []).append(Rule((row["from"],), row["to"]))
    return {of: tuple(each) for of, each in rules.items()}


def _unreadable(path: Path) -> Mistake:
    return Mistake(_UNREADABLE, path=path, yaml="touchpoints: {checkout: [checkout_*, pay]}", csv="from,to")


_NOTHING_NEAR = Text(
    en="The rule {pattern} fits no name. Nearest: {known}", fa="قاعده {pattern} به هیچ نامی نمی‌خورد. نزدیک‌ترین: {known}"
)
_NOTHING = Text(
    en="The rule {pattern} fits no name. Known: {known}", fa="قاعده {pattern} به هیچ نامی نمی‌خورد. موجود: {known}"
)
_UNREADABLE = Text(
    en="{path} cannot be read as rules for names. Write YAML like {yaml}, or CSV with the columns {csv}.",
    fa="{path} به‌عنوان قاعده نام‌ها خوانده نشد. آن را به شکل YAML بنویسید، مانند {yaml}، یا CSV با ستون‌های {csv}.",
)
