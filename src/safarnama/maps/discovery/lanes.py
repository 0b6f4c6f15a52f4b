"""The lanes of a discovered map: each made from findings, and plainly assumed where there is nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from safarnama.core.words import LANGUAGES, Text, lexicon
from safarnama.maps.derived import Figure, FromData
from safarnama.maps.discovery.asked import Asked
from safarnama.maps.discovery.opportunities import opportunities
from safarnama.maps.discovery.pains import pains
from safarnama.maps.discovery.strengths import strengths
from safarnama.maps.discovery.voices import voices
from safarnama.maps.evidence import Evidence
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import Bilingual, Words, say

Made = tuple[Lane, dict[str, FromData]]

_NEXT = Text(
    en="{share:percent} go on to “{next}”, typically after {wait:duration}.",
    fa="{share:percent} به «{next}» می‌روند، معمولاً پس از {wait:duration}.",
)
# A step bears the name of what leads it: where it is more than that, the sentence speaks of the step.
_NEXT_STEP = Text(
    en="{share:percent} go on to the step “{next}” ({many:touchpoints}), typically after {wait:duration}.",
    fa="{share:percent} به گام «{next}» ({many:touchpoints}) می‌روند، معمولاً پس از {wait:duration}.",
)
_AGAIN = Text(en="{share:percent} do it again.", fa="{share:percent} تکرارش می‌کنند.")
_STAY = Text(en="{share:percent} stay within this step.", fa="{share:percent} در همین گام می‌مانند.")
_LAST = Text(
    en="For {share:percent} it is the last thing seen.",
    fa="برای {share:percent} آخرین چیزی است که دیده می‌شود.",
)
_GO_ON = Text(en="reach the goal", fa="به هدف می‌رسند")
_TIMES = Text(en="times each, on average", fa="بار برای هر نفر، میانگین")
_NPS, _MEAN = Text(en="NPS", fa="NPS"), Text(en="mean of {high:number}", fa="میانگین از {high:number}")
_WHO_DOES_IT = Text(en="Who does this?", fa="این کار با کیست؟")
_ASK = Text(en="What do customers say here? Ask them.", fa="مشتری اینجا چه می‌گوید؟ از او بپرسید.")
_ACTS = (
    "add",
    "pay",
    "buy",
    "order",
    "purchase",
    "checkout",
    "sign",
    "login",
    "open",
    "write",
    "return",
    "request",
    "enter",
)
_FEW = 5
_SURE = 30  # answers; fewer are no measure


def doing(document: Map, asked: Asked) -> Made:
    """What most do next, and after how long."""
    following: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in asked.flow.rows():
        if row["from"] is not None:
            following[row["from"]].append(row)
    steps = {step.id: step for step in document.steps}
    cards, derived = [], {}
    for step in document.steps:
        rows = following.get(step.id, [])
        n = sum(row["count"] for row in rows)
        onward = [row for row in rows if row["to"] not in (step.id, None)]
        again = sum(row["count"] for row in rows if row["to"] == step.id)
        ends = sum(row["count"] for row in rows if row["to"] is None)
        if not n:
            continue
        said: Bilingual = {}
        for language in LANGUAGES:
            parts = []
            if onward and onward[0]["count"] >= ends:
                top = onward[0]
                to, wait = steps[top["to"]], top["median_seconds"] or 0
                many = len(to.touchpoints)
                sentence = _NEXT_STEP if many > 1 else _NEXT
                words = {"share": top["share"], "next": say(to.name, language), "wait": wait, "many": many}
                parts.append(sentence.say(language, **words))
            elif ends:
                parts.append(_LAST.say(language, share=ends / n))
            if again / n >= 0.25:
                parts.append((_STAY if len(step.touchpoints) > 1 else _AGAIN).say(language, share=again / n))
            said[language] = " ".join(parts)
        name = f"doing-{step.id}"
        cards.append(Card(id=name, at=step.id, text=said))
        derived[name] = FromData(evidence=[asked.evidence(asked.flow, n, "events")], said=said)
    return Lane(id="doing", kind="doing", cards=cards), derived


def touchpoints(document: Map, asked: Asked) -> Made:
    """What is bound to each step, with the share of the step's customers that met it."""
    rows = {row["name"]: row for row in asked.touchpoints.rows()}
    in_step = {row["name"]: row["customers"] for row in asked.steps.rows()}
    main = _main_channels(asked)
    cards, derived = [], {}
    for step in document.steps:
        for number, name in enumerate(step.touchpoints, start=1):
            row = rows.get(name)
            if row is None or row["customers"] < _FEW:
                continue
            entry = lexicon.touchpoint(name)
            channel = entry.channel or main.get(step.id)
            icon = (
                entry.icon if entry.icon != "circle-dot" else lexicon.channel_icon(channel) if channel else "circle-dot"
            )
            card = f"touch-{step.id}-{number}"
            title: Words = (
                entry.title.en if entry.title.en == entry.title.fa else {"en": entry.title.en, "fa": entry.title.fa}
            )
            acts = bool(set(lexicon.words_of(name)) & set(_ACTS))
            cards.append(
                Card(
                    id=card,
                    at=step.id,
                    text=title,
                    icon=icon,
                    channel=channel,
                    kind="action" if acts else "communication",
                )
            )
            share = row["customers"] / max(1, in_step.get(step.id, 0))
            derived[card] = FromData(
                figure=Figure(value=min(1.0, share)),
                evidence=[asked.evidence(asked.touchpoints, row["customers"])],
                said=title,
            )
    return Lane(id="touchpoints", kind="touchpoints", cards=cards), derived


def measures(document: Map, asked: Asked) -> Made:
    """One telling number a step: a score where one was asked, the chance of the goal before it, how often after it."""
    scores = _best_known(asked)
    chance = {row["touchpoint"]: row for row in asked.conversion.rows()} if asked.conversion else {}
    steps = {row["name"]: row for row in asked.steps.rows()}
    goals = set(document.goal_touchpoints)
    cards, derived = [], {}
    before = True
    for step in document.steps:
        before = before and not goals & set(step.touchpoints)
        card = f"measure-{step.id}"
        made: FromData | None = None
        if step.id in scores:
            made = _score(scores[step.id], asked)
        elif before and step.id in chance and asked.conversion:
            row = chance[step.id]
            figure = Figure(value=row["share"], low=row["low"], high=row["high"], label=_words(_GO_ON), good="up")
            made = FromData(figure=figure, evidence=[asked.evidence(asked.conversion, row["customers"])])
        elif step.id in steps:
            row = steps[step.id]
            figure = Figure(value=row["events_per_customer"], form="number", label=_words(_TIMES))
            made = FromData(figure=figure, evidence=[asked.evidence(asked.steps, row["customers"])])
        if made:
            cards.append(Card(id=card, at=step.id))
            derived[card] = made
    return Lane(id="measures", kind="measures", cards=cards), derived


def _best_known(asked: Asked) -> dict[str, dict[str, Any]]:
    """For every step the score with the most answers."""
    best: dict[str, dict[str, Any]] = {}
    for row in asked.scores.rows():
        step = asked.step_of[row["touchpoint"]]
        if row["answers"] >= _SURE and row["answers"] > best.get(step, {"answers": 0})["answers"]:
            best[step] = row
    return best


def _score(row: dict[str, Any], asked: Asked) -> FromData:
    evidence = [asked.evidence(asked.scores, row["answers"], "answers", "surveyed")]
    if row["nps"] is not None:
        figure = Figure(
            value=row["nps"],
            form="signed.0",
            low=row["nps_low"],
            high=row["nps_high"],
            label=_words(_NPS),
            good="up",
        )
        return FromData(figure=figure, evidence=evidence)
    label: Words = {language: _MEAN.say(language, high=row["scale_high"]) for language in LANGUAGES}
    figure = Figure(value=row["mean"], form="number", low=row["low"], high=row["high"], label=label, good="up")
    return FromData(figure=figure, evidence=evidence)


def backstage(document: Map, asked: Asked) -> Made:
    """What no data of customers can say: left open, one question a stage."""
    cards = [Card(id=f"back-{stage.id}", at=stage.id, text=_words(_WHO_DOES_IT)) for stage in document.stages]
    return Lane(id="backstage", kind="backstage", cards=cards), {}


def thinking(document: Map, asked: Asked) -> Made:
    """Customers' words; where there are none, the question to ask."""
    sore = {asked.step_of[row["touchpoint"]] for row in asked.friction.rows()}
    heard = voices(asked.workspace, asked.journeys, asked.step_of, sore)
    start, end = asked.journeys.scope.period or (None, None)
    cards, derived = [], {}
    for stage in document.stages:
        quoted = [step for step in stage.steps if step.id in heard]
        if not quoted:
            cards.append(Card(id=f"say-{stage.id}", at=stage.id, text=_words(_ASK)))
        for place, step in enumerate(quoted):
            # A quote may spread over the steps beside it of which nothing was said.
            after = quoted[place + 1] if place + 1 < len(quoted) else None
            between = stage.steps[stage.steps.index(step) : stage.steps.index(after) if after else None]
            first = stage.steps[0] if place == 0 else step
            voice = heard[step.id]
            name = f"say-{step.id}"
            cards.append(Card(id=name, at=first.id, until=between[-1].id, text=voice.text))
            evidence = Evidence(
                kind="observed", n=voice.texts, unit="answers", source=", ".join(voice.sources), start=start, end=end
            )
            derived[name] = FromData(evidence=[evidence], said=voice.text)
    return Lane(id="thinking", kind="thinking", cards=cards), derived


ALL: list[Callable[[Map, Asked], Made]] = [
    doing,
    touchpoints,
    thinking,
    strengths,
    pains,
    opportunities,
    measures,
    backstage,
]


def _main_channels(asked: Asked) -> dict[str, str]:
    main: dict[str, str] = {}
    for row in asked.channels.rows():
        if row["touchpoint"] is not None:
            main.setdefault(row["touchpoint"], row["channel"])
    return main


def _words(text: Text) -> Words:
    return {"en": text.en, "fa": text.fa}
