"""Somebody answers for the map."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map
from safarnama.maps.words import say


class NoOwner(Rule):
    """Somebody answers for the map."""

    code: ClassVar[str] = "M102"
    severity: ClassVar[Severity] = "error"
    title: ClassVar[Text] = Text(
        en="Nobody owns the map.",
        fa="نقشه مسئولی ندارد.",
    )
    why: ClassVar[Text] = Text(
        en="A map without an owner is true on the day it is drawn and wrong three months later.",
        fa="نقشه بی‌مسئول روزی که کشیده می‌شود درست است و سه ماه بعد نادرست.",
    )
    fix: ClassVar[Text] = Text(
        en="Name one person or team under owner.",
        fa="یک نفر یا یک واحد را زیر owner بنویسید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        if not say(document.owner, "en"):
            yield Place()
