"""Faceless people in the palette, drawn flat in a disc: what they wear on the head, glasses, a beard, grey hair, clothes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Segment


@dataclass(frozen=True)
class Look:
    """How somebody looks. ``hair`` is one of scarf, short, long, bun, curly, bald; ``beard`` is beard, moustache or nothing."""

    hair: str = "short"
    beard: str = ""
    glasses: bool = False
    grey: bool = False
    suit: bool = False
    cloth: str = "lapis"


# Behind each colour of clothes, the ground that it stands out on.
_GROUNDS = {
    "lapis": "opportunity-tint",
    "gain": "gain-tint",
    "pain": "pain-tint",
    "opportunity-mark": "lapis-tint",
    "second": "opportunity-tint",
}
# On a grid of 100 whose disc has the radius 48: shoulders end on its rim, so that nothing has to be clipped.
_BUST = "M14.2 82 C20 75 31 73 41 70 L59 70 C69 73 80 75 85.8 82 C76.7 92.2 63.7 98 50 98 C36.3 98 23.3 92.2 14.2 82 Z"
_NECK = "M43 56 L57 56 L57 70 C57 75.5 43 75.5 43 70 Z"
_UNDER_CHIN = "M43 60.5 C47 66 53 66 57 60.5 L57 65 C53 69.5 47 69.5 43 65 Z"
_HEAD = "M33.5 40 C33.5 27 41 21 50 21 C59 21 66.5 27 66.5 40 C66.5 54 59 65 50 65 C41 65 33.5 54 33.5 40 Z"
_COLLAR = "M41.5 69 L50 77.5 L58.5 69 L62.5 72 L53 85 L50 80.5 L47 85 L37.5 72 Z"
_SHIRT, _TIE = "M41 69.5 L50 92 L59 69.5 L50 78 Z", "M48.4 77 L51.6 77 L53 88 L50 93 L47 88 Z"
_LAPELS = "M41 69 L37 73.5 L41.5 79 L39.5 81.5 L49.5 97.9 L50.5 97.9 L60.5 81.5 L58.5 79 L63 73.5 L59 69 L50 91 Z"
_HAIR = {
    "short": "M32 44 C29 28 38 16.5 51 16.5 C64 16.5 71 28 68 44 C66 40 65 36 64 32 C56 33 48 31 43 28 C40 33 36 35 34 36 C33 39 33 42 32 44 Z",
    "long": "M33 47 C30 30 38 18.5 52 18.5 C64 18.5 70 30 67 47 C65 38 61 32 55 28 C49 34 39 36 33 47 Z",
    "bun": "M32.3 45 C30 28 39 18 50 18 C61 18 70 28 67.7 45 C65 35 58 29.5 50 29.5 C42 29.5 35 35 32.3 45 Z",
    "curly": "M33 42 C30 26 39 17 50 17 C61 17 70 26 67 42 C65 34 60 31 50 31 C40 31 35 34 33 42 Z",
    "bald": "M33 48 C30.5 44 30.5 37 33 31 C34.5 36 34.5 43 33 48 Z M67 48 C69.5 44 69.5 37 67 31 C65.5 36 65.5 43 67 48 Z",
}
_LOCKS = "M50 15 C31 15 26.5 30 27.5 47 C28 59 26.5 68 22.5 75.5 C31 82 41 82 44 78 L56 78 C59 82 69 82 77.5 75.5 C73.5 68 72 59 72.5 47 C73.5 30 69 15 50 15 Z"
_CURLS = ((33, 34), (35, 26), (41, 20), (50, 17.5), (59, 20), (65, 26), (67, 34), (45, 26), (55, 26))
_BEARDS = {
    "beard": "M33.3 44 C33.5 58 41 67 50 67 C59 67 66.5 58 66.7 44 C65 50.5 62 53 59 53 C55 51 45 51 41 53 C38 53 35 50.5 33.3 44 Z",
    "moustache": "M41.5 55.5 C43.5 51 48.5 51 50 53 C51.5 51 56.5 51 58.5 55.5 C55 57 52 56 50 55.3 C48 56 45 57 41.5 55.5 Z",
}
_SCARF = "M50 11.5 C31 11.5 21 26 22 45 C22.8 60 26 69 23 81 C33 90 67 90 77 81 C74 69 77.2 60 78 45 C79 26 69 11.5 50 11.5 Z"
_IN_SCARF = "M50 25 C39 25 33 33 33 45 C33 59 41 70 50 70 C59 70 67 59 67 45 C67 33 61 25 50 25 Z"
_FRINGE = (
    "M33.2 43 C32.2 30 40.2 23 50.2 23 C59.2 23 67.2 29 66.8 42 C62.8 34 55.8 30 48 29.5 C41.8 31.5 36.8 35.5 33.2 43 Z"
)
_WRAP = "M23 80 C32 78 40 74 45 68 C50 72 54 72 57 69 C61 75 68 78 77 80 C71 91 63 96 50 96 C37 96 29 91 23 80 Z"
_FOLD = "M27 83 C38 84 48 80 56 71"
_BRIDGE, _TEMPLES = "M48 43.5 C49 42.3 51 42.3 52 43.5", "M37 43 L33.5 42 M63 43 L66.5 42"


def person(pen: Pen, x: float, y: float, size: float, look: Look, ground: str | None = None) -> None:
    """One person in a disc of ``size`` whose corner is at ``x``, ``y``."""
    unit = size / 100

    def shape(drawing: str, fill: str | None, **more: object) -> None:
        pen.path(tuple((verb, _at(numbers, x, y, unit)) for verb, numbers in _read(drawing)), fill=fill, **more)

    def dot(across: float, down: float, radius: float, fill: str) -> None:
        pen.disc(x + across * unit, y + down * unit, radius * unit, fill)

    hair = "hair-grey" if look.grey else "hair-dark"
    dot(50, 50, 50, "paper")
    dot(50, 50, 48, ground or _GROUNDS.get(look.cloth, "lapis-tint"))
    if look.hair == "scarf":
        shape(_BUST, "stage-5")
        shape(_SCARF, look.cloth)
        shape(_IN_SCARF, "skin")
        shape(_FRINGE, hair)
        shape(_WRAP, look.cloth)
        shape(_FOLD, None, stroke="hair-dark", width=1.6 * unit, opacity=0.4)
    else:
        if look.hair == "long":
            shape(_LOCKS, hair)
        shape(_BUST, "stage-5" if look.suit else look.cloth)
        shape(_NECK, "skin")
        shape(_UNDER_CHIN, "hair-dark", opacity=0.16)
        if look.suit:
            shape(_SHIRT, "on-dark")
            shape(_TIE, look.cloth)
            shape(_LAPELS, "stage-4")
        elif look.hair in ("short", "bald", "curly"):
            shape(_COLLAR, "on-dark")
        if look.hair == "bun":
            dot(50, 13.5, 8, hair)
        if look.hair != "long":
            dot(33.4, 44.5, 3.6, "skin")
            dot(66.6, 44.5, 3.6, "skin")
        shape(_HEAD, "skin")
        shape(_HAIR.get(look.hair, _HAIR["short"]), hair)
        for across, down in _CURLS if look.hair == "curly" else ():
            dot(across, down, 6, hair)
    if look.beard:
        shape(_BEARDS[look.beard], hair)
    if look.glasses:
        for start in (37, 52):
            pen.box(
                x + start * unit, y + 39.5 * unit, 11 * unit, 9 * unit, None, "hair-dark",
                stroke_width=1.5 * unit, radius=3.6 * unit,
            )  # fmt: skip
        for line in (_BRIDGE, _TEMPLES):
            shape(line, None, stroke="hair-dark", width=1.5 * unit)


@lru_cache(maxsize=64)
def _read(drawing: str) -> tuple[Segment, ...]:
    """The segments of a path as SVG writes it, with M, L, C and Z only."""
    return tuple(
        (verb, tuple(map(float, numbers.split()))) for verb, numbers in re.findall("([MLCZ])([^MLCZ]*)", drawing)
    )


def _at(numbers: tuple[float, ...], x: float, y: float, unit: float) -> tuple[float, ...]:
    return tuple((x if place % 2 == 0 else y) + number * unit for place, number in enumerate(numbers))
