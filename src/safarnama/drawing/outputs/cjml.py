"""CJML: the journey in the terms of the Customer Journey Modelling Language, as XML."""

from __future__ import annotations

from typing import Any, ClassVar
from xml.etree import ElementTree as ET

from safarnama.core.words import LANGUAGES, Text
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.drawing.svg import FORBIDDEN
from safarnama.maps.lanes import Card, Side
from safarnama.maps.model import Map
from safarnama.maps.people import Persona
from safarnama.maps.stages import Step
from safarnama.maps.words import Bilingual, say

_VERSION = "2.0"
_USER, _PROVIDER = "end-user", "provider"
_COMPANY = Text(en="Company", fa="شرکت")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Cjml(Output):
    """Actors, phases and touchpoints: a communication point with a sender, a receiver, a label seen from each and a channel, or
    an action of one actor, and what became of it on an actual journey (CJML 2.0, SINTEF 2022). Decisions and waits, which CJML does
    not know, are actions of that ``kind``; device and location stand in elements of their own. A step without a touchpoint is
    an action of the end user. Both languages are in it. CJML publishes no schema for files; names follow its terms.
    """

    title: ClassVar[Text] = Text(en="CJML (XML)", fa="سفر به زبان CJML (XML)")
    example: ClassVar[dict[str, Any]] = {}
    media: ClassVar[str] = "application/xml"
    needs_map: ClassVar[bool] = True

    def write(self, drawing: Drawing) -> bytes:
        assert drawing.document is not None
        document = drawing.document
        actual = document.kind == "actual"
        root = ET.Element("cjml", version=_VERSION)
        journey = ET.SubElement(root, "journey", id=_text(document.id), type="actual" if actual else "planned")
        journey.set("language", drawing.language)
        _words(journey, "name", document.title)
        _words(journey, "goal", document.goal)
        actors = _Actors(ET.SubElement(journey, "actors"), document)
        places = {stage.id: stage.steps[0].id for stage in document.stages}
        touchpoints: dict[str, list[Card]] = {}
        for lane in document.lanes:
            if lane.kind == "touchpoints":
                for each in lane.cards:
                    touchpoints.setdefault(places.get(each.at, each.at), []).append(each)
        feelings = {point.step: point.value for curve in document.curves_of("feeling")[:1] for point in curve.points}
        phases = ET.SubElement(journey, "phases")
        for stage in document.stages:
            phase = ET.SubElement(phases, "phase", id=_text(stage.id))
            _words(phase, "name", stage.name)
            for step in stage.steps:
                cards: list[Card | None] = [*touchpoints.get(step.id, ())] or [None]
                for card in cards:
                    point = _touchpoint(phase, actors, step, card)
                    # Experience is of a person who lived it: a planned journey has none.
                    if actual and step.id in feelings:
                        ET.SubElement(point, "experience", value=f"{feelings[step.id]:.2f}", scale="-2..2")
        ET.indent(root)
        return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


class _Actors:
    """The actors of a journey, each once."""

    def __init__(self, element: ET.Element, document: Map) -> None:
        self.element = element
        self.known: dict[str, str] = {}
        personas: list[Persona | None] = [*document.personas] or [None]
        for number, persona in enumerate(personas, 1):
            self._add(_USER if number == 1 else f"{_USER}-{number}", _USER, persona.name if persona else None)
        self._add(_PROVIDER, _PROVIDER, {"en": _COMPANY.en, "fa": _COMPANY.fa})

    def _add(self, name: str, kind: str, words: str | Bilingual | None) -> str:
        actor = ET.SubElement(self.element, "actor", id=name, type=kind)
        _words(actor, "name", words)
        for language in LANGUAGES:
            if said := say(words, language):
                self.known[said] = name
        return name

    def of(self, side: Side | None, otherwise: str) -> str:
        if side is None:
            return otherwise
        said = say(side.actor, "en")
        return self.known.get(said) or self._add(f"actor-{len(self.known) + 1}", "other", side.actor)


def _touchpoint(phase: ET.Element, actors: _Actors, step: Step, card: Card | None) -> ET.Element:
    if card is None or card.kind != "communication":
        point = ET.SubElement(phase, "action", id=_text(card.id if card else step.id))
        point.set("actor", actors.of(card.initiator if card else None, _USER))
        if card is not None and card.kind != "action":
            point.set("kind", card.kind)
    else:
        point = ET.SubElement(phase, "communicationPoint", id=_text(card.id))
        point.set("sender", actors.of(card.initiator, _PROVIDER))
        point.set("receiver", actors.of(card.receiver, _USER))
    point.set("step", _text(step.id))
    if card is not None and card.status:
        point.set("status", card.status)
    if card is not None and card.channel:
        point.set("channel", _text(card.channel))
    _words(point, "label", card.text if card and card.text else step.name)
    if card is not None:
        _words(point, "senderLabel", card.initiator.label if card.initiator else None)
        _words(point, "device", card.device)
        _words(point, "location", card.place)
        _words(point, "receiverLabel", card.receiver.label if card.receiver else None)
    _words(point, "stepName", step.name)
    return point


def _words(element: ET.Element, tag: str, words: str | Bilingual | None) -> None:
    """Words in each language they are in."""
    if isinstance(words, str):
        if words:
            ET.SubElement(element, tag).text = _text(words)
    elif words:
        for language, text in sorted(words.items()):
            if text:
                made = ET.SubElement(element, tag)
                made.set(_LANG, language)
                made.text = _text(text)


def _text(text: str) -> str:
    return FORBIDDEN.sub("", text)
