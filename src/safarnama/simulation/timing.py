"""Times as the shop's systems write them: ISO or Jalali, with or without a zone, Latin or Persian digits."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.words.calendar import to_jalali
from safarnama.core.words.digits import persian
from safarnama.simulation.lettering import chosen, joined
from safarnama.simulation.plan import Plan
from safarnama.simulation.seasons import DAY, DAYS, OFFSET, SECOND

_MINUTES = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(24 * 60)]


def jalali_days(plan: Plan, times: np.ndarray, persian_digits: bool = False) -> pa.Array:
    """The Jalali day in Tehran, such as 1405/03/12."""
    return chosen(_days(plan.start, persian_digits), (times - plan.begin) // DAY)


def clock_times(times: np.ndarray, persian_digits: bool = False) -> pa.Array:
    """The time of day in Tehran, such as 14:05."""
    words = [persian(minute) for minute in _MINUTES] if persian_digits else _MINUTES
    return chosen(words, (times + OFFSET) % DAY // (60 * SECOND))


def iso(times: np.ndarray, unit: str = "s") -> pa.Array:
    """ISO times without a zone, to whole seconds ("s") or milliseconds ("ms")."""
    scaled = times // (SECOND if unit == "s" else SECOND // 1000)
    texts = pc.cast(pa.array(scaled).cast(pa.timestamp(unit)), pa.string())
    return pc.replace_substring(texts, " ", "T", max_replacements=1)


def local_iso(times: np.ndarray) -> pa.Array:
    """ISO times of Tehran without a zone."""
    return iso(times + OFFSET)


def utc_iso(times: np.ndarray) -> pa.Array:
    """ISO times in UTC to the millisecond, with a Z."""
    return joined(iso(times, "ms"), "Z")


@lru_cache(maxsize=8)
def _days(start: date, persian_digits: bool) -> tuple[str, ...]:
    found = []
    for day in range(DAYS):
        year, month, number = to_jalali(start + timedelta(days=day))
        text = f"{year}/{month:02d}/{number:02d}"
        found.append(persian(text) if persian_digits else text)
    return tuple(found)
