"""Days and periods as people say them: Gregorian in English, Jalali in Persian. Data keeps ISO dates and UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from safarnama.core.words.digits import persian

Calendar = Literal["gregorian", "jalali"]
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS_FA = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
_JALALI_EN = (
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
)
_GREGORIAN_FA = (
    "ژانویه",
    "فوریه",
    "مارس",
    "آوریل",
    "مه",
    "ژوئن",
    "ژوئیه",
    "اوت",
    "سپتامبر",
    "اکتبر",
    "نوامبر",
    "دسامبر",
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=4096)
def from_jalali(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Jalali date, or None where the Jalali calendar has no such day.

    >>> from_jalali(1405, 9, 2), from_jalali(1405, 13, 2)
    (datetime.date(2026, 11, 23), None)
    """
    try:
        return JalaliDate(year, month, day).to_gregorian()
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def to_jalali(day: date) -> tuple[int, int, int]:
    """Year, month and day in the Jalali calendar."""
    jalali = JalaliDate.to_jalali(day)
    return jalali.year, jalali.month, jalali.day


def moment(microseconds: int, timezone: str = "UTC") -> datetime:
    """An aware datetime from microseconds since 1970 UTC (negative before); clamped to the years 1 to 9999."""
    try:
        return (_EPOCH + timedelta(microseconds=int(microseconds))).astimezone(zone(timezone))
    except (OverflowError, ValueError):
        return datetime.min.replace(tzinfo=UTC) if microseconds < 0 else datetime.max.replace(tzinfo=UTC)


@lru_cache(maxsize=64)
def zone(name: str) -> tzinfo:
    """The time zone of that IANA name. Raises ``KeyError`` for an unknown one."""
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (ValueError, OSError) as error:
        raise KeyError(name) from error


def say_date(day: date, language: str, year: bool = True) -> str:
    """A day in words.

    >>> say_date(date(2026, 6, 22), "en"), say_date(date(2026, 6, 22), "fa")
    ('22 Jun 2026', '۱ تیر ۱۴۰۵')
    """
    if language == "fa":
        jalali_year, month, number = to_jalali(day)
        return persian(f"{number} {_MONTHS_FA[month - 1]}" + (f" {jalali_year}" if year else ""))
    return f"{day.day} {_MONTHS_EN[day.month - 1]}" + (f" {day.year}" if year else "")


def say_month(month: str, language: str, calendar: Calendar = "gregorian") -> str:
    """A month key ("2026-06", or "1405-04" of the Jalali calendar) in words; a month of one calendar is none of the other."""
    year, number = (int(part) for part in month.split("-")[:2])
    if calendar == "jalali":
        return persian(f"{_MONTHS_FA[number - 1]} {year}") if language == "fa" else f"{_JALALI_EN[number - 1]} {year}"
    if language == "fa":
        return persian(f"{_GREGORIAN_FA[number - 1]} {year}")
    return f"{_MONTHS_EN[number - 1]} {year}"


def say_period(start: date, end: date, language: str) -> str:
    """A period in words; the first year is left out when both ends share it.

    >>> say_period(date(2026, 6, 22), date(2026, 9, 22), "en")
    '22 Jun – 22 Sep 2026'
    >>> say_period(date(2026, 6, 22), date(2026, 9, 22), "fa")
    '۱ تیر تا ۳۱ شهریور ۱۴۰۵'
    """
    if start == end:
        return say_date(start, language)
    same_year = to_jalali(start)[0] == to_jalali(end)[0] if language == "fa" else start.year == end.year
    join = " تا " if language == "fa" else " – "
    return say_date(start, language, year=not same_year) + join + say_date(end, language)
