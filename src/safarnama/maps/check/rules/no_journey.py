"""The map shows a journey, not a list of touchpoints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map

_OURS = (
    "touchpoints",
    "channels",
    "doing",
    "frontstage",
    "backstage",
    "support",
    "systems",
    "evidence",
    "measures",
    "images",
    "notes",
)


class NoJourney(Rule):
    """The map shows a journey, not a list of touchpoints."""

    code: ClassVar[str] = "M303"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="Only touchpoints are on the map: nothing says what customers want, feel or suffer.",
        fa="روی نقشه تنها نقطه تماس هست: نه خواسته‌ای، نه احساسی، نه دردی.",
    )
    why: ClassVar[Text] = Text(
        en="A list of touchpoints is the company's view; a journey is what it is like for the customer.",
        fa="فهرست نقاط تماس نگاه شرکت است؛ سفر یعنی مشتری چه تجربه می‌کند.",
    )
    fix: ClassVar[Text] = Text(
        en="Add a lane of needs, feelings, pains or words of customers.",
        fa="ردیفی از نیازها، احساس‌ها، نقاط درد یا گفته‌های مشتریان بیفزایید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        lived = any(lane.cards for lane in document.lanes if lane.kind not in _OURS)
        if not lived and not any(curve.points for curve in document.curves_of("feeling")):
            yield Place()
