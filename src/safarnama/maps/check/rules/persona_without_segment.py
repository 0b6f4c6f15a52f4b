"""A persona says which customers it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map


class PersonaWithoutSegment(Rule):
    """A persona says which customers it stands for."""

    code: ClassVar[str] = "M202"
    severity: ClassVar[Severity] = "info"
    title: ClassVar[Text] = Text(
        en="No query says which customers {name} stands for.",
        fa="معلوم نیست {name} نماینده کدام مشتریان است.",
    )
    why: ClassVar[Text] = Text(
        en="A persona without a segment cannot be counted or checked.",
        fa="پرسونای بی‌گروه را نه می‌شود شمرد و نه سنجید.",
    )
    fix: ClassVar[Text] = Text(
        en="Write a filter under segment, for example segment: device = mobile.",
        fa="فیلتری زیر segment بنویسید؛ برای نمونه segment: device = mobile.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        for persona in document.personas:
            everybody = persona.share == 1 or persona.portrait == "everyone"  # who stands for all needs no filter
            if not persona.segment and not everybody and document.kind != "template":
                yield Place(persona.id, {"name": persona.name})
