"""Hashes of columns: keyed ones for identifiers, plain ones for the identity of a row.

Arrow keeps a string column as one run of bytes with offsets; both kernels walk that run once, without making a single
Python string.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.compiled import compiled

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


@compiled
def _rotated(x, bits):
    return (x << np.uint64(bits)) | (x >> np.uint64(64 - bits))


@compiled
def _mixed(x):
    # The finaliser of splitmix64: every bit of the input moves every bit of the output.
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@compiled
def _word(data, at, count):
    word = np.uint64(0)
    for k in range(count):
        word |= np.uint64(data[at + k]) << np.uint64(8 * k)
    return word


@compiled
def _siphash(offsets, data, key0, key1, out):
    """SipHash-2-4 of every string (Aumasson and Bernstein, 2012): a keyed hash that cannot be guessed without the key."""
    for i in range(out.size):
        start = np.int64(offsets[i])
        length = np.int64(offsets[i + 1]) - start
        v0 = key0 ^ np.uint64(0x736F6D6570736575)
        v1 = key1 ^ np.uint64(0x646F72616E646F6D)
        v2 = key0 ^ np.uint64(0x6C7967656E657261)
        v3 = key1 ^ np.uint64(0x7465646279746573)
        blocks = length // 8
        for b in range(blocks + 2):
            rounds = 2
            if b < blocks:
                m = _word(data, start + 8 * b, 8)
            elif b == blocks:
                m = _word(data, start + 8 * blocks, length - 8 * blocks) | (np.uint64(length & 0xFF) << np.uint64(56))
            else:
                m = np.uint64(0)
                v2 ^= np.uint64(0xFF)
                rounds = 4
            v3 ^= m
            for _ in range(rounds):
                v0 += v1
                v1 = _rotated(v1, 13) ^ v0
                v0 = _rotated(v0, 32)
                v2 += v3
                v3 = _rotated(v3, 16) ^ v2
                v0 += v3
                v3 = _rotated(v3, 21) ^ v0
                v2 += v1
                v1 = _rotated(v1, 17) ^ v2
                v2 = _rotated(v2, 32)
            v0 ^= m
        out[i] = v0 ^ v1 ^ v2 ^ v3


@compiled
def _add_strings(offsets, data, salt, out):
    for i in range(out.size):
        start = np.int64(offsets[i])
        length = np.int64(offsets[i + 1]) - start
        h = salt ^ (np.uint64(length) * _GOLDEN)
        blocks = length // 8
        for b in range(blocks):
            h = _mixed(h ^ _word(data, start + 8 * b, 8)) + _GOLDEN
        h = _mixed(h ^ _word(data, start + 8 * blocks, length - 8 * blocks))
        out[i] += _mixed(h + _GOLDEN)


@compiled
def _add_words(words, salt, out):
    for i in range(out.size):
        out[i] += _mixed(_mixed(words[i] ^ salt) + _GOLDEN)


def mixed(values: np.ndarray) -> np.ndarray:
    """Each uint64 scrambled, so that any of its bits may serve as a bucket number."""
    out = np.zeros(values.size, np.uint64)
    _add_words(np.ascontiguousarray(values, np.uint64), np.uint64(0), out)
    return out


def keyed(strings: pa.Array, key: bytes) -> np.ndarray:
    """The keyed 64-bit hash of every string of the array, shape (n,), uint64; what a null gives has no meaning.

    ``key`` is 16 bytes. Never 0, so that 0 may stand for "none".
    """
    offsets, data = _bytes_of(strings)
    out = np.empty(len(strings), np.uint64)
    key0, key1 = np.frombuffer(key, np.uint64)
    _siphash(offsets, data, key0, key1, out)
    out[out == 0] = 1
    return out


def rows(table: pa.Table | pa.RecordBatch) -> np.ndarray:
    """A 64-bit hash of every row over all its columns, shape (n,), uint64.

    Columns count by name, whatever their order; an empty or missing cell counts as nothing, so a file that gained an
    empty column still holds the same rows.
    """
    out = np.zeros(table.num_rows, np.uint64)
    for name, column in zip(table.schema.names, table.columns, strict=True):
        salt = _salt(name)
        chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
        at = 0
        for chunk in chunks:
            _add_column(chunk, salt, out[at : at + len(chunk)])
            at += len(chunk)
    return out


def _salt(name: str) -> np.uint64:
    out = np.zeros(1, np.uint64)
    _add_strings(*_bytes_of(pa.array([name])), np.uint64(0), out)
    return out[0]


def _add_column(array: pa.Array, salt: np.uint64, out: np.ndarray) -> None:
    if pa.types.is_null(array.type):
        return
    own = np.zeros(len(array), np.uint64)
    if pa.types.is_dictionary(array.type):
        words = np.zeros(len(array.dictionary) + 1, np.uint64)
        _add_column(array.dictionary, salt, words[:-1])
        own = words[pc.fill_null(array.indices, len(array.dictionary)).to_numpy(zero_copy_only=False)]
    elif _is_text(array.type):
        offsets, data = _bytes_of(array)
        _add_strings(offsets, data, salt, own)
        own[np.diff(offsets) == 0] = 0
    elif array.type.num_buffers == 2 and pa.types.is_primitive(array.type) and array.type.bit_width in (32, 64):
        width = array.type.bit_width // 8
        raw = np.frombuffer(array.buffers()[1], f"u{width}", len(array), array.offset * width)
        _add_words(raw.astype(np.uint64), salt, own)
    else:
        # What is neither text nor a plain number (lists, structs, decimals, booleans) is rare: go by its text.
        texts = [None if value is None else str(value) for value in array.to_pylist()]
        _add_column(pa.array(texts, pa.string()), salt, own)
    if array.null_count:
        own[np.asarray(array.is_null())] = 0
    out += own


def _is_text(kind: pa.DataType) -> bool:
    return any(
        test(kind)
        for test in (
            pa.types.is_string,
            pa.types.is_large_string,
            pa.types.is_binary,
            pa.types.is_large_binary,
        )
    )


def _bytes_of(array: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Offsets (n + 1) and bytes of a string or binary array, without copying."""
    wide = pa.types.is_large_string(array.type) or pa.types.is_large_binary(array.type)
    _, offsets, data = array.buffers()
    kind = np.int64 if wide else np.int32
    places = np.frombuffer(offsets, kind, len(array) + 1, array.offset * np.dtype(kind).itemsize)
    run = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)
    return places, run
