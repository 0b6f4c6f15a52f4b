"""Faceless portraits in the palette: one person, or a few when the map is about everybody."""

from __future__ import annotations

from collections.abc import Callable

from safarnama.drawing.pen import Pen
from safarnama.drawing.pictures import load
from safarnama.drawing.scene import Image, Segment
from safarnama.maps.people import Persona

_LOOKS = {
    "woman": ("lapis", "opportunity-tint", "scarf"),
    "man": ("gain", "gain-tint", "beard"),
    "beard": ("gain", "gain-tint", "beard"),
}


def portrait(pen: Pen, persona: Persona | None, x: float, y: float, size: float) -> None:
    """The face of a persona: her own picture cut to a circle, the drawn one she names, or a few people for everybody."""
    found = load(persona.picture) if persona and persona.picture else None
    if found and 0.8 <= found.width / found.height <= 1.25:
        pen.add(Image(found.data, found.media, x, y, size, size, round=True))
    elif persona is None or persona.portrait in (None, "everyone", "crowd"):
        crowd(pen, x, y - size * 0.04, size)
    else:
        person(pen, x, y, size, *_LOOKS.get(persona.portrait, ("lapis", "lapis-tint", "short")))


def crowd(pen: Pen, x: float, y: float, size: float) -> None:
    """Three people, for a map of all customers; ``x``, ``y`` is the corner of a square of ``size``."""
    person(pen, x + size * 0.46, y + size * 0.10, size * 0.54, "gain", "gain-tint", "short")
    person(pen, x, y + size * 0.10, size * 0.54, "second", "opportunity-tint", "beard")
    person(pen, x + size * 0.17, y + size * 0.30, size * 0.66, "lapis", "lapis-tint", "scarf")


def person(pen: Pen, x: float, y: float, size: float, cloth: str, ground: str, kind: str = "scarf") -> None:
    """One person in a disc of ``size``. ``kind`` is scarf, short or beard."""
    r = size / 2
    pen.disc(x + r, y + r, r, "paper")
    pen.disc(x + r, y + r, r - size * 0.02, ground)

    def at(*numbers: float) -> tuple[float, ...]:
        return tuple((x if place % 2 == 0 else y) + number / 100 * size for place, number in enumerate(numbers))

    def shape(*segments: tuple[str, tuple[float, ...]]) -> tuple[Segment, ...]:
        return tuple((verb, at(*numbers)) for verb, numbers in segments)

    # Shoulders end on the disc's rim, so that nothing has to be clipped.
    pen.path(
        shape(("M", (17, 86)), ("C", (22, 74, 34, 69, 50, 69)), ("C", (66, 69, 78, 74, 83, 86)), ("C", (74, 94, 62, 98, 50, 98)), ("C", (38, 98, 26, 94, 17, 86)), ("Z", ())),
        fill=cloth,
    )  # fmt: skip
    if kind == "scarf":
        pen.path(
            shape(("M", (50, 16)), ("C", (33, 16, 25, 30, 26, 46)), ("C", (27, 58, 29, 66, 27, 76)), ("C", (36, 84, 64, 84, 73, 76)), ("C", (71, 66, 73, 58, 74, 46)), ("C", (75, 30, 67, 16, 50, 16)), ("Z", ())),
            fill=cloth,
        )  # fmt: skip
        _face(pen, shape, 50, 46, 16, 21)
        pen.path(
            shape(("M", (34.5, 43)), ("C", (34, 31, 41, 25, 50, 25)), ("C", (59, 25, 66, 31, 65.5, 43)), ("C", (61, 36, 55, 33, 47, 32.5)), ("C", (42, 34, 38, 37, 34.5, 43)), ("Z", ())),
            fill="hair-dark",
        )  # fmt: skip
        return
    pen.path(
        shape(("M", (43, 58)), ("L", (57, 58)), ("L", (58, 72)), ("C", (54, 77, 46, 77, 42, 72)), ("Z", ())),
        fill="skin",
    )
    _face(pen, shape, 50, 42, 17, 22)
    pen.path(
        shape(("M", (32, 44)), ("C", (29, 28, 38, 17, 51, 17)), ("C", (64, 17, 71, 28, 68, 44)), ("C", (66, 40, 65, 36, 64, 32)), ("C", (56, 33, 48, 31, 43, 28)), ("C", (40, 33, 36, 35, 34, 36)), ("C", (33, 39, 33, 42, 32, 44)), ("Z", ())),
        fill="hair-dark",
    )  # fmt: skip
    if kind == "beard":
        pen.path(
            shape(("M", (33, 45)), ("C", (33.5, 58, 41, 66, 50, 66)), ("C", (59, 66, 66.5, 58, 67, 45)), ("C", (65, 51, 62, 53, 59, 53)), ("C", (55, 51, 45, 51, 41, 53)), ("C", (38, 53, 35, 51, 33, 45)), ("Z", ())),
            fill="hair-dark",
        )  # fmt: skip


def _face(pen: Pen, shape: Callable[..., tuple[Segment, ...]], x: float, y: float, wide: float, high: float) -> None:
    k = 0.5523
    pen.path(
        shape(
            ("M", (x, y - high)),
            ("C", (x + wide * k, y - high, x + wide, y - high * k, x + wide, y)),
            ("C", (x + wide, y + high * k, x + wide * k, y + high, x, y + high)),
            ("C", (x - wide * k, y + high, x - wide, y + high * k, x - wide, y)),
            ("C", (x - wide, y - high * k, x - wide * k, y - high, x, y - high)),
            ("Z", ()),
        ),
        fill="skin",
    )
