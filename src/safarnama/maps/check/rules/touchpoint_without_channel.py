"""Every touchpoint says where it happens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class TouchpointWithoutChannel(Rule):
    """Every touchpoint says where it happens."""

    code: ClassVar[str] = "M309"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="The touchpoint {name} has no channel.",
        fa="نقطه تماس {name} کانال ندارد.",
    )
    why: ClassVar[Text] = Text(
        en="The same touchpoint in the app and on the phone are two experiences.",
        fa="یک نقطه تماس در اپلیکیشن و پشت تلفن دو تجربه است.",
    )
    fix: ClassVar[Text] = Text(
        en="Write it under channel: website, app, sms, call, store …",
        fa="آن را زیر channel بنویسید: website، app، sms، call، store …",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        for lane in document.lanes:
            if lane.kind == "touchpoints":
                for card in lane.cards:
                    if not card.channel and card.kind == "communication":
                        yield Place(card.id, {"name": card.text or card.id})
