"""Chance that can be repeated: a stream for the compiled walk, and draws by number for whole arrays.

Every draw about a person comes from (seed, person, purpose) alone. So no result depends on how the people are
cut into chunks, on who is computed first, or on how many threads are at work.
"""

from __future__ import annotations

import numpy as np

from safarnama.core.compiled import compiled

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT = 1.0 / (1 << 53)

# A step of the walk: compiled into the function that calls it, never called from Python and not cached by
# itself.
step = compiled(cache=False, no_cpython_wrapper=True, no_cfunc_wrapper=True, error_model="numpy")


def seed_key(seed: int) -> int:
    """64 well mixed bits of any whole number that is not negative."""
    return int(np.random.SeedSequence(seed).generate_state(1, np.uint64)[0])


def hashed(key: int, purpose: int, *numbers: np.ndarray) -> np.ndarray:
    """One 64-bit draw for each row of ``numbers`` (SplitMix64); ``purpose`` keeps draws about a row apart."""
    state = np.array((key + purpose * 0xD1342543DE82EF95) & 0xFFFFFFFFFFFFFFFF, np.uint64)
    for column in numbers:
        state = _scrambled(np.asarray(column).astype(np.uint64) * _GOLDEN + state)
    return np.asarray(state)


def unit(draws: np.ndarray) -> np.ndarray:
    """64-bit draws as numbers from 0 up to, never reaching, 1."""
    return (draws >> _11).astype(np.float64) * _UNIT


def picked(draws: np.ndarray, weights: np.ndarray | list[float] | tuple[float, ...]) -> np.ndarray:
    """An index for each draw, as often as the weights say."""
    cumulative = np.cumsum(weights)
    places = np.searchsorted(cumulative, unit(draws) * cumulative[-1], side="right")
    return np.minimum(places, len(cumulative) - 1)


def shuffled(numbers: np.ndarray, size: int, key: int) -> np.ndarray:
    """Distinct numbers below ``size`` for distinct numbers below ``size``: unique, though they look drawn."""
    step = int(size * 0.6180339887) + key % 97
    while np.gcd(step, size) != 1:
        step += 1
    return (numbers.astype(np.int64) * step + key % size) % size


def _scrambled(state: np.ndarray) -> np.ndarray:
    state = (state ^ (state >> _30)) * _FIRST
    state = (state ^ (state >> _27)) * _SECOND
    return state ^ (state >> _31)


@step
def uniform(w):
    """The next number of the stream of ``w.luck`` (64 bits of state), from 0 up to, never reaching, 1."""
    w.luck += _GOLDEN
    bits = w.luck
    bits = (bits ^ (bits >> _30)) * _FIRST
    bits = (bits ^ (bits >> _27)) * _SECOND
    bits = bits ^ (bits >> _31)
    return np.float64(bits >> _11) * _UNIT


@step
def exponential(w, mean):
    """A waiting time with that mean."""
    return -mean * np.log(1.0 - uniform(w))


@step
def normal(w):
    """A standard normal number (Box and Muller; one of the pair)."""
    return np.sqrt(-2.0 * np.log(1.0 - uniform(w))) * np.cos(6.283185307179586 * uniform(w))
