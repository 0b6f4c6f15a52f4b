"""Evidence is not older than a quarter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map
from safarnama.maps.naming import LANES, lane_title


class Stale(Rule):
    """Evidence is not older than a quarter."""

    code: ClassVar[str] = "M402"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="In {lane}, {stale:count} of {all:count} rest on evidence that ended more than 90 days ago.",
        fa="در {lane} شواهد {stale:count} از {all:count} مورد بیش از ۹۰ روز پیش پایان یافته است.",
    )
    why: ClassVar[Text] = Text(
        en="It was true; nobody knows whether it is.",
        fa="درست بود؛ کسی نمی‌داند هنوز هست یا نه.",
    )
    fix: ClassVar[Text] = Text(
        en="Discover the map again from newer events, or ask customers again.",
        fa="نقشه را از رویدادهای تازه دوباره بسازید یا از مشتریان دوباره بپرسید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        rows = [
            (lane.id, lane_title(lane), [document.evidence(card) for card in lane.cards]) for lane in document.lanes
        ]
        for curve in document.curves_of("feeling"):
            rows.append(("", curve.name or LANES["feeling"], [point.evidence for point in curve.points]))
        for at, name, found in rows:
            stale = sum(bool(evidence) and all(each.stale(today) for each in evidence) for evidence in found)
            if stale:
                yield Place(at, {"stale": stale, "all": len(found), "lane": name})
