"""Everything on a map that can change on its own, as plain fields: what two maps are held against each other by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from safarnama.core.words import Text
from safarnama.maps.derived import Curve
from safarnama.maps.model import Map
from safarnama.maps.naming import LANES, VALUES
from safarnama.maps.part import Part
from safarnama.maps.spoken import is_words
from safarnama.maps.words import say

Key = tuple[str, str]
_APART = {
    "schema", "stages", "lanes", "personas", "stakeholders", "opportunities", "actions", "curves", "links", "conflicts", "comments", "derived",
}  # fmt: skip
_DERIVED_APART = {"stages", "steps", "cards", "curves"}


@dataclass(frozen=True)
class Thing:
    """``name`` is what it is called; ``fields`` its plain values; ``words`` are the names of
    fields that people write. Things that stand in an order say among which (``among``)."""

    what: str
    id: str
    name: Any
    fields: dict[str, Any]
    words: frozenset[str]
    among: str | None

    @property
    def key(self) -> Key:
        return self.what, self.id


def things(document: Map) -> Iterator[Thing]:
    """The map, its stages with what is in them, its lanes with their cards, curves, links, and who and what stands behind it."""
    derived = document.derived
    about = {f"derived {name}": value for name, value in _plain(derived, _DERIVED_APART).items()}
    if left := _left_over(document):
        about["derived left over"] = left
    yield _thing("map", "", document.title, document, None, _APART, about)
    for stage in document.stages:
        yield _thing(
            "stage", stage.id, stage.name, stage, "", {"id", "steps", "substages"}, _from_data("reached", derived.stages, stage.id)
        )  # fmt: skip
        for substage in stage.substages:
            yield _thing("substage", substage.id, substage.name, substage, stage.id, {"id"}, {"inside": stage.id})
        for step in stage.steps:
            more = {"inside": stage.id, **_from_data("reached", derived.steps, step.id)}
            yield _thing("step", step.id, step.name, step, stage.id, {"id"}, more)
    for lane in document.lanes:
        yield _thing("lane", lane.id, lane.title or _both(LANES[lane.kind]), lane, "", {"id", "cards"})
        for card in lane.cards:
            found = derived.cards.get(card.id)
            said = {f"data {name}": value for name, value in _plain(found, set()).items()} if found else {}
            figure = document.figure(card)
            name = card.text or (figure.label if figure else None) or card.id
            yield _thing("card", card.id, name, card, lane.id, {"id"}, {"inside": lane.id, **said})
    for what, curves in (("curve", document.curves), ("data curve", derived.curves)):
        yield from _curves(what, curves)
    names = {step.id: step.name for step in document.steps}
    yield from _numbered("link", [(_way(names, link.from_, link.to), link) for link in document.links])
    people = {persona.id: persona.name for persona in document.personas}
    for persona in document.personas:
        yield _thing("persona", persona.id, persona.name, persona, "", {"id"})
    yield from _numbered("conflict", [(_way(people, *each.between, sign="↔"), each) for each in document.conflicts])
    for person in document.stakeholders:
        yield _thing("stakeholder", person.id, person.name, person, "", {"id"})
    for opportunity in document.opportunities:
        yield _thing("opportunity", opportunity.id, opportunity.text, opportunity, "", {"id"})
    for action in document.actions:
        yield _thing("action", action.id, action.text, action, "", {"id"})
    for comment in document.comments:
        yield _thing("comment", comment.id, comment.text, comment, "", {"id"})


def _thing(
    what: str, id: str, name: Any, part: Part, among: str | None, leave: set[str], more: dict[str, Any] | None = None
) -> Thing:
    return Thing(what, id, name, {**_plain(part, leave), **(more or {})}, words_of(type(part)), among)


def _curves(what: str, curves: list[Curve]) -> Iterator[Thing]:
    """A curve: every point a field of its own, by the step it stands at."""
    for number, curve in enumerate(curves):
        again = sum(each.id == curve.id for each in curves[:number])
        points: dict[str, Any] = {}
        for point in curve.points:
            name = f"{curve.kind} {point.step}"
            points[name if name not in points else f"{name} {len(points)}"] = _plain(point, {"step"})
        id = f"{curve.id} {again + 1}" if again else curve.id
        yield _thing(what, id, curve.name or _both(VALUES[curve.kind]), curve, None, {"id", "points"}, points)


def _numbered(what: str, found: list[tuple[tuple[str, Any], Part]]) -> Iterator[Thing]:
    """Things without an id of their own go by what they join; those that join the same by their number too."""
    seen: Counter[str] = Counter()
    for (joined, name), part in found:
        seen[joined] += 1
        yield _thing(what, joined if seen[joined] == 1 else f"{joined} {seen[joined]}", name, part, None, set())


def _way(names: dict[str, Any], *ends: str, sign: str = "→") -> tuple[str, Any]:
    back = {"→": "←"}.get(sign, sign)
    return f" {sign} ".join(ends), {
        "en": f" {sign} ".join(say(names[end], "en") for end in ends),
        "fa": f" {back} ".join(say(names[end], "fa") for end in ends),
    }


def _left_over(document: Map) -> dict[str, Any]:
    """What the derived layer says of ids that the map does not have."""
    known = {card.id for lane in document.lanes for card in lane.cards}
    known |= {stage.id for stage in document.stages} | {step.id for step in document.steps}
    found: tuple[dict[str, Any], ...] = (document.derived.stages, document.derived.steps, document.derived.cards)
    return {id: _plain(part, set()) for parts in found for id, part in parts.items() if id not in known}


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "fa": text.fa}


def _from_data(name: str, parts: dict[str, Any], id: str) -> dict[str, Any]:
    return {name: _plain(parts[id], set())} if id in parts else {}


def _plain(part: Part, leave: set[str]) -> dict[str, Any]:
    """Its plain values; of those at their default only the ones that say something (a status, a yes or no)."""
    values: dict[str, Any] = part.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    for name, field in type(part).model_fields.items():
        if isinstance(field.default, (str, bool)) and field.default != "":
            values.setdefault(field.alias or name, field.default)
    return {name: value for name, value in values.items() if name not in leave}


def words_of(kind: type[Part]) -> frozenset[str]:
    """The fields of a part that hold words of people."""
    return frozenset(field.alias or name for name, field in kind.model_fields.items() if is_words(kind, name))
