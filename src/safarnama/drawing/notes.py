"""What a speaker can say of a map: every card in full, what is said beside cards, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from safarnama.core.words import Text, speech
from safarnama.core.words.counted import counted
from safarnama.drawing.lanes import TITLES
from safarnama.drawing.particulars import particulars
from safarnama.drawing.parts.aims import aims, odds
from safarnama.drawing.parts.evidence import WORDS
from safarnama.drawing.parts.parties import parties, whereabouts
from safarnama.maps.evidence import Evidence, standing
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.stages import Stage
from safarnama.maps.words import Bilingual, say

_THEN = {"en": " → ", "fa": " ← "}
_HONESTY = Text(
    en="{score:count} of 100: {backed:count} of {cards:cards} rest on evidence that is not stale.",
    fa="اعتبار {score:count} از ۱۰۰: {backed:count} از {cards:cards} شواهدی دارد که قدیمی نیست.",
)


def notes(document: Map, language: str, today: date | None = None) -> list[str]:
    """Lines of plain text, lane by lane in the order of the map, then what it says beside its cards."""
    today = today or date.today()
    lines = briefly(document, language, today)
    names = {stage.id: stage.name for stage in document.stages} | {step.id: step.name for step in document.steps}
    for lane in document.lanes:
        told = [line for card in lane.cards if (line := _card(document, card, names, language, today))]
        if told:
            lines += ["", lane_title(lane, language), *told]
    for group in particulars(document, language):
        lines += ["", group.title]
        for each in group.things:
            rests = "" if each.found is None else f" ({evidence_words(each.found, language, today)})"
            lines.append(f"• {': '.join(filter(None, [each.about, each.said]))}{rests}")
    return lines


def briefly(document: Map, language: str, today: date | None = None) -> list[str]:
    """The title, how far it may be believed, and every stage with its steps."""
    honesty = document.whole.honesty(today or date.today())
    return [
        say(document.title, language),
        _HONESTY.say(language, score=honesty.score, backed=honesty.backed, cards=honesty.cards),
        "",
        *(_stage(stage, number, language) for number, stage in enumerate(document.stages, document.before[0] + 1)),
    ]


def _stage(stage: Stage, number: int, language: str) -> str:
    """A stage with its steps: a name that a drawing had to cut is whole here."""
    head = " · ".join(filter(None, [say(stage.name, language), say(stage.tagline, language)]))
    return f"{speech.say(number, 'count', language)}. {head}: " + _THEN[language].join(
        say(step.name, language) for step in stage.steps
    )


def lane_title(lane: Lane, language: str) -> str:
    """The name of a lane: its own, or that of its kind."""
    return say(lane.title, language) or TITLES[lane.kind].say(language)


def _card(document: Map, card: Card, names: Mapping[str, str | Bilingual], language: str, today: date) -> str:
    said = card_words(document, card, language)
    if not said:
        return ""
    where = say(names[card.at], language)
    return f"• {where}: {said} ({evidence_words(document.evidence(card), language, today)})"


def card_words(document: Map, card: Card, language: str) -> str:
    """All that a card says: its number with what that is of, its text, what the number should be, who gives to whom, and where."""
    figure = document.figure(card)
    parts = [
        say(card.text, language),
        *aims(figure, language),
        *odds(card, language),
        parties(card, language, labels=True),
        whereabouts(card, language),
    ]
    if figure:
        label = say(figure.label, language)
        parts.insert(0, " ".join(filter(None, [speech.say(figure.value, figure.form, language), label])))
    return " · ".join(part for part in parts if part)


def evidence_words(evidence: Sequence[Evidence], language: str, today: date) -> str:
    """What a card rests on, in words: the kind, n, the source, the period, whether it is stale."""
    if not evidence:
        return WORDS["assumed"].say(language)
    kind = standing(evidence)
    best = next(each for each in evidence if each.kind == kind)
    parts = [WORDS[kind].say(language)]
    if best.n is not None:
        parts.append(counted(best.n, best.unit, language))
    if best.source and (source := say(best.source, language)):
        parts.append(source)
    if best.start and best.end:
        parts.append(speech.say((best.start, best.end), "period", language))
    if best.stale(today):
        parts.append(WORDS["stale"].say(language))
    return "، ".join(parts) if language == "fa" else ", ".join(parts)
