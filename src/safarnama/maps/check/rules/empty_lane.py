"""Every lane holds something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map
from safarnama.maps.naming import lane_title


class EmptyLane(Rule):
    """Every lane holds something."""

    code: ClassVar[str] = "M306"
    severity: ClassVar[Severity] = "info"
    title: ClassVar[Text] = Text(
        en="The row {name} is empty.",
        fa="ردیف {name} خالی است.",
    )
    why: ClassVar[Text] = Text(
        en="A row that says nothing takes room from those that do.",
        fa="ردیفی که چیزی نمی‌گوید جای بقیه را می‌گیرد.",
    )
    fix: ClassVar[Text] = Text(
        en="Fill it, or remove it.",
        fa="پُرش کنید یا بردارید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        for lane in document.lanes:
            if not lane.cards and lane.kind != "feeling":
                yield Place(lane.id, {"name": lane_title(lane)})
