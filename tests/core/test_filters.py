"""Filters in words: two sentences without the signs of the grammar."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from safarnama.core.filters import say_filter
from safarnama.core.grammar import Filter, parse_filter
from tests.core.test_grammar import FILTERS

SAID = [
    ("device = mobile", "mobile", "موبایل"),
    ("device != mobile|tablet", "not mobile or tablet", "جز موبایل یا تبلت"),
    ("birth_year >= 1990", "birth year ≥ 1990", "birth year ≥ ۱۹۹۰"),
    ("age = 30", "age 30", "age ۳۰"),
    ("during 2024-01-01..2024-03-31", "1 Jan – 31 Mar 2024", "۱۱ دی ۱۴۰۲ تا ۱۲ فروردین ۱۴۰۳"),
    ("during 1405-01-01..", "from 21 Mar 2026", "از ۱ فروردین ۱۴۰۵"),
    ("during ..2024-03-31", "until 31 Mar 2024", "تا ۱۲ فروردین ۱۴۰۳"),
    ("during 2024-03-31", "31 Mar 2024", "۱۲ فروردین ۱۴۰۳"),
    ("did add_to_cart > purchase within 7d", "did Add to cart, then Purchase within 7 days", "با افزودن به سبد و سپس خرید ظرف ۷ روز"),
    ("never purchase", "never Purchase", "بدون خرید"),
    ("reached purchase within 12h", "reached Purchase within 12 h", "رسیده به خرید ظرف ۱۲ ساعت"),
    ("not (device = ios or device = android)", "not (iOS or Android)", "جز (iOS یا اندروید)"),
    ("channel = app and device = ios", "App, iOS", "اپلیکیشن، iOS"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "en", "fa"), SAID)
def test_a_filter_is_said_as_a_legend_says_it(written: str, en: str, fa: str) -> None:
    said = say_filter(parse_filter(written))
    assert (said.en, said.fa) == (en, fa)


@pytest.mark.parametrize("written", [written for written, *_ in SAID])
def test_no_sign_of_the_grammar_is_left(written: str) -> None:
    said = say_filter(parse_filter(written))
    for text in (said.en, said.fa):
        assert not re.search(r"\bduring\b|\.\.|\||!=|>=|\"", text)
    assert not re.search("[0-9]", said.fa)


@given(FILTERS)
def test_any_filter_can_be_said(asked: Filter) -> None:
    said = say_filter(asked)
    assert said.en.strip()
    assert said.fa.strip()
