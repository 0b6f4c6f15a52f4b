"""A part of a map as a map of its own, for sheets that are too small for all of it. It knows its whole (``Map.whole``)."""

from __future__ import annotations

from collections.abc import Sequence

from safarnama.maps.derived import Curve
from safarnama.maps.model import Map


def between(document: Map, first: int, after: int) -> Map:
    """The steps from ``first`` to the one before ``after`` as a map, with what of every stage, lane and curve stands there."""
    stages, at = [], 0
    for stage in document.stages:
        steps = stage.steps[max(0, first - at) : max(0, after - at)]
        if steps:
            stages.append(stage.model_copy(update={"steps": steps}))
        at += len(stage.steps)
    everywhere = [step.id for step in document.steps]
    inside, kept = everywhere[first:after], {stage.id for stage in stages}
    lanes = []
    for lane in document.lanes:
        cards = []
        for card in lane.cards:
            begin, end = document.columns(card)
            if end <= first or begin >= after:
                continue
            changes: dict[str, str | None] = {}
            if card.at not in inside and card.at not in kept:
                changes["at"] = everywhere[max(begin, first)]
            if card.until is not None or "at" in changes:
                changes["until"] = everywhere[min(end, after) - 1]
            cards.append(card.model_copy(update=changes))
        lanes.append(lane.model_copy(update={"cards": cards}))

    def points(curves: Sequence[Curve]) -> list[Curve]:
        return [
            curve.model_copy(
                update={"points": [point for point in curve.points if point.step in inside or point.step in kept]}
            )
            for curve in curves
        ]

    derived = document.derived.model_copy(
        update={
            "stages": {name: reach for name, reach in document.derived.stages.items() if name in kept},
            "curves": points(document.derived.curves),
        }
    )
    there = {*inside, *kept, *(card.id for lane in lanes for card in lane.cards)}
    opportunities = [
        each.model_copy(update={"solves": [card for card in each.solves if card in there]})
        for each in document.opportunities
        if each.at is None or each.at in there
    ]
    wanted = {each.id for each in opportunities}
    stakeholders = [
        each.model_copy(update={"stages": [stage for stage in each.stages if stage in kept]})
        for each in document.stakeholders
        if not each.stages or kept & set(each.stages)
    ]
    part = document.model_copy(
        update={
            "stages": stages,
            "lanes": lanes,
            "curves": points(document.curves),
            "opportunities": opportunities,
            "actions": [each for each in document.actions if each.for_ is None or each.for_ in wanted],
            "stakeholders": stakeholders,
            "comments": [each for each in document.comments if each.about in there],
            "links": [link for link in document.links if link.from_ in inside and link.to in inside],
            "derived": derived,
        }
    )
    part._whole = document.whole
    return part
