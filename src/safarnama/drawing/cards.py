"""The map as rows: every card, point of a curve and empty step with all that is known of it, for tables and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from safarnama.core.words import Text, speech
from safarnama.core.words.lexicon import channel_title
from safarnama.drawing.notes import evidence_words, lane_title
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map
from safarnama.maps.naming import VALUES
from safarnama.maps.words import say

COLUMNS: dict[str, Text] = {
    "stage": Text(en="Stage", fa="مرحله"),
    "step": Text(en="Step", fa="گام"),
    "until": Text(en="Until step", fa="تا گام"),
    "lane": Text(en="Lane", fa="ردیف"),
    "text": Text(en="Text", fa="متن"),
    "number": Text(en="Number", fa="عدد"),
    "channel": Text(en="Channel", fa="کانال"),
    "device": Text(en="Device", fa="دستگاه"),
    "place": Text(en="Location", fa="مکان"),
    "persona": Text(en="Persona", fa="پرسونا"),
    "initiator": Text(en="Who starts it", fa="آغازکننده"),
    "receiver": Text(en="Who receives it", fa="گیرنده"),
    "likelihood": Text(en="Likelihood", fa="احتمال"),
    "impact": Text(en="Impact", fa="اثر"),
    "detail": Text(en="Detail", fa="جزئیات"),
    "rests_on": Text(en="Rests on", fa="تکیه بر"),
    "id": Text(en="Id", fa="شناسه"),
}
_FEELING = Text(en="Feeling (−2 to +2)", fa="احساس (از −۲ تا +۲)")


def rows(document: Map, language: str, today: date | None = None) -> Iterator[dict[str, Any]]:
    """A row for each card in the order of the map, then for each point of a curve, then for each step where nothing stands."""
    today = today or date.today()
    stage_of = {step.id: stage for stage in document.stages for step in stage.steps}
    stage_of |= {stage.id: stage for stage in document.stages}
    names = {step.id: say(step.name, language) for step in document.steps}
    personas = {persona.id: say(persona.name, language) for persona in document.personas}
    filled: set[str] = set()
    for lane in document.lanes:
        for card in lane.cards:
            filled.add(card.at)
            figure = document.figure(card)
            yield {
                "stage": say(stage_of[card.at].name, language),
                "step": names.get(card.at, ""),
                "until": names.get(card.until or "", ""),
                "lane": lane_title(lane, language),
                "text": say(card.text, language) or (say(figure.label, language) if figure else ""),
                "number": speech.say(figure.value, figure.form, language) if figure else "",
                "channel": channel_title(card.channel).say(language) if card.channel else "",
                "device": say(card.device, language),
                "place": say(card.place, language),
                "persona": personas.get(card.subject or "", ""),
                "initiator": say(card.initiator.actor, language) if card.initiator else "",
                "receiver": say(card.receiver.actor, language) if card.receiver else "",
                "likelihood": card.likelihood or "",
                "impact": card.impact or "",
                "detail": "، ".join(_details(card, language))
                if language == "fa"
                else ", ".join(_details(card, language)),
                "rests_on": evidence_words(document.evidence(card), language, today),
                "id": card.id,
            }
    empty = dict.fromkeys(COLUMNS, "")
    for curve in document.curves_of("feeling"):
        for point in curve.points:
            filled.add(point.step)
            yield {
                **empty,
                "stage": say(stage_of[point.step].name, language),
                "step": names.get(point.step, ""),
                "lane": _FEELING.say(language),
                "number": round(point.value, 2),
                "rests_on": evidence_words(point.evidence, language, today),
            }
    for step in document.steps:
        if step.id not in filled:
            yield {**empty, "stage": say(stage_of[step.id].name, language), "step": names[step.id]}


def _details(card: Card, language: str) -> Iterator[str]:
    """What else a card says of itself, in words."""
    known: list[str] = [card.kind] if card.kind != "communication" else []
    known += [each for each in (card.status, card.role, card.polarity, card.need) if each]
    known += [] if card.met is None else ["met" if card.met else "unmet"]
    return (VALUES[each].say(language) for each in known)
