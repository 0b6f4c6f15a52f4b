"""What changed between two maps, by ids: what came, what went, what moved, and what is said or counted otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from safarnama.core.words import Text
from safarnama.maps.model import Map
from safarnama.maps.part import Part
from safarnama.maps.spoken import shortened
from safarnama.maps.words import say

Kind = Literal["added", "removed", "moved", "words", "numbers", "structure"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_SAID: dict[str, Text] = {
    "added": Text(en="added {what} {name}", fa="{what} {name} افزوده شد"),
    "removed": Text(en="removed {what} {name}", fa="{what} {name} برداشته شد"),
    "moved": Text(en="moved {what} {name}: {field} {old} to {new}", fa="{what} {name} جابه‌جا شد: {field} از {old} به {new}"),
    "words": Text(en="reworded {what} {name}: {field} “{old}” to “{new}”", fa="نوشته {what} {name} عوض شد: {field} از «{old}» به «{new}»"),
    "numbers": Text(en="counted anew {what} {name}: {field} {old} to {new}", fa="عدد {what} {name} عوض شد: {field} از {old} به {new}"),
    "structure": Text(en="changed {what} {name}: {field} {old} to {new}", fa="{what} {name} عوض شد: {field} از {old} به {new}"),
}  # fmt: skip
_WHAT: dict[str, Text] = {
    "map": Text(en="map", fa="نقشه"),
    "stage": Text(en="stage", fa="مرحله"),
    "step": Text(en="step", fa="گام"),
    "lane": Text(en="row", fa="ردیف"),
    "card": Text(en="card", fa="کارت"),
    "persona": Text(en="persona", fa="پرسونا"),
    "stakeholder": Text(en="stakeholder", fa="ذی‌نفع"),
    "opportunity": Text(en="opportunity", fa="فرصت"),
    "action": Text(en="action", fa="اقدام"),
}
_PLACES = {"at", "until", "place", "inside", "order"}
_NOTHING = "–"


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise: of what (``what`` and ``id``), which ``field``, and what it was and is (plain values)."""

    kind: Kind
    what: str
    id: str
    name: Any
    field: str = ""
    old: Any = None
    new: Any = None

    def say(self, language: str) -> str:
        name = shortened(say(self.name, language))
        named = f"“{name}”" if language == "en" else f"«{name}»"
        # What changed in the other language alone is shown in that one.
        shown = language
        if self.kind == "words" and _said(self.old, language) == _said(self.new, language):
            shown = "en" if language == "fa" else "fa"
        return _SAID[self.kind].say(
            language,
            what=_WHAT[self.what],
            name=f"{named} [{self.id}]" if self.id else named,
            field=self.field,
            old=_said(self.old, shown),
            new=_said(self.new, shown),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "what": self.what,
            "id": self.id,
            "field": self.field or None,
            "old": self.old,
            "new": self.new,
        }


def diff(old: Map, new: Map) -> list[Change]:
    """All changes from one map to the other, in the order of the new one; what only the old one has stands at the end."""
    before, after = dict(_things(old)), dict(_things(new))
    changes: list[Change] = []
    for key, (name, fields) in after.items():
        if key not in before:
            changes.append(Change("added", *key, name))
            continue
        past = before[key][1]
        for field in dict.fromkeys([*past, *fields]):
            was, now = past.get(field), fields.get(field)
            if was != now:
                changes.append(Change(_kind(field, was, now), *key, name, field, was, now))
    changes += [Change("removed", *key, name) for key, (name, _) in before.items() if key not in after]
    return changes


def _things(document: Map) -> Iterator[tuple[tuple[str, str], tuple[Any, dict[str, Any]]]]:
    """Everything that has an id, as plain fields; what stands inside it is a thing of its own."""
    whole = _plain(
        document,
        leave={"stages", "lanes", "personas", "stakeholders", "opportunities", "actions", "derived", "schema", "id"},
    )
    derived = _plain(document.derived, leave={"stages", "cards"})
    yield ("map", ""), (document.title, {**whole, **{f"derived {name}": value for name, value in derived.items()}})
    for number, stage in enumerate(document.stages, 1):
        reach = document.derived.stages.get(stage.id)
        found = {**_plain(stage, leave={"steps", "id"}), "place": number, **_numbers("reached", reach)}
        yield ("stage", stage.id), (stage.name, found)
        for place, step in enumerate(stage.steps, 1):
            yield ("step", step.id), (step.name, {**_plain(step, leave={"id"}), "inside": stage.id, "place": place})
    for number, lane in enumerate(document.lanes, 1):
        yield ("lane", lane.id), (lane.title or lane.kind, {**_plain(lane, leave={"cards", "id"}), "place": number})
        for card in lane.cards:
            found = {**_plain(card, leave={"id"}), "inside": lane.id}
            yield ("card", card.id), (card.text, {**found, **_numbers("data", document.derived.cards.get(card.id))})
    for what, things in (
        ("persona", document.personas), ("stakeholder", document.stakeholders),
        ("opportunity", document.opportunities), ("action", document.actions),
    ):  # fmt: skip
        for thing in things:
            named = getattr(thing, "name", None) or getattr(thing, "text", "")
            yield (what, thing.id), (named, _plain(thing, leave={"id"}))


def _plain(part: Part, leave: set[str]) -> dict[str, Any]:
    values: dict[str, Any] = part.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return {name: value for name, value in values.items() if name not in leave}


def _numbers(name: str, part: Part | None) -> dict[str, Any]:
    return {} if part is None else {name: _plain(part, leave=set())}


def _kind(field: str, old: Any, new: Any) -> Kind:
    if field in _PLACES:
        return "moved"
    if field in ("figure", "data", "reached", "curves") or field.startswith("derived"):
        return "numbers"
    return "words" if all(_is_words(value) for value in (old, new)) else "structure"


def _is_words(value: Any) -> bool:
    return value is None or isinstance(value, str) or (isinstance(value, dict) and set(value) <= {"fa", "en"})


def _said(value: Any, language: str) -> str:
    if value is None:
        return _NOTHING
    if _is_words(value):
        return shortened(say(value, language), 60)
    if isinstance(value, dict):
        figure = value.get("figure", value)
        told = {name: figure[name] for name in ("value", "share", "customers", "low", "high") if name in figure}
        value = ", ".join(f"{name} {round(number, 4)}" for name, number in told.items()) or value
    return shortened(str(value), 60)
