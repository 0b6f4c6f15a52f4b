"""How a value that changed is said: in people's words, never in the document's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from safarnama.core.words import LANGUAGES, Text, speech
from safarnama.core.words.counted import counted
from safarnama.core.words.lexicon import channel_title
from safarnama.maps.evidence import STANDINGS
from safarnama.maps.naming import FIELDS, LANES, VALUES
from safarnama.maps.naming import STANDINGS as STANDING_TITLES
from safarnama.maps.spoken import shortened
from safarnama.maps.words import say

NOTHING = "–"
_LONGEST = 60
_QUOTED = Text(en="“{name}”", fa="«{name}»")
_YES, _NO = Text(en="yes", fa="بله"), Text(en="no", fa="خیر")
_PICTURE = Text(en="a picture", fa="یک تصویر")
_RANGE = Text(en="{low} to {high}", fa="{low} تا {high}")
_IN_FULL = Text(en="{value} ({more})", fa="{value} ({more})")
_OTHERWISE = Text(en="{value}, otherwise", fa="{value}، به گونه‌ای دیگر")
_AS_IT_WAS, _IN_ANOTHER_ORDER = Text(en="one order", fa="یک ترتیب"), Text(en="another", fa="ترتیبی دیگر")
_TARGET, _OTHERS = Text(en="target {value}", fa="هدف {value}"), Text(en="others {value}", fa="دیگران {value}")
_IDS = {
    "at",
    "until",
    "inside",
    "subject",
    "persona",
    "solves",
    "stages",
    "between",
    "from",
    "to",
    "for",
    "substage",
    "about",
}
_DATES = {"day", "review_due", "due", "deadline", "derived at", "derived start", "derived end"}
_FIGURES = {"figure", "data figure"}


@dataclass(frozen=True)
class Teller:
    """Says values. ``names`` are those of everything that has an id, in the map the value stands in."""

    names: Mapping[str, Any]

    def say(self, what: str, field: str, value: Any, language: str) -> str:
        """A value of a field in the words of a language."""
        if value is None:
            return STANDING_TITLES["assumed"].say(language) if field == "evidence" else NOTHING
        if isinstance(value, bool):
            return (_YES if value else _NO).say(language)
        if field in _FIGURES:
            return _figure(value, value.get("form", "percent"), language)
        if field.endswith("evidence"):
            return _evidence(value, language)
        if is_point(what, field):
            return speech.say(value["value"], _point_form(field), language)
        if field == "reached":
            return _IN_FULL.say(
                language,
                value=speech.say(value["share"], "percent", language),
                more=counted(value["customers"], "customers", language),
            )
        if field in _DATES:
            return speech.say(value, "date", language)
        if field == "derived left over":
            return self._named(list(value), language)
        if field in _IDS and not (what == "map" and field == "inside"):
            return self._named(value, language)
        if field in ("channel", "channels"):
            several = value if isinstance(value, list) else [value]
            return speech.listed([channel_title(each).say(language) for each in several], language)
        if field == "wait":
            return speech.say(value, "duration", language)
        if field == "share":
            return speech.say(value, "percent", language)
        return self._plain(what, field, value, language)

    def _named(self, value: Any, language: str) -> str:
        several = value if isinstance(value, list) else [value]
        return speech.listed(
            [_QUOTED.say(language, name=shortened(say(self.names.get(each, each), language))) for each in several],
            language,
        )

    def _plain(self, what: str, field: str, value: Any, language: str) -> str:
        if isinstance(value, str) and value.startswith("data:"):
            return _PICTURE.say(language)
        if isinstance(value, str) and field in ("kind", "state", "status", "role", "roles", "polarity", "need"):
            known = LANES if what == "lane" else VALUES
            return known[value].say(language) if value in known else value
        if isinstance(value, (int, float)):
            return speech.say(value, "number", language)
        return shortened("، ".join(_parts(value, language)) if language == "fa" else ", ".join(_parts(value, language)), _LONGEST)  # fmt: skip


def told(what: str, field: str, old: Any, new: Any, before: Teller, after: Teller) -> tuple[Text, Text]:
    """What a field was and is, in both languages. Two values that differ are never said alike."""
    pairs = {}
    if isinstance(old, list) and isinstance(new, list) and not field.endswith("evidence"):
        return _lists(what, field, old, new, before, after)
    for language in LANGUAGES:
        was, now = before.say(what, field, old, language), after.say(what, field, new, language)
        pairs[language] = (was, now) if was != now else _apart(what, field, old, new, was, language)
    return Text(en=pairs["en"][0], fa=pairs["fa"][0]), Text(en=pairs["en"][1], fa=pairs["fa"][1])


def _lists(what: str, field: str, old: list[Any], new: list[Any], before: Teller, after: Teller) -> tuple[Text, Text]:
    """Two lists by what only one of them holds; "…" is what both do."""
    gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
    if not gone and not come:
        return (_AS_IT_WAS, _IN_ANOTHER_ORDER)
    both = ["…"] if len(gone) < len(old) else []
    said = []
    for teller, only in ((before, gone), (after, come)):
        told_of = {
            language: " + ".join([*both, *(teller.say(what, field, [each], language) for each in only)]) or NOTHING
            for language in LANGUAGES
        }
        said.append(Text(**told_of))
    return said[0], said[1]


def _apart(what: str, field: str, old: Any, new: Any, said: str, language: str) -> tuple[str, str]:
    """Two values that come out alike in short, said so that they differ."""
    if field in _FIGURES and old and new:
        for form in _finer(old.get("form", "percent")):
            was, now = _figure(old, form, language), _figure(new, form, language)
            if was != now:
                return was, now
        was, now = _beside(old, language), _beside(new, language)
        if was != now:
            return tuple(_IN_FULL.say(language, value=said, more=more or NOTHING) for more in (was, now))  # type: ignore[return-value]
    if is_point(what, field) and old and new:
        for form in _finer(_point_form(field)):
            was, now = _figure(old, form, language), _figure(new, form, language)
            if was != now:
                return was, now
    if is_text(old) and is_text(new):
        was, now = (" ".join(say(each, language).split()) for each in (old, new))
        if was != now:
            common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(was, now, strict=False)))
            start = was[: max(0, common - _LONGEST // 3)].rfind(" ") + 1
            return tuple("…" + shortened(each[start:], _LONGEST) for each in (was, now))  # type: ignore[return-value]
        other = "en" if language == "fa" else "fa"
        was, now = (shortened(say(each, other), _LONGEST) for each in (old, new))
        if was != now:
            return was, now
    return said, _OTHERWISE.say(language, value=said)


def is_text(value: Any) -> bool:
    """Whether a value is words of people, plain or in both languages."""
    return isinstance(value, str) or (isinstance(value, dict) and set(value) <= set(LANGUAGES))


def is_point(what: str, field: str) -> bool:
    """Whether a field is a point of a curve."""
    return what.endswith("curve") and field.startswith(("feeling ", "chance "))


def _point_form(field: str) -> str:
    return "percent" if field.startswith("chance") else "signed.1"


def _figure(figure: dict[str, Any], form: str, language: str) -> str:
    return speech.say(figure["value"], form, language)


def _finer(form: str) -> Iterator[str]:
    """The form with more and more decimals, where it can have some."""
    name = form.partition(".")[0]
    if name in ("percent", "number", "signed", "count"):
        for decimals in (1, 2, 3):
            yield f"{'number' if name == 'count' else name}.{decimals}"


def _beside(figure: dict[str, Any], language: str) -> str:
    """What a figure says beside its value."""
    form = figure.get("form", "percent")
    said = [say(figure["label"], language)] if figure.get("label") else []
    if "low" in figure and "high" in figure:
        ends = {end: speech.say(figure[end], form, language) for end in ("low", "high")}
        said.append(_RANGE.say(language, **ends))
    if "target" in figure:
        said.append(_TARGET.say(language, value=speech.say(figure["target"], form, language)))
    if "benchmark" in figure:
        said.append(_OTHERS.say(language, value=speech.say(figure["benchmark"]["value"], form, language)))
    if figure.get("series"):
        said.append(
            ", ".join(NOTHING if each is None else speech.say(each, form, language) for each in figure["series"])
        )
    return shortened(" · ".join(said), _LONGEST)


def _evidence(value: list[dict[str, Any]], language: str) -> str:
    """Evidence by its kinds, best first, each with how many."""
    said = []
    for kind in STANDINGS:
        for each in value:
            if each["kind"] == kind:
                many = f" ({counted(each['n'], each.get('unit', 'customers'), language)})" if "n" in each else ""
                said.append(STANDING_TITLES[kind].say(language) + many)
    return shortened(" + ".join(said) or STANDING_TITLES["assumed"].say(language), _LONGEST)


def _parts(value: Any, language: str) -> Iterator[str]:
    """The words in a value, however deep they lie."""
    if isinstance(value, dict) and is_text(value):
        yield say(value, language)
    elif isinstance(value, dict):
        for name, each in value.items():
            said = _evidence(each, language) if name == "evidence" else " ".join(_parts(each, language))
            yield (
                said
                if name in ("text", "actor", "label", "low", "high", "department")
                else _named_part(name, said, language)
            )
    elif isinstance(value, list):
        for each in value:
            yield " ".join(_parts(each, language))
    elif isinstance(value, str):
        yield VALUES[value].say(language) if value in VALUES else value
    elif value is not None:
        yield speech.say(value, "number", language)


def _named_part(name: str, said: str, language: str) -> str:
    return f"{FIELDS[name].say(language)}: {said}" if name in FIELDS else said
