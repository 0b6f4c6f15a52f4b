"""Numbers as people write them."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.words.digits import latin

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
    (1234000.0, 1234.5, -12.5, None)
    """
    plain = _AROUND.sub("", latin(text))
    negative = plain.startswith("(") and plain.endswith(")")
    plain = plain.strip("()").replace("−", "-")
    if "," in plain and "." in plain:
        # The last of the two signs is the decimal one.
        group = "," if plain.rindex(".") > plain.rindex(",") else "."
        plain = plain.replace(group, "").replace(",", ".")
    elif "," in plain:
        grouped = re.fullmatch(r"-?\d{1,3}(,\d{3})+", plain)
        plain = plain.replace(",", "" if grouped else ".", -1 if grouped else 1)
    if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", plain, re.IGNORECASE):
        return None
    return -float(plain) if negative else float(plain)
