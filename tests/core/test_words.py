"""What people read: numbers, lengths, money, days, sentences in both languages, and the key that names are matched by."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from safarnama.core.words import Text, calendar, digits
from safarnama.core.words.normalise import key
from safarnama.core.words.speech import NOUNS, say


@pytest.mark.parametrize(
    ("value", "form", "en", "fa"),
    [
        (1284, "customers", "1,284 customers", "۱٬۲۸۴ مشتری"),
        (1, "customers", "1 customer", "۱ مشتری"),
        (0, "events", "0 events", "۰ رویداد"),
        (0.354, "percent", "35%", "۳۵٪"),
        (0.0354, "percent", "3.5%", "۳٫۵٪"),
        (0.0996, "percent", "10%", "۱۰٪"),
        (0, "percent", "0%", "۰٪"),
        (0.35412, "percent.2", "35.41%", "۳۵٫۴۱٪"),
        (12.3, "number", "12", "۱۲"),
        (2.34, "number", "2.3", "۲٫۳"),
        (2.0, "number", "2", "۲"),
        (1.239, "signed", "+1.2", "+۱٫۲"),
        (-1.25, "signed.2", "−1.25", "−۱٫۲۵"),
        (0, "signed", "0.0", "۰٫۰"),
        (-0.001, "number.1", "0.0", "۰٫۰"),
        (45, "duration", "45 s", "۴۵ ثانیه"),
        (89, "duration", "89 s", "۸۹ ثانیه"),
        (540, "duration", "9 min", "۹ دقیقه"),
        (9000, "duration", "2.5 h", "۲٫۵ ساعت"),
        (86400 * 12, "duration", "12 days", "۱۲ روز"),
        (86400 * 365.25 * 2, "duration", "2 years", "۲ سال"),
        (64_295_000_000, "money.IRR", "6.4 bn toman", "۶٫۴ میلیارد تومان"),
        (15_000, "money.IRR", "1,500 toman", "۱٬۵۰۰ تومان"),
        (123_456, "money.USD", "1,235 USD", "۱٬۲۳۵ دلار"),
        (1500, "money.JPY", "1,500 JPY", "۱٬۵۰۰ JPY"),
        (2_500_000_00, "money.EUR", "2.5 m EUR", "۲٫۵ میلیون یورو"),
        (date(2026, 3, 21), "date", "21 Mar 2026", "۱ فروردین ۱۴۰۵"),
        ((date(2026, 3, 20), date(2026, 3, 21)), "period", "20 Mar – 21 Mar 2026", "۲۹ اسفند ۱۴۰۴ تا ۱ فروردین ۱۴۰۵"),
        ((date(2025, 12, 31), date(2026, 1, 1)), "period", "31 Dec 2025 – 1 Jan 2026", "۱۰ دی تا ۱۱ دی ۱۴۰۴"),
        ((date(2026, 1, 1), date(2026, 1, 1)), "period", "1 Jan 2026", "۱۱ دی ۱۴۰۴"),
        (["a"], "list", "a", "a"),
        (["a", "b", "c"], "list", "a, b and c", "a، b و c"),
        ([], "list", "", ""),
        (1405, "", "1405", "۱۴۰۵"),
        ("A3", "", "A3", "A3"),
        (None, "percent", "unknown", "نامشخص"),
    ],
)
def test_every_form_in_both_languages(value: Any, form: str, en: str, fa: str) -> None:
    assert (say(value, form, "en"), say(value, form, "fa")) == (en, fa)


def test_every_counted_noun_is_in_both_languages() -> None:
    for noun, (one, many, persian) in NOUNS.items():
        assert many and one and persian and not persian.isascii()
        assert say(2, noun, "en") == f"2 {many}" and say(1, noun, "en") == f"1 {one}"


def test_a_sentence_fills_its_fields_in_its_language() -> None:
    inner = Text(en="pay", fa="پرداخت")
    text = Text(
        en="{n:customers} did {what} in {where}: {share:percent}", fa="{n:customers} در {where} {what}: {share:percent}"
    )
    arguments = {"n": 12, "what": inner, "where": {"en": "shop", "fa": "فروشگاه"}, "share": 0.5}
    assert text.say("en", **arguments) == "12 customers did pay in shop: 50%"
    assert text.say("fa", **arguments) == "۱۲ مشتری در فروشگاه پرداخت: ۵۰٪"


@given(st.text(max_size=15))
def test_an_argument_is_never_read_as_a_template(text: str) -> None:
    said = Text(en="[{x}]", fa="[{x}]").say("en", x=text + "{y}")
    # Characters that move a cursor or begin a line are left out of a sentence.
    assert said == "[" + re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text) + "{y}]"


@given(st.floats(-1e12, 1e12), st.integers(0, 3))
def test_numbers_read_back(value: float, decimals: int) -> None:
    for language in ("en", "fa"):
        plain = digits.latin(digits.number(value, language, decimals)).replace(",", "").replace("−", "-")
        assert float(plain) == float(f"{value:.{decimals}f}")


@given(st.dates(date(1921, 3, 21), date(2122, 3, 20)))
def test_the_jalali_calendar_is_that_of_persiantools(day: date) -> None:
    oracle = JalaliDate.to_jalali(day)
    year, month, number = calendar.to_jalali(day)
    assert (year, month, number) == (oracle.year, oracle.month, oracle.day)
    assert calendar.from_jalali(year, month, number) == day
    spoken = digits.latin(calendar.say_date(day, "fa")).split()
    assert (int(spoken[0]), int(spoken[2])) == (number, year)


def test_days_that_the_jalali_calendar_has_not() -> None:
    for year in range(1300, 1501):
        leap = JalaliDate.is_leap(year)
        assert (calendar.from_jalali(year, 12, 30) is not None) is leap
        assert calendar.from_jalali(year, 7, 31) is None and calendar.from_jalali(year, 0, 1) is None


@pytest.mark.parametrize(
    ("month", "kind", "en", "fa"),
    [("2026-06", "gregorian", "Jun 2026", "ژوئن ۲۰۲۶"), ("1405-01", "jalali", "Farvardin 1405", "فروردین ۱۴۰۵")],
)
def test_months(month: str, kind: Any, en: str, fa: str) -> None:
    assert (calendar.say_month(month, "en", kind), calendar.say_month(month, "fa", kind)) == (en, fa)


def test_moments_of_any_number() -> None:
    assert calendar.moment(0, "Asia/Tehran").isoformat() == "1970-01-01T03:30:00+03:30"
    assert calendar.moment(-1).year == 1969
    assert calendar.moment(2**62).year == 9999 and calendar.moment(-(2**62)).year == 1
    with pytest.raises(KeyError):
        calendar.zone("Asia/Atlantis")
    assert calendar.zone("UTC").utcoffset(None) == timedelta(0)


@given(st.text(max_size=30))
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert key(key(text)) == key(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كتاب‌هاي ١٢", "کتاب های ۱۲"),
        ("مَدرسـه", "مدرسه"),
        (" Customer\u00a0ID ", "customer id"),
        ("\ufeffname", "name"),
        ("خانۀ", "خانه"),
    ],
)
def test_names_that_read_the_same_are_the_same(one: str, other: str) -> None:
    assert key(one) == key(other)
