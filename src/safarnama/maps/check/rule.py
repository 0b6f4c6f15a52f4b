"""What a rule is: it goes over a map and yields every place where something is missing."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Literal

from safarnama.core.plugin import PlugIn
from safarnama.core.words import Text
from safarnama.maps.derived import Reach
from safarnama.maps.model import Map

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True)
class Data:
    """What a workspace knows of a map's subjects. ``customers(segment)`` is how many a filter lets through, all of them
    for None; ``touchpoints`` are the names that happened; ``reach`` is how many come to each stage today, by its id."""

    customers: Callable[[str | None], int]
    touchpoints: frozenset[str]
    reach: dict[str, Reach]


@dataclass(frozen=True)
class Place:
    """One thing that a rule found: the id it is at ("" is the map itself) and what the rule's sentence says of it."""

    at: str = ""
    words: dict[str, Any] = field(default_factory=dict)


class Rule(PlugIn):
    """One thing that a good map has. ``code`` never changes; ``title`` is the sentence about one place."""

    code: ClassVar[str]
    severity: ClassVar[Severity]
    why: ClassVar[Text]
    fix: ClassVar[Text]

    @classmethod
    def about(cls, language: str) -> str:
        """What it finds, without a place."""
        return re.sub(r"\{[^}]*\}", "…", cls.title.say(language))

    @abstractmethod
    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        """Where the map breaks the rule. ``data`` is None when no workspace was named."""
