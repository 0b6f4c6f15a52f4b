"""Times made of figures, by one compiled pass over the bytes of a column: ISO, day-first and month-first dates, Jalali dates, Persian and
Arabic digits, AM/PM, offsets, epochs."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np
from persiantools.jdatetime import JalaliDate

from safarnama.core.compiled import compiled

UNREADABLE, LOCAL, ABSOLUTE, DAY, EPOCH, CLOCK, NO_SUCH_DAY = range(7)
_JALALI_FROM = 1200
_JALALI_TO = 1600


def in_figures(places: np.ndarray, run: np.ndarray, order: int) -> tuple[np.ndarray, np.ndarray]:
    """The times of texts that lie in ``run`` (uint8) from one of ``places`` (int32, n + 1) to the next: values int64 (n,), and what each
    is, int8 (n,)."""
    values, kinds = np.zeros(places.size - 1, np.int64), np.zeros(places.size - 1, np.int8)
    _read_times(places, run, order, _jalali_years(), values, kinds)
    return values, kinds


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
