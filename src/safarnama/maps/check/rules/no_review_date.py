"""The map is to be looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class NoReviewDate(Rule):
    """The map is to be looked at again."""

    code: ClassVar[str] = "M103"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="The map has no date of review.",
        fa="زمان بازبینی نقشه معلوم نیست.",
    )
    why: ClassVar[Text] = Text(
        en="Customers and the company change; a map that is never looked at again misleads.",
        fa="مشتری و شرکت عوض می‌شوند؛ نقشه‌ای که دوباره دیده نشود گمراه می‌کند.",
    )
    fix: ClassVar[Text] = Text(
        en="Put a day within the next quarter under review_due.",
        fa="روزی در فصل پیش رو را زیر review_due بگذارید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        if document.review_due is None:
            yield Place()
