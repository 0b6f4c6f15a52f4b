"""Mistakes that a person can mend: what happened, what was seen, what to do. One line, in both languages."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from safarnama.core.words import Text

_LONGEST, _ITEM = 500, 80  # letters of what was seen, and of one of several


class Mistake(Exception):
    """Something the user can mend. The command line prints it as one line and ends with status 2.

    ``Mistake(Text(en="…{seen}…", fa="…{seen}…"), seen=…)``; ``say(language)`` gives the sentence.
    """

    def __init__(self, text: Text, /, **arguments: Any) -> None:
        self.text = text
        self.arguments = {name: _short(value) for name, value in arguments.items()}
        super().__init__(text.say("en", **self.arguments))

    def say(self, language: str) -> str:
        return self.text.say(language, **self.arguments)


def _short(value: Any) -> Any:
    """What was seen, cut where it would fill the screen."""
    if isinstance(value, str):
        return value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
    if isinstance(value, list):
        return [each[:_ITEM] + "…" if isinstance(each, str) and len(each) > _ITEM else each for each in value]
    return value


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that looks most like ``word``, for "did you mean …"; None when nothing is near."""
    lower = {name.casefold(): name for name in reversed(known)}
    found = get_close_matches(word.casefold(), lower, n=1, cutoff=0.6)
    return lower[found[0]] if found else None


def unknown(what: Text, seen: str, known: list[str]) -> Mistake:
    """The mistake of naming something that is not there: says what was seen and the nearest right name."""
    near = nearest(seen, known)
    if near is not None:
        return Mistake(
            Text(
                en="{what} {seen} is not here. Nearest: {near}",
                fa="{what} {seen} پیدا نشد. نزدیک‌ترین: {near}",
            ),
            what=what,
            seen=seen,
            near=near,
        )
    if not known:
        return Mistake(
            Text(en="{what} {seen} is not here; there are none.", fa="{what} {seen} پیدا نشد؛ هیچ‌یک وجود ندارد."),
            what=what,
            seen=seen,
        )
    return Mistake(
        Text(en="{what} {seen} is not here. Known: {known}", fa="{what} {seen} پیدا نشد. موجود: {known}"),
        what=what,
        seen=seen,
        known=", ".join(known[:16]) + (" …" if len(known) > 16 else ""),
    )
