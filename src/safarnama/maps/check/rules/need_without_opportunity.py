"""Every unmet need has a proposal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class NeedWithoutOpportunity(Rule):
    """Every unmet need has a proposal."""

    code: ClassVar[str] = "M502"
    severity: ClassVar[Severity] = "info"
    title: ClassVar[Text] = Text(
        en="The need “{text}” is not met and nothing is proposed for it.",
        fa="نیاز «{text}» برآورده نشده و راهی برایش پیشنهاد نشده است.",
    )
    why: ClassVar[Text] = Text(
        en="An unmet need is the best place to find something worth doing.",
        fa="نیاز برآورده‌نشده بهترین جا برای یافتن کار ارزشمند است.",
    )
    fix: ClassVar[Text] = Text(
        en="Add an opportunity that names this card under solves.",
        fa="فرصتی بیفزایید که این کارت را زیر solves نام ببرد.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        solved = {name for opportunity in document.opportunities for name in opportunity.solves}
        for lane in document.lanes:
            if lane.kind in ("needs", "expectations", "jobs"):
                for card in lane.cards:
                    if card.met is False and card.id not in solved:
                        yield Place(card.id, {"text": card.text or card.id})
