"""Taking out of customers' words what points to a person: e-mail, phone, card, IBAN and national code, in Latin and Persian digits."""

from __future__ import annotations

import re

from safarnama.core.words.digits import latin

# Digits in groups as people write them; what a run of digits is, its length and check digits say.
_EMAIL = re.compile(r"[^\s@<>()\[\]،؛]+@[^\s@<>()\[\]،؛]+\.[^\s@<>()\[\]،؛]+")
_LINK = re.compile(r"(?:https?://|www\.|t\.me/|instagram\.com/)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\S)@\w{3,}")
_IBAN = re.compile(
    r"\bIR[\s-]?\d(?:[\s-]?\d){23}\b|\b[A-Z]{2}\d{2}(?:[\s-]?[A-Z0-9]{4}){3,7}(?:[\s-]?[A-Z0-9]{1,3})?\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\+?\d(?:[\s\-.()]{0,2}\d){6,22}")
HIDDEN = "[…]"


def redacted(text: str) -> str:
    """The text with everything that points to a person replaced by "[…]".

    >>> redacted("شماره‌ام ۰۹۱۲ ۳۴۵ ۶۷۸۹ است، سفارش ۱۲۳ را بیاورید")
    'شماره‌ام […] است، سفارش ۱۲۳ را بیاورید'
    >>> redacted("write to sara@example.ir")
    'write to […]'
    """
    for pattern in (_LINK, _EMAIL, _HANDLE):
        text = pattern.sub(HIDDEN, text)
    plain = latin(text)
    if len(plain) != len(text):
        plain = text
    cuts = [found.span() for found in _IBAN.finditer(plain)]
    cuts += [found.span() for found in _NUMBER.finditer(plain) if _points_to_someone(found[0])]
    for start, stop in sorted(cuts, reverse=True):
        text = text[:start] + HIDDEN + text[stop:]
    return re.sub(rf"(?:{re.escape(HIDDEN)}\s*){{2,}}", HIDDEN + " ", text).strip()


def _points_to_someone(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    if 10 <= len(digits) <= 15 and (written.startswith("+") or digits.startswith(("09", "98", "0098", "021", "9"))):
        return True  # a phone
    if len(digits) == 16 and _luhn(digits):
        return True  # a card
    if len(digits) == 10 and _national_code(digits):
        return True
    # Any other long run of digits is an account, an order, a tracking code: better hidden than shown.
    return len(digits) >= 9


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _national_code(digits: str) -> bool:
    """The check digit of an Iranian national code."""
    if len(set(digits)) == 1:
        return False
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return int(digits[9]) == (rest if rest < 2 else 11 - rest)
