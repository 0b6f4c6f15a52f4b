"""Markdown: the map as a text for a wiki, a repository or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from safarnama.core.words import Text, speech
from safarnama.drawing.notes import card_words, evidence_words, lane_title
from safarnama.drawing.outputs.output import Drawing, Output
from safarnama.drawing.particulars import particulars
from safarnama.drawing.svg import FORBIDDEN
from safarnama.maps.lanes import Card
from safarnama.maps.model import Map
from safarnama.maps.naming import BESIDE
from safarnama.maps.stages import Stage
from safarnama.maps.words import say

_MEANT = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")
_LISTED = re.compile(r"^(\d*)([-+=.)])")
_GOAL = Text(en="Goal", fa="هدف")
_STEPS = Text(en="Steps", fa="گام‌ها")


class Markdown(Output):
    """Every stage under a heading of its own with its steps, then lane by lane each card in full and what it rests on; at the
    end what the map says beside its cards."""

    title: ClassVar[Text] = Text(en="Markdown text", fa="متن Markdown")
    example: ClassVar[dict[str, Any]] = {}
    media: ClassVar[str] = "text/markdown; charset=utf-8"
    needs_map: ClassVar[bool] = True

    def write(self, drawing: Drawing) -> bytes:
        assert drawing.document is not None
        document, language = drawing.document, drawing.language
        lines = list(_lines(document, language, drawing.today or date.today()))
        if language == "fa":
            lines = ['<div dir="rtl">', "", *lines, "", "</div>"]
        return ("\n".join(lines) + "\n").encode()


def _lines(document: Map, language: str, today: date) -> Iterator[str]:
    yield f"# {plain(say(document.title, language))}"
    for more in (document.subtitle, document.scope):
        if more:
            yield from ("", plain(say(more, language)))
    if document.goal:
        yield from ("", f"**{_GOAL.say(language)}:** {plain(say(document.goal, language))}")
    for persona in document.personas:
        about = " · ".join(filter(None, [say(persona.name, language), say(persona.summary, language)]))
        yield from ("", f"> {plain(about)}")
    for number, stage in enumerate(document.stages, 1):
        yield from _stage(document, stage, number, language, today)
    told = particulars(document, language)
    if told:
        yield from ("", f"## {plain(BESIDE.say(language))}")
    for group in told:
        yield from ("", f"### {plain(group.title)}", "")
        for each in group.things:
            rests = "" if each.found is None else f" ({plain(evidence_words(each.found, language, today))})"
            yield f"- **{plain(each.about)}:** {plain(each.said)}{rests}"


def _stage(document: Map, stage: Stage, number: int, language: str, today: date) -> Iterator[str]:
    yield from ("", f"## {speech.say(number, 'count', language)}\\. {plain(say(stage.name, language))}")
    if stage.tagline:
        yield from ("", plain(say(stage.tagline, language)))
    yield from ("", f"**{_STEPS.say(language)}**", "")
    yield from (f"1. {plain(say(step.name, language))}" for step in stage.steps)
    names = {stage.id: stage.name} | {step.id: step.name for step in stage.steps}
    for lane in document.lanes:
        told = [_card(document, card, language, today, names) for card in lane.cards if card.at in names]
        if any(told):
            yield from ("", f"### {plain(lane_title(lane, language))}", "", *filter(None, told))


def _card(document: Map, card: Card, language: str, today: date, names: dict[str, Any]) -> str:
    words = card_words(document, card, language)
    if not words:
        return ""
    rests = evidence_words(document.evidence(card), language, today)
    return f"- **{plain(say(names[card.at], language))}:** {plain(words)} ({plain(rests)})"


def plain(text: str) -> str:
    """A text on one line that Markdown shows as it was typed."""
    line = _MEANT.sub(r"\\\1", " ".join(FORBIDDEN.sub("", text).split()))
    return _LISTED.sub(r"\1\\\2", line)
