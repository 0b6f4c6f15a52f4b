"""Scores as columns: each in thousandths beside the ends of its scale, and the instrument it was asked with."""

from __future__ import annotations

import numpy as np
import pyarrow as pa


def scored(
    answers: np.ndarray, given: np.ndarray, low: np.ndarray, high: np.ndarray, instruments: np.ndarray, words: list[str]
) -> dict[str, pa.Array]:
    """The columns of ``answers`` (n,), null where none was ``given``; ``instruments`` are places among ``words``."""
    mask = ~given
    return {
        "score": pa.array(np.rint(answers * 1000).astype(np.int32), mask=mask),
        "scale_low": pa.array(np.rint(low * 1000).astype(np.int32), mask=mask),
        "scale_high": pa.array(np.rint(high * 1000).astype(np.int32), mask=mask),
        "instrument": pa.DictionaryArray.from_arrays(pa.array(instruments, mask=mask), pa.array(words, pa.string())),
    }
