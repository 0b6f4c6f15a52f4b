"""The review is not overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class ReviewOverdue(Rule):
    """The review is not overdue."""

    code: ClassVar[str] = "M104"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="The review was due on {due:date}.",
        fa="موعد بازبینی {due:date} بود.",
    )
    why: ClassVar[Text] = Text(
        en="What was agreed then may no longer hold.",
        fa="آنچه آن زمان درست بود شاید دیگر درست نباشد.",
    )
    fix: ClassVar[Text] = Text(
        en="Go over the map with its owner and set the next date.",
        fa="نقشه را با مسئولش مرور کنید و موعد بعدی را بگذارید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        if document.kind == "template":
            return  # its date is only an example; whoever takes it sets their own
        if document.review_due is not None and document.review_due < today:
            yield Place(words={"due": document.review_due})
