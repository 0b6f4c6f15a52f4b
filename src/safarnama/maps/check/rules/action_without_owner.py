"""Actions say who and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class ActionWithoutOwner(Rule):
    """Actions say who and until when."""

    code: ClassVar[str] = "M504"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="The action “{text}” has no owner or no due date.",
        fa="اقدام «{text}» مسئول یا سررسید ندارد.",
    )
    why: ClassVar[Text] = Text(
        en="What is everybody's is done by nobody.",
        fa="کاری که از آن همه باشد را کسی انجام نمی‌دهد.",
    )
    fix: ClassVar[Text] = Text(
        en="Write owner and due.",
        fa="مسئول (owner) و سررسید (due) را بنویسید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        for action in document.actions if document.kind != "template" else ():
            if action.status in ("planned", "doing") and (not action.owner or action.due is None):
                yield Place(action.id, {"text": action.text})
