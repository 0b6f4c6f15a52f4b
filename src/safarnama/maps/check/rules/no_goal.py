"""A map says what the customer wants."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map
from safarnama.maps.words import say


class NoGoal(Rule):
    """A map says what the customer wants."""

    code: ClassVar[str] = "M101"
    severity: ClassVar[Severity] = "error"
    title: ClassVar[Text] = Text(
        en="The map has no goal of the customer.",
        fa="نقشه هدف مشتری را نمی‌گوید.",
    )
    why: ClassVar[Text] = Text(
        en="Without it nobody can tell a good step from a bad one: a journey is good when it gets the customer there.",
        fa="بی آن نمی‌شود گام خوب را از بد شناخت: سفری خوب است که مشتری را به هدفش برساند.",
    )
    fix: ClassVar[Text] = Text(
        en="Write what the customer wants at the end, in their words, under goal.",
        fa="آنچه مشتری در پایان می‌خواهد، با واژه‌های خودش، زیر goal بنویسید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        if not say(document.goal, "en"):
            yield Place()
