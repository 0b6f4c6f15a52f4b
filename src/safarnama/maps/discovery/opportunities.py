"""Opportunities of a discovered map: what each pain would be worth if it went as usual there. Where nothing hurts, an open
question."""

from __future__ import annotations

from safarnama.core.words import LANGUAGES, Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.maps.derived import Figure, FromData
from safarnama.maps.discovery.asked import Asked
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.words import Bilingual, Words

Made = tuple[Lane, dict[str, FromData]]
_IDEAS: dict[str, Text] = {
    "fails": Text(en="Make “{at}” lead on as it usually does", fa="«{at}» مانند همیشه راه را باز کند"),
    "slow": Text(en="Bring the wait before “{next}” back to the usual", fa="انتظار تا «{next}» به اندازه معمول برگردد"),
    "repeats": Text(en="Make “{at}” clear at first sight", fa="«{at}» در نگاه نخست روشن باشد"),
    "leaves": Text(en="Give a reason to stay at “{at}”", fa="در «{at}» دلیلی برای ماندن بدهید"),
    "low": Text(en="Mend what “{at}” complains of", fa="آنچه در «{at}» شکایت می‌شود درست شود"),
    "instead": Text(en="Get rid of “{at}”", fa="«{at}» را از سر راه بردارید"),
}
_TIMES = Text(en="times it went worse than usual", fa="بار بدتر از معمول شد")
_WORTH = Text(en="at most: {n:number} times at the usual value", fa="حداکثر: {n:number} بار با ارزش معمول")
_WITHOUT = Text(en="customers meet “{at}”", fa="مشتری به «{at}» برمی‌خورند")
_LESS = Text(en="Spare them “{at}”", fa="جلوی «{at}» را بگیرید")
_ASK = Text(en="What would make this stage easier?", fa="چه چیزی این مرحله را آسان‌تر می‌کند؟")
_COSTS_GOALS = ("fails", "leaves", "instead")


def opportunities(document: Map, asked: Asked) -> Made:
    """One card a pain, beneath it."""
    cards: list[Card] = []
    derived: dict[str, FromData] = {}

    def add(step: str, text: Text, names: dict[str, Text], figure: Figure, evidence: object) -> None:
        name = f"opportunity-{len(cards) + 1}"
        said: Bilingual = {language: text.say(language, **names) for language in LANGUAGES}
        cards.append(Card(id=name, at=step, text=said))
        derived[name] = FromData(figure=figure, evidence=[evidence], said=said)

    chances = {row["touchpoint"]: row["share"] for row in asked.conversion.rows()} if asked.conversion else {}
    currency = asked.journeys.scope.currency
    spoken = set()
    for row in asked.friction.rows():
        spoken.add(row["touchpoint"])
        step = asked.step_of[row["touchpoint"]]
        names = {"at": touchpoint(row["touchpoint"]).title, "next": touchpoint(row["next"] or row["touchpoint"]).title}
        excess = max(0.0, row["excess"])
        worth = asked.value_of_goal if row["kind"] in _COSTS_GOALS else None
        if worth is not None and currency:
            lost = excess * chances.get(step, 1.0)
            label = {language: _WORTH.say(language, n=round(lost)) for language in LANGUAGES}
            figure = Figure(value=lost * worth, form=f"money.{currency}", label=label, good="up")
        else:
            figure = Figure(value=round(excess), form="count", label={"en": _TIMES.en, "fa": _TIMES.fa}, good="up")
        add(step, _IDEAS[row["kind"]], names, figure, asked.evidence(asked.friction, row["n"], "times"))
    counted = {row["name"]: row for row in asked.touchpoints.rows()}
    lane = document.lane("pains")
    for card in lane.cards if lane else ():
        name = _failure_of(document, card, asked)
        if name is None or name in spoken:
            continue
        spoken.add(name)
        title = touchpoint(name).title
        label = {language: _WITHOUT.say(language, at=title) for language in LANGUAGES}
        figure = Figure(value=counted[name]["customers"], form="count", label=label, good="up")
        add(card.at, _LESS, {"at": title}, figure, asked.evidence(asked.touchpoints, counted[name]["customers"]))
    if not cards:
        words: Words = {"en": _ASK.en, "fa": _ASK.fa}
        cards = [Card(id=f"opportunity-{stage.id}", at=stage.id, text=words) for stage in document.stages]
    return Lane(id="opportunities", kind="opportunities", cards=cards), derived


def _failure_of(document: Map, card: Card, asked: Asked) -> str | None:
    """The touchpoint a pain card speaks of, when it is a failure by its name."""
    del document
    found = [name for name, step in asked.step_of.items() if step == card.at and touchpoint(name).sign < 0]
    said = card.text if isinstance(card.text, dict) else {}
    return next((name for name in found if touchpoint(name).title.en in said.get("en", "")), None)
