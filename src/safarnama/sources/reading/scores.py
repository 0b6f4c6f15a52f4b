"""Scores with their instrument and scale, and surveys with one wide row a person."""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from safarnama.core.errors import Mistake, nearest
from safarnama.core.words import Text
from safarnama.sources.reading.numbers import numbers
from safarnama.sources.reading.roles import plain

SCALES = {
    "nps": (0.0, 10.0),
    "csat": (1.0, 5.0),
    "ces": (1.0, 7.0),
    "stars": (1.0, 5.0),
    "sentiment": (-1.0, 1.0),
}


@dataclass(frozen=True)
class Scale:
    """What was asked and how it could be answered; ``low`` is the worst answer."""

    instrument: str
    low: float
    high: float


def instrument_of(name: str) -> str:
    """The instrument a column or survey name speaks of; "rating" when it says nothing.

    >>> instrument_of("NETPRO  "), instrument_of("stars"), instrument_of("Q7ART")
    ('nps', 'stars', 'rating')
    """
    words = plain(name)
    if re.search(r"\bn ?p ?s\b|net ?pro|promoter|recommend|توصیه", words):
        return "nps"
    for known in ("csat", "ces", "sentiment"):
        if known in words.split():
            return known
    if re.search(r"\bstars?\b|ستاره", words):
        return "stars"
    return "csat" if re.search(r"satisf|رضایت", words) else "rating"


def scale_of(name: str, answers: np.ndarray, codes: bool = False) -> Scale:
    """The scale of an instrument, from its name and the answers seen.

    With ``codes``, values one step outside a common scale are taken for codes of "blank" and "not applicable": 0 to 6
    is a scale of 1 to 5 with both.
    """
    instrument = instrument_of(name)
    # A number that no scale has (a phone in the wrong column) is a mistake in its row, not the end of a scale.
    seen = answers[np.isfinite(answers) & (np.abs(answers) <= 1000)]
    # Nobody asks for a recommendation on anything but 0 to 10, so a few answers beyond are mistakes, not a longer scale.
    share = 0.5 if instrument == "nps" else 0.9
    if instrument in SCALES and (not seen.size or _inside(seen, *SCALES[instrument]) >= share):
        return Scale(instrument, *SCALES[instrument])
    top = float(seen.max()) if seen.size else 5.0
    low = float(seen.min()) if seen.size else 1.0
    scales = [(1.0, 5.0), (1.0, 7.0), (0.0, 10.0), (0.0, 100.0)]
    if codes and top == 6.0:
        return Scale(instrument, 1.0, 5.0)
    if codes and top == 11.0:
        return Scale("nps" if instrument == "rating" else instrument, 0.0, 10.0)
    for bottom, high in scales:
        if top <= high:
            return Scale(
                instrument,
                1.0 if high == 10 and low >= 1 else min(bottom, low) if not codes else bottom,
                high,
            )
    return Scale(instrument, low, top)


def chosen(patterns: list[str], columns: list[str]) -> dict[str, tuple[float, float] | None]:
    """The columns that ``--scores`` names, with a scale where one is told: ``Q7*``, ``NETPRO:0-10``.

    Raises ``Mistake`` for a pattern that fits no column.
    """
    found: dict[str, tuple[float, float] | None] = {}
    for pattern in patterns:
        name, told = pattern, None
        with_scale = re.fullmatch(r"(.+):(-?\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)", pattern)
        if with_scale:
            name, told = with_scale[1], (float(with_scale[2]), float(with_scale[3]))
        fitting = [column for column in columns if fnmatch.fnmatchcase(column.strip(), name.strip())]
        if not fitting:
            near = nearest(name.rstrip("*"), columns)
            raise Mistake(
                Text(
                    en="--scores {pattern} fits no column. Nearest: {near}",
                    fa="--scores {pattern} با هیچ ستونی جور نیست. نزدیک‌ترین: {near}",
                ),
                pattern=repr(pattern),
                near=near or ", ".join(columns[:12]),
            )
        found.update(dict.fromkeys(fitting, told))
    return found


def scales_of(table: pa.Table, asked: dict[str, tuple[float, float] | None]) -> dict[str, Scale]:
    """The scale of every asked column; columns without a single number are not answers and are left out."""
    scales: dict[str, Scale] = {}
    for name, told in asked.items():
        answers, _ = numbers(table[name])
        if told is not None:
            scales[name] = Scale(instrument_of(name) if told != (0.0, 10.0) else "nps", *told)
        elif np.isfinite(answers).any():
            scales[name] = scale_of(name, answers, codes=True)
    return scales


def _inside(seen: np.ndarray, low: float, high: float) -> float:
    return float(np.mean((seen >= low) & (seen <= high)))
