"""The people the shop reaches: kind, household, demographics, devices, all from seed and number.

People are numbered from 0. Number 2k and 2k + 1 may live in one household, and some households share a
device. Sixteen neighbours in number are a circle who invite each other, so a chunk of people is whole
circles.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from safarnama.simulation import names
from safarnama.simulation.chance import hashed, picked, unit
from safarnama.simulation.coding import codes
from safarnama.simulation.kinds import (
    INFLUENCER,
    INSTAGRAM,
    KINDS,
    ORGANIC,
    PHONE,
    REFERRAL,
    SEARCH,
    WALK_IN,
)
from safarnama.simulation.places import CITIES
from safarnama.simulation.seasons import DAYS
from safarnama.simulation.touchpoints import ANDROID, DESKTOP_WEB, IOS, MOBILE_WEB

CIRCLE = 16
_Chance = Callable[..., np.ndarray]

# The device slots of a person, and their bits in ``owns`` and ``used``.
DESKTOP, MOBILE, APP_DEVICE, SHARED = codes(4)
CONSENT = ("no", "yes", "")

PERSON = np.dtype(
    [
        ("kind", np.uint8),
        ("city", np.uint8),
        ("woman", np.uint8),
        ("age", np.uint8),
        ("given", np.uint8),
        ("family", np.uint8),
        ("job", np.uint8),
        ("email", np.uint8),  # has an address
        ("spelling", np.uint8),  # how the address is made of the name
        ("consent", np.uint8),
        ("english", np.uint8),
        ("shares", np.uint8),  # the household of the pair has one device for both
        ("together", np.uint8),  # the pair is one household
        ("owns", np.uint8),  # bits of the device slots
        ("app_platform", np.uint8),
        ("shared_platform", np.uint8),
        ("origin", np.uint8),
        ("before", np.uint8),  # was a customer when the year began
        ("reach", np.float32),  # busy days from the start of the year until the shop first reaches them
        ("pace", np.float32),  # how lively they are; the mean is 1, the tail heavy
        # What the walk found out:
        ("joined", np.int64),  # when they became known, microseconds UTC; 0 if they never did
        ("user", np.uint8),  # has a user account
        ("customer", np.uint8),  # has a customer number
        ("used", np.uint8),  # bits of the device slots that left events
        ("left", np.uint8),  # bits of LEFT_…: what else of theirs stands in the files
    ],
    align=True,
)
LEFT_PHONE, LEFT_EMAIL = 1, 2

_SHARES = np.array([kind.share for kind in KINDS])
_PURPOSES = iter(range(100, 200))
(
    _KIND,
    _CITY,
    _TOGETHER,
    _SHARE,
    _SHARED_PLATFORM,
    _WOMAN,
    _AGE,
    _AGE_2,
    _GIVEN,
    _FAMILY,
    _JOB,
    _EMAIL,
    _SPELLING,
    _CONSENT,
    _ENGLISH,
    _OWNS_0,
    _OWNS_1,
    _OWNS_2,
    _IOS,
    _ORIGIN,
    _OTHER_ORIGIN,
    _BEFORE,
    _REACH,
    _PACE,
    _PACE_2,
    _SAME_FAMILY,
) = (next(_PURPOSES) for _ in range(26))


def people(key: int, first: int, last: int, total: int) -> np.ndarray:
    """The people numbered ``first`` up to ``last`` of ``total``, before they have done anything."""
    numbers = np.arange(first, last)
    pairs = numbers // 2

    def chance(purpose: int, of: np.ndarray = numbers) -> np.ndarray:
        return unit(hashed(key, purpose, of))

    found = np.zeros(len(numbers), PERSON)
    kind = picked(hashed(key, _KIND, numbers), _SHARES)
    other = picked(hashed(key, _KIND, numbers ^ 1), _SHARES)
    found["kind"] = kind

    together = (chance(_TOGETHER, pairs) < 0.35) & (pairs * 2 + 1 < total)
    traditional = (kind == 2) | (other == 2)
    shares = together & (chance(_SHARE, pairs) < np.where(traditional, 0.50, 0.30))
    found["together"], found["shares"] = together, shares
    found["shared_platform"] = np.array([DESKTOP_WEB, MOBILE_WEB, ANDROID], np.uint8)[
        picked(hashed(key, _SHARED_PLATFORM, pairs), (0.60, 0.15, 0.25))
    ]

    _give_names(found, key, numbers, pairs, chance)
    _give_devices(found, chance)
    _give_beginnings(found, key, numbers, chance)
    return found


def _per_kind(found: np.ndarray, values: list[float]) -> np.ndarray:
    return np.array(values)[found["kind"]]


def _by_kind(found: np.ndarray, draws: np.ndarray, weights: list) -> np.ndarray:
    """A draw for everybody with the weights of their own kind."""
    drawn = np.zeros(len(found), np.uint8)
    for kind, own in enumerate(weights):
        here = found["kind"] == kind
        drawn[here] = picked(draws[here], own)
    return drawn


def _give_names(found: np.ndarray, key: int, numbers: np.ndarray, pairs: np.ndarray, chance: _Chance) -> None:
    shares = np.array([city.share for city in CITIES])
    big = [shares**kind.city_pull for kind in KINDS]
    household = np.where(found["together"], pairs * 2, numbers)
    found["city"] = _by_kind(found, hashed(key, _CITY, household), big)
    woman = chance(_WOMAN) < _per_kind(found, [kind.women for kind in KINDS])
    found["woman"] = woman
    youngest, usual, oldest = (_per_kind(found, [kind.age[part] for kind in KINDS]) for part in range(3))
    # Triangular, by the two halves on either side of the usual age.
    low = chance(_AGE) < (usual - youngest) / (oldest - youngest)
    spread = np.sqrt(chance(_AGE_2))
    found["age"] = np.where(low, youngest + (usual - youngest) * spread, oldest - (oldest - usual) * spread)
    men = len(names.GIVEN) - names.WOMEN
    found["given"] = np.where(
        woman, (chance(_GIVEN) * names.WOMEN).astype(int), names.WOMEN + (chance(_GIVEN) * men).astype(int)
    )
    kin = np.where(found["together"] & (chance(_SAME_FAMILY, pairs) < 0.6), pairs * 2, numbers)
    found["family"] = (chance(_FAMILY, kin) * len(names.FAMILIES)).astype(int)
    jobs = _per_kind(found, [len(kind.jobs) for kind in KINDS])
    found["job"] = (chance(_JOB) * jobs).astype(int)
    found["email"] = chance(_EMAIL) < _per_kind(found, [kind.email for kind in KINDS])
    found["spelling"] = (chance(_SPELLING) * 12).astype(int)
    agrees = _per_kind(found, [kind.consent for kind in KINDS])
    said = chance(_CONSENT)
    found["consent"] = np.where(said < agrees, 1, np.where(said < agrees + (1 - agrees) * 0.45, 0, 2))
    found["english"] = chance(_ENGLISH) < _per_kind(found, [kind.english for kind in KINDS])


def _give_devices(found: np.ndarray, chance: _Chance) -> None:
    shares = found["shares"] == 1
    owns = np.zeros(len(found), np.uint8)
    for slot, purpose in ((DESKTOP, _OWNS_0), (MOBILE, _OWNS_1), (APP_DEVICE, _OWNS_2)):
        has = chance(purpose) < _per_kind(found, [kind.owns[slot] for kind in KINDS])
        if slot == DESKTOP:
            has &= ~shares  # the family's machine stands in its place
        owns[has] |= np.uint8(1 << slot)
    owns[shares] |= np.uint8(1 << SHARED)
    found["owns"] = np.where(owns == 0, 1 << MOBILE, owns)
    found["app_platform"] = np.where(chance(_IOS) < _per_kind(found, [kind.ios for kind in KINDS]), IOS, ANDROID)


def _give_beginnings(found: np.ndarray, key: int, numbers: np.ndarray, chance: _Chance) -> None:
    origin = _by_kind(found, hashed(key, _ORIGIN, numbers), [kind.origins for kind in KINDS])
    has_store = np.array([city.store >= 0 for city in CITIES])[found["city"]]
    elsewhere = np.where(chance(_OTHER_ORIGIN) < 0.5, PHONE, ORGANIC)
    origin = np.where((origin == WALK_IN) & ~has_store, elsewhere, origin)
    found["origin"] = origin
    # An advertisement opens in a browser.
    browser = found["owns"] & ((1 << DESKTOP) | (1 << MOBILE))
    needs = np.isin(origin, (SEARCH, INSTAGRAM, INFLUENCER)) & (browser == 0)
    found["owns"] |= np.where(needs, 1 << MOBILE, 0).astype(np.uint8)
    before = chance(_BEFORE) < _per_kind(found, [kind.before for kind in KINDS])
    found["before"] = before & (origin != REFERRAL)
    # Who was a customer before comes again soon; the others are reached evenly over the year.
    again = _per_kind(found, [kind.habits.gap_after for kind in KINDS])
    reached = chance(_REACH)
    found["reach"] = np.where(found["before"] == 1, np.minimum(-again * np.log1p(-reached), DAYS), reached * DAYS)
    found["pace"] = _heavy_tailed(chance(_PACE), chance(_PACE_2))


def _heavy_tailed(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Log-normal numbers of mean 1 with a long tail, never far below one half."""
    bell = np.sqrt(-2 * np.log1p(-first)) * np.cos(2 * np.pi * second)
    return np.clip(np.exp(0.65 * bell - 0.211), 0.35, 9.0)
