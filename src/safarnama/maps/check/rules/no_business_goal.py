"""The map says what the company wants."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map
from safarnama.maps.words import say


class NoBusinessGoal(Rule):
    """The map says what the company wants."""

    code: ClassVar[str] = "M105"
    severity: ClassVar[Severity] = "info"
    title: ClassVar[Text] = Text(
        en="The map does not say what the company wants from it.",
        fa="نقشه نمی‌گوید شرکت از آن چه می‌خواهد.",
    )
    why: ClassVar[Text] = Text(
        en="Improvements are chosen by what they bring to both sides.",
        fa="بهبودها را با سودی که به هر دو سو می‌رسانند برمی‌گزینند.",
    )
    fix: ClassVar[Text] = Text(
        en="Write the company's aim and its measure under business_goal.",
        fa="هدف شرکت و شاخص آن را زیر business_goal بنویسید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        if not say(document.business_goal, "en"):
            yield Place()
