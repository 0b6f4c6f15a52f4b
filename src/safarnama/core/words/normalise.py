"""One form for what people write in many: for matching and grouping only; what is shown keeps its own letters."""

from __future__ import annotations

import re
import unicodedata

from safarnama.core.words.digits import latin

_LETTERS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ۀ": "ه",
        "ة": "ه",
        "أ": "ا",
        "إ": "ا",
        "ٱ": "ا",
        "ـ": None,  # tatweel
        "\u200c": " ",  # half-space: a space for keys
        "\ufeff": None,
    }
)
_MARKS = re.compile("[\u064b-\u0652\u0670\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\u061c]")
_SPACES = re.compile(r"\s+")


def key(text: str) -> str:
    """The matching form of a name: Persian letters and Latin digits, no marks, one space, lower case.

    Idempotent. Two names that a person reads as the same give the same key.

    >>> key("كتاب‌هاي  ١٢") == key("کتاب های ۱۲")
    True
    """
    text = unicodedata.normalize("NFKC", text)
    text = _MARKS.sub("", latin(text)).translate(_LETTERS)
    return _SPACES.sub(" ", text).strip().casefold()
