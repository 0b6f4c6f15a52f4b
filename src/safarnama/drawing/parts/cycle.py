"""Where a persona stands among the stages: a row of dots, the place filled; else where most customers stop."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.reach import drop
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import fit, width
from safarnama.maps.model import Map
from safarnama.maps.people import Persona
from safarnama.maps.words import Bilingual, say

_NARROW = 56.0
_STOP = Text(
    en="most stop here: {share:percent.1} go no further", fa="بیشترشان اینجا می‌ایستند: {share:percent.1} پیش‌تر نمی‌روند"
)
_UNKNOWN = Text(en="not known", fa="معلوم نیست")


def cycle(pen: Pen, document: Map, persona: Persona | None, x: float, y: float, wide: float) -> float:
    """Draw it below ``y``; returns its height."""
    said = persona.buying_stage if persona else None
    here = _match(document, said) if said else None
    stops = None
    if said is None:
        stops = _stop(document)
        here = stops[0] if stops else None
    count = len(document.stages)
    pitch, middle = wide / count, y + 16
    places = [x + (number + 0.5) * pitch for number in range(count)]
    pen.line(places[0], middle, places[-1], middle, "rule", 2.5)
    for number, at in enumerate(places):
        passed = here is not None and number <= here
        size = 11.0 if number == here else min(7.0, max(3.5, pitch / 3))
        fill = "lapis" if number == here else "surface"
        pen.disc(at, middle, size, fill, "lapis" if passed else "assumed-edge", stroke_width=2)
    used = 30.0
    shown = range(count) if pitch >= _NARROW else [here if here is not None else 0]
    for number in shown:
        name = say(document.stages[number].name, pen.language)
        strong = number == here
        room = pitch - 6 if pitch >= _NARROW else wide
        name = fit(name, room, 11, 700 if strong else 400)
        half = width(name, 11, 700 if strong else 400) / 2
        at = min(max(places[number], x + half), x + wide - half)
        pen.text(at, y + used + 12, name, 11, 700 if strong else 400, "ink" if strong else "ink-3", anchor="middle")
    used += 22
    if said is not None:
        if here is None:
            used += pen.block(x, y + used, say(said, pen.language), wide, 13.5, 400, lines=2)
        evidence.line(pen, persona.evidence if persona else (), x, y + used + 12, wide, 11)
        return used + 18
    if stops:
        place, share, customers = stops
        with pen.within(document.stages[place].id, "drop"):
            used += pen.block(x, y + used, pen.say(_STOP, share=share), wide, 12, 400, "ink-2", lines=2)
            evidence.mark(pen, "measured", x + 5, y + used + 8, 10)
            pen.text(
                x + 14, y + used + 12, evidence.count(pen, customers, "customers"), 11, 400, "ink-3", room=wide - 14
            )
        return used + 18
    pen.text(x, y + used + 12, pen.say(_UNKNOWN), 12, 400, "ink-3", room=wide)
    return used + 18


def _match(document: Map, said: str | Bilingual) -> int | None:
    """The stage that the words name, in either language or by its id."""
    words = {each.strip().lower() for each in ((said,) if isinstance(said, str) else said.values()) if each}
    for number, stage in enumerate(document.stages):
        names = {stage.id.lower(), *(say(stage.name, language).strip().lower() for language in ("en", "fa"))}
        if words & names:
            return number
    return None


def _stop(document: Map) -> tuple[int, float, int] | None:
    """The stage after which most customers leave, their share, and how many were there."""
    reach = document.derived.stages
    found = [
        (share * reach[document.stages[place].id].customers, place, share)
        for place in range(len(document.stages))
        if (share := drop(document, place))
    ]
    if not found:
        return None
    _, place, share = max(found)
    return place, share, reach[document.stages[place].id].customers
