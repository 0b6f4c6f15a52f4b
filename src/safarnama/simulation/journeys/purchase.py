"""From the cart to an order: checkout, the address, and paying, which may fail."""

from __future__ import annotations

import numpy as np

from safarnama.simulation.chance import normal, step, uniform
from safarnama.simulation.journeys.pages import BACK, LEAVES, ON, dwell, join, linger, log_in
from safarnama.simulation.journeys.walker import MOST_ORDERS, NOTHING, count, online, trouble_at, wish
from safarnama.simulation.seasons import SECOND
from safarnama.simulation.texts.subjects import PAYMENT, UNHAPPY
from safarnama.simulation.touchpoints import (
    ADDRESS_ENTERED,
    CART_VIEWED,
    CHECKOUT_STARTED,
    ORDER_PLACED,
    PAYMENT_FAILED,
    PAYMENT_STARTED,
    POINTS_USED,
    PURCHASE,
)
from safarnama.simulation.troubles import PAYMENT_FAILS, PAYMENT_GATEWAY

_WILL_NOT_JOIN = 0.08  # leave when they are asked for an account
_AT_THE_BANK = 0.015  # leave on the bank's own page, nothing having failed


@step
def basket_value(w):
    """Rial of an order: log-normal around what the kind usually spends, in whole thousands of toman."""
    habits = w.habits[w.kind]
    toman = habits.basket * np.exp(habits.basket_spread * normal(w))
    return np.int64(max(90.0, round(toman / 1000.0))) * 10_000


@step
def check_out(w, time):
    """Go through the checkout as far as paying. (got there, the time then)"""
    if w.orders >= MOST_ORDERS:
        return False, time
    if not w.user:
        if uniform(w) < _WILL_NOT_JOIN:
            return False, time
        join(w, time)
        time += dwell(w)
    elif not w.known:
        log_in(w, time)
        time += dwell(w)
    went_on, time = _pass(w, time, CHECKOUT_STARTED)
    if not went_on:
        return False, time
    went_on, time = _pass(w, time, ADDRESS_ENTERED)
    if not went_on:
        return False, time
    if w.loyal and uniform(w) < w.habits[w.kind].points:
        online(w, time, POINTS_USED, NOTHING)
        time += dwell(w)
    return True, time


@step
def _pass(w, time, page):
    """Get through one page of the checkout; it may take several looks. (got through, the time then)"""
    for _ in range(12):
        online(w, time, page, NOTHING)
        outcome = linger(w, page, time)
        if outcome == LEAVES:
            return False, time
        time += dwell(w)
        if outcome == ON:
            return True, time
        if outcome == BACK:
            online(w, time, CART_VIEWED, NOTHING)
            time += dwell(w)
    return True, time


@step
def pay(w, time, item):
    """Pay, trying again as patience goes. Leaves an order to be fulfilled if it goes through."""
    patience = w.habits[w.kind].patience
    blame = NOTHING
    for failures in range(4):
        online(w, time, PAYMENT_STARTED, item)
        trouble = trouble_at(w, PAYMENT_GATEWAY, w.platform, NOTHING, time)
        limit = PAYMENT_FAILS if trouble == NOTHING else w.troubles[trouble].rate
        draw = uniform(w)
        if trouble != NOTHING and time < w.end:
            count(w, trouble, draw < limit, draw < PAYMENT_FAILS, PAYMENT_FAILS)
        time += np.int64((14.0 + 60.0 * uniform(w)) * SECOND)
        if draw >= limit:
            if uniform(w) < _AT_THE_BANK:
                return time
            w.order_value = basket_value(w)
            place = online(w, time, ORDER_PLACED, item)
            w.log[place].value = w.order_value
            w.log[place].number = w.orders + 1
            w.ordered = 1
            w.order_time = time
            w.order_item = item
            w.order_failures = failures
            w.order_blame = blame
            return time
        place = online(w, time, PAYMENT_FAILED, item)
        if draw >= PAYMENT_FAILS:
            w.log[place].trouble = trouble
            blame = trouble
        time += dwell(w)
        if uniform(w) > patience:
            break
    # Given up. The cart stays; some complain, and the impatient do not come back.
    if uniform(w) < w.habits[w.kind].complains:
        wish(w, time + np.int64(900 * uniform(w) * SECOND), PURCHASE, PAYMENT, UNHAPPY, blame)
    if uniform(w) > 0.4 + 0.6 * patience:
        w.gone = time
    return time
