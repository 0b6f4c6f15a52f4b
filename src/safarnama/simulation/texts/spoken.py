"""Sentences put together the way people write them: an opening, what they mean, a closing, and their typing.

Everything works on whole columns: a text is looked up by numbers, never made one by one.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.simulation.chance import hashed, unit
from safarnama.simulation.texts import (
    app,
    authenticity,
    delivery,
    packaging,
    payment,
    phrases,
    price,
    quality,
    returns,
    support,
)
from safarnama.simulation.texts.subjects import SUBJECTS

ABOUT = {
    module.__name__.rsplit(".", 1)[-1]: module.WORDS
    for module in (delivery, price, quality, payment, support, app, packaging, authenticity, returns)
}
COMMENT, CHAT, NOTE = range(3)  # who speaks where: customers afterwards, customers at once, the call centre
_FEELINGS = (-1, 0, 1)
_OPENING, _BODY, _CLOSING, _HOW, _END = range(7_000, 7_005)
_ZWNJ = "\u200c"

# Typing, cumulative: as it should be; a space for the half-space; verbs run together; Arabic letters; no
# stops; an emoji.
_TYPING = np.cumsum((0.62, 0.14, 0.08, 0.06, 0.06, 0.04))
_TIDY, _SPACED, _JOINED, _ARABIC, _BARE, _EMOJI = range(6)


def texts(
    key: int, voice: int, subject: np.ndarray, feeling: np.ndarray, english: np.ndarray, *row: np.ndarray
) -> pa.Array:
    """One text a row; null where ``subject`` is negative. ``row``: numbers that tell rows apart."""
    said = subject >= 0
    if not said.any():
        return pa.nulls(len(subject), pa.string())
    numbers = [column[said] for column in row]
    about, felt = subject[said].astype(np.int64), feeling[said].astype(np.int64)
    foreign = english[said].astype(bool) & (voice != NOTE)
    shelf = _shelf(voice)
    cell = (about * 3 + felt + 1) * 2 + foreign
    body = _drawn(shelf.bodies, cell, hashed(key, _BODY, *numbers))
    if voice == NOTE:
        made = body
    else:
        tone = (felt + 1) * 2 + foreign
        opening = _drawn(shelf.openings, tone, hashed(key, _OPENING, *numbers))
        closing = _drawn(shelf.closings, tone, hashed(key, _CLOSING, *numbers))
        made = pc.binary_join_element_wise(opening, body, closing, "")
        made = _typed(made, felt, foreign, key, numbers)
    if said.all():
        return made
    places = np.cumsum(said) - 1
    return made.take(pa.array(places, mask=~said))


class _Shelf:
    """The sentences of one voice: all in a row, where those of a cell begin, how many there are."""

    def __init__(self, bodies: list, openings: list, closings: list) -> None:
        self.bodies, self.openings, self.closings = _flat(bodies), _flat(openings), _flat(closings)


_Flat = tuple[pa.Array, np.ndarray, np.ndarray]


def _flat(cells: list[tuple[str, ...]]) -> _Flat:
    counts = np.array([len(cell) for cell in cells])
    return pa.array([text for cell in cells for text in cell]), np.cumsum(counts) - counts, counts


def _drawn(flat: _Flat, cell: np.ndarray, draws: np.ndarray) -> pa.Array:
    words, begins, counts = flat
    return words.take(pa.array(begins[cell] + (unit(draws) * counts[cell]).astype(np.int64)))


@cache
def _shelf(voice: int) -> _Shelf:
    bodies, openings, closings = [], [], []
    for subject in SUBJECTS:
        words = ABOUT[subject]
        for feeling in _FEELINGS:
            if voice == NOTE:
                bodies += [words.notes[feeling], words.notes[feeling]]
            elif voice == CHAT and feeling == 0:
                bodies += [words.asks, words.asks_en]
            else:
                bodies += [words.fa[feeling], words.en[feeling]]
    for feeling in _FEELINGS:
        if voice == CHAT:
            starts = (phrases.CHAT_OPENINGS, phrases.CHAT_OPENINGS_EN)
            ends = (phrases.CHAT_CLOSINGS[feeling], phrases.CHAT_CLOSINGS_EN[feeling])
            silent = (3, 6)  # as many empty ones among them
        else:
            starts = (phrases.COMMENT_OPENINGS[feeling], phrases.COMMENT_OPENINGS_EN[feeling])
            ends = (phrases.COMMENT_CLOSINGS[feeling], phrases.COMMENT_CLOSINGS_EN[feeling])
            silent = (14, 12)
        for words_of in starts:
            openings.append(tuple(f"{word} " for word in words_of) + ("",) * (silent[0] * len(words_of) // 8))
        for words_of in ends:
            said = tuple(". " + word for word in words_of)
            closings.append(said + ("",) * (silent[1] * len(said) // 8))
    return _Shelf(bodies, openings, closings)


def _typed(made: pa.Array, felt: np.ndarray, foreign: np.ndarray, key: int, numbers: list) -> pa.Array:
    """The texts as their writers type them."""
    # A closing after a question.
    for wrong, right in (("؟. ", "؟ "), ("?. ", "? ")):
        made = pc.replace_substring(made, wrong, right)
    how = np.searchsorted(_TYPING, unit(hashed(key, _HOW, *numbers)), side="right")
    how[foreign] = _TIDY
    ends = unit(hashed(key, _END, *numbers))
    asks = pc.or_(pc.ends_with(made, "؟"), pc.ends_with(made, "?")).to_numpy(zero_copy_only=False)
    stop = np.where(asks | (ends < 0.45), "", np.where(ends < 0.93, ".", "!"))
    made = pc.binary_join_element_wise(made, pa.array(stop), "")
    for style, change in (
        (_SPACED, lambda some: pc.replace_substring(some, _ZWNJ, " ")),
        (
            _JOINED,
            lambda some: pc.replace_substring(pc.replace_substring(some, "می" + _ZWNJ, "می"), _ZWNJ, " "),
        ),
        (_ARABIC, lambda some: pc.replace_substring(pc.replace_substring(some, "ی", "ي"), "ک", "ك")),
        (_BARE, lambda some: pc.replace_substring_regex(some, "[.،!]", "")),
    ):
        mask = how == style
        if mask.any():
            made = pc.replace_with_mask(made, pa.array(mask), change(made.filter(pa.array(mask))))
    mask = how == _EMOJI
    if mask.any():
        signs = np.array([phrases.EMOJI[feeling] for feeling in _FEELINGS])
        chosen = signs[felt[mask] + 1, (ends[mask] * signs.shape[1]).astype(int)]
        with_signs = pc.binary_join_element_wise(made.filter(pa.array(mask)), pa.array(chosen), " ")
        made = pc.replace_with_mask(made, pa.array(mask), with_signs)
    return made
