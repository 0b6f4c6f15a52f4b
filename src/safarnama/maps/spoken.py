"""All words of a map, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from safarnama.maps.part import Part
from safarnama.maps.words import Bilingual


def spoken(part: Part, at: str = "") -> Iterator[tuple[str, str | Bilingual]]:
    """The id of the nearest thing that has one ("" for the map), and the words; what data wrote is left out."""
    at = getattr(part, "id", at) if "title" not in type(part).model_fields or hasattr(part, "cards") else at
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name == "derived":
            continue
        if is_words(type(part), name):
            for words in value if isinstance(value, list) else [value]:
                if words:
                    yield at, words
        else:
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, Part):
                    yield from spoken(each, at)


@cache
def is_words(kind: type[Part], name: str) -> bool:
    """Whether a field of a part holds words of people."""
    # Annotations are kept as they were written, so the alias is still told apart from a plain str.
    return "Words" in next(
        str(vars(each)["__annotations__"][name])
        for each in kind.__mro__
        if name in vars(each).get("__annotations__", {})
    )


def shortened(text: str, most: int = 48) -> str:
    """The text, cut at a word with … when it is longer than ``most`` letters."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ،,.؛;") + "…"
