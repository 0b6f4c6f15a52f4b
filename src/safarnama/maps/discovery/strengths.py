"""Strengths of a discovered map: steps where people come through, come back, or score high, against what is usual."""

from __future__ import annotations

import statistics
from typing import Any

from safarnama.core.words import LANGUAGES, Text
from safarnama.maps.derived import Figure, FromData
from safarnama.maps.discovery.asked import Asked
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import Bilingual, Words

Made = tuple[Lane, dict[str, FromData]]
_THROUGH = Text(en="Whoever gets here mostly comes through", fa="هر که به اینجا می‌رسد، بیشتر به هدف می‌رسد")
_GOAL = Text(en="reach the goal, usually {usual:percent}", fa="به هدف می‌رسند؛ معمول {usual:percent}")
_STAYS = Text(en="Hardly anybody leaves here", fa="کمتر کسی از اینجا می‌رود")
_GO_ON = Text(en="go on within a week, usually {usual:percent}", fa="تا یک هفته ادامه می‌دهند؛ معمول {usual:percent}")
_RETURN = Text(en="They come back and do it again", fa="برمی‌گردند و دوباره انجامش می‌دهند")
_AGAIN = Text(en="of those who did it once", fa="از کسانی که یک بار انجام داده‌اند")
_HAPPY = Text(en="Rated well, better than elsewhere", fa="امتیاز خوب، بهتر از جاهای دیگر")
_OF = Text(en="of {high:number}, from {n:answers}", fa="از {high:number}، با {n:answers}")
_ENOUGH = 30


def strengths(document: Map, asked: Asked) -> Made:
    """The strength cards; an empty lane when nothing stands out."""
    cards: list[Card] = []
    derived: dict[str, FromData] = {}

    def add(step: str, text: Text, figure: Figure, evidence: Any) -> None:
        if any(card.at == step for card in cards):
            return
        name = f"strength-{len(cards) + 1}"
        said: Words = {"en": text.en, "fa": text.fa}
        cards.append(Card(id=name, at=step, text=said))
        derived[name] = FromData(figure=figure, evidence=[evidence], said=said)

    rated = [row for row in asked.scores.rows() if row["answers"] >= _ENOUGH]
    if rated:
        best = rated[0]
        usual = statistics.fmean(row["feeling"] for row in rated[1:]) if len(rated) > 1 else 0.5
        if best["feeling"] >= 0.7 and best["feeling_low"] > usual:
            label = _both(_OF, high=best["scale_high"], n=best["answers"])
            figure = Figure(
                value=best["mean"], form="number.1", low=best["low"], high=best["high"], label=label, good="up"
            )
            add(
                asked.step_of[best["touchpoint"]],
                _HAPPY,
                figure,
                asked.evidence(asked.scores, best["answers"], "answers", "surveyed"),
            )
    if asked.conversion is not None:
        rows = [row for row in asked.conversion.rows() if row["customers"] >= _ENOUGH]
        if len(rows) >= 3:
            usual = statistics.median(row["share"] for row in rows)
            best = rows[0]
            if best["low"] > usual + 0.05:
                figure = _share(best["share"], best, _both(_GOAL, usual=usual))
                add(best["touchpoint"], _THROUGH, figure, asked.evidence(asked.conversion, best["customers"]))
    if asked.again is not None:
        rows = asked.again.rows()
        if len(rows) == 2 and rows[0]["customers"] >= _ENOUGH and rows[1]["share"] >= 0.25:
            figure = _share(rows[1]["share"], rows[1], _both(_AGAIN))
            add(
                asked.step_of[document.goal_touchpoints[0]],
                _RETURN,
                figure,
                asked.evidence(asked.again, rows[0]["customers"]),
            )
    rows = [row for row in asked.leaving.rows() if row["went_on"] + row["left"] >= _ENOUGH]
    if len(rows) >= 3:
        usual = 1 - sum(row["left"] for row in rows) / sum(row["went_on"] + row["left"] for row in rows)
        best = min(rows, key=lambda row: row["share"])
        if 1 - best["high"] > usual + 0.02:
            ends = {"low": 1 - best["high"], "high": 1 - best["low"]}
            figure = _share(1 - best["share"], ends, _both(_GO_ON, usual=usual))
            add(best["touchpoint"], _STAYS, figure, asked.evidence(asked.leaving, best["visits"], "times"))
    return Lane(id="strengths", kind="strengths", cards=cards), derived


def _share(value: float, ends: dict[str, Any], label: Bilingual) -> Figure:
    return Figure(value=value, low=ends["low"], high=ends["high"], label=label, good="up")


def _both(text: Text, **arguments: Any) -> Bilingual:
    said: Bilingual = {language: text.say(language, **arguments) for language in LANGUAGES}
    return said
