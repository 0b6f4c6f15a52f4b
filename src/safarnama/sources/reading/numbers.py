"""Numbers as people write them."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.words.digits import latin

_THOUSAND = re.compile(r"(.*?)\s*(هزار|میلیون|میلیارد)\s*(?:ریال|تومان|تومن)?\s*")
_SCALE = {"هزار": 1e3, "میلیون": 1e6, "میلیارد": 1e9}
_NOTHING = {"null", "\\n", "nan", "none", "n/a", "#n/a", "na", "-", "--", "—", "(null)"}
_AROUND = re.compile(
    r"[\s\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069$€£﷼]|ریال|تومان|تومن|rials?|tomans?|usd|eur|irr|irt",
    re.IGNORECASE,
)


def numbers(column: pa.Array | pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of a column, shape (n,), NaN where there is none, and which filled cells could not be read.

    Grouping and decimal signs of both habits, Persian digits, currency words and accountants' brackets are understood.
    """
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_dictionary(column.type):
        values, bad = numbers(column.dictionary)
        places = pc.fill_null(column.indices, len(values)).to_numpy(zero_copy_only=False)
        return np.append(values, np.nan)[places], np.append(bad, False)[places]
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        column = pa.array([None if each is None else each.decode("utf-8", "replace") for each in column.to_pylist()])
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        # What databases and spreadsheets write where there is no number.
        blank = pc.is_in(pc.utf8_lower(pc.utf8_trim_whitespace(column)), pa.array(sorted(_NOTHING), column.type))
        column = pc.if_else(blank, pa.scalar(None, column.type), column)
    elif pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    filled = ~np.asarray(column.is_null())
    try:
        read = pc.cast(column, pa.float64())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        spelled = pc.cast(column, pa.string()).dictionary_encode()
        if len(spelled.dictionary) < len(column):
            return numbers(spelled)
        read = pa.array([None if text is None else number(text) for text in column.to_pylist()], pa.float64())
    values = pc.fill_null(read, np.nan).to_numpy(zero_copy_only=False)
    return values, filled & ~np.isfinite(values)


def number(text: str) -> float | None:
    """One number, or None.

    >>> number("۱٬۲۳۴٬۰۰۰ تومان"), number("1.234,50 €"), number("(12.5)"), number("250 هزار")
    (1234000.0, 1234.5, -12.5, 250000.0)
    """
    scaled = _THOUSAND.fullmatch(text)
    if scaled:
        some = number(scaled[1])
        return None if some is None else some * _SCALE[scaled[2]]
    plain = _AROUND.sub("", latin(text))
    negative = plain.startswith("(") and plain.endswith(")")
    plain = plain.strip("()").replace("−", "-")
    if "," in plain and "." in plain:
        # The last of the two signs is the decimal one.
        group = "," if plain.rindex(".") > plain.rindex(",") else "."
        plain = plain.replace(group, "").replace(",", ".")
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3}){2,}", plain):
        plain = plain.replace(".", "")
    elif "," in plain:
        grouped = re.fullmatch(r"-?\d{1,3}(,\d{3})+", plain)
        plain = plain.replace(",", "" if grouped else ".", -1 if grouped else 1)
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", plain, re.IGNORECASE):
        return None
    return -float(plain) if negative else float(plain)
