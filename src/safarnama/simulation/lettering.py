"""Whole columns of text made from numbers, without a Python string for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.words.digits import persian

_HEX = np.frombuffer(b"0123456789abcdef", np.uint8)
_HEX_PAIRS = np.stack((np.repeat(_HEX, 16), np.tile(_HEX, 16)), axis=1)  # two letters for each byte
_UUID_PLACES = np.array([place for place in range(36) if place not in (8, 13, 18, 23)])


def column(letters: np.ndarray) -> pa.StringArray:
    """A text column from a matrix of ASCII letters, one row a text."""
    rows, width = letters.shape
    offsets = np.arange(0, (rows + 1) * width, width, dtype=np.int32)
    data = np.ascontiguousarray(letters)
    return pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(data))


def hexadecimal(draws: np.ndarray, width: int = 16) -> pa.StringArray:
    """64-bit numbers as ``width`` hexadecimal letters (at most 16)."""
    return column(_hex(draws)[:, :width])


def uuids(first: np.ndarray, second: np.ndarray) -> pa.StringArray:
    """Pairs of 64-bit numbers as ids of the form 8-4-4-4-12."""
    letters = np.full((len(first), 36), ord("-"), np.uint8)
    letters[:, _UUID_PLACES] = np.concatenate((_hex(first), _hex(second)), axis=1)
    letters[:, 14] = ord("4")
    return column(letters)


def chosen(
    words: Sequence[str | None] | np.ndarray | pa.Array, places: np.ndarray, missing: np.ndarray | None = None
) -> pa.Array:
    """The word at each place; null where ``missing``."""
    shelf = words if isinstance(words, pa.Array) else pa.array(words, pa.string())
    return shelf.take(pa.array(places, mask=missing))


def numbered(before: str, numbers: np.ndarray) -> pa.Array:
    """``before`` and the number, for each number."""
    return joined(before, written(numbers))


def written(numbers: np.ndarray) -> pa.Array:
    """Whole numbers as text."""
    return pc.cast(pa.array(numbers), pa.string())


def padded(numbers: np.ndarray, width: int) -> pa.StringArray:
    """Whole numbers as exactly ``width`` digits."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    digits = (numbers.astype(np.int64)[:, None] // powers) % 10
    return column((digits + ord("0")).astype(np.uint8))


def joined(*pieces: pa.Array | str) -> pa.Array:
    """The pieces of each row one after the other; null where one of them is."""
    return pc.binary_join_element_wise(*pieces, "")


def blanked(texts: pa.Array, where: np.ndarray) -> pa.Array:
    """The column with nothing in the rows of ``where``."""
    return pc.if_else(pa.array(where), pa.scalar(None, texts.type), texts) if where.any() else texts


def changed(texts: pa.Array, where: np.ndarray, change: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """The column with ``change`` made to the rows of ``where``."""
    if not where.any():
        return texts
    mask = pa.array(where)
    return pc.replace_with_mask(texts, mask, change(texts.filter(mask)))


def in_persian_digits(texts: pa.Array) -> pa.Array:
    """The column with Persian digits; made for a few rows, for it makes Python strings."""
    return pa.array([None if text is None else persian(text) for text in texts.to_pylist()], pa.string())


def grouped(numbers: np.ndarray) -> pa.Array:
    """Whole numbers with a comma every three digits."""
    texts = written(numbers)
    for _ in range(4):
        texts = pc.replace_substring_regex(texts, r"^(\d+)(\d{3})", r"\1,\2")
    return texts


def _hex(draws: np.ndarray) -> np.ndarray:
    big_endian = np.ascontiguousarray(draws.astype(">u8")).view(np.uint8).reshape(-1, 8)
    return _HEX_PAIRS[big_endian].reshape(-1, 16)
