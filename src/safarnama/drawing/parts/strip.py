"""A curve as a low strip: the stages below it, a face and a name where it is highest and where it is lowest."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.parts.content import points_of
from safarnama.drawing.parts.frame import stage_columns
from safarnama.drawing.parts.labels import Labels
from safarnama.drawing.parts.strokes import runs, stretch
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import smooth
from safarnama.drawing.shaping import fit, width
from safarnama.maps.derived import Curve, Point
from safarnama.maps.model import Map
from safarnama.maps.words import say

_NAMES, _EDGE = 19.0, 10.5
_FELT, _STRONG = 0.4, 1.2  # from which value on a curve has a face, and a broad one
_NO_DATA = Text(en="no data", fa="بدون داده")


def strip(
    pen: Pen, document: Map, curve: Curve | None, x: float, y: float, wide: float, high: float,
    names: bool = True, ground: str = "paper",
) -> float:  # fmt: skip
    """Draw it below ``y``; returns its height. ``names`` says the stages below it; ``ground`` is the colour that it lies on."""
    known = points_of(document, curve) if curve else {}
    feeling = curve is None or curve.kind == "feeling"
    column = wide / len(document.steps)
    tall = high - (_NAMES if names else 0.0)
    low, top = (-2.0, 2.0) if feeling else (0.0, max((point.value for point in known.values()), default=1.0) or 1.0)

    def level(value: float) -> float:
        return y + _EDGE + (top - value) / (top - low) * (tall - 2 * _EDGE)

    for first, _ in stage_columns(document)[1:]:
        pen.line(x + first * column, y + 2, x + first * column, y + tall, "hair")
    pen.line(x, level(0), x + wide, level(0), "rule")
    at = {number: (x + (number + 0.5) * column, level(point.value)) for number, point in known.items()}
    labels = Labels(pen, x, y, x + wide, y + tall)
    numbers = sorted(known)
    for run in runs(numbers):
        stretch(pen, run, known, at, level, wide=2.5)
        labels.keep_off(smooth([at[number] for number in run]))
        if len(run) == 1:
            x_at, y_at = at[run[0]]
            backed = bool(known[run[0]].evidence)
            pen.disc(
                x_at, y_at, 4, ground, "lapis" if backed else "ink-3", stroke_width=2, dash=None if backed else "2 2"
            )
            labels.take(x_at - 7, y_at - 7, x_at + 7, y_at + 7)
    if feeling:
        _ends(pen, document, known, at, labels, ground)
    if not known:
        pen.text(x + wide / 2, level(0) - 8, pen.say(_NO_DATA), 11, 400, "ink-3", anchor="middle", room=wide)
    if names:
        for stage, (first, after) in zip(document.stages, stage_columns(document), strict=True):
            room = (after - first) * column - 6
            said = fit(say(stage.name, pen.language), room, 12, 600)
            # What is too narrow for a word keeps none; the lines still say where stages end.
            if room > 14 and width(said, 12, 600) <= room:
                middle = x + (first + after) / 2 * column
                pen.text(middle, y + high - 4, said, 12, 600, "ink-2", anchor="middle")
    return high


def _ends(
    pen: Pen, document: Map, known: dict[int, Point], at: dict[int, tuple[float, float]], labels: Labels,
    ground: str,
) -> None:  # fmt: skip
    """The face and the name of the best and of the worst step."""
    if not known:
        return
    best, worst = (pick(sorted(known), key=lambda number: known[number].value) for pick in (max, min))
    chosen = [
        number for number, good in ((best, known[best].value >= _FELT), (worst, known[worst].value <= -_FELT)) if good
    ]
    for number in chosen:
        x, y = at[number]
        labels.take(x - 11, y - 11, x + 11, y + 11)
    for number in chosen:
        x, y = at[number]
        value = known[number].value
        broad = abs(value) >= _STRONG
        face = ("laugh" if broad else "smile") if value > 0 else ("angry" if broad else "frown")
        colour = "gain" if value > 0 else "pain"
        pen.disc(x, y, 10, ground)
        pen.icon(face, x, y, 19, colour, 1.9)
        name = say(document.steps[number].name, pen.language)
        upright = [(x, y - 29), (x, y + 13)] if value > 0 else [(x, y + 13), (x, y - 29)]
        # Whole if there is room, else cut; a name that has no room at all is told by the face alone.
        for room in (170.0, 90.0):
            half = width(fit(name, room, 11.5, 600), 11.5, 600) / 2
            beside = [(x + 16 + half, y - 8), (x - 16 - half, y - 8)]
            if labels.put([(name, 11.5, 600, colour)], [*upright, *beside], room, ground):
                break
