"""Names fit their heads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import LANGUAGES, Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map
from safarnama.maps.spoken import shortened
from safarnama.maps.words import say


class LongName(Rule):
    """Names fit their heads."""

    code: ClassVar[str] = "M603"
    severity: ClassVar[Severity] = "info"
    title: ClassVar[Text] = Text(
        en="The name “{text}” is too long for a head: {n:count} letters.",
        fa="نام «{text}» برای سرستون دراز است: {n:count} حرف.",
    )
    why: ClassVar[Text] = Text(
        en="Heads are read first and from afar.",
        fa="سرستون را پیش از همه و از دور می‌خوانند.",
    )
    fix: ClassVar[Text] = Text(
        en="Take two or three words; the rest belongs in the tagline.",
        fa="دو سه واژه بس است؛ باقی جایش در tagline است.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        names = {stage.id: stage.name for stage in document.stages} | {step.id: step.name for step in document.steps}
        for place, name in names.items():
            longest = max((say(name, language) for language in LANGUAGES), key=len)
            if len(longest) > 32:
                yield Place(place, {"text": shortened(longest), "n": len(longest)})
