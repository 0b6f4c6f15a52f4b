"""How a value is said: the ``{name:form}`` fields of a sentence.

Forms are ``count``, ``percent``, ``number`` (with ``.1`` for decimals), ``signed``, ``duration`` (seconds), ``date``,
``period`` (a pair of days), ``list``, or a counted noun of the table below.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from safarnama.core.words import calendar, digits

# noun -> (one, many, Persian); Persian nouns stay singular after a number.
NOUNS: dict[str, tuple[str, str, str]] = {
    "answers": ("answer", "answers", "پاسخ"),
    "attempts": ("attempt", "attempts", "تلاش"),
    "calls": ("call", "calls", "تماس"),
    "cards": ("card", "cards", "کارت"),
    "changes": ("change", "changes", "تغییر"),
    "channels": ("channel", "channels", "کانال"),
    "chats": ("chat", "chats", "چت"),
    "columns": ("column", "columns", "ستون"),
    "customers": ("customer", "customers", "مشتری"),
    "days": ("day", "days", "روز"),
    "episodes": ("episode", "episodes", "دوره"),
    "events": ("event", "events", "رویداد"),
    "files": ("file", "files", "فایل"),
    "handovers": ("hand-over", "hand-overs", "جابه‌جایی میان کانال‌ها"),
    "identifiers": ("identifier", "identifiers", "شناسه"),
    "interviews": ("interview", "interviews", "مصاحبه"),
    "journeys": ("journey", "journeys", "سفر"),
    "lines": ("line", "lines", "سطر"),
    "maps": ("map", "maps", "نقشه"),
    "months": ("month", "months", "ماه"),
    "orders": ("order", "orders", "سفارش"),
    "paths": ("path", "paths", "مسیر"),
    "people": ("person", "people", "نفر"),
    "reviews": ("review", "reviews", "نظر"),
    "rows": ("row", "rows", "سطر"),
    "sessions": ("session", "sessions", "نشست"),
    "sources": ("source", "sources", "منبع"),
    "stages": ("stage", "stages", "مرحله"),
    "steps": ("step", "steps", "گام"),
    "tickets": ("ticket", "tickets", "تیکت"),
    "times": ("time", "times", "بار"),
    "touchpoints": ("touchpoint", "touchpoints", "نقطه تماس"),
    "troubles": ("trouble", "troubles", "مشکل"),
    "visits": ("visit", "visits", "بازدید"),
    "weeks": ("week", "weeks", "هفته"),
}
_CURRENCIES = {"IRR": ("toman", "تومان"), "EUR": ("EUR", "یورو"), "USD": ("USD", "دلار")}
_MINOR = {"JPY": 1, "KRW": 1, "KWD": 1000, "BHD": 1000, "OMR": 1000}
_LARGE = ((1e9, ("bn", "میلیارد")), (1e6, ("m", "میلیون")))
_UNITS = (  # seconds, English, Persian; the unit is the largest that gives at least 1.5 of it
    (365.25 * 86400, "years", "سال"),
    (30.4375 * 86400, "months", "ماه"),
    (86400, "days", "روز"),
    (3600, "h", "ساعت"),
    (60, "min", "دقیقه"),
    (1, "s", "ثانیه"),
)


def say(value: Any, form: str, language: str) -> str:
    """``value`` in the words of ``language``, after ``form``; a plain value without a form is said as it is."""
    if value is None:
        return "نامشخص" if language == "fa" else "unknown"
    if form in NOUNS:
        one, many, persian = NOUNS[form]
        noun = persian if language == "fa" else one if value == 1 else many
        return f"{digits.number(value, language)} {noun}"
    name, _, decimals = form.partition(".")
    if name == "percent":
        return digits.percent(value, language, int(decimals) if decimals else None)
    if name in ("count", "number"):
        # A small number that is not whole says its first decimal, unless told how many.
        some = name == "number" and abs(value) < 10 and abs(value - round(value)) >= 0.05
        return digits.number(value, language, int(decimals or some))
    if name == "signed":
        return ("+" if value > 0 else "") + digits.number(value, language, int(decimals) if decimals else 1)
    if name == "money":
        return money(value, decimals, language)
    if name == "duration":
        return duration(value, language)
    if name == "date":
        return calendar.say_date(value.date() if isinstance(value, datetime) else _day(value), language)
    if name == "period":
        start, end = (_day(each) for each in value)
        return calendar.say_period(start, end, language)
    if name == "list":
        return listed([str(item) for item in value], language)
    if isinstance(value, int) and not isinstance(value, bool):
        return digits.persian(str(value)) if language == "fa" else str(value)
    return str(value)


def money(minor: float, currency: str, language: str) -> str:
    """An amount of money as it is said; rial is stored and toman is said.

    >>> money(64_295_000_000, "IRR", "fa"), money(123456, "EUR", "en")
    ('۶٫۴ میلیارد تومان', '1,235 EUR')
    """
    amount = minor / (10 if currency == "IRR" else _MINOR.get(currency, 100))
    unit = _CURRENCIES.get(currency, (currency, currency))[1 if language == "fa" else 0]
    scale, word = next(((size, words) for size, words in _LARGE if abs(amount) >= size), (1, ("", "")))
    amount /= scale
    decimals = 1 if scale > 1 and abs(amount) < 99.5 else 0
    parts = [digits.number(amount, language, decimals), word[1 if language == "fa" else 0], unit]
    return " ".join(part for part in parts if part)


def duration(seconds: float, language: str) -> str:
    """A length of time, rounded to what a person would say.

    >>> duration(540, "en"), duration(540, "fa"), duration(200000, "en")
    ('9 min', '۹ دقیقه', '2.3 days')
    """
    for size, english, persian in _UNITS:
        if seconds >= 1.5 * size or size == 1:
            amount = seconds / size
            decimals = 1 if amount < 9.95 and size > 60 and abs(amount - round(amount)) >= 0.05 else 0
            unit = persian if language == "fa" else english
            return f"{digits.number(amount, language, decimals)} {unit}"
    raise AssertionError("the last unit always fits")


def listed(items: list[str], language: str) -> str:
    """Items joined as a sentence does.

    >>> listed(["a", "b", "c"], "en"), listed(["a", "b", "c"], "fa")
    ('a, b and c', 'a، b و c')
    """
    if len(items) < 2:
        return "".join(items)
    comma, last = ("، ", " و ") if language == "fa" else (", ", " and ")
    return comma.join(items[:-1]) + last + items[-1]


def _day(value: date | str) -> date:
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value
