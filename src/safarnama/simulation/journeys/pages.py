"""Looking at pages: what a page is about, how long a look takes, and what it leads to."""

from __future__ import annotations

import numpy as np

from safarnama.simulation.catalogue import CATEGORIES, PRODUCTS
from safarnama.simulation.chance import normal, step, uniform
from safarnama.simulation.coding import codes
from safarnama.simulation.journeys.tables import REPEAT
from safarnama.simulation.journeys.walker import NOTHING, count, online, trouble_at
from safarnama.simulation.seasons import SECOND
from safarnama.simulation.touchpoints import (
    CATEGORY_VIEWED,
    LANDING_VIEWED,
    LOGGED_IN,
    PRODUCT_VIEWED,
    REVIEWS_READ,
    SEARCH_USED,
    SIGNED_UP,
    WISHLIST_ADDED,
)
from safarnama.simulation.troubles import CONFUSING_PAGE

# What a look at a page leads to: on to the next, out of the visit, the same page again, back to the one
# before.
ON, LEAVES, AGAIN, BACK = codes(4)


@step
def show(w, time, page, item):
    """A page view, with what it is about."""
    if page in (CATEGORY_VIEWED, SEARCH_USED, LANDING_VIEWED):
        return online(w, time, page, item % CATEGORIES)
    if page in (PRODUCT_VIEWED, REVIEWS_READ, WISHLIST_ADDED):
        return online(w, time, page, item)
    return online(w, time, page, NOTHING)


@step
def linger(w, page, time):
    """What the look just taken at ``page`` leads to. A confusing page shows here."""
    base = w.leave[w.kind, page]
    limit, repeats = base, REPEAT
    draw = uniform(w)
    again = uniform(w)
    trouble = trouble_at(w, CONFUSING_PAGE, w.platform, page, time)
    if trouble != NOTHING:
        limit = base + (1.0 - base) * w.troubles[trouble].rate
        repeats += w.troubles[trouble].factor
        if time < w.end:
            count(w, trouble, draw < limit, draw < base, base)
            if base <= draw and (draw < limit or REPEAT <= again < repeats):
                w.log[w.cursor - 1].trouble = trouble
    if draw < limit:
        return LEAVES
    if again < repeats:
        return AGAIN if again < REPEAT + 0.7 * (repeats - REPEAT) else BACK
    return ON


@step
def dwell(w):
    """Microseconds on a page before the next thing is done."""
    seconds = w.habits[w.kind].dwell_seconds * np.exp(0.7 * normal(w))
    return np.int64((1.2 + seconds) * SECOND)


@step
def favourite(w):
    """A product; a few are looked at by many."""
    return int(PRODUCTS * uniform(w) ** 2.2)


@step
def log_in(w, time):
    """Log in to the account they have."""
    w.known = 1
    online(w, time, LOGGED_IN, NOTHING)


@step
def join(w, time):
    """Open an account, here and now."""
    w.known = 1
    if time < w.end:
        w.user = 1
        become_customer(w, time)
    online(w, time, SIGNED_UP, NOTHING)


@step
def become_customer(w, time):
    """Get a number in the customer table, if they have none."""
    if not w.customer and time < w.end:
        w.customer = 1
        w.joined = time
