"""Small pictures of pages: a map's curve, its honesty, bars with intervals. Drawn as marks, so mirroring and colours are the
drawings' own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Box, Scene, smooth
from safarnama.drawing.shaping import width
from safarnama.drawing.svg import svg
from safarnama.maps.derived import Point
from safarnama.maps.evidence import STANDINGS
from safarnama.maps.model import Honesty, Map
from safarnama.maps.words import say


def _svg(pen: Pen, wide: float, high: float, title: str) -> Markup:
    scene = Scene(wide, high, tuple(pen.marks), pen.direction, pen.language, title, background=None)
    drawn = svg(scene, theme=None)
    # Where the words beside it say the same, readers of the screen pass over the picture.
    return Markup(drawn if title else drawn.replace('role="img"', 'aria-hidden="true"', 1))


def curve_kind(document: Map) -> str:
    """Which curve a map is known by: what customers felt, or else how likely they reach the goal."""
    return "feeling" if any(found.points for found in document.curves_of("feeling")) else "chance"


def curve(document: Map, language: str, title: str, wide: float = 320, high: float = 84, named: bool = False) -> Markup:
    """A map's curve: solid where data speaks, dashed where it is assumed, broken where nothing is known. ``named`` says the
    lowest step in words."""
    pen = Pen(language)
    kind = curve_kind(document)
    steps = [step.id for step in document.steps]
    points: dict[int, Point] = {}
    for found in document.curves_of(kind)[:1]:
        points = {steps.index(point.step): point for point in found.points if point.step in steps}
    column = wide / max(1, len(steps))
    top = 2.0 if kind == "feeling" else max((point.value for point in points.values()), default=1.0) or 1.0
    low = -2.0 if kind == "feeling" else 0.0

    def at(number: int) -> tuple[float, float]:
        share = (points[number].value - low) / (top - low)
        return (number + 0.5) * column, high - 10 - share * (high - 20)

    middle = high / 2 if kind == "feeling" else high - 10
    pen.line(0, middle, wide, middle, "rule", 1)
    numbers = sorted(points)
    future = document.state == "future"
    for start, end in pairwise(numbers):
        if end == start + 1:
            run = [number for number in numbers if _joined(numbers, start, number)]
            whole = smooth([at(number) for number in run])
            piece = (("M", at(start)), whole[run.index(start) + 1])
            assumed = future or not (points[start].evidence and points[end].evidence)
            pen.path(piece, stroke="lapis", width=2.25, dash="4 4" if assumed else None)
    worst = min(numbers, key=lambda number: points[number].value, default=None)
    for number in numbers:
        x, y = at(number)
        hurts = number == worst and kind == "feeling"
        if points[number].evidence and not future:
            pen.disc(x, y, 5 if hurts else 4, "pain" if hurts else "lapis", "surface", stroke_width=2)
        else:
            pen.disc(x, y, 4, "surface", "ink-3", stroke_width=1.5, dash="2 2")
    if named and worst is not None:
        x, y = at(worst)
        value = pen.form(points[worst].value, "signed.1" if kind == "feeling" else "percent")
        said = f"{say(document.steps[worst].name, language)} {value}"
        half = width(said, 12, 700) / 2
        middle_of = min(max(x, half + 2), wide - half - 2)
        colour = "pain" if kind == "feeling" else "ink"
        pen.text(middle_of, min(y + 22, high - 3), said, 12, 700, colour, anchor="middle", halo="paper")
    return _svg(pen, wide, high, title)


def _joined(numbers: list[int], start: int, other: int) -> bool:
    """Whether all steps between two are known."""
    return all(number in numbers for number in range(min(start, other), max(start, other) + 1))


def honesty(found: Honesty, language: str, title: str, wide: float = 320) -> Markup:
    """The four states as parts of one bar."""
    pen = Pen(language)
    known = [state for state in STANDINGS if found.counts[state]]
    room = wide - 3 * max(0, len(known) - 1) - 2
    x = 1.0
    looks = {
        "measured": ("lapis", None, None),
        "surveyed": ("lapis-2", None, None),
        "observed": ("surface", "lapis", None),
        "assumed": ("paper", "assumed-edge", "3 2"),
    }
    for state in known:
        fill, edge, dash = looks[state]
        part = room * found.counts[state] / max(1, found.cards)
        pen.add(
            Box(x, 1, part, 8, fill, edge, 1.25 if edge else 1, 2, dash=dash, hatched=state == "assumed"),
        )
        x += part + 3
    return _svg(pen, wide, 10, title)


def bar(
    share: float,
    low: float | None,
    high: float | None,
    full: float,
    language: str,
    title: str = "",
    colour: str = "lapis",
    wide: float = 240,
) -> Markup:
    """One bar on a scale that ends at ``full``, with its interval."""
    pen = Pen(language)
    scale = wide / (full or 1)
    pen.box(0, 1, max(1.5, min(wide, share * scale)), 12, colour, radius=2)
    if low is not None and high is not None:
        start, end = low * scale, min(wide - 0.75, high * scale)
        pen.line(start, 7, end, 7, "ink", 1.25)
        for x in (start, end):
            pen.line(x, 3.5, x, 10.5, "ink", 1.25)
    return _svg(pen, wide, 14, title)


def dot(
    share: float,
    low: float | None,
    high: float | None,
    usual: float,
    language: str,
    title: str,
    colour: str,
    wide: float = 240,
) -> Markup:
    """A share with its interval on a scale from none to all, beside what is usual."""
    pen = Pen(language)

    def at(value: float) -> float:
        return 6 + value * (wide - 12)

    pen.line(at(0), 8, at(1), 8, "rule", 1)
    pen.line(at(usual), 1, at(usual), 15, "ink-3", 1)
    if low is not None and high is not None:
        pen.line(at(low), 8, at(high), 8, colour, 2)
    pen.disc(at(share), 8, 5, colour)
    return _svg(pen, wide, 16, title)


def days(counts: Sequence[int], missing: int, language: str, title: str, wide: float = 132, high: float = 30) -> Markup:
    """A bar a day, the newest last; the last days that should have come and did not are outlined."""
    pen = Pen(language)
    step = wide / max(1, len(counts))
    top = max(counts, default=0) or 1
    for number, count in enumerate(counts):
        x = number * step
        if count:
            tall = max(1.5, count / top * (high - 2))
            pen.box(x + 0.5, high - tall, step - 1.5, tall, "lapis-2", radius=1)
        elif number >= len(counts) - missing:
            pen.box(x + 1, 1, step - 2, high - 2, None, "opportunity-mark", stroke_width=1, dash="2 2", radius=1)
    return _svg(pen, wide, high, title)
