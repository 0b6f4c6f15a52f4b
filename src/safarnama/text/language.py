"""Which of the two languages a text is in."""

from __future__ import annotations

import re

_PERSIAN = re.compile("[\u0600-\u06ff]")
_LATIN = re.compile("[A-Za-z]")


def language_of(text: str) -> str:
    """fa or en, by the script of most of its letters; fa for a text without letters of either.

    >>> language_of("سفارش iPhone من نرسید"), language_of("Where is my order?")
    ('fa', 'en')
    """
    persian, latin = len(_PERSIAN.findall(text)), len(_LATIN.findall(text))
    return "en" if latin > persian else "fa"
