"""A row a card: stage, step, lane and text in columns of these names, and whatever else our own tables say of a card."""

from __future__ import annotations

import re
from typing import Any

from safarnama.core.words import Text
from safarnama.maps.naming import VALUES
from safarnama.maps.people import Persona
from safarnama.maps.reading.draft import Draft, words
from safarnama.maps.reading.lane_names import lane_of
from safarnama.maps.reading.reading import Reading
from safarnama.maps.reading.scores import feel, figure

_DETAILS: dict[str, tuple[str, Any]] = {
    **{each: ("kind", each) for each in ("action", "decision", "wait")},
    **{each: ("status", each) for each in ("planned", "done", "missing", "failed", "ad_hoc", "out_of_order")},
    **{each: ("role", each) for each in ("opens", "assists", "closes")},
    **{each: ("polarity", each) for each in ("positive", "neutral", "negative")},
    **{each: ("need", each) for each in ("functional", "emotional")},
    "met": ("met", True),
    "unmet": ("met", False),
}
_SAID = {said.casefold(): _DETAILS[each] for each in _DETAILS for said in (VALUES[each].en, VALUES[each].fa)}
_FORGOTTEN = ("rests on",)  # what our own tables say in words only


def cards(table: list[list[str]], filled: list[int], known: dict[str, int], name: str) -> Reading:
    """The map of rows; stages and steps come in the order in which the rows name them."""
    draft = Draft(name, "cards")
    rows = [(number + 1, {column: table[number][place] for column, place in known.items()}) for number in filled[1:]]
    places = _places(draft, [row for _, row in rows])
    steps = {step: made for (_, step), made in places.items() if step}
    personas: dict[str, str] = {}
    for line, row in rows:
        stage, step = row.get("stage", ""), row.get("step", "")
        at = places.get((stage, step)) or places.get((stage, ""))
        if at is None:
            draft.leave(_NOWHERE, line)
            continue
        lane = row.get("lane", "")
        if lane_of(lane) == "feeling":
            feel(draft, {at: row.get("number") or row["text"]}, line)
            continue
        fields = _fields(draft, row, steps, personas, line)
        kept = draft.card(draft.lane(lane) if lane else draft.of_kind("doing"), at, row["text"], line, **fields)
        if kept is None and any(row[column] for column in row if column not in ("stage", "step", "lane", "id")):
            draft.leave(_NO_TEXT, line)
    extra = [cell for place, cell in enumerate(table[filled[0]]) if cell and place not in known.values()]
    extra += [table[filled[0]][known[column]] for column in _FORGOTTEN if any(row.get(column) for _, row in rows)]
    if extra:
        draft.leave(_EXTRA, names=extra)
    return draft.reading()


def _places(draft: Draft, rows: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    """The id of every stage and step, by their names."""
    places: dict[tuple[str, str], str] = {}
    for row in rows:
        stage, step = row.get("stage", ""), row.get("step", "")
        if stage and (not draft.stages or (stage, "") not in places):
            places[stage, ""] = draft.stage(stage)
        if step and (stage, step) not in places:
            places[stage, step] = draft.step(step, places.get((stage, "")))
    return places


def _fields(
    draft: Draft, row: dict[str, str], steps: dict[str, str], personas: dict[str, str], line: int
) -> dict[str, Any]:
    """What a row says of its card beside where it stands and what it says."""
    fields: dict[str, Any] = {"channel": row.get("channel") or None}
    if row.get("number"):
        fields["figure"] = figure(row["number"])
        if fields["figure"] is None:
            draft.leave(_NO_NUMBER, line, text=row["number"][:40])
    if row.get("until") in steps:
        fields["until"] = steps[row["until"]]
    elif row.get("until"):
        draft.leave(_NO_STEP, line, text=row["until"][:40])
    if who := row.get("persona"):
        if who not in personas:
            personas[who] = draft.id(who, "persona")
            draft.personas.append(Persona(id=personas[who], name=words(who)))
        fields["subject"] = personas[who]
    for side in ("initiator", "receiver"):
        if row.get(side):
            fields[side] = {"actor": words(row[side])}
    for score in ("likelihood", "impact"):
        if said := row.get(score):
            fields[score] = int(said) if said.isdecimal() and 1 <= int(said) <= 5 else None
            if fields[score] is None:
                draft.leave(_NO_SCORE, line, text=said[:40])
    for field in ("device", "place"):
        if row.get(field):
            fields[field] = words(row[field])
    for said in re.split(r"[،,]\s*", row.get("detail", "")):
        if found := _SAID.get(said.strip().casefold()):
            fields[found[0]] = found[1]
        elif said.strip():
            draft.leave(_NO_DETAIL, line, text=said.strip()[:40])
    return fields


_NOWHERE = Text(
    en="the row names neither stage nor step and was not read", fa="این سطر نه مرحله دارد و نه گام و خوانده نشد"
)
_NO_TEXT = Text(en="the row has no text and was not read", fa="این سطر متن ندارد و خوانده نشد")
_NO_NUMBER = Text(
    en="“{text}” is no number that can be counted with and was not kept",
    fa="«{text}» عددی نیست که بشود با آن شمرد و نگه داشته نشد",
)
_NO_SCORE = Text(
    en="“{text}” is no score from 1 to 5 and was not kept", fa="«{text}» امتیازی از ۱ تا ۵ نیست و نگه داشته نشد"
)
_NO_STEP = Text(en="there is no step “{text}” to reach to", fa="گامی به نام «{text}» نیست که تا آن برسد")
_NO_DETAIL = Text(
    en="the detail “{text}” is unknown and was not kept", fa="جزئیات «{text}» ناشناخته است و نگه داشته نشد"
)
_EXTRA = Text(en="columns that were not read: {names:list}", fa="ستون‌هایی که خوانده نشد: {names:list}")
