"""Edits of a map, as people make them: what tests of differences draw from."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from safarnama.maps.model import Map
from tests.maps.drawn import LANES, evidence, figures, maps, objections, words

Values = dict[str, Any]
Draw = Callable[[Any], Any]


@st.composite
def pairs(draw: Any, stages: tuple[int, int] = (1, 5), most: int = 8) -> tuple[Map, Map]:
    """A map and the same map after up to ``most`` edits."""
    old = draw(maps(stages=stages, steps=2))
    values = copy.deepcopy(old.model_dump(by_alias=True, mode="json"))
    for number in range(draw(st.integers(0, most))):
        draw(st.sampled_from(EDITS))(draw, values, f"new-{number}")
        _mend(values)
    return old, Map.model_validate(values)


def cards_of(values: Values) -> list[tuple[Values, Values]]:
    return [(lane, card) for lane in values["lanes"] for card in lane["cards"]]


def places_of(values: Values) -> list[str]:
    steps = [step["id"] for stage in values["stages"] for step in stage["steps"]]
    return steps + [stage["id"] for stage in values["stages"]]


def _one(draw: Draw, found: list[Any]) -> Any:
    return draw(st.sampled_from(range(len(found)))) if found else None


def _reword(draw: Draw, values: Values, name: str) -> None:
    things = [values, *values["stages"], *(step for stage in values["stages"] for step in stage["steps"])]
    things += [card for _, card in cards_of(values)] + values["lanes"] + values["personas"]
    thing = things[_one(draw, things)]
    field = next(field for field in ("text", "name", "title") if field in thing)
    thing[field] = draw(words)


def _count(draw: Draw, values: Values, name: str) -> None:
    found = cards_of(values)
    if found:
        _, card = found[_one(draw, found)]
        field = draw(st.sampled_from(["figure", "evidence"]))
        card[field] = draw(figures) if field == "figure" else draw(st.lists(evidence, max_size=2))


def _move(draw: Draw, values: Values, name: str) -> None:
    found = cards_of(values)
    if found:
        lane, card = found[_one(draw, found)]
        card |= {"at": draw(st.sampled_from(places_of(values))), "until": None}
        lane["cards"].remove(card)
        lanes = values["lanes"] if draw(st.booleans()) else [lane]
        there = lanes[_one(draw, lanes)]["cards"]
        there.insert(draw(st.integers(0, len(there))), card)


def _remove(draw: Draw, values: Values, name: str) -> None:
    found = cards_of(values)
    if found:
        lane, card = found[_one(draw, found)]
        lane["cards"].remove(card)


def _add(draw: Draw, values: Values, name: str) -> None:
    if not values["lanes"]:
        return
    lane = values["lanes"][_one(draw, values["lanes"])]
    lane["cards"].append({"id": name, "at": draw(st.sampled_from(places_of(values))), "text": draw(words)})


def _remove_step(draw: Draw, values: Values, name: str) -> None:
    stage = values["stages"][_one(draw, values["stages"])]
    if len(stage["steps"]) > 1:
        stage["steps"].pop(_one(draw, stage["steps"]))
    elif len(values["stages"]) > 1:
        values["stages"].remove(stage)


def _add_step(draw: Draw, values: Values, name: str) -> None:
    step = {"id": name, "name": draw(words)}
    if draw(st.booleans()):
        stage = values["stages"][_one(draw, values["stages"])]
        stage["steps"].insert(draw(st.integers(0, len(stage["steps"]))), step)
    else:
        at = draw(st.integers(0, len(values["stages"])))
        values["stages"].insert(at, {"id": f"stage-{name}", "name": draw(words), "steps": [step]})


def _move_step(draw: Draw, values: Values, name: str) -> None:
    stage = values["stages"][_one(draw, values["stages"])]
    step = stage["steps"].pop(_one(draw, stage["steps"]))
    there = values["stages"][_one(draw, values["stages"])]
    there["steps"].insert(draw(st.integers(0, len(there["steps"]))), step)
    values["stages"] = [each for each in values["stages"] if each["steps"]]


def _reorder(draw: Draw, values: Values, name: str) -> None:
    for field in ("stages", "lanes"):
        values[field] = draw(st.permutations(values[field]))


def _lanes(draw: Draw, values: Values, name: str) -> None:
    if values["lanes"] and draw(st.booleans()):
        values["lanes"].pop(_one(draw, values["lanes"]))
    else:
        values["lanes"].append({"id": f"lane-{name}", "kind": draw(st.sampled_from(LANES)), "cards": []})


def _feel(draw: Draw, values: Values, name: str) -> None:
    if not values["curves"]:
        return
    points = values["curves"][0]["points"]
    if points and draw(st.booleans()):
        points.pop(_one(draw, points))
    steps = [step["id"] for stage in values["stages"] for step in stage["steps"]]
    at = draw(st.sampled_from(steps))
    points[:] = [point for point in points if point["step"] != at]
    points.append({"step": at, "value": draw(st.floats(-2, 2)), "evidence": draw(st.lists(evidence, max_size=1))})


def _reach(draw: Draw, values: Values, name: str) -> None:
    stage = values["stages"][_one(draw, values["stages"])]["id"]
    values["derived"]["stages"][stage] = {"customers": draw(st.integers(0, 48_210)), "share": draw(st.floats(0, 1))}


def _behind(draw: Draw, values: Values, name: str) -> None:
    values["actions"].append({"id": name, "text": draw(words)})
    values["goal"] = draw(words)
    values["comments"].append(
        {"id": f"{name}-said", "about": draw(st.sampled_from(places_of(values))), "text": draw(words)}
    )
    for persona in values["personas"]:
        persona["needs"].append(draw(words))
        persona["objections"] = draw(st.lists(objections, max_size=2))


def _back(draw: Draw, values: Values, name: str) -> None:
    """Gives evidence to something that is no card, or takes it away."""
    steps = [step for stage in values["stages"] for step in stage["steps"]]
    things = [*values["stages"], *steps, *values["links"]]
    things[_one(draw, things)]["evidence"] = draw(st.lists(evidence, max_size=2))


EDITS = (
    _reword, _count, _move, _remove, _add, _remove_step, _add_step, _move_step, _reorder, _lanes, _feel, _reach, _behind, _back,
)  # fmt: skip


def _mend(values: Values) -> None:
    """Takes away what points at something that is gone, as an editor does."""
    places = set(places_of(values))
    for lane in values["lanes"]:
        lane["cards"] = [card for card in lane["cards"] if card["at"] in places]
    for curve in values["curves"]:
        curve["points"] = [point for point in curve["points"] if point["step"] in places]
    values["comments"] = [comment for comment in values["comments"] if comment["about"] in places]
    for opportunity in values["opportunities"]:
        opportunity["at"] = opportunity["at"] if opportunity["at"] in places else None
    values["links"] = [link for link in values["links"] if {link["from"], link["to"]} <= places]
