"""The touchpoints of the shop: their names in the files, the stage they serve, the file they land in.

Codes are whole numbers that the compiled walk can hold; ``TOUCHPOINTS[code]`` says what a code means.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from safarnama.core.words import Text
from safarnama.simulation.coding import codes

STAGES = ("awareness", "evaluation", "purchase", "delivery", "loyalty")
AWARENESS, EVALUATION, PURCHASE, DELIVERY, LOYALTY = codes(len(STAGES))
STAGE_TITLES = (
    Text(en="awareness", fa="آگاهی"),
    Text(en="evaluation", fa="ارزیابی"),
    Text(en="purchase", fa="خرید"),
    Text(en="delivery", fa="دریافت"),
    Text(en="loyalty", fa="وفاداری"),
)

PLATFORMS = ("desktop_web", "mobile_web", "android", "ios")
DESKTOP_WEB, MOBILE_WEB, ANDROID, IOS = codes(len(PLATFORMS))
PLATFORM_TITLES = (
    Text(en="the desktop website", fa="وب‌سایت دسکتاپ"),
    Text(en="the mobile website", fa="وب‌سایت موبایل"),
    Text(en="the Android app", fa="اپلیکیشن اندروید"),
    Text(en="the iPhone app", fa="اپلیکیشن آیفون"),
)

# The files that hold events, in the order a person would import them.
EVENT_FILES = (
    "web_events",
    "app_events",
    "orders",
    "messages",
    "calls",
    "chats",
    "store",
    "reviews",
    "surveys",
    "referrals",
    "ads",
)
WEB, APP, ORDERS, MESSAGES, CALLS, CHATS, STORE, REVIEWS, SURVEYS, REFERRALS, ADS = codes(len(EVENT_FILES))
ONLINE = WEB  # website and app share touchpoints; the platform of the device decides which file it is


class Touchpoint(NamedTuple):
    """One named kind of interaction, the stage it serves unless a contact says otherwise, and its file."""

    name: str
    stage: int
    file: int


TOUCHPOINTS = (
    Touchpoint("ad_clicked", AWARENESS, ADS),
    Touchpoint("landing_viewed", AWARENESS, ONLINE),
    Touchpoint("app_opened", EVALUATION, ONLINE),
    Touchpoint("home_viewed", EVALUATION, ONLINE),
    Touchpoint("search_used", EVALUATION, ONLINE),
    Touchpoint("category_viewed", EVALUATION, ONLINE),
    Touchpoint("product_viewed", EVALUATION, ONLINE),
    Touchpoint("reviews_read", EVALUATION, ONLINE),
    Touchpoint("products_compared", EVALUATION, ONLINE),
    Touchpoint("wishlist_added", EVALUATION, ONLINE),
    Touchpoint("signed_up", EVALUATION, ONLINE),
    Touchpoint("logged_in", EVALUATION, ONLINE),
    Touchpoint("cart_added", PURCHASE, ONLINE),
    Touchpoint("cart_viewed", PURCHASE, ONLINE),
    Touchpoint("checkout_started", PURCHASE, ONLINE),
    Touchpoint("address_entered", PURCHASE, ONLINE),
    Touchpoint("payment_started", PURCHASE, ONLINE),
    Touchpoint("payment_failed", PURCHASE, ONLINE),
    Touchpoint("order_placed", PURCHASE, ONLINE),
    Touchpoint("points_used", LOYALTY, ONLINE),
    Touchpoint("tracking_viewed", DELIVERY, ONLINE),
    Touchpoint("order_confirmed", PURCHASE, ORDERS),
    Touchpoint("order_shipped", DELIVERY, ORDERS),
    Touchpoint("order_delivered", DELIVERY, ORDERS),
    Touchpoint("return_requested", DELIVERY, ORDERS),
    Touchpoint("refund_paid", DELIVERY, ORDERS),
    Touchpoint("message_sent", LOYALTY, MESSAGES),
    Touchpoint("message_opened", LOYALTY, MESSAGES),
    Touchpoint("message_clicked", LOYALTY, MESSAGES),
    Touchpoint("call_answered", EVALUATION, CALLS),
    Touchpoint("call_abandoned", EVALUATION, CALLS),
    Touchpoint("call_back", EVALUATION, CALLS),
    Touchpoint("chat_started", EVALUATION, CHATS),
    Touchpoint("chat_ended", EVALUATION, CHATS),
    Touchpoint("store_visit", EVALUATION, STORE),
    Touchpoint("store_purchase", PURCHASE, STORE),
    Touchpoint("review_written", LOYALTY, REVIEWS),
    Touchpoint("nps_answered", LOYALTY, SURVEYS),
    Touchpoint("csat_answered", DELIVERY, SURVEYS),
    Touchpoint("ces_answered", DELIVERY, SURVEYS),
    Touchpoint("referral_sent", LOYALTY, REFERRALS),
    Touchpoint("referral_joined", AWARENESS, REFERRALS),
)
(
    AD_CLICKED,
    LANDING_VIEWED,
    APP_OPENED,
    HOME_VIEWED,
    SEARCH_USED,
    CATEGORY_VIEWED,
    PRODUCT_VIEWED,
    REVIEWS_READ,
    PRODUCTS_COMPARED,
    WISHLIST_ADDED,
    SIGNED_UP,
    LOGGED_IN,
    CART_ADDED,
    CART_VIEWED,
    CHECKOUT_STARTED,
    ADDRESS_ENTERED,
    PAYMENT_STARTED,
    PAYMENT_FAILED,
    ORDER_PLACED,
    POINTS_USED,
    TRACKING_VIEWED,
    ORDER_CONFIRMED,
    ORDER_SHIPPED,
    ORDER_DELIVERED,
    RETURN_REQUESTED,
    REFUND_PAID,
    MESSAGE_SENT,
    MESSAGE_OPENED,
    MESSAGE_CLICKED,
    CALL_ANSWERED,
    CALL_ABANDONED,
    CALL_BACK,
    CHAT_STARTED,
    CHAT_ENDED,
    STORE_VISIT,
    STORE_PURCHASE,
    REVIEW_WRITTEN,
    NPS_ANSWERED,
    CSAT_ANSWERED,
    CES_ANSWERED,
    REFERRAL_SENT,
    REFERRAL_JOINED,
) = codes(len(TOUCHPOINTS))

# The pages among which a visitor wanders; kinds.py says how often one leads to another.
PAGES = codes(int(WISHLIST_ADDED - HOME_VIEWED) + 1, int(HOME_VIEWED))

_FILE_OF = np.array([touchpoint.file for touchpoint in TOUCHPOINTS], np.uint8)
STAGE_OF = np.array([touchpoint.stage for touchpoint in TOUCHPOINTS], np.uint8)


def file_of(events: np.ndarray) -> np.ndarray:
    """The event file (an index of ``EVENT_FILES``) that each event lands in."""
    files = _FILE_OF[events["touch"]]
    return np.where((files == ONLINE) & (events["platform"] >= ANDROID), APP, files).astype(np.uint8)
