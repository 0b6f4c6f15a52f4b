"""What a number should be, and what others reach: small lines under a figure."""

from __future__ import annotations

from safarnama.core.words import Text, speech
from safarnama.maps.derived import Figure
from safarnama.maps.words import say

_TARGET = Text(en="target {value}", fa="هدف {value}")
_OTHERS = Text(en="{of}: {value}", fa="{of}: {value}")


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
