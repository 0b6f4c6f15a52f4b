"""The headline of a discovered map: its finding, in a sentence."""

from __future__ import annotations

from safarnama.core.words import LANGUAGES, Text
from safarnama.maps.discovery.asked import Asked
from safarnama.maps.model import Map
from safarnama.maps.words import Bilingual, Words, say

_GOAL = Text(
    en="{reached:number} of 100 customers reach “{goal}”",
    fa="از هر ۱۰۰ مشتری {reached:number} نفر به «{goal}» می‌رسند",
)
_FAR = Text(
    en="{reached:number} of 100 customers come to “{stage}”",
    fa="از هر ۱۰۰ مشتری {reached:number} نفر به «{stage}» می‌رسند",
)
_HURTS = Text(en="{first}; it hurts most at “{step}”", fa="{first}؛ دردناک‌ترین گام «{step}» است")
_STOPS = Text(en="{first}; most stop before “{stage}”", fa="{first}؛ بیشترین ریزش پیش از «{stage}» است")


def headline(document: Map, asked: Asked) -> Words:
    """What the map says first: how many reach the goal, and where it hurts or, if nothing hurts, where most stop."""
    rows = asked.progress.rows()
    goals = [row for row in asked.touchpoints.rows() if row["name"] in document.goal_touchpoints]
    sore = _sorest(document)
    said: Bilingual = {}
    for language in LANGUAGES:
        names = [say(stage.name, language) for stage in document.stages]
        if goals:
            reached = max(row["share"] for row in goals)
            first = _GOAL.say(language, reached=round(100 * reached), goal=say(document.goal, language))
        else:
            first = _FAR.say(language, reached=round(100 * (rows[-1]["share"] or 0)), stage=names[-1])
        if sore is not None:
            said[language] = _HURTS.say(language, first=first, step=say(sore, language))
        elif len(rows) > 1:
            worst = max(range(1, len(rows)), key=lambda place: rows[place]["stopped"])
            stage = names[worst]
            named = bool(goals) and stage == say(document.goal, language)  # the sentence has said that name already
            said[language] = first if named else _STOPS.say(language, first=first, stage=stage)
        else:
            said[language] = first
    return said


def _sorest(document: Map) -> Words | None:
    """The step with the first pain that rests on evidence."""
    lane = document.lane("pains")
    names = {step.id: step.name for step in document.steps}
    for card in lane.cards if lane else ():
        if document.evidence(card) and card.at in names:
            return names[card.at]
    return None
