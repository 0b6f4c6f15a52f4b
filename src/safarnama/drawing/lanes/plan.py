"""What is to be done: opportunities with their scores, and under each its actions with owner, day and status.

They are no cards of the document, so the grid is given a lane of its own for them, with a place for each.
"""

from __future__ import annotations

from typing import Any, cast

from safarnama.core.words import Text
from safarnama.drawing.parts import evidence
from safarnama.drawing.parts.action_line import action_line
from safarnama.drawing.parts.frame import Frame, roomy, rows_of
from safarnama.drawing.pen import Pen
from safarnama.maps.improvements import Opportunity
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import say

TITLE = Text(en="Plan", fa="برنامه اقدام")
KIND = "plan"  # no kind of lane of a document
_ID = "plan-of-action"
_VALUE, _EFFORT = Text(en="value {n:count}", fa="ارزش {n:count}"), Text(en="effort {n:count}", fa="زحمت {n:count}")
_CONFIDENCE = Text(en="confidence {n:count}", fa="اطمینان {n:count}")


def planned(document: Map) -> Map:
    """The map with a lane for what is to be done, under the opportunities; itself where nothing is."""
    cards = [
        Card(id=each.id, at=each.at or document.stages[0].id, until=_until(document, each))
        for each in document.opportunities
    ]
    own = [each for each in document.actions if each.for_ is None]
    cards += [Card(id=each.id, at=document.stages[0].id, until=document.stages[-1].id) for each in own]
    if not cards:
        return document
    lane = Lane.model_construct(id=_ID, kind=cast(Any, KIND), title={"en": TITLE.en, "fa": TITLE.fa}, cards=cards)
    after = max(
        (place for place, each in enumerate(document.lanes) if each.kind == "opportunities"),
        default=len(document.lanes) - 1,
    )
    return document.model_copy(update={"lanes": [*document.lanes[: after + 1], lane, *document.lanes[after + 1 :]]})


def _until(document: Map, opportunity: Opportunity) -> str | None:
    """An opportunity that stands nowhere is one of the whole journey."""
    return None if opportunity.at else document.stages[-1].id


def draw(pen: Pen, document: Map, lane: Lane, frame: Frame, y: float) -> float:
    at = y + 6
    for row in rows_of(document, lane.cards):
        room = roomy(document, [document.columns(card) for card in row])
        tallest = 0.0
        for card in row:
            first, after = room[document.columns(card)]
            x, wide = frame.x(first) + 9, (after - first) * frame.column - 16
            with pen.within(card.id, "task"):
                tallest = max(tallest, _item(pen, document, card, x, at, wide, 2 if frame.all else 8))
        at += tallest + 8
    return at - y


def _item(pen: Pen, document: Map, card: Card, x: float, y: float, room: float, lines: int) -> float:
    """An opportunity with its actions, or an action of its own; on pages in few lines, as a card is never cut between two."""
    opportunity = next((each for each in document.opportunities if each.id == card.id), None)
    if opportunity is None:
        return action_line(pen, next(each for each in document.actions if each.id == card.id), x, y, room, lines=lines)
    used = 2 + pen.block(x, y + 2, say(opportunity.text, pen.language), room, 10.3, 600, lines=lines, tight=True)
    scores = _scores(pen, opportunity)
    if scores:
        used += 2 + pen.block(x, y + used + 2, scores, room, 9, 400, "opportunity", lines=min(4, lines), tight=True)
    if opportunity.evidence:
        evidence.line(pen, opportunity.evidence, x, y + used + 11, room)
        used += 15
    for action in (each for each in document.actions if each.for_ == opportunity.id):
        used += 4 + action_line(pen, action, x, y + used + 4, room, lines=lines)
    return used


def _scores(pen: Pen, opportunity: Opportunity) -> str:
    scores = ((_VALUE, opportunity.value), (_EFFORT, opportunity.effort), (_CONFIDENCE, opportunity.confidence))
    said = [pen.say(text, n=n) for text, n in scores if n is not None]
    if opportunity.customers is not None:
        said.append(evidence.count(pen, opportunity.customers, "customers"))
    owner = say(opportunity.owner, pen.language)
    return " · ".join([*said, *([owner] if owner else [])])
