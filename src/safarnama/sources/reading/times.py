"""Times as people and programs write them, into microseconds since 1970 UTC.

One kernel reads what is made of numbers: ISO, day-first and month-first dates, Jalali dates, Persian and Arabic digits,
AM/PM, offsets, epochs. What has names in it ("13 Mar 2024", «۱۲ خرداد ۱۴۰۵») is read value by value afterwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from persiantools.jdatetime import JalaliDate

from safarnama.core.compiled import compiled
from safarnama.core.words.calendar import from_jalali, zone
from safarnama.core.words.digits import latin
from safarnama.core.words.normalise import key

UNREADABLE, LOCAL, ABSOLUTE, DAY, EPOCH, CLOCK, NO_SUCH_DAY = range(7)
DAY_FIRST, MONTH_FIRST = 0, 1
_US_DAY = 86_400_000_000
_JALALI_FROM = 1200
_JALALI_TO = 1600


@dataclass
class Times:
    """Read times: microseconds of the local clock (LOCAL, DAY, CLOCK), of UTC (ABSOLUTE), or a raw number (EPOCH)."""

    values: np.ndarray
    kinds: np.ndarray


def read(column: pa.Array | pa.ChunkedArray, order: int = DAY_FIRST) -> Times:
    """Read a column of any type. Nulls are UNREADABLE; ``order`` decides dates like 03/04/2024."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    kind = column.type
    if pa.types.is_dictionary(kind):
        words = read(column.dictionary, order)
        places = pc.fill_null(column.indices, -1).to_numpy(zero_copy_only=False)
        values = np.append(words.values, 0)[places]
        return Times(values, np.append(words.kinds, np.int8(UNREADABLE))[places])
    if pa.types.is_timestamp(kind):
        known = ABSOLUTE if kind.tz else LOCAL
        return _numbers(column.cast(pa.timestamp("us", kind.tz), safe=False).cast(pa.int64()), known)
    if pa.types.is_date(kind):
        return _numbers(column.cast(pa.timestamp("us")).cast(pa.int64()), DAY)
    if pa.types.is_integer(kind):
        return _numbers(column.cast(pa.int64()), EPOCH)
    if pa.types.is_floating(kind):
        return _fractions(column)
    if pa.types.is_time(kind):
        return _numbers(column.cast(pa.time64("us")).cast(pa.int64()), CLOCK)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return read(
            pa.array([None if each is None else each.decode("utf-8", "replace") for each in column.to_pylist()])
        )
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return Times(np.zeros(len(column), np.int64), np.zeros(len(column), np.int8))
    return _texts(column, order)


def order_of(column: pa.Array | pa.ChunkedArray) -> tuple[int, bool]:
    """Whether short dates of this column put the day or the month first, and whether its cells prove it.

    >>> order_of(pa.array(["03/25/2024 10:00", "04/01/2024 11:00"]))
    (1, True)
    """
    first = second = False
    half_days = False
    seen = False
    for value in pc.drop_null(column.slice(0, 50_000)).to_pylist():
        found = re.match(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}", latin(str(value)))
        if found:
            seen = True
            first = first or int(found[1]) > 12
            second = second or int(found[2]) > 12
            half_days = half_days or bool(re.search(r"[ap]\.?m\.?\s*$", str(value), re.IGNORECASE))
    if first != second:
        return (DAY_FIRST if first else MONTH_FIRST), True
    return (MONTH_FIRST if half_days else DAY_FIRST), not seen


def scale_of(epochs: np.ndarray) -> int:
    """Microseconds in one unit of these epoch numbers (as a divisor below zero for nanoseconds), from their size."""
    # The middle one: a single broken number must not change how all are read.
    size = float(np.median(np.abs(epochs))) if epochs.size else 0.0
    for limit, scale in ((1e11, 1_000_000), (1e14, 1_000), (1e17, 1)):
        if size < limit:
            return scale
    return -1000


def to_utc(local: np.ndarray, timezone: str) -> np.ndarray:
    """Microseconds of a zone's wall clock as microseconds of UTC.

    An hour that happens twice is taken the first time; an hour that is skipped is moved on by the jump.
    """
    if not local.size or timezone == "UTC":
        return local
    days, place = np.unique(local // _US_DAY, return_inverse=True)
    starts, ends = (
        np.array([_offset(day * _US_DAY, timezone) for day in some.tolist()], np.int64) for some in (days, days + 1)
    )
    offset = starts[place]
    # On the few days on which the clock changes, every distinct minute is looked up by itself.
    changing = np.flatnonzero((starts != ends)[place])
    for minute in np.unique(local[changing] // 60_000_000):
        these = changing[local[changing] // 60_000_000 == minute]
        offset[these] = _offset(int(minute) * 60_000_000, timezone)
    return local - offset


@lru_cache(maxsize=200_000)
def _offset(local: int, timezone: str) -> int:
    try:
        wall = datetime(1970, 1, 1) + timedelta(microseconds=local)
    except OverflowError:
        return 0
    offset = wall.replace(tzinfo=zone(timezone)).utcoffset()
    return round(offset.total_seconds() * 1e6) if offset else 0


def _numbers(column: pa.Array, kind: int) -> Times:
    valid = ~np.asarray(column.is_null())
    values = pc.fill_null(column, 0).to_numpy(zero_copy_only=False).astype(np.int64)
    return Times(values, np.where(valid, kind, UNREADABLE).astype(np.int8))


def _fractions(column: pa.Array) -> Times:
    """Epochs with a fraction, as pandas writes whole ones too where some are missing."""
    values = pc.fill_null(column, np.nan).to_numpy(zero_copy_only=False).astype(np.float64)
    good = np.isfinite(values) & (np.abs(values) < 9e18)
    numbers = np.where(good, values, 0.0)
    out, kinds = numbers.astype(np.int64), np.where(good, EPOCH, UNREADABLE).astype(np.int8)
    # What is too small to be a moment of our days stays a number, and the rest knows its unit from its size.
    moments = np.abs(numbers) >= 1e8
    for low, limit, scale in ((1e8, 1e11, 1e6), (1e11, 1e14, 1e3), (1e14, 1e17, 1.0), (1e17, 9e18, 1e-3)):
        mine = (np.abs(numbers) >= low) & (np.abs(numbers) < limit)
        # Milliseconds are as fine as the seconds of a 64-bit number can say without noise.
        out[mine] = np.rint(numbers[mine] * scale / 10).astype(np.int64) * 10
    kinds[moments & good] = ABSOLUTE
    return Times(out, kinds)


def _texts(column: pa.Array, order: int) -> Times:
    if pa.types.is_large_string(column.type):
        column = column.cast(pa.string())
    _, offsets, data = column.buffers()
    places = np.frombuffer(offsets, np.int32, len(column) + 1, column.offset * 4)
    run = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)
    values = np.zeros(len(column), np.int64)
    kinds = np.zeros(len(column), np.int8)
    _read_times(places, run, order, _jalali_years(), values, kinds)
    kinds[np.asarray(column.is_null())] = UNREADABLE
    odd = np.flatnonzero((kinds == UNREADABLE) & ~np.asarray(column.is_null()))
    for place in odd:
        values[place], kinds[place] = _in_words(column[int(place)].as_py(), order)
    return Times(values, kinds)


@lru_cache(maxsize=1)
def _jalali_years() -> np.ndarray:
    """The day (since 1970) on which each Jalali year begins."""
    epoch = date(1970, 1, 1).toordinal()
    years = range(_JALALI_FROM, _JALALI_TO + 2)
    return np.array([JalaliDate(year, 1, 1).to_gregorian().toordinal() - epoch for year in years], np.int64)


@compiled
def _civil(year, month, day):
    # Days since 1970 of a Gregorian day; -2**62 where there is no such day. The year begins in March, so that the
    # leap day is its last.
    if month < 1 or month > 12 or day < 1 or day > 31:
        return np.int64(-(1 << 62))
    leap = (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
    if day > 30 and (month == 4 or month == 6 or month == 9 or month == 11):
        return np.int64(-(1 << 62))
    if month == 2 and day > (29 if leap else 28):
        return np.int64(-(1 << 62))
    y = year - (1 if month <= 2 else 0)
    era = y // 400
    of_era = y - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


@compiled
def _read_times(offsets, data, order, jalali, out, kinds):
    number = np.zeros(8, np.int64)
    width = np.zeros(8, np.int64)
    for i in range(out.size):
        at = np.int64(offsets[i])
        end = np.int64(offsets[i + 1])
        # 1. Into numbers and the single signs between them; whatever else stands there ends the reading.
        groups = 0
        sign = np.zeros(8, np.uint8)  # the sign that stood before each number
        seen = np.uint8(0)
        fraction = np.int64(0)
        half = 0  # 1 am, 2 pm
        zoned = False
        shift = np.int64(0)
        clock_from = -1  # the first group of the clock
        negative = False
        ok = True
        while at < end and data[at] <= 32:
            at += 1
        while end > at and data[end - 1] <= 32:
            end -= 1
        if at < end and data[at] == 45:
            negative = True
            at += 1
        while at < end and ok:
            c = data[at]
            d = -1
            step = 1
            if 48 <= c <= 57:
                d = c - 48
            elif c == 0xDB and at + 1 < end and 0xB0 <= data[at + 1] <= 0xB9:
                d = data[at + 1] - 0xB0
                step = 2
            elif c == 0xD9 and at + 1 < end and 0xA0 <= data[at + 1] <= 0xA9:
                d = data[at + 1] - 0xA0
                step = 2
            if d >= 0:
                if groups > 0 and seen == 0:
                    number[groups - 1] = number[groups - 1] * 10 + d
                    width[groups - 1] += 1
                    if width[groups - 1] > 19:
                        ok = False
                else:
                    if groups == 7:
                        ok = False
                    else:
                        number[groups] = d
                        width[groups] = 1
                        sign[groups] = seen
                        groups += 1
                        seen = np.uint8(0)
                at += step
                continue
            if c == 0xE2 and at + 2 < end and data[at + 1] == 0x80:  # a direction mark
                at += 3
            elif groups == 0:
                ok = False
            elif c == 58:  # a colon: the number before it began the clock
                if clock_from < 0:
                    clock_from = groups - 1
                if seen != 0:
                    ok = False
                seen = c
                at += 1
            elif (c == 45 or c == 43) and clock_from >= 0 and groups - clock_from >= 2:
                # An offset from UTC: +03:30, +0330 or +03.
                minus = c == 45
                at += 1
                digits = 0
                a = np.int64(0)
                while at < end and (48 <= data[at] <= 57 or data[at] == 58) and digits < 4:
                    if data[at] != 58:
                        a = a * 10 + (data[at] - 48)
                        digits += 1
                    at += 1
                if digits == 2:
                    a *= 100
                elif digits != 4:
                    ok = False
                shift = (a // 100 * 60 + a % 100) * 60_000_000
                if minus:
                    shift = -shift
                zoned = True
            elif c == 90 or c == 122:  # Z
                zoned = True
                at += 1
            elif (c == 85 or c == 71) and at + 2 < end:  # UTC, GMT
                zoned = True
                at += 3
            elif (c == 65 or c == 97 or c == 80 or c == 112) and clock_from >= 0:  # AM, PM, a.m.
                half = 1 if (c == 65 or c == 97) else 2
                at += 1
                while at < end and (data[at] == 46 or data[at] == 77 or data[at] == 109):
                    at += 1
            elif c == 84 or c == 116 or c == 32 or c == 44:  # T, blank, comma: between day and clock
                if seen != 0 and seen != 32:
                    ok = False
                seen = np.uint8(32)
                at += 1
            elif c == 45 or c == 47 or c == 46:  # - / .
                if seen != 0:
                    ok = False
                seen = c
                at += 1
            else:
                ok = False
        if not ok or groups == 0 or (seen != 0 and seen != 32):
            continue
        # 2. A number alone is an epoch, or a day without signs (20240313).
        if groups == 1 or (groups == 2 and sign[1] == 46 and width[0] >= 9):
            w = width[0]
            n = number[0]
            if groups == 1 and w == 8 and 1300 <= n // 10000 <= 2200:
                number[0] = n // 10000
                number[1] = n // 100 % 100
                number[2] = n % 100
                width[0] = 4
                groups = 3
            elif groups == 1 and w == 14 and 1300 <= n // 10_000_000_000 <= 2200:
                number[0] = n // 10_000_000_000
                number[1] = n // 100_000_000 % 100
                number[2] = n // 1_000_000 % 100
                number[3] = n // 10000 % 100
                number[4] = n // 100 % 100
                number[5] = n % 100
                width[0] = 4
                clock_from = 3
                groups = 6
            else:
                kinds[i] = 4
                if groups == 2:
                    # An epoch with a fraction, its unit known from its size: at once into microseconds.
                    digits = 6 if n < 100_000_000_000 else 3 if n < 100_000_000_000_000 else 0
                    part = number[1]
                    for _ in range(width[1], digits):
                        part *= 10
                    for _ in range(digits, width[1]):
                        part //= 10
                    if digits == 6:
                        n = n * 1_000_000 + part
                    elif digits == 3:
                        n = n * 1_000 + part
                    elif n >= 100_000_000_000_000_000:
                        n //= 1_000
                    kinds[i] = 2
                out[i] = -n if negative else n
                continue
        elif groups == 2 and width[0] == 8 and sign[1] == 32 and (width[1] == 6 or width[1] == 4) and clock_from < 0:
            # 20240313T101500, the short form of ISO 8601.
            c = number[1] if width[1] == 6 else number[1] * 100
            n = number[0]
            number[0] = n // 10000
            number[1] = n // 100 % 100
            number[2] = n % 100
            number[3] = c // 10000
            number[4] = c // 100 % 100
            number[5] = c % 100
            width[0] = 4
            clock_from = 3
            groups = 6
        if negative:
            continue
        # 3. The clock.
        clock = np.int64(0)
        days_groups = groups
        if clock_from >= 0:
            days_groups = clock_from
            hour = number[clock_from]
            minute = number[clock_from + 1] if groups > clock_from + 1 else np.int64(99)
            second = np.int64(0)
            if groups > clock_from + 2:
                second = number[clock_from + 2]
            if groups > clock_from + 3:
                fraction = number[clock_from + 3]
                for _ in range(width[clock_from + 3], 6):
                    fraction *= 10
                for _ in range(6, width[clock_from + 3]):
                    fraction //= 10
            if half == 2 and hour < 12:
                hour += 12
            elif half == 1 and hour == 12:
                hour = np.int64(0)
            if hour > 24 or minute > 59 or second > 60 or groups > clock_from + 4:
                continue
            if hour == 24 and (minute > 0 or second > 0):  # 24:00 is the end of a day
                continue
            clock = ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction
        if days_groups == 0:
            out[i] = clock
            kinds[i] = 5
            continue
        if days_groups != 3:
            continue
        # 4. The day: year first, or in the order told; years below 1700 are Jalali.
        year = number[0]
        month = number[1]
        day = number[2]
        if width[0] <= 2:
            year = number[2]
            day = number[1] if order == 1 else number[0]
            month = number[0] if order == 1 else number[1]
            if width[2] <= 2:
                year += 2000 if year < 70 else 1900
        if year > 9999:
            kinds[i] = 6
            continue
        if year < 1700:
            place = year - 1200
            if place < 0 or place >= jalali.size - 1:
                kinds[i] = 6
                continue
            length = 31 if month <= 6 else 30
            if month == 12:
                length = jalali[place + 1] - jalali[place] - 336
            if month < 1 or month > 12 or day < 1 or day > length:
                kinds[i] = 6
                continue
            civil = jalali[place] + (month - 1) * 31 - (month - 7 if month > 7 else 0) + day - 1
        else:
            civil = _civil(year, month, day)
            if civil == np.int64(-(1 << 62)):
                kinds[i] = 6
                continue
        out[i] = civil * 86_400_000_000 + clock - shift
        kinds[i] = 2 if zoned else (1 if clock_from >= 0 else 3)


def _texts_of(text: str, order: int) -> tuple[int, int]:
    """One text as the kernel reads it."""
    raw = np.frombuffer(text.encode(), np.uint8)
    values, kinds = np.zeros(1, np.int64), np.zeros(1, np.int8)
    _read_times(np.array([0, raw.size], np.int32), raw, order, _jalali_years(), values, kinds)
    return int(values[0]), int(kinds[0])


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
def _in_words(text: str, order: int = DAY_FIRST) -> tuple[int, int]:
    """A time with a name in it, of a month or of half a day, or with the clock before the day."""
    plain = key(text)
    for half, latin_half in _HALVES:
        plain = half.sub(latin_half, plain)
    plain = " ".join(plain.split())
    turned = _CLOCK_FIRST.fullmatch(plain)
    if turned or plain != key(text):
        again = _texts_of(f"{turned[2]} {turned[1]}" if turned else plain, order)
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
