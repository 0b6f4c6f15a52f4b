"""What reading gives: a map, and what of the file it could not hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.maps.model import Map


@dataclass(frozen=True)
class Left:
    """Something that was not carried over, or that was guessed: a sentence, and the line (row) it is about; 0 is none."""

    text: Text
    arguments: dict[str, Any]
    line: int = 0

    def say(self, language: str) -> str:
        said = self.text.say(language, **self.arguments)
        return _LINE.say(language, line=self.line, said=said) if self.line else said


@dataclass(frozen=True)
class Reading:
    """A map from a file, the form it was in (``map`` is our own), and what was left behind."""

    map: Map
    form: str = "map"
    left: tuple[Left, ...] = field(default_factory=tuple)


def unreadable(name: object, why: Text, **arguments: Any) -> Mistake:
    """What is said of a file that is no map in any form."""
    return Mistake(
        Text(en="{name} could not be read: {why}.", fa="{name} خوانده نشد: {why}."),
        name=name,
        why=Text(why.say("en", **arguments), why.say("fa", **arguments)),
    )


_LINE = Text(en="line {line:count}: {said}", fa="سطر {line:count}: {said}")
