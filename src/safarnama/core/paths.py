"""A path in one line: ``home > "pay, online" > purchase``. Both directions are lossless: ``path_names(say_path(x)) == x``."""

from __future__ import annotations

from collections.abc import Iterable

from safarnama.core.grammar import Reader, quoted


def say_path(names: Iterable[str]) -> str:
    """Touchpoints in their order as one line; a name with spaces or signs stands in double quotes."""
    return " > ".join(map(quoted, names))


def path_names(written: str) -> tuple[str, ...]:
    """The touchpoints of a path from its line; raises ``Mistake`` where it stops making sense.

    >>> path_names('home > "pay, online"')
    ('home', 'pay, online')
    """
    if not written:
        return ()
    reader = Reader(written)
    names = [reader.name()]
    while reader.take(">"):
        names.append(reader.name())
    reader.end()
    return tuple(names)
