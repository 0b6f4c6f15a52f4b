"""Planted troubles: drawn by the seed, lived through by the customers, told in the truth folder.

A trouble changes what people do and what happens to them, never the names or labels of events.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from safarnama.core.errors import Mistake, unknown
from safarnama.core.words import Text
from safarnama.simulation.coding import codes
from safarnama.simulation.places import CITIES
from safarnama.simulation.seasons import DAY, DAYS, OFFSET, midnight
from safarnama.simulation.touchpoints import (
    ADDRESS_ENTERED,
    CALL_ABANDONED,
    CALL_ANSWERED,
    CATEGORY_VIEWED,
    CHECKOUT_STARTED,
    ORDER_DELIVERED,
    ORDER_SHIPPED,
    PAYMENT_FAILED,
    PAYMENT_STARTED,
    PLATFORM_TITLES,
    PLATFORMS,
    PRODUCT_VIEWED,
    TOUCHPOINTS,
)

TROUBLE_KINDS = ("payment_gateway", "slow_delivery", "confusing_page", "call_queue")
PAYMENT_GATEWAY, SLOW_DELIVERY, CONFUSING_PAGE, CALL_QUEUE = codes(len(TROUBLE_KINDS))
(EVERYWHERE,) = codes(1, -1)

# What happens anyway, trouble or not.
PAYMENT_FAILS = 0.01
CALL_IS_ABANDONED = 0.04
LATE_FACTOR = 1.5  # a parcel is late when it takes longer than this many times its city's usual days

MEASURES = (
    Text(en="payment attempts that fail", fa="تلاش‌های پرداختِ ناموفق"),
    Text(
        en="parcels on the road for more than 1.5 times the city's usual days",
        fa="مرسوله‌هایی که بیش از ۱٫۵ برابر زمان معمولِ شهر در راه‌اند",
    ),
    Text(en="views of the page that end the visit", fa="بازدیدهایی از صفحه که آخرین گامِ آن نشست‌اند"),
    Text(en="calls given up in the queue", fa="تماس‌هایی که در صف قطع می‌شوند"),
)
_WHEN = Text(en="From {start:date} to {end:date} ", fa="از {start:date} تا {end:date} ")
_HOW_MANY = Text(
    en=" ({rate:percent}; usually {base:percent}), {excess:count} more than usual",
    fa=" ({rate:percent}؛ معمولاً {base:percent})، {excess:count} بیش از معمول",
)
_WHAT = (
    Text(
        en="the payment gateway failed on {where}: {harmed:count} of {exposed:attempts} failed",
        fa="درگاه پرداخت در {where} مشکل داشت: از {exposed:attempts}، {harmed:count} ناموفق بود",
    ),
    Text(
        en="parcels to {where} took {factor:number.1} times as long: {harmed:count} of {exposed:orders} came late",
        fa="مرسوله‌های {where} {factor:number.1} برابرِ معمول در راه ماندند: "
        "از {exposed:orders}، {harmed:count} دیر رسید",
    ),
    Text(
        en="{page} confused people on {where}: {harmed:count} of {exposed:count} views ended the visit",
        fa="صفحه {page} در {where} گیج‌کننده بود: از {exposed:count} بازدید، {harmed:count} به ترک نشست انجامید",
    ),
    Text(
        en="callers waited {factor:number.1} times as long: {harmed:count} of {exposed:count} calls were given up",
        fa="صف مرکز تماس {factor:number.1} برابرِ معمول طول کشید: از {exposed:count} تماس، {harmed:count} در صف قطع شد",
    ),
)
_ALL_PLATFORMS = Text(en="all platforms", fa="همه پلتفرم‌ها")
_UNKNOWN_KIND = Text(en="The trouble", fa="مشکل")

# What the walk knows of a trouble, and what it counts of it. Shares are in millionths, so that counting on
# several threads adds up to exactly the same.
PLANTED = np.dtype(
    [
        ("kind", np.int64),
        ("place", np.int64),  # a platform, a city, or EVERYWHERE
        ("page", np.int64),
        ("start", np.int64),  # microseconds UTC
        ("end", np.int64),
        ("rate", np.float64),  # the share harmed, or for a page the share that it drives away on top
        ("factor", np.float64),  # how much longer; for a page how often people go round
    ]
)
TALLY = np.dtype([("exposed", np.int64), ("harmed", np.int64), ("excess", np.int64), ("base_ppm", np.int64)])


@dataclass(frozen=True, slots=True)
class Trouble:
    """A planted trouble and what it did, counted on the very people of this shop.

    ``base_rate`` is the share harmed had nothing been wrong, ``trouble_rate`` the share that was harmed;
    ``excess`` counts those harmed only because of the trouble. ``measure`` says what the rates are shares
    of. Both days count.
    """

    kind: str
    touchpoints: tuple[str, ...]
    dimension: str | None  # "platform", "city", or None for everywhere
    value: str | None  # as it is written in the files; cities as in orders.csv
    start: date
    end: date
    base_rate: float
    trouble_rate: float
    exposed: int
    excess: int
    factor: float  # how many times as long, where it is about time, else 1
    measure: Text
    sentence: Text


def asked(troubles: int | Sequence[str] | None) -> tuple[int, ...] | int | None:
    """The kinds asked for, or how many, or None to let the seed say. Raises ``Mistake``."""
    if troubles is None:
        return None
    if isinstance(troubles, int) and not isinstance(troubles, bool):
        if not 0 <= troubles <= len(TROUBLE_KINDS):
            raise Mistake(
                Text(
                    en="{seen} troubles cannot be planted; ask for 0 to {most}, or name their kinds",
                    fa="نمی‌توان {seen} مشکل کاشت؛ عددی از ۰ تا {most} یا نام انواع را بدهید",
                ),
                seen=troubles,
                most=len(TROUBLE_KINDS),
            )
        return troubles
    if isinstance(troubles, bool):
        troubles = [str(troubles)]
    kinds = [troubles] if isinstance(troubles, str) else list(troubles)
    for kind in kinds:
        if kind not in TROUBLE_KINDS:
            raise unknown(_UNKNOWN_KIND, str(kind), list(TROUBLE_KINDS))
    if len(set(kinds)) < len(kinds):
        raise Mistake(
            Text(en="A kind of trouble is named twice: {seen}", fa="یک نوع مشکل دو بار آمده است: {seen}"),
            seen=", ".join(kinds),
        )
    return tuple(TROUBLE_KINDS.index(kind) for kind in kinds)


def planted(wanted: tuple[int, ...] | int | None, start: date, key: int) -> np.ndarray:
    """The shop's troubles, their kind, place, time and size drawn by the seed, in order of time.

    Left to the seed, a shop has none to three of them, and about one shop in five has none.
    """
    chance = np.random.default_rng(np.random.SeedSequence([key, 404]))
    often = int(chance.choice(4, p=(0.2, 0.3, 0.3, 0.2)))
    order = [int(kind) for kind in chance.permutation(len(TROUBLE_KINDS))]
    if wanted is None:
        wanted = often
    kinds = tuple(order[:wanted]) if isinstance(wanted, int) else wanted
    drawn = [_drawn(kind, start, np.random.default_rng(np.random.SeedSequence([key, 405, kind]))) for kind in kinds]
    return np.sort(np.array(drawn, PLANTED), order="start")


def told(planted_troubles: np.ndarray, tally: np.ndarray) -> list[Trouble]:
    """The troubles in words and numbers."""
    return [_told(trouble, counts) for trouble, counts in zip(planted_troubles, tally, strict=True)]


def _drawn(kind: int, start: date, chance: np.random.Generator) -> tuple[float, ...]:
    place, page, rate, factor = EVERYWHERE, -1, 0.0, 1.0
    weeks = int(chance.integers(3, 9))
    if kind == PAYMENT_GATEWAY:
        place = int(chance.choice(len(PLATFORMS), p=(0.25, 0.32, 0.28, 0.15)))
        rate = chance.uniform(0.15, 0.45)
    elif kind == SLOW_DELIVERY:
        weeks = int(chance.integers(5, 11))
        reach = np.array([city.share for city in CITIES]) ** 0.9
        place = int(chance.choice(len(CITIES), p=reach / reach.sum()))
        factor = chance.uniform(2.0, 3.5)
    elif kind == CONFUSING_PAGE:
        weeks = int(chance.integers(4, 11))
        page = int(chance.choice((CATEGORY_VIEWED, PRODUCT_VIEWED, CHECKOUT_STARTED, ADDRESS_ENTERED)))
        place = int(chance.choice((EVERYWHERE, *range(len(PLATFORMS))), p=(0.45, 0.13, 0.18, 0.16, 0.08)))
        rate = chance.uniform(0.10, 0.40)
        factor = chance.uniform(0.20, 0.45)
    else:
        rate = chance.uniform(0.25, 0.55)
        factor = chance.uniform(5.0, 10.0)
    # A month at each end stays free of trouble: there is always a before and an after to compare with.
    first = int(chance.integers(30, DAYS - 30 - 7 * weeks))
    begins = midnight(start + timedelta(days=first))
    ends = midnight(start + timedelta(days=first + 7 * weeks))
    return (kind, place, page, begins, ends, rate, factor)


def _told(trouble: np.void, counts: np.void) -> Trouble:
    kind, place = int(trouble["kind"]), int(trouble["place"])
    start, end = _day(int(trouble["start"])), _day(int(trouble["end"]) - 1)
    page = TOUCHPOINTS[trouble["page"]].name
    exposed, harmed, excess = (int(counts[name]) for name in ("exposed", "harmed", "excess"))
    base = float(counts["base_ppm"]) / exposed / 1e6 if exposed else 0.0
    dimension, value, where = None, None, _ALL_PLATFORMS
    if kind == SLOW_DELIVERY:
        dimension, where = "city", CITIES[place].name
        value = where.fa
    elif place != EVERYWHERE:
        dimension, value, where = "platform", PLATFORMS[place], PLATFORM_TITLES[place]
    facts: dict[str, Any] = {
        "start": start,
        "end": end,
        "where": where,
        "page": page,
        "factor": float(trouble["factor"]),
        "exposed": exposed,
        "harmed": harmed,
        "excess": excess,
        "rate": harmed / exposed if exposed else 0.0,
        "base": base,
    }
    touched = (
        (PAYMENT_STARTED, PAYMENT_FAILED),
        (ORDER_SHIPPED, ORDER_DELIVERED),
        (int(trouble["page"]),),
        (CALL_ANSWERED, CALL_ABANDONED),
    )[kind]
    return Trouble(
        kind=TROUBLE_KINDS[kind],
        touchpoints=tuple(TOUCHPOINTS[code].name for code in touched),
        dimension=dimension,
        value=value,
        start=start,
        end=end,
        base_rate=base,
        trouble_rate=facts["rate"],
        exposed=exposed,
        excess=excess,
        factor=float(trouble["factor"]) if kind in (SLOW_DELIVERY, CALL_QUEUE) else 1.0,
        measure=MEASURES[kind],
        sentence=_sentence(kind, facts),
    )


def _day(microseconds: int) -> date:
    return date(1970, 1, 1) + timedelta(days=(microseconds + OFFSET) // DAY)


def _sentence(kind: int, facts: dict[str, Any]) -> Text:
    parts = (_WHEN, _WHAT[kind], _HOW_MANY)
    return Text(
        en="".join(part.say("en", **facts) for part in parts),
        fa="".join(part.say("fa", **facts) for part in parts),
    )
