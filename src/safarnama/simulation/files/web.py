"""web_events: what the website's tracker collected."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.simulation import identity
from safarnama.simulation.campaigns import ADVERTISEMENTS, COMPARISON_SITE, EMAIL, FIRST_MAILING
from safarnama.simulation.catalogue import SEARCHES, SLUGS
from safarnama.simulation.chance import hashed, picked
from safarnama.simulation.dirt import BOT
from safarnama.simulation.files.batch import Batch, product_ids
from safarnama.simulation.lettering import blanked, chosen, joined
from safarnama.simulation.people import SHARED
from safarnama.simulation.places import CITIES
from safarnama.simulation.touchpoints import (
    ADDRESS_ENTERED,
    CART_ADDED,
    CART_VIEWED,
    CATEGORY_VIEWED,
    CHECKOUT_STARTED,
    DESKTOP_WEB,
    HOME_VIEWED,
    LANDING_VIEWED,
    LOGGED_IN,
    ORDER_PLACED,
    PAYMENT_FAILED,
    PAYMENT_STARTED,
    PLATFORMS,
    POINTS_USED,
    PRODUCT_VIEWED,
    PRODUCTS_COMPARED,
    REVIEWS_READ,
    SEARCH_USED,
    SIGNED_UP,
    TOUCHPOINTS,
    TRACKING_VIEWED,
    WISHLIST_ADDED,
)

_AGENT, _CITY_KNOWN, _CITY_OTHER, _CITY_WHICH = range(6_000, 6_004)
_CITY_FILLED = 0.85
_ELSEWHERE = 0.05  # the network's address points to another city

_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
_APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
_DESKTOP_AGENTS = (
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_APPLE} Version/19.0 Safari/605.1.15",
    f"Mozilla/5.0 (X11; Linux x86_64) {_WEBKIT} Chrome/141.0.0.0 Safari/537.36",
)
_MOBILE_AGENTS = (
    f"Mozilla/5.0 (Linux; Android 15; SM-A556E) {_WEBKIT} Chrome/142.0.0.0 Mobile Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 14; 23106RN0DA) {_WEBKIT} Chrome/140.0.0.0 Mobile Safari/537.36",
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 19_1) {_APPLE} Version/19.1 Mobile/15E148 Safari/604.1",
    f"Mozilla/5.0 (Linux; Android 13; SM-A145F) {_WEBKIT} SamsungBrowser/28.0 Mobile Safari/537.36",
)
_ROBOT_AGENTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "python-requests/2.32.3",
    f"Mozilla/5.0 (X11; Linux x86_64) {_WEBKIT} HeadlessChrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_WEBKIT} Chrome/142.0.0.0 Safari/537.36",
)

# The address of a page: what comes before what it is about, and after.
_PATHS = {
    LANDING_VIEWED: "/l/",
    HOME_VIEWED: "/",
    SEARCH_USED: "/search?q=",
    CATEGORY_VIEWED: "/c/",
    PRODUCT_VIEWED: "/p/",
    REVIEWS_READ: "/p/",
    PRODUCTS_COMPARED: "/compare",
    WISHLIST_ADDED: "/p/",
    SIGNED_UP: "/account/signup",
    LOGGED_IN: "/account/login",
    CART_ADDED: "/p/",
    CART_VIEWED: "/cart",
    CHECKOUT_STARTED: "/checkout",
    ADDRESS_ENTERED: "/checkout/address",
    PAYMENT_STARTED: "/checkout/payment",
    PAYMENT_FAILED: "/checkout/payment/failed",
    ORDER_PLACED: "/checkout/thanks",
    POINTS_USED: "/checkout/points",
    TRACKING_VIEWED: "/account/orders/track",
}
_ABOUT_PRODUCT = (PRODUCT_VIEWED, REVIEWS_READ, WISHLIST_ADDED, CART_ADDED)
_WITH_PRODUCT = (*_ABOUT_PRODUCT, PAYMENT_STARTED, PAYMENT_FAILED, ORDER_PLACED)
_BEFORE = pa.array([_PATHS.get(code, "/") for code in range(len(TOUCHPOINTS))])
_CITY_NAMES = [city.name.en for city in CITIES]


def table(batch: Batch) -> pa.Table:
    events, touch = batch.events, batch.touch
    robot = batch.has(BOT)
    item = events["item"].astype(np.int64)
    source, medium, campaign = _tags(batch)
    ordered = touch == ORDER_PLACED
    return pa.table(
        {
            "event_id": batch.event_ids(),
            "timestamp": batch.timed(pa.array(batch.time, pa.timestamp("us", "UTC"))),
            "anonymous_id": batch.device_ids(),
            "user_id": batch.user_ids((events["known"] == 1) & ~robot),
            "session_id": identity.session_ids(batch.plan, batch.person, events["session"].astype(np.int64)),
            "event": batch.event_names(),
            "page": _pages(touch, item),
            "platform": chosen(PLATFORMS, np.minimum(events["platform"], 1)),
            "utm_source": source,
            "utm_medium": medium,
            "utm_campaign": campaign,
            "city": _cities(batch, robot),
            "product_id": product_ids(item, np.isin(touch, _WITH_PRODUCT) & (item >= 0)),
            "value": pa.array(events["value"], pa.int64(), mask=~ordered),
            "currency": chosen(["IRR"], np.zeros(len(events), np.int64), ~ordered),
            "user_agent": _agents(batch, robot),
        }
    )


def _pages(touch: np.ndarray, item: np.ndarray) -> pa.Array:
    about = np.maximum(item, 0)
    product = joined(chosen(["P"], np.zeros(len(about), np.int64)), pc.cast(pa.array(about + 1000), pa.string()))
    words = pc.if_else(
        pa.array(np.isin(touch, (CATEGORY_VIEWED, LANDING_VIEWED))),
        chosen(SLUGS, about % len(SLUGS)),
        chosen([words.replace(" ", "+") for words in SEARCHES], about % len(SEARCHES)),
    )
    words = pc.if_else(pa.array(np.isin(touch, _ABOUT_PRODUCT)), product, words)
    plain = ~np.isin(touch, (*_ABOUT_PRODUCT, CATEGORY_VIEWED, SEARCH_USED, LANDING_VIEWED))
    words = pc.if_else(pa.array(plain), "", words)
    after = pc.if_else(pa.array(touch == REVIEWS_READ), "/reviews", "")
    return joined(_BEFORE.take(pa.array(touch)), words, after)


def _tags(batch: Batch) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Where the visit came from, on its first page; the three utm columns."""
    campaign = batch.events["campaign"].astype(np.int64)
    shelf = [(ad.source, ad.medium, ad.name) for ad in ADVERTISEMENTS]
    shelf += [
        ("newsletter", "email", sent.name) if sent.channel == EMAIL else ("sms", "sms", sent.name)
        for sent in batch.plan.mailings
    ]
    shelf.append(("price_compare", "referral", None))  # type: ignore[arg-type]
    place = np.where(campaign >= FIRST_MAILING, campaign - FIRST_MAILING + len(ADVERTISEMENTS), campaign)
    place = np.where(campaign == COMPARISON_SITE, len(shelf) - 1, place)
    none = campaign < 0
    source, medium, name = ([words[part] for words in shelf] for part in range(3))
    return chosen(source, place, none), chosen(medium, place, none), chosen(name, place, none)


def _cities(batch: Batch, robot: np.ndarray) -> pa.Array:
    city = batch.people["city"].astype(np.int64)
    other = batch.chance(_CITY_OTHER) < _ELSEWHERE
    anywhere = (batch.chance(_CITY_WHICH) * len(CITIES)).astype(np.int64)
    city = np.where(other, anywhere, city)
    missing = (batch.chance(_CITY_KNOWN) >= _CITY_FILLED) | robot
    return chosen(_CITY_NAMES, city, missing)


def _agents(batch: Batch, robot: np.ndarray) -> pa.Array:
    """The browser of the device; most robots say what they are, one in six does not."""
    device = batch.events["device"].astype(np.int64)
    desktop = batch.events["platform"] == DESKTOP_WEB
    owner = np.where(device == SHARED, batch.person // 2, batch.person)
    draw = picked(hashed(batch.plan.key, _AGENT, owner, device), (0.5, 0.2, 0.2, 0.1))
    shelf = _DESKTOP_AGENTS + _MOBILE_AGENTS + _ROBOT_AGENTS
    place = np.where(desktop, draw, draw + len(_DESKTOP_AGENTS))
    robots = len(_DESKTOP_AGENTS) + len(_MOBILE_AGENTS) + batch.person % len(_ROBOT_AGENTS)
    return blanked(chosen(shelf, np.where(robot, robots, place)), batch.chance(_AGENT) < 0.004)
