"""Direction for renderers that disagree about it: the controls each output puts around a plain string.

Chromium obeys SVG's ``direction``, resvg and Typst ignore it; an isolate around the string is what all three draw alike. None of
these controls ever reaches a document, a table or a slide.
"""

from __future__ import annotations

import re
from functools import lru_cache

_RLI, _LRI, _PDI, _ALM = "\u2067", "\u2066", "\u2069", "\u061c"
SIGNED = re.compile("[+−][۰-۹0-9][۰-۹0-9٬٫.,]*")
_PERCENT = re.compile("([۰-۹][۰-۹٬٫]*)٪")


@lru_cache(maxsize=20_000)
def isolated(text: str, direction: str) -> str:
    """A string as it is put into SVG: within an isolate of its direction, signs and percents held in their place.

    >>> isolated("ریزش ۳۵٪", "rtl") == "\u2067ریزش \u061c۳۵٪\u2069"
    True
    """
    if direction == "ltr":
        return f"{_LRI}{text}{_PDI}" if _has_persian(text) else text
    # An Arabic letter mark keeps ٪ at the left of its number; a signed number must not be turned round.
    text = _PERCENT.sub(_ALM + r"\1٪", text)
    text = SIGNED.sub(
        lambda found: f"{_LRI}{found[0]}{_PDI}" if "٪" not in text[found.end() : found.end() + 1] else found[0],
        text,
    )
    return f"{_RLI}{text}{_PDI}"


def _has_persian(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)
