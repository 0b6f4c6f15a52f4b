"""How many of what: a count as maps and tables may show it, where one to four people are never told apart."""

from __future__ import annotations

from safarnama.core.words import Text, speech

PEOPLE = ("customers", "people")
FEWEST = 5
"""People that are counted together at the least."""
FEW = Text(en="<5", fa="کمتر از ۵")
"""What stands in the place of a count of fewer."""
_FEW_OF = Text(en="fewer than 5 {noun}", fa="کمتر از ۵ {noun}")


def few(n: int, unit: str) -> bool:
    """Whether these are people, and too few to be told apart."""
    return n < FEWEST and unit in PEOPLE


def counted(n: int, unit: str, language: str) -> str:
    """The count with what was counted; a unit that is none of ``speech.NOUNS`` is said as it was written."""
    if few(n, unit):
        return _FEW_OF.say(language, noun=speech.NOUNS[unit][2 if language == "fa" else 1])
    return speech.say(n, unit, language) if unit in speech.NOUNS else f"{speech.say(n, 'count', language)} {unit}"
