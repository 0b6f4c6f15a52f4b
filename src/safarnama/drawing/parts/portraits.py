"""The portrait of a persona: their own picture, the drawn person that they name, or a few people when a map is about everybody."""

from __future__ import annotations

import re

from safarnama.drawing.parts.faces import Look, person
from safarnama.drawing.pen import Pen
from safarnama.drawing.pictures import square
from safarnama.drawing.scene import Image
from safarnama.maps.people import Persona

_CROWD = (None, "", "everyone", "crowd")
_HAIR = ("scarf", "short", "long", "bun", "curly", "bald")
_CLOTHES = {
    "blue": "lapis",
    "lapis": "lapis",
    "green": "gain",
    "red": "pain",
    "saffron": "opportunity-mark",
    "yellow": "opportunity-mark",
    "orange": "second",
}


def portrait(pen: Pen, persona: Persona | None, x: float, y: float, size: float) -> None:
    """Draw it in a circle of ``size``; a picture that cannot be shown safely gives way to a drawn person."""
    found = square(persona.picture) if persona and persona.picture else None
    if found:
        pen.add(Image(found.data, found.media, x, y, size, size, round=True))
    elif persona is None or persona.portrait in _CROWD:
        crowd(pen, x, y - size * 0.04, size)
    else:
        person(pen, x, y, size, look_of(persona.portrait or ""))


def look_of(words: str) -> Look:
    """The look that a few words name.

    >>> look_of("woman, glasses, green").hair, look_of("man, grey").beard, look_of("man, shaven, suit").beard
    ('scarf', 'beard', '')
    """
    said = re.findall("[a-z]+", words.lower())
    woman, man = "woman" in said, "man" in said or "beard" in said
    beard = "moustache" if "moustache" in said else "beard" if man and "shaven" not in said else ""
    return Look(
        hair=next((word for word in said if word in _HAIR), "scarf" if woman else "short"),
        beard=beard,
        glasses="glasses" in said,
        grey="grey" in said or "gray" in said,
        suit="suit" in said,
        cloth=next((_CLOTHES[word] for word in said if word in _CLOTHES), "gain" if man else "lapis"),
    )


def crowd(pen: Pen, x: float, y: float, size: float) -> None:
    """Three people, for a map of all customers; ``x``, ``y`` is the corner of a square of ``size``."""
    person(pen, x + size * 0.46, y + size * 0.10, size * 0.54, Look(cloth="gain"))
    person(pen, x, y + size * 0.10, size * 0.54, Look(beard="beard", cloth="second"))
    person(pen, x + size * 0.17, y + size * 0.30, size * 0.66, Look("scarf"), "lapis-tint")
