"""What changed between two maps, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from safarnama.core.words import Text, speech
from safarnama.maps.diff.change import Change
from safarnama.maps.model import Map
from safarnama.maps.words import say

_NOTHING = Text(en="Nothing changed between the two maps", fa="میان دو نقشه چیزی عوض نشده است")
_APART = Text(
    en="Two different maps: they share no stage, step or card",
    fa="دو نقشه جدا: نه مرحله، نه گام و نه کارتی مشترک دارند",
)
_CARDS = Text(en="{n:cards} changed", fa="{n:cards} عوض شد")
_ELSEWHERE = Text(en="No card changed, but {n:changes} elsewhere", fa="هیچ کارتی عوض نشد، ولی {n:changes} جای دیگر هست")
_AND = Text(en="{one}; {other}", fa="{one}؛ {other}")
_ROSE = Text(en="honesty rose from {old} to {new}", fa="اعتبار از {old} به {new} رسید")
_FELL = Text(en="honesty fell from {old} to {new}", fa="اعتبار از {old} به {new} افت کرد")
_BETTER = Text(en="feeling at “{step}” rose from {old} to {new}", fa="احساس در «{step}» از {old} به {new} رسید")
_WORSE = Text(en="feeling at “{step}” fell from {old} to {new}", fa="احساس در «{step}» از {old} به {new} افت کرد")
_LEAST = 0.05  # a feeling that moved by less looks the same


def headline(old: Map, new: Map, changes: Sequence[Change], language: str, today: date | None = None) -> str:
    """How many cards changed, and what came of it: for honesty, else for the feeling that moved most."""
    if not changes:
        return _NOTHING.say(language)
    if not _shared(old, new):
        return _APART.say(language)
    cards = len({change.id for change in changes if change.what == "card"})
    first = _CARDS.say(language, n=cards) if cards else _ELSEWHERE.say(language, n=len(changes))
    then = _honesty(old, new, language, today) or _feeling(old, new, language)
    return _AND.say(language, one=first, other=then) if then else first


def _shared(old: Map, new: Map) -> bool:
    def ids(document: Map) -> set[str]:
        cards = {card.id for lane in document.lanes for card in lane.cards}
        return cards | {stage.id for stage in document.stages} | {step.id for step in document.steps}

    return bool(ids(old) & ids(new))


def _honesty(old: Map, new: Map, language: str, today: date | None) -> str:
    was, now = old.honesty(today).score, new.honesty(today).score
    if was == now:
        return ""
    said = {"old": speech.say(was, "count", language), "new": speech.say(now, "count", language)}
    return (_ROSE if now > was else _FELL).say(language, **said)


def _feeling(old: Map, new: Map, language: str) -> str:
    """The step whose feeling moved most."""
    before = {point.step: point.value for curve in old.curves_of("feeling")[:1] for point in curve.points}
    after = {point.step: point.value for curve in new.curves_of("feeling")[:1] for point in curve.points}
    places = {stage.id: stage.name for stage in new.stages} | {step.id: step.name for step in new.steps}
    both = [step for step in after if step in before and step in places]
    most = max(both, key=lambda step: abs(after[step] - before[step]), default=None)
    if most is None or abs(after[most] - before[most]) < _LEAST:
        return ""
    values = {
        "old": speech.say(before[most], "signed.1", language), "new": speech.say(after[most], "signed.1", language)
    }  # fmt: skip
    return (_BETTER if after[most] > before[most] else _WORSE).say(language, step=say(places[most], language), **values)
