"""Parts of a map as maps of their own: a stage at a time, for slides and for sheets that are too small for all."""

from __future__ import annotations

from safarnama.maps.derived import Curve
from safarnama.maps.model import Map


def stage_by_stage(document: Map) -> list[Map]:
    """One map for every stage: its steps, the cards that stand there (cut where they reach over its border), its points."""
    return [_only(document, number) for number in range(len(document.stages))]


def _only(document: Map, number: int) -> Map:
    stage = document.stages[number]
    steps = [step.id for step in stage.steps]
    everywhere = [step.id for step in document.steps]
    begin, end = everywhere.index(steps[0]), everywhere.index(steps[-1]) + 1
    lanes = []
    for lane in document.lanes:
        cards = []
        for card in lane.cards:
            first, after = document.columns(card)
            if after <= begin or first >= end:
                continue
            inside = card.at == stage.id or card.at in steps
            reaches = card.until is not None and after > end
            changes: dict[str, str | None] = {}
            if not inside:
                changes["at"] = everywhere[max(first, begin)]
            if card.until is not None:
                changes["until"] = everywhere[end - 1] if reaches or not inside else card.until
            cards.append(card.model_copy(update=changes))
        lanes.append(lane.model_copy(update={"cards": cards}))

    def points(curve: Curve) -> Curve:
        return curve.model_copy(
            update={"points": [point for point in curve.points if point.step in (*steps, stage.id)]}
        )

    derived = document.derived.model_copy(
        update={
            "stages": {name: reach for name, reach in document.derived.stages.items() if name == stage.id},
            "curves": [points(curve) for curve in document.derived.curves],
        }
    )
    return document.model_copy(
        update={
            "stages": [stage],
            "lanes": lanes,
            "curves": [points(curve) for curve in document.curves],
            "links": [link for link in document.links if link.from_ in steps and link.to in steps],
            "derived": derived,
        }
    )
