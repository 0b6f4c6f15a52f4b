"""Every word is in both languages, if the map is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from safarnama.core.words import LANGUAGES, Text
from safarnama.maps.check.rule import Data, Place, Rule, Severity
from safarnama.maps.model import Map
from safarnama.maps.spoken import shortened, spoken
from safarnama.maps.words import Bilingual
from safarnama.text.language import language_of

_NAMES = {"fa": Text(en="Persian", fa="فارسی"), "en": Text(en="English", fa="انگلیسی")}


class MissingTranslation(Rule):
    """Every word is in both languages, if the map is."""

    code: ClassVar[str] = "M601"
    severity: ClassVar[Severity] = "warning"
    title: ClassVar[Text] = Text(
        en="“{text}” has no words in {language}.",
        fa="«{text}» به {language} نوشته نشده است.",
    )
    why: ClassVar[Text] = Text(
        en="Half of the readers would see the other language in the middle of theirs.",
        fa="نیمی از خوانندگان میان متن خود زبان دیگر را می‌بینند.",
    )
    fix: ClassVar[Text] = Text(
        en="Write both, one under fa and one under en.",
        fa="هر دو را بنویسید، یکی زیر fa و یکی زیر en.",
    )

    def places(self, document: Map, today: date, data: Data | None) -> Iterator[Place]:
        found = [each for each in spoken(document) if each not in _voices(document)]
        if not any(isinstance(words, dict) and len(words) > 1 for _, words in found):
            return  # a map in one language is a map in one language
        for at, words in found:
            if isinstance(words, str):
                missing = "en" if language_of(words) == "fa" else "fa"
                if any(letter.isalpha() and not letter.isupper() for letter in words):
                    yield Place(at, {"text": shortened(words), "language": _NAMES[missing]})
                continue
            if words.get("fa") == words.get("en") and len(str(words.get("en")).split()) > 2:
                missing = "en" if language_of(str(words["en"])) == "fa" else "fa"
                yield Place(at, {"text": shortened(str(words["en"])), "language": _NAMES[missing]})
            for language in LANGUAGES:
                if not words.get(language) and any(words.values()):
                    yield Place(
                        at, {"text": shortened(next(filter(None, words.values()))), "language": _NAMES[language]}
                    )


def _voices(document: Map) -> list[tuple[str, str | Bilingual]]:
    """What customers said themselves stays in their own words, and so does what colleagues remark."""
    cards = [card for lane in document.lanes if lane.kind in ("thinking", "quotes") for card in lane.cards]
    said = [(card.id, card.text) for card in cards if card.text and document.evidence(card)]
    said += [(persona.id, quote.text) for persona in document.personas for quote in persona.quotes]
    return said + [
        (comment.id, words) for comment in document.comments for words in (comment.text, comment.author) if words
    ]
