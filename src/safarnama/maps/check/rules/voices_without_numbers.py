"""What customers say is also counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class VoicesWithoutNumbers(Rule):
    """What customers say is also counted."""

    code: ClassVar[str] = "M404"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="Customers speak on the map, but nothing is counted.",
        fa="مشتریان روی نقشه حرف می‌زنند ولی چیزی شمرده نشده است.",
    )
    why: ClassVar[Text] = Text(
        en="One loud voice may stand for three people or for three thousand.",
        fa="یک صدای بلند شاید از آن سه نفر باشد یا سه هزار نفر.",
    )
    fix: ClassVar[Text] = Text(
        en="Bind steps to touchpoints and discover, or give cards evidence with n.",
        fa="گام‌ها را به نقاط تماس ببندید و نقشه را از داده بسازید، یا به کارت‌ها شواهدی با تعداد بدهید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        spoken = any(lane.cards for lane in document.lanes if lane.kind in ("thinking", "quotes"))
        counted = any(
            each.kind in ("measured", "surveyed") and each.n
            for lane in document.lanes
            for card in lane.cards
            for each in document.evidence(card)
        )
        if spoken and not counted and document.kind not in ("planned", "template"):
            yield Place()
