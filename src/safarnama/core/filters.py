"""A filter in words: who or what is meant, as a legend or a headline says it."""

from __future__ import annotations

from datetime import date, timedelta

from safarnama.core.grammar import Both, Compare, Did, During, Filter, Not, Reached, Step
from safarnama.core.words import Text
from safarnama.core.words.calendar import say_date, say_period
from safarnama.core.words.columns import column_title
from safarnama.core.words.digits import persian
from safarnama.core.words.lexicon import touchpoint, value_title

_JOINS = {"and": Text(en=", ", fa="، "), "or": Text(en=" or ", fa=" یا ")}
_THEN = Text(en=", then ", fa=" و سپس ")
_WITHIN = Text(en="{what} within {wait:duration}", fa="{what} ظرف {wait:duration}")
_DID, _NEVER = Text(en="did {what}", fa="با {what}"), Text(en="never {what}", fa="بدون {what}")
_OPTIONAL, _EXCLUDED = Text(en="{what} or not", fa="{what} یا بی آن"), Text(en="without {what}", fa="بی {what}")
_REACHED = Text(en="reached {what}", fa="رسیده به {what}")
_NOT = Text(en="not {what}", fa="جز {what}")
_FROM, _UNTIL = Text(en="from {day}", fa="از {day}"), Text(en="until {day}", fa="تا {day}")
_ANY_DAY = Text(en="any day", fa="هر روز")
_SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥"}


def say_filter(asked: Filter) -> Text:
    """The filter in both languages, without the signs of the grammar.

    >>> from safarnama.core.grammar import parse_filter
    >>> say_filter(parse_filter("during 2024-01-01..2024-03-31 and device = mobile")).en
    '1 Jan – 31 Mar 2024, mobile'
    >>> say_filter(parse_filter("did purchase and not device = mobile")).fa
    'با خرید، جز موبایل'
    """
    return Text(en=_said(asked, "en"), fa=_said(asked, "fa"))


def _said(asked: Filter, language: str) -> str:
    match asked:
        case Compare():
            return _compared(asked, language)
        case Did():
            steps = _THEN.say(language).join(_step(step, language) for step in asked.steps)
            return _in_time((_NEVER if asked.never else _DID).say(language, what=steps), asked.within, language)
        case Reached():
            return _in_time(_REACHED.say(language, what=_names(asked.names, language)), asked.within, language)
        case During():
            return _days(asked.start, asked.end, language)
        case Not():
            return _NOT.say(language, what=_part(asked.of, language))
        case Both():
            return _JOINS[asked.join].say(language).join(_part(part, language) for part in asked.parts)


def _part(asked: Filter, language: str) -> str:
    return f"({_said(asked, language)})" if isinstance(asked, Both) else _said(asked, language)


def _compared(asked: Compare, language: str) -> str:
    """A value that speaks for itself stands alone; a number needs the name of its attribute."""
    values = _JOINS["or"].say(language).join(_value(value, language) for value in asked.values)
    name = column_title(asked.name, language)
    if asked.sign in _SIGNS:
        return f"{name} {_SIGNS[asked.sign]} {values}"
    if any(value.replace(".", "", 1).isdigit() for value in asked.values):
        values = f"{name} {values}"
    return values if asked.sign == "=" else _NOT.say(language, what=values)


def _value(value: str, language: str) -> str:
    said = value_title(value).say(language)
    return persian(said) if language == "fa" else said


def _names(names: tuple[str, ...], language: str) -> str:
    return _JOINS["or"].say(language).join(touchpoint(name).title.say(language) for name in names)


def _step(step: Step, language: str) -> str:
    said = _names(step.names, language)
    if step.excluded:
        return _EXCLUDED.say(language, what=said)
    return _OPTIONAL.say(language, what=said) if step.optional else said


def _in_time(said: str, within: timedelta | None, language: str) -> str:
    return said if within is None else _WITHIN.say(language, what=said, wait=within.total_seconds())


def _days(start: date | None, end: date | None, language: str) -> str:
    if start and end:
        return say_period(start, end, language)
    day = start or end
    if day is None:
        return _ANY_DAY.say(language)
    return (_FROM if start else _UNTIL).say(language, day=say_date(day, language))
