"""Who a discovered map is about: everybody, described by what most of them share."""

from __future__ import annotations

from safarnama.core.words import Text
from safarnama.core.words.lexicon import channel_title, value_title
from safarnama.journeys.segments import OTHER, UNKNOWN
from safarnama.maps.discovery.asked import Asked
from safarnama.maps.people import Persona
from safarnama.maps.words import Bilingual, Words
from safarnama.questions.overview import Overview

_ALL = Text(en="All customers", fa="همه مشتریان")
_MOSTLY = Text(en="Most used: {things:list}.", fa="بیش از همه: {things:list}.")
_EACH = Text(en="{events:number.1} events each on average.", fa="هر نفر به‌طور میانگین {events:number.1} رویداد.")


def personas(asked: Asked, per: str | None) -> list[Persona]:
    """One persona for everybody and, with ``per``, one for each of the largest segments."""
    everyone = Persona(id="everyone", name=_words(_ALL), summary=_summary(asked), portrait="everyone")
    if per is None:
        return [everyone]
    found = [everyone]
    named = [name for name in asked.journeys.by(per) if name not in (UNKNOWN, OTHER)]
    for number, name in enumerate(named[:5], start=1):
        title = value_title(name)
        found.append(Persona(id=f"p{number}", name={"en": title.en, "fa": title.fa}, segment=f"{per} = {name}"))
    return found


def _summary(asked: Asked) -> Words:
    """Their commonest channel, device and place, each with its share."""
    tops = []
    for name in ("channel", "device", "place"):
        if name in asked.journeys.scope.words:
            rows = [row for row in asked.journeys.ask(Overview(per=name)).rows() if row["name"]]
            if rows:
                title = channel_title(rows[0]["name"]) if name == "channel" else value_title(rows[0]["name"])
                tops.append((title, rows[0]["share"]))
    each = asked.journeys.events / max(1, asked.journeys.customers)
    said: Bilingual = {}
    for language in ("en", "fa"):
        words = Text("{name} ({share:percent})", "{name} ({share:percent})")
        things = [words.say(language, name=title, share=share) for title, share in tops]
        parts = [_EACH.say(language, events=each)]
        if things:
            parts.insert(0, _MOSTLY.say(language, things=things))
        said[language] = " ".join(parts)
    return said


def _words(text: Text) -> Words:
    return {"en": text.en, "fa": text.fa}
