"""Actions are not overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class ActionOverdue(Rule):
    """Actions are not overdue."""

    code: ClassVar[str] = "M505"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="The action “{text}” was due on {due:date}.",
        fa="سررسید اقدام «{text}» {due:date} بود.",
    )
    why: ClassVar[Text] = Text(
        en="A plan that is quietly late stops being a plan.",
        fa="برنامه‌ای که بی‌صدا عقب بیفتد دیگر برنامه نیست.",
    )
    fix: ClassVar[Text] = Text(
        en="Finish it, move the date, or drop it.",
        fa="تمامش کنید، سررسید را جابه‌جا کنید یا کنارش بگذارید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        if document.kind == "template":
            return  # its dates are only examples; whoever takes it sets their own
        for action in document.actions:
            if action.due is not None and action.due < today and action.status in ("planned", "doing"):
                yield Place(action.id, {"text": action.text, "due": action.due})
