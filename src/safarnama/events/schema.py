"""The canonical event: a row of Arrow that says who, what, when and where, and what was said, scored or paid.

Columns a source does not have are left out, never filled with nothing. Identifiers are kept as keyed hashes, one column a
type (``who:email``); their values lie apart in the vault. What has no role of its own is a property (``property:page``):
a column too, so that it keeps its type and can be read alone.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pyarrow as pa

SegmentKind = Literal["events", "customers", "costs"]

WORD = pa.dictionary(pa.int32(), pa.string())
COLUMNS: dict[str, pa.DataType] = {
    "when": pa.int64(),  # microseconds since 1970 UTC
    "what": WORD,  # the touchpoint
    "channel": WORD,
    "device": WORD,
    "place": WORD,
    "campaign": WORD,
    "session": pa.uint64(),  # keyed hash
    "value": pa.int64(),  # minor money units
    "currency": WORD,
    "score": pa.int32(),  # thousandths
    "instrument": WORD,  # nps, csat, ces, stars, rating, …
    "scale_low": pa.int32(),  # thousandths
    "scale_high": pa.int32(),
    "text": pa.string(),
    "flags": pa.uint8(),
}
WHO = "who:"
PROPERTY = "property:"

# Where something happened, as columns that journeys carry along and questions break down by.
DIMENSIONS = ("channel", "device", "place", "campaign")

# Identifier types from the strongest to the weakest; any other type a company names stands between phone and device.
IDENTIFIERS = ("customer", "user", "email", "phone", "device_id", "anonymous")

DUPLICATE, LATE, BOT, REPAIRED, SKEWED = (np.uint8(1 << bit) for bit in range(5))

# Decimal digits of a currency; two where it is not listed (ISO 4217).
_DIGITS = {
    "IRR": 0,
    "JPY": 0,
    "KRW": 0,
    "VND": 0,
    "CLP": 0,
    "ISK": 0,
    "BHD": 3,
    "IQD": 3,
    "KWD": 3,
    "OMR": 3,
    "TND": 3,
}


def minor_units(currency: str) -> int:
    """How many minor units make one of this currency: 100 for most, 1 for the rial.

    >>> minor_units("IRR"), minor_units("EUR"), minor_units("")
    (1, 100, 100)
    """
    return int(10 ** _DIGITS.get(currency, 2))


def strength(identifier: str) -> int:
    """The rank of an identifier type: the lower, the surer it means one person."""
    own = IDENTIFIERS.index("device_id")
    if identifier in IDENTIFIERS:
        place = IDENTIFIERS.index(identifier)
        return place if place < own else place + 1
    return own
