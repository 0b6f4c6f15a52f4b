"""Opportunities become actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class OpportunityWithoutAction(Rule):
    """Opportunities become actions."""

    code: ClassVar[str] = "M503"
    severity: ClassVar[Severity] = "info"
    title: ClassVar[Text] = Text(
        en="Nobody does anything about the opportunity “{text}” yet.",
        fa="هنوز کسی برای فرصت «{text}» کاری نمی‌کند.",
    )
    why: ClassVar[Text] = Text(
        en="What nobody has taken up will be found again at the next workshop.",
        fa="کاری که کسی برنداشته در کارگاه بعدی دوباره پیدا می‌شود.",
    )
    fix: ClassVar[Text] = Text(
        en="Add an action with for, owner and due; or drop the opportunity.",
        fa="اقدامی با for و owner و due بیفزایید یا فرصت را کنار بگذارید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        served = {action.for_ for action in document.actions}
        for opportunity in document.opportunities:
            if opportunity.id not in served and document.kind != "template":
                yield Place(opportunity.id, {"text": opportunity.text})
