"""Who answers for what: owners of the map, its stages and steps; and what is to be done by whom until when."""

from __future__ import annotations

from datetime import date

from safarnama.core.words import Text
from safarnama.core.words.speech import listed
from safarnama.drawing.parts.action_line import action_line
from safarnama.drawing.parts.field import same
from safarnama.drawing.pen import Pen
from safarnama.maps.model import Map
from safarnama.maps.words import Bilingual, say

_WHOLE = Text(en="the whole map", fa="همه نقشه")
_MORE = Text(en="+ {n:count} more", fa="و {n:count} تای دیگر")
_AT_MOST = 7


def owned(document: Map, language: str) -> list[tuple[str | Bilingual, list[str]]]:
    """Every owner with what is theirs, in the order of the map."""
    things = [(document.owner, _WHOLE.say(language))]
    for stage in document.stages:
        things.append((stage.owner, say(stage.name, language)))
        things += [(step.owner, say(step.name, language)) for step in stage.steps]
    found: list[tuple[str | Bilingual, list[str]]] = []
    for owner, thing in things:
        if owner is None:
            continue
        mine = next((names for words, names in found if same(words, owner)), None)
        if mine is None:
            found.append((owner, [thing]))
        else:
            mine.append(thing)
    return found


def owners(document: Map, pen: Pen, x: float, y: float, wide: float) -> float:
    """Draw them below ``y``; returns the height."""
    found = owned(document, pen.language)
    used = 0.0
    for owner, things in found[:_AT_MOST]:
        pen.icon("user", x + 7, y + used + 9, 13, "lapis")
        used += pen.block(x + 20, y + used, say(owner, pen.language), wide - 20, 12.5, 600, lines=2, tight=True)
        said = listed(things, pen.language)
        used += pen.block(x + 20, y + used, said, wide - 20, 11, 400, "ink-2", lines=2, tight=True) + 6
    return used + _more(pen, len(found), x, y + used, wide)


def actions(document: Map, pen: Pen, x: float, y: float, wide: float) -> float:
    """Draw those that are not yet done or dropped below ``y``, the next due first; returns the height."""
    open_ = [each for each in document.actions if each.status not in ("done", "dropped")]
    open_.sort(key=lambda each: each.due or date.max)
    used = 0.0
    for action in open_[:_AT_MOST]:
        used += action_line(pen, action, x, y + used, wide, 12.5) + 6
    return used + _more(pen, len(open_), x, y + used, wide)


def _more(pen: Pen, count: int, x: float, y: float, wide: float) -> float:
    if count <= _AT_MOST:
        return 0.0
    pen.text(x, y + 12, pen.say(_MORE, n=count - _AT_MOST), 11, 400, "ink-3", room=wide)
    return 18.0
