"""Times with a name in them: of a month ("13 Mar 2024", «۱۲ خرداد ۱۴۰۵») or of half a day, or with the clock before the day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

import numpy as np

from safarnama.core.words.calendar import from_jalali
from safarnama.core.words.digits import latin
from safarnama.core.words.normalise import key
from safarnama.sources.reading.times_in_figures import ABSOLUTE, DAY, LOCAL, NO_SUCH_DAY, UNREADABLE, in_figures

_US_DAY = 86_400_000_000
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "ژانویه"),
            ("feb", "فوریه"),
            ("mar", "مارس"),
            ("apr", "آوریل"),
            ("may", "مه"),
            ("jun", "ژوئن"),
            ("jul", "ژوئیه"),
            ("aug", "اوت"),
            ("sep", "سپتامبر"),
            ("oct", "اکتبر"),
            ("nov", "نوامبر"),
            ("dec", "دسامبر"),
        ),
        start=1,
    )
    for name in names
}
_JALALI_MONTHS = {
    name: number
    for number, name in enumerate("فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(), start=1)
}


# Half days as Persian spreadsheets write them.
_HALVES = ((re.compile(r"ق\.? ?ظ\.?|قبل از ظهر|صبح"), " am "), (re.compile(r"ب\.? ?ظ\.?|بعد از ظهر|عصر"), " pm "))
_CLOCK_FIRST = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?)[ ,\-]+(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})")


@lru_cache(maxsize=100_000)
def in_words(text: str, order: int) -> tuple[int, int]:
    """A time with a name in it, of a month or of half a day, or with the clock before the day."""
    plain = key(text)
    for half, latin_half in _HALVES:
        plain = half.sub(latin_half, plain)
    plain = " ".join(plain.split())
    turned = _CLOCK_FIRST.fullmatch(plain)
    if turned or plain != key(text):
        again = _figures(f"{turned[2]} {turned[1]}" if turned else plain, order)
        if again[1] != UNREADABLE:
            return again
    day_words = re.search(r"(\d{1,2})\s+([^\W\d]+)\.?,?\s+(\d{4})|([^\W\d]+)\.?\s+(\d{1,2}),?\s+(\d{4})", plain)
    if not day_words:
        return 0, UNREADABLE
    first_day, first_name, first_year, name, day, year = day_words.groups()
    number, word, in_year = int(first_day or day), first_name or name, int(first_year or year)
    found: date | None = None
    try:
        if word in _JALALI_MONTHS:
            found = from_jalali(in_year, _JALALI_MONTHS[word], number)
        elif word[:3] in _MONTHS or word in _MONTHS:
            found = date(in_year, _MONTHS.get(word) or _MONTHS[word[:3]], number)
        else:
            return 0, UNREADABLE
    except ValueError:
        found = None
    if found is None:
        return 0, NO_SUCH_DAY
    rest = plain[: day_words.start()] + " " + plain[day_words.end() :]
    if "gmt" in rest or re.search(r"[+-]\d{4}", rest):
        try:
            there = parsedate_to_datetime(latin(text))
            if there.tzinfo is not None:
                return round((there - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1e6), ABSOLUTE
        except ValueError:
            pass
    midnight = (found - date(1970, 1, 1)).days * _US_DAY
    clock = re.search(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]m)?", rest)
    if not clock:
        return midnight, DAY
    hour, minute, second = (int(part or 0) for part in clock.groups()[:3])
    hour = hour % 12 + (12 if clock[4] == "pm" else 0) if clock[4] else hour
    return midnight + ((hour * 60 + minute) * 60 + second) * 1_000_000, LOCAL


def _figures(text: str, order: int) -> tuple[int, int]:
    """One text without names."""
    raw = np.frombuffer(text.encode(), np.uint8)
    values, kinds = in_figures(np.array([0, raw.size], np.int32), raw, order)
    return int(values[0]), int(kinds[0])
