"""What names a row of a comparison, in words: its parts stand between middle dots, as the answers compared have them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from safarnama.core.errors import Mistake
from safarnama.core.paths import path_names
from safarnama.core.words import Text
from safarnama.core.words.calendar import say_date
from safarnama.core.words.columns import KINDS, column_title
from safarnama.core.words.digits import number
from safarnama.core.words.lexicon import touchpoint

BETWEEN = " · "
_OTHER = Text(en="other", fa="دیگر")
_ATTRIBUTES = ("device", "place", "channel")


def label_title(label: str, language: str) -> str:
    """Places stay numbers; days, kinds, touchpoints and paths are said."""
    return BETWEEN.join(_parts(label.split(BETWEEN), language))


def _parts(parts: list[str], language: str) -> Iterator[str]:
    for place, part in enumerate(parts):
        day = _day(part)
        if part.isdecimal():
            yield number(int(part), language)
        elif day:
            yield say_date(day, language)
        elif place == 0 and part in KINDS and len(parts) > 1:
            yield KINDS[part].say(language)
        elif part in _ATTRIBUTES:
            yield column_title(part, language)
        else:
            yield path_title(part, language)


def path_title(written: str, language: str) -> str:
    """A path of steps; the mark between them turns with the reading direction by itself."""
    if written == "other":
        return _OTHER.say(language)
    try:
        names = path_names(written)
    except Mistake:
        names = (written,)
    return " › ".join(touchpoint(name).title.say(language) for name in names)


def _day(part: str) -> date | None:
    try:
        return date.fromisoformat(part) if len(part) == 10 else None
    except ValueError:
        return None
