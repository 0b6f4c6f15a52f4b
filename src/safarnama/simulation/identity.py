"""Who is who: the identifiers of a person, and the many ways people and systems write them down."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.simulation import names
from safarnama.simulation.chance import hashed, picked, shuffled, unit
from safarnama.simulation.lettering import (
    changed,
    chosen,
    hexadecimal,
    in_persian_digits,
    joined,
    numbered,
    padded,
    uuids,
    written,
)
from safarnama.simulation.people import SHARED
from safarnama.simulation.plan import Plan

# Invented addresses: .example belongs to nobody.
_MAIL_HOSTS = ("mail.example", "post.example", "rayamail.example", "sarv.example", "sepehrmail.example")
_MAIL_SHARES = (0.55, 0.15, 0.12, 0.10, 0.08)
_OPERATORS = (
    *("910", "911", "912", "913", "914", "915", "916", "917", "918", "919"),
    *("901", "902", "903", "930", "933", "935", "936", "937", "938", "939"),
)
_LINES = 10_000_000  # telephone numbers of an operator
_ORDERS_EACH = 64

# A mobile number as (before, first gap, second gap), and how often it is written so.
_PHONE_FORMS = (
    ("0", "", "", 0.46),
    ("+98", "", "", 0.14),
    ("", "", "", 0.13),  # a spreadsheet has eaten the zero
    ("0098", "", "", 0.07),
    ("0", " ", " ", 0.07),
    ("0", "-", "-", 0.05),
    ("0098 ", " ", " ", 0.04),
    ("+98 ", " ", "", 0.04),
)
_PERSIAN_PHONES = 0.10

_DEVICE, _DEVICE_2, _HOST, _PHONE_FORM, _PHONE_DIGITS, _MAIL_FORM, _EVENT, _EVENT_2, _SESSION, _TALK = range(
    8_000, 8_010
)
_STRANGER_NAME, _CODE = 8_011, 8_012


def customer_ids(plan: Plan, numbers: np.ndarray) -> pa.Array:
    """The number in the shop's own customer table."""
    size = _size(plan)
    return numbered("C", size + shuffled(numbers, 9 * size, plan.key >> 8))


def user_ids(plan: Plan, numbers: np.ndarray) -> pa.Array:
    """The id of the account on website and app."""
    size = _size(plan)
    return numbered("u-", size + shuffled(numbers, 9 * size, plan.key >> 16))


def order_ids(plan: Plan, persons: np.ndarray, orders: np.ndarray) -> pa.Array:
    """The id of a person's order (counted from 1)."""
    # An odd factor turns numbers below 2 to the 32nd around among themselves.
    turned = (
        (persons.astype(np.uint64) * _ORDERS_EACH + orders.astype(np.uint64)) * np.uint64(2654435761)
    ) % np.uint64(1 << 32)
    return written(turned.astype(np.int64) + 1_000_000_000)


def device_ids(plan: Plan, persons: np.ndarray, slots: np.ndarray) -> pa.Array:
    """The anonymous id of the device in that slot; the household's for a shared device."""
    owner = np.where(slots == SHARED, persons // 2, persons)
    return uuids(hashed(plan.key, _DEVICE, owner, slots), hashed(plan.key, _DEVICE_2, owner, slots))


def event_ids(plan: Plan, persons: np.ndarray, serials: np.ndarray) -> pa.Array:
    """The id of an event; its copies have the same."""
    return uuids(hashed(plan.key, _EVENT, persons, serials), hashed(plan.key, _EVENT_2, persons, serials))


def session_ids(plan: Plan, persons: np.ndarray, sessions: np.ndarray) -> pa.Array:
    return joined("s_", hexadecimal(hashed(plan.key, _SESSION, persons, sessions), 14))


def conversation_ids(plan: Plan, persons: np.ndarray, numbers: np.ndarray) -> pa.Array:
    return joined("cv_", hexadecimal(hashed(plan.key, _TALK, persons, numbers), 12))


def referral_codes(plan: Plan, persons: np.ndarray) -> pa.Array:
    return joined("TRJ", pc.utf8_upper(hexadecimal(hashed(plan.key, _CODE, persons), 7)))


def phones(plan: Plan, numbers: np.ndarray) -> pa.Array:
    """Mobile numbers in their one form: +98 and ten digits."""
    operator, line = _lines(plan, numbers)
    return joined("+98", operator, line)


def emails(plan: Plan, people: np.ndarray, numbers: np.ndarray) -> pa.Array:
    """E-mail addresses in their one form, in lower case; everybody's own, had they left it or not."""
    given = chosen([latin for _, latin in names.GIVEN], people["given"])
    family = chosen([latin for _, latin in names.FAMILIES], people["family"])
    spelling = people["spelling"] % 4
    first = pc.if_else(pa.array(spelling == 1), family, given)
    between = chosen([".", ".", "", "_"], spelling)
    second = pc.if_else(pa.array(spelling == 1), given, family)
    own = written(shuffled(numbers, max(10_000, _size(plan)), plan.key >> 24))
    host = chosen(_MAIL_HOSTS, picked(hashed(plan.key, _HOST, numbers), _MAIL_SHARES))
    return joined(first, between, second, own, "@", host)


def strangers_emails(plan: Plan, *row: np.ndarray) -> pa.Array:
    """Addresses of people the shop never hears of again."""
    draws = hashed(plan.key, _STRANGER_NAME, *row)
    given = chosen([latin for _, latin in names.GIVEN], (draws % np.uint64(len(names.GIVEN))).astype(np.int64))
    return joined(given, ".", hexadecimal(draws, 6), "@friends.example")


def typed_phones(plan: Plan, numbers: np.ndarray, *row: np.ndarray, persian: float = _PERSIAN_PHONES) -> pa.Array:
    """Mobile numbers as files have them: in every format, a share ``persian`` in Persian digits."""
    operator, line = _lines(plan, numbers)
    form = picked(hashed(plan.key, _PHONE_FORM, *row), [form[3] for form in _PHONE_FORMS])
    before, gap, second_gap = (chosen([form[part] for form in _PHONE_FORMS], form) for part in range(3))
    head, tail = pc.utf8_slice_codeunits(line, 0, 3), pc.utf8_slice_codeunits(line, 3)
    texts = joined(before, operator, gap, head, second_gap, tail)
    return changed(texts, unit(hashed(plan.key, _PHONE_DIGITS, *row)) < persian, in_persian_digits)


def typed_emails(plan: Plan, people: np.ndarray, numbers: np.ndarray, *row: np.ndarray) -> pa.Array:
    """E-mail addresses as files have them: some with capitals or a space; null if none was left."""
    texts = emails(plan, people, numbers)
    draw = unit(hashed(plan.key, _MAIL_FORM, *row))
    texts = changed(texts, draw < 0.08, pc.utf8_capitalize)
    texts = changed(texts, (draw >= 0.08) & (draw < 0.10), pc.utf8_upper)
    texts = changed(texts, (draw >= 0.10) & (draw < 0.13), lambda some: joined(some, " "))
    texts = changed(texts, (draw >= 0.13) & (draw < 0.14), lambda some: joined(" ", some))
    return pc.if_else(pa.array(people["email"] == 1), texts, pa.scalar(None, pa.string()))


def full_names(people: np.ndarray) -> pa.Array:
    given = chosen([persian for persian, _ in names.GIVEN], people["given"])
    return joined(given, " ", chosen([persian for persian, _ in names.FAMILIES], people["family"]))


def _size(plan: Plan) -> int:
    """A power of ten that is at least the number of customers: numbers of people have one digit more."""
    return max(10_000, 10 ** len(str(plan.customers - 1)))


def _lines(plan: Plan, numbers: np.ndarray) -> tuple[pa.Array, pa.Array]:
    line = shuffled(numbers, len(_OPERATORS) * _LINES, plan.key >> 32)
    return chosen(_OPERATORS, line % len(_OPERATORS)), padded(line // len(_OPERATORS), 7)
