"""Advertisements that run all year, and the messages the shop sends on certain days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from safarnama.core.words.calendar import to_jalali
from safarnama.simulation.chance import hashed, unit
from safarnama.simulation.coding import codes
from safarnama.simulation.kinds import INFLUENCER, INSTAGRAM, SEARCH
from safarnama.simulation.seasons import DAYS, HOUR, midnight

SMS, EMAIL = codes(2)

# The numbers of campaigns: advertisements come first, then mailings, then visits sent by a comparison site.
(FIRST_MAILING,) = codes(1, 100)
(COMPARISON_SITE,) = codes(1, 1_000)


class Advertisement(NamedTuple):
    """A paid campaign: its channel (an origin), name, how its visits are tagged, and rial a click."""

    origin: int
    channel: str
    name: str
    source: str
    medium: str
    click_rial: int


class Mailing(NamedTuple):
    """A message sent to many on one day; ``time`` in microseconds UTC."""

    name: str
    channel: int
    time: int


ADVERTISEMENTS = (
    Advertisement(SEARCH, "search", "search_brand", "google", "cpc", 38_000),
    Advertisement(SEARCH, "search", "search_category", "google", "cpc", 92_000),
    Advertisement(SEARCH, "search", "search_rivals", "google", "cpc", 120_000),
    Advertisement(INSTAGRAM, "instagram", "insta_stories", "instagram", "paid_social", 54_000),
    Advertisement(INSTAGRAM, "instagram", "insta_reels", "instagram", "paid_social", 47_000),
    Advertisement(INSTAGRAM, "instagram", "insta_retargeting", "instagram", "paid_social", 68_000),
    Advertisement(INFLUENCER, "influencer", "influencer_negar", "instagram", "influencer", 105_000),
    Advertisement(INFLUENCER, "influencer", "influencer_pouya", "instagram", "influencer", 88_000),
    Advertisement(INFLUENCER, "influencer", "influencer_mahsa", "youtube", "influencer", 140_000),
)
MESSAGE_RIAL = {SMS: 2_200, EMAIL: 180}
MAILING_DTYPE = np.dtype([("time", np.int64), ("channel", np.int64)])
_PURPOSE = 9_001


def mailings(start: date, key: int) -> tuple[Mailing, ...]:
    """The year's mailings in order of time: two newsletters and a text a month, and the occasions."""
    found: list[Mailing] = []
    for day in range(DAYS):
        today = start + timedelta(days=day)
        year, month, number = to_jalali(today)
        for when, stem, channel in (
            (3, "newsletter", EMAIL),
            (17, "picks", EMAIL),
            (11, "offers", SMS),
        ):
            if number == when:
                found.append(_mailing(f"{stem}_{year}_{month:02d}", channel, today, key))
        for occasion, here in (
            ("yalda", (month, number) == (9, 24)),
            ("nowruz", (month, number) == (12, 10)),
            ("november_sale", (today.month, today.day) == (11, 14)),
        ):
            if here:
                found += [_mailing(f"{occasion}_{year}", channel, today, key) for channel in (SMS, EMAIL)]
    return tuple(sorted(found, key=lambda mailing: (mailing.time, mailing.name, mailing.channel)))


def mailing_table(sent: tuple[Mailing, ...]) -> np.ndarray:
    """The mailings as the walk reads them."""
    return np.array([(mailing.time, mailing.channel) for mailing in sent], MAILING_DTYPE)


def _mailing(name: str, channel: int, day: date, key: int) -> Mailing:
    hour = 10 + 8 * float(unit(hashed(key, _PURPOSE, np.array([day.toordinal() * 2 + channel])))[0])
    return Mailing(name, channel, midnight(day) + int(hour * HOUR))
