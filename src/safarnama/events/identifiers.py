"""Identifiers: brought to one form, kept as keyed hashes, their values in a vault apart."""

from __future__ import annotations

import re

import numpy as np
import phonenumbers
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.words.digits import latin
from safarnama.events import hashing

_BLANKS = [
    "",
    "-",
    "--",
    "-1",
    "null",
    "none",
    "nan",
    "n/a",
    "na",
    "unknown",
    "anonymous",
    "undefined",
    "(null)",
]
_IRANIAN_MOBILE = r"^(?:\+98|0098|98|0)?(9\d{9})$"


def normalised(values: pa.Array, kind: str, country: str = "") -> pa.Array:
    """Identifiers in one form each, or null where the cell holds none.

    E-mail in lower case, phones as E.164 (local numbers read in ``country``), the rest trimmed with Latin digits.
    Placeholders such as "null" or "-1" are no identifiers.
    """
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if pa.types.is_dictionary(values.type):
        words = normalised(values.dictionary, kind, country)
        return words.take(values.indices)
    texts = values if pa.types.is_string(values.type) else pc.cast(values, pa.string())
    if not pc.all(pc.string_is_ascii(texts)).as_py():
        ascii_already = pc.string_is_ascii(texts)
        mended = pa.array(
            [None if text is None else _plain(text) for text in pc.filter(texts, pc.invert(ascii_already)).to_pylist()],
            pa.string(),
        )
        texts = pc.replace_with_mask(texts, pc.fill_null(pc.invert(ascii_already), False), mended)
    texts = pc.utf8_trim_whitespace(texts)
    if kind == "email":
        texts = pc.utf8_lower(texts)
        texts = _only(texts, pc.match_substring_regex(texts, r"^[^@\s]+@[^@\s]+\.[^@\s]+$"))
    elif kind == "phone":
        return _phones(texts, country)
    return _only(texts, pc.invert(pc.is_in(pc.ascii_lower(texts), pa.array(_BLANKS))))


def handles(values: pa.Array, kind: str, key: bytes) -> pa.Array:
    """The keyed hash of every normalised identifier: uint64, null where there is none.

    The type is part of what is hashed: customer 17 and user 17 are two identifiers.
    """
    if pa.types.is_dictionary(values.type):
        return handles(values.dictionary, kind, key).take(values.indices)
    typed = pc.binary_join_element_wise(kind, pc.fill_null(values, ""), ":")
    return pa.array(hashing.keyed(typed, key), mask=np.asarray(values.is_null()))


def handle(value: str, kind: str, key: bytes, country: str = "") -> int | None:
    """The handle of one identifier as a person types it, or None if it is no identifier of that kind."""
    found = handles(normalised(pa.array([value]), kind, country), kind, key)
    return found[0].as_py()


def _plain(text: str) -> str:
    return re.sub("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "", latin(text))


def _only(texts: pa.Array, good: pa.Array) -> pa.Array:
    return pc.if_else(pc.fill_null(good, False), texts, pa.scalar(None, pa.string()))


def _phones(texts: pa.Array, country: str) -> pa.Array:
    bare = pc.replace_substring_regex(texts, r"[\s\-.()/]", "")
    if country == "IR":
        # Nearly every number of an Iranian company: read in one go.
        national = pc.extract_regex(bare, _IRANIAN_MOBILE.replace("(9", "(?P<number>9"))
        found = pc.struct_field(national, "number")
        quick = pc.binary_join_element_wise("+98", found, "")
    else:
        quick = pa.nulls(len(bare), pa.string())
    rest = np.flatnonzero(np.asarray(quick.is_null()) & ~np.asarray(bare.is_null()))
    if not rest.size:
        return quick
    spelled = bare.take(pa.array(rest)).dictionary_encode()
    read = pa.array([_e164(number, country) for number in spelled.dictionary.to_pylist()], pa.string())
    mask = np.zeros(len(bare), bool)
    mask[rest] = True
    return pc.replace_with_mask(quick, pa.array(mask), read.take(spelled.indices))


def _e164(number: str, country: str) -> str | None:
    if number.startswith("00"):
        number = "+" + number[2:]
    try:
        parsed = phonenumbers.parse(number, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
