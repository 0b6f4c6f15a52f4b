"""How good and bad weigh against each other at every stage, and that as a line of faces."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.parts.columns import Columns
from safarnama.drawing.parts.content import by_stage, felt
from safarnama.drawing.parts.frame import stage_columns
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import smooth
from safarnama.maps.model import Map

_NO_DATA = Text(en="no data", fa="بدون داده")
_HIGH = 132.0
# From which share of the scale a face smiles or frowns broadly.
_STRONG = 0.5
_NEITHER = 0.05  # nearer to nothing than this a face neither smiles nor frowns


def balance(document: Map) -> tuple[dict[int, float], bool]:
    """Stage → how far good outweighs bad, from −1 to 1; and whether that is of shares of named feelings (else it is the
    mean of the curve). Shares are taken where every stage that has any names both how many feel so."""
    found: dict[int, float] = {}
    for place, cards in enumerate(by_stage(document, ("feelings",))):
        signed = [
            figure.value * (1 if card.polarity == "positive" else -1)
            for card in cards
            if card.polarity in ("positive", "negative")
            and (figure := document.figure(card))
            and figure.form.startswith("percent")
        ]
        if signed:
            found[place] = max(-1.0, min(1.0, sum(signed)))
    if found:
        return found, True
    points = felt(document)
    for place, (first, after) in enumerate(stage_columns(document)):
        values = [points[step].value for step in range(first, after) if step in points]
        if values:
            found[place] = sum(values) / len(values) / 2
    return found, False


def is_bad(value: float) -> bool:
    """Whether the face of a balance frowns."""
    return value <= -_NEITHER


def faces(pen: Pen, columns: Columns, y: float, level: dict[int, float], of_shares: bool, most: float) -> float:
    """The line of the balance below ``y``, broken where nothing is known, on a scale up to ``most``; returns its height."""
    middle = y + _HIGH / 2
    reach = _HIGH / 2 - 36
    most = max(0.3, most)
    end = columns.left + columns.room - columns.rail
    pen.line(columns.left, middle, end, middle, "ink-3", 1)
    at = {place: (columns.middle(place), middle - value / most * reach) for place, value in level.items()}
    run: list[tuple[float, float]] = []
    for place in range(columns.count + 1):
        if place in at:
            run.append(at[place])
            continue
        if len(run) > 1:
            pen.path(smooth(run), stroke="lapis", width=2.75)
        run = []
    for place in range(columns.count):
        x = columns.middle(place)
        if place not in at:
            pen.disc(x, middle, 5, "surface", "nodata", stroke_width=1.5)
            pen.text(x, middle + 22, pen.say(_NO_DATA), 11, 400, "ink-3", anchor="middle", room=columns.wide)
            continue
        value, here = level[place], at[place][1]
        name, colour = _face(value)
        pen.disc(x, here, 13, "surface")
        pen.icon(name, x, here, 24, colour, 1.9)
        said = pen.form(value * (100 if of_shares else 2), "signed.0" if of_shares else "signed.1")
        pen.text(x, here - 20 if value >= 0 else here + 30, said, 14, 700, colour, anchor="middle", halo="paper")
    return _HIGH


def _face(value: float) -> tuple[str, str]:
    if abs(value) < _NEITHER:
        return "meh", "ink-2"
    if value > 0:
        return ("laugh" if value >= _STRONG else "smile"), "gain"
    return ("angry" if value <= -_STRONG else "frown"), "pain"
