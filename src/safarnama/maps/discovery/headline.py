"""The headline of a discovered map: its finding, in a sentence."""

from __future__ import annotations

from safarnama.core.words import LANGUAGES, Text
from safarnama.maps.discovery.asked import Asked
from safarnama.maps.model import Map
from safarnama.maps.words import Bilingual, Words, say

_STOP = Text(
    en="Of 100 customers, {last:number} get to {goal}; most stop before {worst}",
    fa="از هر ۱۰۰ مشتری {last:number} نفر به «{goal}» می‌رسند؛ بیشترین ریزش پیش از «{worst}» است",
)
_ALL = Text(en="How {n:customers} go from {first} to {last}", fa="سفر {n:customers} از «{first}» تا «{last}»")


def headline(document: Map, asked: Asked) -> Words:
    """What the map says first."""
    stages = document.stages
    rows = asked.progress.rows()
    said: Bilingual = {}
    for language in LANGUAGES:
        names = [say(stage.name, language) for stage in stages]
        at = _goal_stage(document)
        if len(stages) < 2:
            said[language] = _ALL.say(language, n=rows[0]["customers"], first=names[0], last=names[-1])
            continue
        last = at if at is not None and at > 0 else len(rows) - 1
        worst = max(range(1, last + 1), key=lambda place: rows[place]["stopped"])
        said[language] = _STOP.say(language, last=100 * rows[last]["share"], goal=names[last], worst=names[worst])
    return said


def _goal_stage(document: Map) -> int | None:
    goals = set(document.goal_touchpoints)
    for place, stage in enumerate(document.stages):
        if any(goals & set(step.touchpoints) for step in stage.steps):
            return place
    return None
