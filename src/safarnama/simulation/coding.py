"""Whole numbers that stand for things in compiled code."""

from __future__ import annotations

from typing import Any

import numpy as np


def codes(count: int, first: int = 0) -> tuple[Any, ...]:
    """``count`` whole numbers from ``first`` on.

    They are numbers of numpy and not of Python, because numba compiles a copy of a function for every
    Python constant it is called with.
    """
    return tuple(np.arange(first, first + count))
