"""A map's cards as pages show them: words, number, evidence, said in a language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from safarnama.core.words import Text, speech
from safarnama.drawing import twin
from safarnama.drawing.lanes import ICONS, TITLES
from safarnama.drawing.parts.evidence import WORDS, count
from safarnama.drawing.pen import Pen
from safarnama.maps.derived import Figure
from safarnama.maps.evidence import Evidence, standing
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import say
from safarnama.web.rendering import placed

# What hurts is read first.
WORST_FIRST = ("pains", "thinking", "feeling", "opportunities", "measures", "doing", "touchpoints", "strengths")
TONES = {
    "pains": "pain", "barriers": "pain", "objections": "pain", "risks": "pain",
    "strengths": "gain", "enablers": "gain",
    "opportunities": "opportunity", "moments": "opportunity",
}  # fmt: skip
_BETWEEN = Text(en="{low} to {high}", fa="{low} تا {high}")
_AGE = Text(en="stale, ended {age:days} ago", fa="قدیمی، {age:days} پیش پایان یافته")


@dataclass(frozen=True)
class Shown:
    """One card, ready to be shown."""

    card: Card
    lane: Lane
    text: str
    figure: Figure | None
    number: str
    interval: str
    label: str
    evidence: list[Evidence]
    standing: str
    word: str
    stale: bool
    note: str
    tone: str
    finding: str | None


def shown(document: Map, lane: Lane, card: Card, language: str, today: date) -> Shown:
    """A card in the words of a language."""
    pen = Pen(language, today)
    evidence = document.evidence(card)
    figure = document.figure(card)
    state = standing(evidence)
    stale = bool(evidence) and all(each.stale(today) for each in evidence)
    best = next((each for each in evidence if each.kind == state), None)
    note = count(pen, best.n, best.unit) if best and best.n is not None else ""
    return Shown(
        card=card,
        lane=lane,
        text=placed(say(card.text, language), language),
        figure=figure,
        number=placed(pen.form(figure.value, figure.form), language) if figure else "",
        interval=interval(figure.low, figure.high, figure.form, language) if figure else "",
        label=placed(say(figure.label, language), language) if figure else "",
        evidence=evidence,
        standing=state,
        word=pen.say(WORDS[state]),
        stale=stale,
        note=placed(note, language),
        tone=TONES.get(lane.kind, ""),
        finding=next((each.finding for each in evidence if each.finding), None),
    )


def interval(low: float | None, high: float | None, form: str, language: str) -> str:
    """Both ends in words: never a dash, which looks like a minus."""
    if low is None or high is None:
        return ""
    ends = [speech.say(end, form, language) for end in (low, high)]
    return placed(_BETWEEN.say(language, low=ends[0], high=ends[1]), language)


def age(evidence: Evidence, language: str, today: date) -> str:
    """The words for evidence that is too old; none where it is not."""
    if not evidence.stale(today) or evidence.end is None:
        return ""
    return placed(_AGE.say(language, age=(today - evidence.end).days), language)


def lane_name(lane: Lane, language: str) -> str:
    return say(lane.title, language) or TITLES[lane.kind].say(language)


def lane_icon(lane: Lane) -> str:
    return ICONS[lane.kind]


def by_lane(document: Map, language: str, today: date, worst_first: bool = False) -> list[tuple[Lane, list[Shown]]]:
    """Lanes that hold something, with their cards; in the order of the map or with what hurts first."""
    lanes = [lane for lane in document.lanes if lane.cards]
    if worst_first:
        order = {kind: place for place, kind in enumerate(WORST_FIRST)}
        lanes.sort(key=lambda lane: order.get(lane.kind, len(order)))
    return [(lane, [shown(document, lane, card, language, today) for card in lane.cards]) for lane in lanes]


def rows(document: Map, language: str, today: date) -> list[tuple[Lane, list[tuple[int, list[Shown]]]]]:
    """The map as a table: every lane's cells from the first step to the last, with how many columns each covers."""
    return [
        (lane, [(span, [shown(document, lane, card, language, today) for card in found]) for span, found in cells])
        for lane, cells in twin.rows(document)
    ]
