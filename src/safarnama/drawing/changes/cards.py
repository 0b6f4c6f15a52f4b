"""A card of either map: as it is where nothing changed, struck where it went, and what it was beside what it is."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.drawing.changes.items import Item
from safarnama.drawing.changes.passage import arrow, passage, struck
from safarnama.drawing.changes.tags import ICONS, kinds_of, tags
from safarnama.drawing.notes import lane_title
from safarnama.drawing.parts import evidence
from safarnama.drawing.pen import Pen
from safarnama.drawing.shaping import width
from safarnama.maps.derived import Figure
from safarnama.maps.diff import Change
from safarnama.maps.diff.union import Union
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.spoken import shortened
from safarnama.maps.words import say

_FROM = Text(en="was at: {place}", fa="پیش‌تر در: {place}")
_OUT_OF = Text(en="was in row: {lane}", fa="پیش‌تر در ردیف: {lane}")
_TO = Text(en="moved to: {place}", fa="رفت به: {place}")
_TO_LANE = Text(en="moved to row: {lane}", fa="رفت به ردیف: {lane}")
_FIELD = Text(en="{field}:", fa="{field}:")
_MORE = Text(en="+ {n:changes} more", fa="و {n:changes} دیگر")
_BETTER, _WORSE = Text(en="better", fa="بهتر"), Text(en="worse", fa="بدتر")
_PAD, _MOST = 10.0, 3
_FIGURES = ("data figure", "figure")
_SHOWN = {"text", "at", "until", "inside", "order", "figure", "data figure", "evidence", "data evidence", "data said"}


def draw(pen: Pen, union: Union, item: Item, x: float, wide: float, y: float, high: float) -> float:
    """An item below ``y``, its box ``high``; returns the height it needs."""
    if item.left:
        return _left(pen, union, item, x + 9, wide - 16, y)
    if item.quiet:
        return _quiet(pen, union, item.card, x + 9, wide - 16, y)
    _box(pen, union, item, x + 4, wide - 8, y, high)
    return _changed(pen, union, item, x + 4 + _PAD, wide - 8 - 2 * _PAD, y)


def _box(pen: Pen, union: Union, item: Item, x: float, wide: float, y: float, high: float) -> None:
    if item.new is None:
        pen.box(x, y, wide, high, "sunk", "gone", radius=5, dash="4 3")
    elif item.old is None:
        pen.box(x, y, wide, high, "lapis-tint", "lapis", stroke_width=1.5, radius=5)
    elif union.new.evidence(item.new):
        pen.box(x, y, wide, high, "surface", "lapis-2", stroke_width=1.25, radius=5)
    else:
        pen.box(x, y, wide, high, "paper", "lapis-2", stroke_width=1.25, radius=5, dash="3 2.5", hatched=True)


def _left(pen: Pen, union: Union, item: Item, x: float, room: float, y: float) -> float:
    """Where a card stood that is elsewhere now."""
    was, now = _lane(union.old, item.card), _lane(union.new, item.card)
    if was.id != now.id:
        said = pen.say(_TO_LANE, lane=lane_title(now, pen.language))
    else:
        said = pen.say(_TO, place=_place(union.new, item.card, pen.language))
    pen.icon(ICONS["moved"], x + 5, y + 13, 10, "ink-3", 2.2)
    return 8 + pen.block(x + 15, y + 6, said, room - 15, 9, 400, "ink-3", lines=2) + 4


def _quiet(pen: Pen, union: Union, card: Card, x: float, room: float, y: float) -> float:
    """A card that is as it was."""
    document = union.new if card.id in union.new_cards else union.old
    figure = document.figure(card)
    said = say(card.text, pen.language)
    if figure:
        shown = " ".join(filter(None, [pen.form(figure.value, figure.form), say(figure.label, pen.language)]))
        said = f"{shown} · {said}" if said else shown
    at = x
    if card.icon:
        pen.icon(card.icon, x + 6, y + 14, 11, "ink-3")
        at += 17
    return 7 + pen.block(at, y + 7, said, x + room - at, 9.5, 400, "ink-3", lines=2) + 3


def _changed(pen: Pen, union: Union, item: Item, x: float, room: float, y: float) -> float:
    card, fields = item.card, {change.field: change for change in item.changes}
    said = say(card.text, pen.language)
    with pen.within(card.id, title=" ".join(change.say(pen.language) for change in item.changes)):
        used = 5 + tags(pen, kinds_of(item.changes), x, y + 5, room)
        if item.old and item.new:
            used += _from(pen, union, item, fields, x, room, y + used)
        used += _number(pen, union, item, fields, x, room, y + used)
        if item.new is None:
            used += struck(pen, x, y + used, said, room, 10.3, lines=4)
        elif "text" in fields:
            was, now = _words(fields["text"], pen.language)
            used += struck(pen, x, y + used, was, room, 9.8, lines=4) + 2 if was else 0
            used += pen.block(x, y + used, now, room, 10.5, 600, lines=5)
        else:
            used += pen.block(x, y + used, said, room, 10.5, 600, lines=4)
        used += _others(pen, item, x, room, y + used)
        used += _backing(pen, union, item, fields, x, room, y + used)
    return used + 7


def _from(pen: Pen, union: Union, item: Item, fields: dict[str, Change], x: float, room: float, y: float) -> float:
    assert item.old is not None
    used = 0.0
    if "inside" in fields:
        said = pen.say(_OUT_OF, lane=lane_title(_lane(union.old, item.old), pen.language))
        used += pen.block(x, y, said, room, 9.5, 400, "ink-3", lines=2)
    if "at" in fields or "until" in fields:
        said = pen.say(_FROM, place=_place(union.old, item.old, pen.language))
        used += pen.block(x, y + used, said, room, 9.5, 400, "ink-3", lines=2)
    return used + 2 if used else 0.0


def _number(pen: Pen, union: Union, item: Item, fields: dict[str, Change], x: float, room: float, y: float) -> float:
    figure = (union.new.figure(item.new) if item.new else None) or (union.old.figure(item.old) if item.old else None)
    changed = next((fields[name] for name in _FIGURES if name in fields), None)
    if figure is None:
        return 0.0
    label = say(figure.label, pen.language)
    if changed is None:
        hue = "ink-3" if item.new is None else "ink"
        shown = pen.form(figure.value, figure.form)
        used = pen.leading(13)
        pen.text(x, y + pen.rise(13), shown, 13, 800, hue, room=room)
        if item.new is None:
            wide = min(room, width(shown, 13, 800))
            pen.line(x, y + pen.rise(13) - 4.2, x + wide, y + pen.rise(13) - 4.2, "ink-3", 1)
    else:
        was, now = (each.say(pen.language) for each in changed.said)
        used = passage(pen, x, y, was, now, room, 13, 800, was=11)
        used += _turn(pen, union, item, x, room, y + used)
    if label and item.new is None:
        used += struck(pen, x, y + used, label, room, 9.5, lines=2)
    elif label:
        used += pen.block(x, y + used, label, room, 9.5, 400, "ink-2", lines=2, tight=True)
    return used + 2


def _turn(pen: Pen, union: Union, item: Item, x: float, room: float, y: float) -> float:
    """Whether a number that should go one way went it."""
    old = union.old.figure(item.old) if item.old else None
    new = union.new.figure(item.new) if item.new else None
    if not old or not new or not new.good or old.value == new.value or old.form != new.form:
        return 0.0
    better = _better(old, new)
    hue = "gain" if better else "pain"
    pen.icon("arrow-up" if new.value > old.value else "arrow-down", x + 5, y + 7, 10, hue, 2.4)
    pen.text(x + 13, y + 10.5, pen.say(_BETTER if better else _WORSE), 9.5, 600, hue, room=room - 13)
    return 15.0


def _better(old: Figure, new: Figure) -> bool:
    return (new.value > old.value) == (new.good == "up")


def _others(pen: Pen, item: Item, x: float, room: float, y: float) -> float:
    """Fields that have no place of their own on a card."""
    rest = [change for change in item.changes if change.field and change.field not in _SHOWN]
    if not any(change.field == "text" for change in item.changes):
        rest += [change for change in item.changes if change.field == "data said"]
    used = 0.0
    for change in rest[:_MOST]:
        used += 2 + field(pen, change, x, room, y + used + 2)
    if len(rest) > _MOST:
        pen.text(x, y + used + 11, pen.say(_MORE, n=len(rest) - _MOST), 9, 400, "ink-3", room=room)
        used += 14
    return used


def field(pen: Pen, change: Change, x: float, room: float, y: float, size: float = 9.5) -> float:
    """A field with what it was and is; returns the height."""
    name = pen.say(_FIELD, field=change.title(pen.language))
    was, now = (each.say(pen.language) for each in change.said)
    taken = width(name, size) + 5
    if taken + width(was, size) + 14 + width(now, size, 600) <= room:
        pen.text(x, y + pen.rise(size), name, size, 400, "ink-2")
        return passage(pen, x + taken, y, was, now, room - taken, size)
    used = pen.block(x, y, name, room, size, 400, "ink-2", lines=1)
    return used + passage(pen, x, y + used, was, now, room, size)


def _backing(pen: Pen, union: Union, item: Item, fields: dict[str, Change], x: float, room: float, y: float) -> float:
    """What the card rests on, and what it rested on before."""
    old = union.old.evidence(item.old) if item.old else []
    new = union.new.evidence(item.new) if item.new else []
    if item.new is None or item.old is None or not {"evidence", "data evidence"} & set(fields):
        evidence.line(pen, old if item.new is None else new, x, y + 12, room)
        return 15.0
    was, now = evidence.note_of(pen, old), evidence.note_of(pen, new)
    wide = evidence.line_width(pen, old) + 14
    if was == now or wide + evidence.line_width(pen, new) > room:
        used = 0.0
        if was != now:
            evidence.line(pen, old, x, y + 12, room)
            used += 13
        arrow(pen, x + 5, y + used + 9)
        evidence.line(pen, new, x + 14, y + used + 12, room - 14)
        return used + 15
    evidence.line(pen, old, x, y + 12, room)
    arrow(pen, x + wide - 7, y + 9)
    evidence.line(pen, new, x + wide, y + 12, room - wide)
    return 15.0


def _words(change: Change, language: str) -> tuple[str, str]:
    """The old and the new text; where it only changed in the other language, in that one."""
    was, now = say(change.old, language), say(change.new, language)
    if was == now:
        other = "en" if language == "fa" else "fa"
        return say(change.old, other), say(change.new, other)
    return was, now


def _lane(document: Map, card: Card) -> Lane:
    return next(lane for lane in document.lanes if any(each.id == card.id for each in lane.cards))


def _place(document: Map, card: Card, language: str) -> str:
    names = {stage.id: stage.name for stage in document.stages} | {step.id: step.name for step in document.steps}
    ends = [shortened(say(names[place], language)) for place in (card.at, card.until) if place]
    return (" تا " if language == "fa" else " to ").join(ends)
