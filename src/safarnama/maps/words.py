"""Words on a map: plain, or in both languages."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator

from safarnama.core.words import Text

Bilingual = dict[Literal["fa", "en"], str]


def _from_text(value: object) -> object:
    return {"fa": value.fa, "en": value.en} if isinstance(value, Text) else value


Words = Annotated[str | Bilingual, BeforeValidator(_from_text)]


def say(words: str | Bilingual | None, language: str) -> str:
    """The words in a language; where it has none, in the other."""
    if words is None:
        return ""
    if isinstance(words, str):
        return words
    return words.get(language) or next((text for text in words.values() if text), "")  # type: ignore[call-overload]
