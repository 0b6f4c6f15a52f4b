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


def running_on(every: Mapping[int, Point], columns: int) -> dict[int, Point]:
    """The points of a page that has so many columns, of all those of a curve (negative on pages before it). Where the line goes
    on to another page there is a point beyond the edge, halfway to the next, so that the pages take it up from each other."""
    found = {column: point for column, point in every.items() if 0 <= column < columns}
    for here, beyond in ((0, -1), (columns - 1, columns)):
        if here in every and beyond in every:
            found[beyond] = _halfway(every[here], every[beyond])
    return found


def _halfway(one: Point, other: Point) -> Point:
    """The point between two: it rests on evidence where both do."""
    ends = {
        end: (a + b) / 2 if (a := getattr(one, end)) is not None and (b := getattr(other, end)) is not None else None
        for end in ("low", "high")
    }
    evidence = one.evidence if other.evidence else []
    return one.model_copy(update={"value": (one.value + other.value) / 2, "evidence": evidence, **ends})


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
