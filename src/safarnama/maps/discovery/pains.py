"""Pain points of a discovered map: where things fail, go round, take long, lose people or leave them unhappy, against what is
usual. Each rests on a finding; where nothing stands out the lane says so, as something not known."""

from __future__ import annotations

from typing import Any

from safarnama.core.intervals import wilson
from safarnama.core.words import LANGUAGES, Text
from safarnama.core.words.calendar import say_period
from safarnama.core.words.lexicon import touchpoint, value_title
from safarnama.maps.derived import Figure, FromData
from safarnama.maps.discovery.asked import Asked
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import Bilingual, say

Made = tuple[Lane, dict[str, FromData]]
_KINDS: dict[str, Text] = {
    "fails": Text(en="After “{at}” many never get to “{next}”", fa="پس از «{at}» بسیاری به «{next}» نمی‌رسند"),
    "slow": Text(en="“{next}” comes late", fa="«{next}» دیر می‌رسد"),
    "repeats": Text(en="People go round at “{at}”", fa="در «{at}» سرگردان می‌شوند"),
    "leaves": Text(en="People leave at “{at}”", fa="در «{at}» می‌روند"),
    "low": Text(en="Unhappy answers at “{at}”", fa="پاسخ‌های ناراضی در «{at}»"),
    "instead": Text(en="“{at}” far more often than usual", fa="«{at}» بسیار بیش از معمول"),
}
_WHERE = Text(en="{what} · {where}, {when}", fa="{what} · {where}، {when}")
_WHEN = Text(en="{what} · {when}", fa="{what} · {when}")
_USUALLY = Text(en="usually {usual:percent}", fa="معمول {usual:percent}")
_MET = Text(en="of those in “{stage}”", fa="از کسانی که به «{stage}» رسیده‌اند")
_AFTER = Text(
    en="{share:percent} of those who meet “{at}” reach the goal, {usual:percent} of others who came as far",
    fa="{share:percent} از کسانی که به «{at}» برمی‌خورند به هدف می‌رسند؛ از دیگرانی که تا همین‌جا آمده‌اند {usual:percent}",
)
_PLAIN = Text(en="“{at}” stops people", fa="«{at}» جلوی مشتری را می‌گیرد")
_UNHAPPY = Text(en="Rated badly: {mean:signed} on −2 to +2", fa="امتیاز بد: {mean:signed} از −۲ تا +۲")
_SHARE_LOW = Text(en="below the middle", fa="پایین‌تر از میانه")
_NOTHING = Text(
    en="Nothing in the data goes worse than usual. What hurts that no event shows? Ask.",
    fa="در داده چیزی بدتر از معمول نیست. کدام درد در رویدادها دیده نمی‌شود؟ بپرسید.",
)
_MET_BY = 0.025  # of a stage's customers at least, by the lower end of the interval, and …
_MET_BY_SEEN = 0.04  # … so many of them as counted
_UNHAPPY_BELOW = -0.3
_ANSWERS = 30


def pains(document: Map, asked: Asked) -> Made:
    """All pain cards: troubles of some weeks first, then failures that are always there, then bad scores."""
    cards: list[Card] = []
    derived: dict[str, FromData] = {}
    for number, row in enumerate(asked.friction.rows(), start=1):
        _add(cards, derived, f"pain-{number}", asked.step_of[row["touchpoint"]], *_trouble(row, asked))
    spoken = {row["touchpoint"] for row in asked.friction.rows()}
    for row in _failures(document, asked):
        if row["name"] not in spoken:
            _add(cards, derived, f"pain-{len(cards) + 1}", asked.step_of[row["name"]], *_failure(row, asked))
    for row in asked.scores.rows():
        if row["feeling"] < _UNHAPPY_BELOW and row["answers"] >= _ANSWERS:
            said: Bilingual = {language: _UNHAPPY.say(language, mean=row["feeling"]) for language in LANGUAGES}
            evidence = [asked.evidence(asked.scores, row["answers"], "answers", "surveyed")]
            _add(cards, derived, f"pain-{len(cards) + 1}", asked.step_of[row["touchpoint"]], said, None, evidence)
    if not cards:
        last = document.stages[-1].id if len(document.stages) > 1 else None
        words = {"en": _NOTHING.en, "fa": _NOTHING.fa}
        cards.append(Card(id="pain-none", at=document.stages[0].id, until=last, text=words))
    return Lane(id="pains", kind="pains", cards=cards), derived


def _add(cards: list[Card], derived: dict[str, FromData], name: str, step: str, said, figure, evidence) -> None:  # type: ignore[no-untyped-def]
    cards.append(Card(id=name, at=step, text=said))
    derived[name] = FromData(figure=figure, evidence=evidence, said=said)


def _trouble(row: dict[str, Any], asked: Asked) -> tuple[Bilingual, Figure, list[Any]]:
    said: Bilingual = {}
    label: Bilingual = {}
    for language in LANGUAGES:
        names = {"at": touchpoint(row["touchpoint"]).title, "next": touchpoint(row["next"] or row["touchpoint"]).title}
        what = _KINDS[row["kind"]].say(language, **names)
        when = say_period(_day(row["start"]), _day(row["end"]), language)
        if row["value"] and not _says_itself(row):
            said[language] = _WHERE.say(language, what=what, where=value_title(row["value"]), when=when)
        else:
            said[language] = _WHEN.say(language, what=what, when=when)
        label[language] = _USUALLY.say(language, usual=row["usual"])
    figure = Figure(value=row["share"], low=row["low"], high=row["high"], label=label, good="down")
    return said, figure, [asked.evidence(asked.friction, row["n"], "times")]


def _says_itself(row: dict[str, Any]) -> bool:
    """A channel that the touchpoint's own name speaks of need not be said again."""
    return row["dimension"] == "channel" and touchpoint(row["touchpoint"]).channel == row["value"]


def _failures(document: Map, asked: Asked) -> list[dict[str, Any]]:
    """Touchpoints whose names speak of a failure and that a good part of a stage's customers meet, the most met first."""
    rows = {row["name"]: row for row in asked.touchpoints.rows()}
    found = []
    reach = dict(zip((stage.id for stage in document.stages), asked.progress.rows(), strict=True))
    for stage in document.stages:
        everyone = reach[stage.id]["customers"]
        for name in (name for step in stage.steps for name in step.touchpoints):
            if name not in rows or touchpoint(name).sign >= 0 or not everyone:
                continue
            met = min(rows[name]["customers"], everyone)
            low, high = wilson(met, everyone)
            if low >= _MET_BY and met / everyone >= _MET_BY_SEEN:
                found.append(
                    {"name": name, "stage": stage, "share": met / everyone, "low": low, "high": high, "n": everyone}
                )
    return sorted(found, key=lambda row: -row["share"])


def _failure(row: dict[str, Any], asked: Asked) -> tuple[Bilingual, Figure, list[Any]]:
    after = _goal_after(row["name"], asked)
    said: Bilingual = {}
    label: Bilingual = {}
    for language in LANGUAGES:
        title = touchpoint(row["name"]).title
        said[language] = _PLAIN.say(language, at=title)
        if after is not None and after[0] < after[1]:
            said[language] = _AFTER.say(language, at=title, share=after[0], usual=after[1])
        label[language] = _MET.say(language, stage=say(row["stage"].name, language))
    figure = Figure(value=row["share"], low=row["low"], high=row["high"], label=label, good="down")
    return said, figure, [asked.evidence(asked.touchpoints, row["n"])]


def _goal_after(name: str, asked: Asked) -> tuple[float, float] | None:
    """The share that reaches the goal after a touchpoint, and after its step as a whole."""
    if asked.conversion_of_touchpoints is None or asked.conversion is None:
        return None
    mine = next((row for row in asked.conversion_of_touchpoints.rows() if row["touchpoint"] == name), None)
    step = next((row for row in asked.conversion.rows() if row["touchpoint"] == asked.step_of[name]), None)
    return (mine["share"], step["share"]) if mine and step else None


def _day(text: str):  # type: ignore[no-untyped-def]
    from datetime import date

    return date.fromisoformat(text)
