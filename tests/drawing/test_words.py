"""Measuring, breaking and directing words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safarnama.drawing.bidi import isolated
from safarnama.drawing.pen import Pen
from safarnama.drawing.scene import Text
from safarnama.drawing.shaping import fit, is_persian, width, wrap

letters = st.text(alphabet="abc xyz آبپ تثج‌ ۱۲۳ -_/. ", max_size=120)


@given(letters, st.floats(30, 300), st.integers(1, 4))
def test_broken_lines_fit_and_lose_no_word(text: str, room: float, lines: int) -> None:
    broken = wrap(text, room, 12)
    assert all(width(line, 12) <= room + 0.01 for line in broken)
    assert "".join(broken).replace(" ", "") == "".join(text.split())
    short = wrap(text, room, 12, lines=lines)
    assert len(short) <= lines
    assert all(width(line, 12) <= room + 0.01 for line in short)
    if len(broken) > lines:
        assert short[-1].endswith("…")


def test_a_cut_ends_at_a_word() -> None:
    assert fit("The payment gateway fails", width("The payment gatew", 12), 12) == "The payment…"
    assert fit("درگاه پرداخت خطا می‌دهد", width("درگاه پرداخت خط", 12), 12) == "درگاه پرداخت…"


def test_persian_letters_are_measured_joined() -> None:
    joined, apart = width("سلام", 16), sum(width(letter, 16) for letter in "سلام")
    assert joined < apart


@pytest.mark.parametrize(
    ("text", "persian"),
    [
        ("سلام", True),
        ("hello سلام", False),
        ("۱۲ سلام", True),
        ("12", False),
        ("«خرید»", True),
        ("ترنج shop, discovered", False),
    ],
)
def test_most_letters_say_the_script(text: str, persian: bool) -> None:
    assert is_persian(text) is persian


def test_numbers_keep_their_signs_and_percents_in_persian() -> None:
    assert isolated("ریزش ۳۵٪", "rtl") == "\u2067ریزش \u061c۳۵٪\u2069"
    assert isolated("+۱٫۷", "rtl") == "\u2067\u2066+۱٫۷\u2069\u2069"
    assert isolated("plain", "ltr") == "plain"


def test_a_broken_sentence_has_one_direction() -> None:
    """A line that happens to hold Latin words only is still read as part of the Persian sentence around it."""
    pen = Pen("fa")
    pen.block(0, 0, "«T10 Determine necessity to stop indication» دیر می‌رسد", 150, 11)
    lines = [mark for mark in pen.marks if isinstance(mark, Text)]
    assert len(lines) > 1
    assert {line.direction for line in lines} == {"rtl"}
