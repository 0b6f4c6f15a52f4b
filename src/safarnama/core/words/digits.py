"""Digits and numbers of the two languages."""

from __future__ import annotations

PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
ARABIC = "٠١٢٣٤٥٦٧٨٩"
_TO_PERSIAN = str.maketrans("0123456789", PERSIAN)
_TO_LATIN = str.maketrans(PERSIAN + ARABIC + "٫٬", "01234567890123456789.,")


def persian(text: str) -> str:
    """Latin digits as Persian ones; nothing else changes.

    >>> persian("A3: 1405")
    'A۳: ۱۴۰۵'
    """
    return text.translate(_TO_PERSIAN)


def latin(text: str) -> str:
    """Persian and Arabic digits and separators as Latin ones, for reading what people typed.

    >>> latin("۱٬۲۸۴٫۵")
    '1,284.5'
    """
    return text.translate(_TO_LATIN)


def number(value: float, language: str, decimals: int = 0) -> str:
    """A number with grouping and the language's own digits and signs.

    A minus is U+2212 in both languages; drawings isolate it, text does not need to.

    >>> number(1284.56, "fa", 1), number(-3.0, "en", 1)
    ('۱٬۲۸۴٫۶', '−3.0')
    """
    text = f"{abs(value):,.{decimals}f}"
    if language == "fa":
        text = text.translate(_TO_PERSIAN).replace(",", "٬").replace(".", "٫")
    negative = value < 0 and any(digit in text for digit in "123456789۱۲۳۴۵۶۷۸۹")
    return "−" + text if negative else text


def percent(share: float, language: str, decimals: int | None = None) -> str:
    """A share of one as a percentage: one decimal below ten percent, none above, unless told.

    >>> percent(0.35, "fa"), percent(0.0312, "en"), percent(1, "en")
    ('۳۵٪', '3.1%', '100%')
    """
    value = share * 100
    if decimals is None:
        decimals = 1 if 0 < abs(value) < 9.95 else 0
    return number(value, language, decimals) + ("٪" if language == "fa" else "%")
