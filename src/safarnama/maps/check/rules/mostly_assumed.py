"""At least half of the cards rest on evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class MostlyAssumed(Rule):
    """At least half of the cards rest on evidence."""

    code: ClassVar[str] = "M406"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="Only {honesty}% of the cards rest on evidence that is not stale.",
        fa="تنها {honesty}٪ کارت‌ها شواهدی دارد که قدیمی نیست.",
    )
    why: ClassVar[Text] = Text(
        en="The map shows what the company believes, not what customers live.",
        fa="نقشه باور شرکت را نشان می‌دهد نه تجربه مشتری را.",
    )
    fix: ClassVar[Text] = Text(
        en="Bind steps to touchpoints and discover, import a survey, or note what was observed.",
        fa="گام‌ها را به داده ببندید، نظرسنجی وارد کنید یا آنچه دیده شده بنویسید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        honesty = document.honesty(today)
        if document.kind not in ("planned", "template") and honesty.cards and honesty.score < 50:
            yield Place(words={"honesty": honesty.score})
