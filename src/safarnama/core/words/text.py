"""A sentence in both languages.

Every sentence a user can see is written once, where it is used, as ``Text(en=…, fa=…)``: neither language can be
forgotten, and a feature stays in one file. Arguments are formatted by what they are: ``{reached:customers}`` says
"1,284 customers" or «۱٬۲۸۴ مشتری», ``{share:percent}`` says "35%" or «۳۵٪».
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from typing import Any, Literal, get_args

from safarnama.core.words import speech

Language = Literal["fa", "en"]
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence, in English and in Persian, with optional ``{name:form}`` fields."""

    en: str
    fa: str

    def say(self, language: str, /, **arguments: Any) -> str:
        """The sentence in ``language`` ("en" or "fa") with its fields filled. Without arguments it is said as it stands: braces
        that somebody wrote are no fields.

        >>> Text(en="{n:customers} left", fa="{n:customers} رفتند").say("fa", n=1284)
        '۱٬۲۸۴ مشتری رفتند'
        >>> Text(en="seen: {'a': 1}", fa="…").say("en")
        "seen: {'a': 1}"
        """
        template = self.fa if language == "fa" else self.en
        return _Speaker(language).vformat(template, (), arguments) if arguments else template


class _Speaker(string.Formatter):
    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, form: str) -> str:
        if isinstance(value, Text):
            return _plain(value.say(self.language))
        if isinstance(value, dict) and set(value) <= set(LANGUAGES):
            return _plain(str(value.get(self.language) or next(iter(value.values()), "")))
        return _plain(speech.say(value, form, self.language))


def _plain(said: str) -> str:
    """What is put into a sentence, without the characters that would move the cursor of a terminal or begin a line."""
    return said if said.isprintable() else _CONTROLS.sub(" ", said)
