"""A persona wants something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class PersonaWithoutNeeds(Rule):
    """A persona wants something."""

    code: ClassVar[str] = "M204"
    severity: ClassVar[Severity] = "info"
    title: ClassVar[Text] = Text(
        en="Nothing says what {name} wants or fears.",
        fa="معلوم نیست {name} چه می‌خواهد و از چه نگران است.",
    )
    why: ClassVar[Text] = Text(
        en="A persona is there to decide by; a name and a face decide nothing.",
        fa="پرسونا برای تصمیم گرفتن است؛ نام و چهره تصمیمی نمی‌سازد.",
    )
    fix: ClassVar[Text] = Text(
        en="Add goals, needs, worries or frustrations.",
        fa="هدف‌ها، نیازها، نگرانی‌ها یا ناامیدی‌هایش را بیفزایید.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        for persona in document.personas:
            wants = (persona.goals, persona.needs, persona.worries, persona.frustrations, persona.requirements)
            if document.kind != "actual" and not any(wants):
                yield Place(persona.id, {"name": persona.name})
