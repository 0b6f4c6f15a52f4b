"""The line of a curve with its band: solid where it was measured, dashed where it is assumed, broken where nothing is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import band, smooth
from safarnama.maps.derived import Point


def runs(numbers: list[int]) -> list[list[int]]:
    """Steps next to each other: a line joins them, a gap breaks it.

    >>> runs([0, 1, 4])
    [[0, 1], [4]]
    """
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def stretch(
    pen: Pen,
    run: list[int],
    known: Mapping[int, Point],
    at: Mapping[int, tuple[float, float]],
    level: Callable[[float], float],
    colour: str = "lapis",
    wide: float = 3,
) -> None:
    """One unbroken piece of a curve: its band, then its line."""
    upper, lower = [], []
    for number in run:
        point = known[number]
        x = at[number][0]
        upper.append((x, level(point.high if point.high is not None else point.value)))
        lower.append((x, level(point.low if point.low is not None else point.value)))
    assumed = [not known[number].evidence for number in run]
    if len(run) > 1:
        pen.path(band(upper, lower), fill=colour, opacity=0.15, hatched=all(assumed))
        whole = smooth([at[number] for number in run])
        for place in range(len(run) - 1):
            piece = (("M", at[run[place]]), whole[place + 1])
            dashed = assumed[place] or assumed[place + 1]
            pen.path(piece, stroke=colour, width=wide * 0.75 if dashed else wide, dash="6 5" if dashed else None)
    else:
        (x, up), (_, down) = upper[0], lower[0]
        if down - up > 2:
            pen.box(x - 6, up, 12, down - up, colour, radius=6, opacity=0.15)
