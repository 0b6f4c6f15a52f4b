"""Small lines under what a card says: what its number should be and what others reach; how likely and how bad a risk is."""

from __future__ import annotations

from safarnama.core.words import Text, speech
from safarnama.maps.derived import Figure
from safarnama.maps.lanes import Card
from safarnama.maps.words import say

_TARGET = Text(en="target {value}", fa="هدف {value}")
_OTHERS = Text(en="{of}: {value}", fa="{of}: {value}")
_LIKELY = Text(en="likelihood {n:count} of 5", fa="احتمال {n:count} از ۵")
_BAD = Text(en="impact {n:count} of 5", fa="اثر {n:count} از ۵")


def aims(figure: Figure | None, language: str) -> list[str]:
    """The target, and the benchmark with whose it is; nothing where there is neither."""
    if figure is None:
        return []
    said = []
    if figure.target is not None:
        said.append(_TARGET.say(language, value=speech.say(figure.target, figure.form, language)))
    if figure.benchmark:
        value = speech.say(figure.benchmark.value, figure.form, language)
        said.append(_OTHERS.say(language, of=say(figure.benchmark.of, language), value=value))
    return said


def odds(card: Card, language: str) -> list[str]:
    """How likely a risk is and what it would do; nothing where neither is said."""
    scores = ((_LIKELY, card.likelihood), (_BAD, card.impact))
    return [text.say(language, n=n) for text, n in scores if n is not None]
