"""The kinds of customer as arrays of numbers, the way the compiled walk reads them."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

import numpy as np

from safarnama.simulation.kinds import KINDS, Habits
from safarnama.simulation.places import CITIES
from safarnama.simulation.touchpoints import (
    ADDRESS_ENTERED,
    APP_OPENED,
    CATEGORY_VIEWED,
    CHECKOUT_STARTED,
    HOME_VIEWED,
    LANDING_VIEWED,
    PAGES,
    PRODUCT_VIEWED,
    PRODUCTS_COMPARED,
    REVIEWS_READ,
    SEARCH_USED,
    TOUCHPOINTS,
    WISHLIST_ADDED,
)

# The share of views of a page that end a visit, before habits; other pages never end one by themselves.
_LEAVE = {
    LANDING_VIEWED: 0.22,
    APP_OPENED: 0.05,
    HOME_VIEWED: 0.08,
    SEARCH_USED: 0.06,
    CATEGORY_VIEWED: 0.09,
    PRODUCT_VIEWED: 0.13,
    REVIEWS_READ: 0.08,
    PRODUCTS_COMPARED: 0.07,
    WISHLIST_ADDED: 0.12,
    CHECKOUT_STARTED: 0.09,
    ADDRESS_ENTERED: 0.05,
}
REPEAT = 0.03  # the share of views of any page that people simply load again

HABITS = np.dtype([(field.name, np.float64) for field in fields(Habits)])
CITY = np.dtype([("transit_days", np.float64), ("store", np.int64)])


@cache
def habits_table() -> np.ndarray:
    """One record of habits for each kind."""
    return np.array([tuple(getattr(kind.habits, name) for name in HABITS.names or ()) for kind in KINDS], HABITS)


@cache
def leave_table() -> np.ndarray:
    """The chance that a view ends the visit: kind by touchpoint."""
    table = np.zeros((len(KINDS), len(TOUCHPOINTS)))
    for row, kind in enumerate(KINDS):
        for page, share in _LEAVE.items():
            table[row, page] = share * kind.habits.leaves
    return table


@cache
def page_table() -> np.ndarray:
    """Cumulative chances of the next page: kind by page by next page, in the order of ``PAGES``."""
    table = np.zeros((len(KINDS), len(PAGES), len(PAGES)))
    for row, kind in enumerate(KINDS):
        for page, followers in kind.pages.items():
            for follower, weight in followers.items():
                table[row, page - PAGES[0], follower - PAGES[0]] = weight
    table = np.cumsum(table, axis=2)
    return table / table[:, :, -1:]


@cache
def city_table() -> np.ndarray:
    """Days on the road and the store of each city."""
    return np.array([(city.transit_days, city.store) for city in CITIES], CITY)
