"""Cells of a table as Arrow columns: whole columns, trimmed words and texts, constants; and which user agents are bots."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.events.schema import BOT

_BOTS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|headless|python-requests|curl/|wget|scrapy|facebookexternalhit|lighthouse|pingdom",
    re.IGNORECASE,
)


def cells_of(table: pa.Table, name: str) -> pa.Array:
    """A column in one piece."""
    column = table[name]
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return column.chunk(0) if isinstance(column, pa.ChunkedArray) else column


def words_of(cells: pa.Array) -> pa.DictionaryArray:
    """Cells as trimmed words, blanks as null, dictionary encoded."""
    if not pa.types.is_dictionary(cells.type):
        cells = pc.cast(cells, pa.string()).dictionary_encode()
    words = pc.utf8_trim_whitespace(pc.cast(cells.dictionary, pa.string()))
    words = pc.if_else(pc.equal(words, ""), pa.scalar(None, pa.string()), words)
    if words.null_count or len(pc.unique(words)) < len(words):
        return words.take(cells.indices).dictionary_encode()
    return pa.DictionaryArray.from_arrays(cells.indices.cast(pa.int32()), words)


def texts_of(cells: pa.Array) -> pa.Array:
    """Cells as trimmed texts, blanks as null."""
    cells = cells.dictionary_decode() if pa.types.is_dictionary(cells.type) else cells
    texts = pc.utf8_trim_whitespace(pc.cast(cells, pa.string()))
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def constant(word: str, n: int) -> pa.DictionaryArray:
    """The same word ``n`` times."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(n, np.int32)), pa.array([word], pa.string()))


def plain(array: pa.Array) -> pa.Array:
    """An array without a dictionary."""
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array


def bots_among(agents: pa.Array) -> np.ndarray:
    """BOT where a user agent is one of a bot, else 0; uint8 (n,)."""
    words = words_of(agents)
    bot = np.array([bool(agent and _BOTS.search(agent)) for agent in words.dictionary.to_pylist()] + [False])
    places = pc.fill_null(words.indices, len(words.dictionary)).to_numpy(zero_copy_only=False)
    return np.where(bot[places], BOT, np.uint8(0))
