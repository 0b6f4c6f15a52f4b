"""Times as people and programs write them, into microseconds since 1970 UTC.

What is made of figures is read in one pass (``times_in_figures``), what has names in it value by value afterwards
(``times_in_words``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.words.calendar import zone
from safarnama.core.words.digits import latin
from safarnama.sources.reading.times_in_figures import ABSOLUTE, CLOCK, DAY, EPOCH, LOCAL, UNREADABLE, in_figures
from safarnama.sources.reading.times_in_figures import NO_SUCH_DAY as NO_SUCH_DAY
from safarnama.sources.reading.times_in_words import in_words

DAY_FIRST, MONTH_FIRST = 0, 1
_US_DAY = 86_400_000_000


@dataclass
class Times:
    """Read times: microseconds of the local clock (LOCAL, DAY, CLOCK), of UTC (ABSOLUTE), or a raw number (EPOCH)."""

    values: np.ndarray
    kinds: np.ndarray


def read(column: pa.Array | pa.ChunkedArray, order: int = DAY_FIRST) -> Times:
    """Read a column of any type. Nulls are UNREADABLE; ``order`` decides dates like 03/04/2024."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    kind = column.type
    if pa.types.is_dictionary(kind):
        words = read(column.dictionary, order)
        places = pc.fill_null(column.indices, -1).to_numpy(zero_copy_only=False)
        values = np.append(words.values, 0)[places]
        return Times(values, np.append(words.kinds, np.int8(UNREADABLE))[places])
    if pa.types.is_timestamp(kind):
        known = ABSOLUTE if kind.tz else LOCAL
        return _numbers(column.cast(pa.timestamp("us", kind.tz), safe=False).cast(pa.int64()), known)
    if pa.types.is_date(kind):
        return _numbers(column.cast(pa.timestamp("us")).cast(pa.int64()), DAY)
    if pa.types.is_integer(kind):
        return _numbers(column.cast(pa.int64()), EPOCH)
    if pa.types.is_floating(kind):
        return _fractions(column)
    if pa.types.is_time(kind):
        return _numbers(column.cast(pa.time64("us")).cast(pa.int64()), CLOCK)
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return read(
            pa.array([None if each is None else each.decode("utf-8", "replace") for each in column.to_pylist()])
        )
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return Times(np.zeros(len(column), np.int64), np.zeros(len(column), np.int8))
    return _texts(column, order)


def order_of(column: pa.Array | pa.ChunkedArray) -> tuple[int, bool]:
    """Whether short dates of this column put the day or the month first, and whether its cells prove it.

    >>> order_of(pa.array(["03/25/2024 10:00", "04/01/2024 11:00"]))
    (1, True)
    """
    first = second = False
    half_days = False
    seen = False
    for value in pc.drop_null(column.slice(0, 50_000)).to_pylist():
        found = re.match(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}", latin(str(value)))
        if found:
            seen = True
            first = first or int(found[1]) > 12
            second = second or int(found[2]) > 12
            half_days = half_days or bool(re.search(r"[ap]\.?m\.?\s*$", str(value), re.IGNORECASE))
    if first != second:
        return (DAY_FIRST if first else MONTH_FIRST), True
    return (MONTH_FIRST if half_days else DAY_FIRST), not seen


def scale_of(epochs: np.ndarray) -> int:
    """Microseconds in one unit of these epoch numbers (as a divisor below zero for nanoseconds), from their size."""
    # The middle one: a single broken number must not change how all are read.
    size = float(np.median(np.abs(epochs))) if epochs.size else 0.0
    for limit, scale in ((1e11, 1_000_000), (1e14, 1_000), (1e17, 1)):
        if size < limit:
            return scale
    return -1000


def to_utc(local: np.ndarray, timezone: str) -> np.ndarray:
    """Microseconds of a zone's wall clock as microseconds of UTC.

    An hour that happens twice is taken the first time; an hour that is skipped is moved on by the jump.
    """
    if not local.size or timezone == "UTC":
        return local
    days, place = np.unique(local // _US_DAY, return_inverse=True)
    starts, ends = (
        np.array([_offset(day * _US_DAY, timezone) for day in some.tolist()], np.int64) for some in (days, days + 1)
    )
    offset = starts[place]
    # On the few days on which the clock changes, every distinct minute is looked up by itself.
    changing = np.flatnonzero((starts != ends)[place])
    for minute in np.unique(local[changing] // 60_000_000):
        these = changing[local[changing] // 60_000_000 == minute]
        offset[these] = _offset(int(minute) * 60_000_000, timezone)
    return local - offset


@lru_cache(maxsize=200_000)
def _offset(local: int, timezone: str) -> int:
    try:
        wall = datetime(1970, 1, 1) + timedelta(microseconds=local)
    except OverflowError:
        return 0
    offset = wall.replace(tzinfo=zone(timezone)).utcoffset()
    return round(offset.total_seconds() * 1e6) if offset else 0


def _numbers(column: pa.Array, kind: int) -> Times:
    valid = ~np.asarray(column.is_null())
    values = pc.fill_null(column, 0).to_numpy(zero_copy_only=False).astype(np.int64)
    return Times(values, np.where(valid, kind, UNREADABLE).astype(np.int8))


def _fractions(column: pa.Array) -> Times:
    """Epochs with a fraction, as pandas writes whole ones too where some are missing."""
    values = pc.fill_null(column, np.nan).to_numpy(zero_copy_only=False).astype(np.float64)
    good = np.isfinite(values) & (np.abs(values) < 9e18)
    numbers = np.where(good, values, 0.0)
    out, kinds = numbers.astype(np.int64), np.where(good, EPOCH, UNREADABLE).astype(np.int8)
    # What is too small to be a moment of our days stays a number, and the rest knows its unit from its size.
    moments = np.abs(numbers) >= 1e8
    for low, limit, scale in ((1e8, 1e11, 1e6), (1e11, 1e14, 1e3), (1e14, 1e17, 1.0), (1e17, 9e18, 1e-3)):
        mine = (np.abs(numbers) >= low) & (np.abs(numbers) < limit)
        # Milliseconds are as fine as the seconds of a 64-bit number can say without noise.
        out[mine] = np.rint(numbers[mine] * scale / 10).astype(np.int64) * 10
    kinds[moments & good] = ABSOLUTE
    return Times(out, kinds)


def _texts(column: pa.Array, order: int) -> Times:
    if pa.types.is_large_string(column.type):
        column = column.cast(pa.string())
    _, offsets, data = column.buffers()
    places = np.frombuffer(offsets, np.int32, len(column) + 1, column.offset * 4)
    run = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)
    values, kinds = in_figures(places, run, order)
    kinds[np.asarray(column.is_null())] = UNREADABLE
    odd = np.flatnonzero((kinds == UNREADABLE) & ~np.asarray(column.is_null()))
    for place in odd:
        values[place], kinds[place] = in_words(column[int(place)].as_py(), order)
    return Times(values, kinds)
