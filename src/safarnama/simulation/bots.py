"""Robots among the visitors of the website: few, tireless, and faster than hands."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from safarnama.simulation.catalogue import CATEGORIES, PRODUCTS
from safarnama.simulation.dirt import BOT
from safarnama.simulation.journeys.walker import EVENT, NOTHING
from safarnama.simulation.people import DESKTOP
from safarnama.simulation.plan import Plan
from safarnama.simulation.seasons import DAY, DAYS, SECOND
from safarnama.simulation.touchpoints import (
    CATEGORY_VIEWED,
    DESKTOP_WEB,
    EVALUATION,
    HOME_VIEWED,
    PRODUCT_VIEWED,
    SEARCH_USED,
)

_SHARE = 0.031  # of the events of the website, robots included
_VIEWS = 420  # of one robot; of very many events each takes more, so that there are never too many robots
_MOST_ROBOTS = 400
_CRAWL = 140  # views in one go

_PAGES = np.array([PRODUCT_VIEWED, CATEGORY_VIEWED, SEARCH_USED, HOME_VIEWED])
_PAGE_SHARES = (0.80, 0.15, 0.03, 0.02)


def robots(plan: Plan, web_events: int) -> Iterator[np.ndarray]:
    """The events of each robot beside that many events of people. Robots are numbered after the customers."""
    wanted = int(web_events * _SHARE / (1 - _SHARE))
    count = min(_MOST_ROBOTS, max(1, round(wanted / _VIEWS))) if wanted >= 60 else 0
    shares = np.diff(np.linspace(0, wanted, count + 1).astype(np.int64))
    for number, views in enumerate(shares):
        yield _crawl(plan, number, int(views))


def _crawl(plan: Plan, number: int, views: int) -> np.ndarray:
    chance = np.random.default_rng(np.random.SeedSequence([plan.key, 777, number]))
    views = min(views, 60_000)  # a serial is 16 bits
    goes = max(1, round(views / _CRAWL))
    starts = np.sort(chance.uniform(0.0, DAYS - 0.2, goes))
    go = np.sort(chance.integers(0, goes, views))
    pauses = chance.exponential(0.45, views) + 0.12
    passed = np.cumsum(pauses)
    first = np.searchsorted(go, go)
    events = np.zeros(views, EVENT)
    events["time"] = (
        plan.begin + (starts[go] * DAY).astype(np.int64) + ((passed - passed[first]) * SECOND).astype(np.int64)
    )
    events = events[events["time"] < plan.end] if views else events
    views, go = len(events), go[: len(events)]
    events["arrival"] = events["time"]
    events["person"] = plan.customers + number
    events["serial"] = np.arange(views)
    events["session"] = go
    events["touch"] = chance.choice(_PAGES, views, p=_PAGE_SHARES)
    items = np.where(events["touch"] == PRODUCT_VIEWED, chance.integers(0, PRODUCTS, views), 0)
    items = np.where(
        np.isin(events["touch"], (CATEGORY_VIEWED, SEARCH_USED)), chance.integers(0, CATEGORIES, views), items
    )
    events["item"] = np.where(events["touch"] == HOME_VIEWED, NOTHING, items)
    events["stage"] = EVALUATION
    events["device"] = DESKTOP
    events["platform"] = DESKTOP_WEB
    for field in ("number", "campaign", "subject", "score", "trouble"):
        events[field] = NOTHING
    events["flags"] = BOT
    return events
