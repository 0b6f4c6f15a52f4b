"""Every pain has a proposal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class PainWithoutOpportunity(Rule):
    """Every pain has a proposal."""

    code: ClassVar[str] = "M501"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="Nothing is proposed for the pain “{text}”.",
        fa="برای درد «{text}» راهی پیشنهاد نشده است.",
    )
    why: ClassVar[Text] = Text(
        en="A map of pains alone ends in a drawer.",
        fa="نقشه‌ای که فقط درد نشان دهد به کشو می‌رود.",
    )
    fix: ClassVar[Text] = Text(
        en="Add an opportunity at the same stage, or one that names this card under solves.",
        fa="در همان مرحله فرصتی بیفزایید، یا فرصتی که این کارت را زیر solves نام ببرد.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        answered: set[int] = set()
        stages = {}
        at = 0
        for number, stage in enumerate(document.stages):
            for _ in stage.steps:
                stages[at] = number
                at += 1
        for lane in document.lanes:
            if lane.kind == "opportunities":
                answered |= {stages[column] for card in lane.cards for column in range(*document.columns(card))}
        solved = {name for opportunity in document.opportunities for name in opportunity.solves}
        answered |= {
            stages[document.place(opportunity.at)[0]] for opportunity in document.opportunities if opportunity.at
        }
        for lane in document.lanes:
            if lane.kind in ("pains", "barriers"):
                for card in lane.cards:
                    where = {stages[column] for column in range(*document.columns(card))}
                    if card.id not in solved and not where & answered:
                        yield Place(card.id, {"text": card.text or card.id})
