"""A map can be taken in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class TooMuch(Rule):
    """A map can be taken in."""

    code: ClassVar[str] = "M302"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="The map has {stages:stages} and {steps:steps}; nobody takes in more than 9 and 40.",
        fa="نقشه {stages:stages} و {steps:steps} دارد؛ بیش از ۹ مرحله و ۴۰ گام در ذهن کسی نمی‌ماند.",
    )
    why: ClassVar[Text] = Text(
        en="A map too complete to be read changes nothing.",
        fa="نقشه‌ای که از پُری خوانده نشود چیزی را عوض نمی‌کند.",
    )
    fix: ClassVar[Text] = Text(
        en="Move detail into maps of its own and name them under map at the step.",
        fa="جزئیات را به نقشه‌ای جدا ببرید و نامش را زیر map در همان گام بنویسید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        if len(document.stages) > 9 or len(document.steps) > 40:
            yield Place(words={"stages": len(document.stages), "steps": len(document.steps)})
