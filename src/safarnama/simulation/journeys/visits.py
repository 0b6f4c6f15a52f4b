"""A visit to the website or the app: pages, loops back, the cart, and leaving."""

from __future__ import annotations

import numpy as np

from safarnama.simulation.campaigns import FIRST_MAILING
from safarnama.simulation.chance import step, uniform
from safarnama.simulation.journeys.pages import (
    AGAIN,
    BACK,
    LEAVES,
    ON,
    dwell,
    favourite,
    join,
    linger,
    log_in,
    show,
)
from safarnama.simulation.journeys.walker import NO, NOTHING, YES, choose_device, online, put_down
from safarnama.simulation.seasons import SECOND
from safarnama.simulation.touchpoints import (
    AD_CLICKED,
    ANDROID,
    APP_OPENED,
    CART_ADDED,
    CART_VIEWED,
    CATEGORY_VIEWED,
    HOME_VIEWED,
    LANDING_VIEWED,
    PRODUCT_VIEWED,
    REFERRAL_JOINED,
)

_MOST_PAGES = 70
_LOG_IN = 0.30  # of the visits of people with an account; some leave before they do


@step
def visit(w, time, campaign):
    """One visit from ``time`` on, through an advertisement or mailing or by oneself (NOTHING).

    Returns the product they want to check out with at the end of it, or NOTHING.
    """
    habits = w.habits[w.kind]
    if not choose_device(w, NOTHING < campaign < FIRST_MAILING):
        choose_device(w, NO)
        campaign = NOTHING
    w.session += 1
    w.visits += 1
    logs_in_at = int(5.0 * uniform(w) ** 3) if w.user and uniform(w) < _LOG_IN else NOTHING
    joins_at = 2 + int(4.0 * uniform(w)) if not w.user and uniform(w) < 1.5 * habits.joins else NOTHING
    item = favourite(w)
    time, page = _arrive(w, time, campaign, item)
    at_cart = w.cart != NOTHING and uniform(w) < 0.45
    if at_cart:
        item = w.cart  # back for what was left in the cart
    buys = False
    for look in range(_MOST_PAGES):
        sure = at_cart or (look == logs_in_at and page <= HOME_VIEWED)
        outcome = ON if sure else linger(w, page, time)
        if outcome == LEAVES:
            break
        time += dwell(w)
        if outcome in (AGAIN, BACK):
            if outcome == BACK and page != HOME_VIEWED:
                # Lost: back to where one came from, and in again.
                show(w, time, CATEGORY_VIEWED if page == PRODUCT_VIEWED else HOME_VIEWED, item)
                time += dwell(w)
            show(w, time, page, item)
            continue
        if NOTHING < logs_in_at <= look and not w.known:
            log_in(w, time)
            time += dwell(w)
        if joins_at == look and not w.user:
            join(w, time)
            time += dwell(w)
        if at_cart:
            online(w, time, CART_VIEWED, NOTHING)
            time += dwell(w)
            buys = uniform(w) < habits.checkout
            break
        if page == PRODUCT_VIEWED and uniform(w) < _cart_chance(w):
            online(w, time, CART_ADDED, item)
            w.cart = item
            time += dwell(w)
            if uniform(w) < habits.to_cart:
                online(w, time, CART_VIEWED, NOTHING)
                time += dwell(w)
                buys = uniform(w) < habits.checkout
                break
        page = _next_page(w, page)
        if page == PRODUCT_VIEWED and uniform(w) < 0.75:
            item = favourite(w)
        show(w, time, page, item)
    w.busy = max(w.busy, time)
    return item if buys else NOTHING


@step
def accept(w, time, inviter):
    """Follow a friend's invitation and open an account."""
    if not choose_device(w, YES):
        choose_device(w, NO)
    w.session += 1
    w.visits += 1
    show(w, time, LANDING_VIEWED if w.platform < ANDROID else APP_OPENED, favourite(w))
    time += dwell(w)
    if not w.user:
        join(w, time)
    place = online(w, time + 2 * SECOND, REFERRAL_JOINED, inviter)
    w.log[place].campaign = NOTHING
    w.busy = max(w.busy, time)
    put_down(w)


@step
def _arrive(w, time, campaign, item):
    if NOTHING < campaign < FIRST_MAILING:
        place = online(w, time, AD_CLICKED, NOTHING)
        w.log[place].campaign = campaign
        time += np.int64((1.5 + 5.0 * uniform(w)) * SECOND)
        page = LANDING_VIEWED
    elif w.platform >= ANDROID:
        page = APP_OPENED
    else:
        draw = uniform(w)
        page = HOME_VIEWED if draw < 0.62 else CATEGORY_VIEWED if draw < 0.8 else PRODUCT_VIEWED
    place = show(w, time, page, item)
    w.log[place].campaign = campaign
    return time, page


@step
def _next_page(w, page):
    row = page if page >= HOME_VIEWED else HOME_VIEWED
    draw = uniform(w)
    chances = w.pages[w.kind, row - HOME_VIEWED]
    for index in range(len(chances)):
        if draw < chances[index]:
            return HOME_VIEWED + index
    return PRODUCT_VIEWED


@step
def _cart_chance(w):
    sure = 1.6 if w.loyal else min(1.0, 0.55 + 0.15 * w.visits)
    return w.habits[w.kind].cart * sure
