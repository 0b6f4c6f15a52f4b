"""The four kinds of customer: who they are, what they need, and their habits in numbers.

Everything that tells one kind from another stands here as data; the walk of journeys/ knows no kind by name.
"""

from __future__ import annotations

from dataclasses import dataclass

from safarnama.core.words import Text
from safarnama.simulation.coding import codes
from safarnama.simulation.touchpoints import (
    CATEGORY_VIEWED,
    HOME_VIEWED,
    PRODUCT_VIEWED,
    PRODUCTS_COMPARED,
    REVIEWS_READ,
    SEARCH_USED,
    WISHLIST_ADDED,
)

# Where a customer first hears of the shop.
ORIGINS = ("search", "instagram", "influencer", "organic", "comparison", "referral", "store", "phone")
SEARCH, INSTAGRAM, INFLUENCER, ORGANIC, COMPARISON, REFERRAL, WALK_IN, PHONE = codes(len(ORIGINS))


@dataclass(frozen=True, slots=True)
class Habits:
    """How one kind behaves. Chances are from 0 to 1, gaps in days, money in toman."""

    back: float  # another visit before the first order
    gap_before: float  # mean days between visits before the first order
    again: float  # another visit once they have ordered
    gap_after: float
    dwell_seconds: float  # median time on a page
    leaves: float  # how readily they leave a page, against the page's own rate
    cart: float  # a viewed product goes into the cart
    to_cart: float  # then they look at the cart at once
    checkout: float  # and from the cart to checkout
    patience: float  # try again after a failure
    basket: float  # median order, toman
    basket_spread: float  # standard deviation of its logarithm
    joins: float  # sign up on a visit without being made to
    asks: float  # a question before buying, a visit
    by_phone: float  # contacts by telephone, not chat
    phone_order: float  # an answered question ends in an order by telephone
    store_trip: float  # an occasion is a walk to a store, where the city has one
    store_buys: float  # and ends in a purchase
    tracks: float  # mean looks at the parcel, an order
    complains: float  # get in touch when something is wrong
    returns: float
    answers: float  # answer a survey
    reviews: float  # write a review, an order
    refers: float  # invite somebody, an order
    opens: float  # open an e-mail
    clicks: float  # click an opened e-mail; half as often a text message
    warmth: float  # general good will, in points of a 1 to 5 score
    ad_again: float  # a later visit comes through an advertisement
    points: float  # pay partly with club points
    desktop: float  # weight of the desktop among the devices they own
    mobile: float
    app: float


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of customer: words for people, then demographics, then habits."""

    name: str
    title: Text
    needs: Text
    share: float
    women: float
    age: tuple[int, int, int]  # youngest, usual, oldest
    jobs: tuple[str, ...]
    city_pull: float  # above 1: more of them in the big cities
    owns: tuple[float, float, float]  # a desktop, a phone browser, the app
    ios: float  # of those with the app
    email: float  # left an e-mail address
    consent: float  # said yes to messages
    english: float  # write in English
    before: float  # already customers when the year begins
    origins: tuple[float, ...]  # weights of ORIGINS
    pages: dict[int, dict[int, float]]  # from a page, how often to which
    habits: Habits


KINDS = (
    Kind(
        name="careful_researcher",
        title=Text(en="Careful researcher", fa="پژوهشگر محتاط"),
        needs=Text(
            en="be sure before paying: full facts, honest reviews, a fair price",
            fa="اطمینان پیش از پرداخت: اطلاعات کامل، نظر واقعی خریداران، قیمت منصفانه",
        ),
        share=0.27,
        women=0.42,
        age=(24, 36, 60),
        jobs=("مهندس", "کارمند", "استاد دانشگاه", "حسابدار", "پزشک", "برنامه‌نویس", "کارشناس", "وکیل"),
        city_pull=1.15,
        owns=(0.92, 0.55, 0.10),
        ios=0.35,
        email=0.85,
        consent=0.55,
        english=0.20,
        before=0.22,
        origins=(0.36, 0.05, 0.04, 0.25, 0.25, 0.05, 0.0, 0.0),
        pages={
            HOME_VIEWED: {SEARCH_USED: 0.42, CATEGORY_VIEWED: 0.48, PRODUCT_VIEWED: 0.10},
            SEARCH_USED: {SEARCH_USED: 0.12, CATEGORY_VIEWED: 0.18, PRODUCT_VIEWED: 0.70},
            CATEGORY_VIEWED: {
                CATEGORY_VIEWED: 0.14,
                SEARCH_USED: 0.10,
                PRODUCT_VIEWED: 0.72,
                HOME_VIEWED: 0.04,
            },
            PRODUCT_VIEWED: {
                PRODUCT_VIEWED: 0.16,
                CATEGORY_VIEWED: 0.18,
                REVIEWS_READ: 0.34,
                PRODUCTS_COMPARED: 0.18,
                WISHLIST_ADDED: 0.05,
                SEARCH_USED: 0.09,
            },
            REVIEWS_READ: {PRODUCT_VIEWED: 0.50, PRODUCTS_COMPARED: 0.25, CATEGORY_VIEWED: 0.25},
            PRODUCTS_COMPARED: {PRODUCT_VIEWED: 0.66, REVIEWS_READ: 0.14, CATEGORY_VIEWED: 0.20},
            WISHLIST_ADDED: {PRODUCT_VIEWED: 0.45, CATEGORY_VIEWED: 0.55},
        },
        habits=Habits(
            back=0.70,
            gap_before=7.0,
            again=0.78,
            gap_after=34.0,
            dwell_seconds=38.0,
            leaves=0.85,
            cart=0.085,
            to_cart=0.70,
            checkout=0.62,
            patience=0.80,
            basket=5_600_000.0,
            basket_spread=0.55,
            joins=0.10,
            asks=0.07,
            by_phone=0.3,
            phone_order=0.04,
            store_trip=0.03,
            store_buys=0.25,
            tracks=1.1,
            complains=0.40,
            returns=0.05,
            answers=0.34,
            reviews=0.16,
            refers=0.04,
            opens=0.34,
            clicks=0.20,
            warmth=-0.05,
            ad_again=0.10,
            points=0.08,
            desktop=0.70,
            mobile=0.22,
            app=0.08,
        ),
    ),
    Kind(
        name="hurried_app_user",
        title=Text(en="Hurried app user", fa="کاربر عجول اپلیکیشن"),
        needs=Text(
            en="buy in two minutes on the phone and have it fast",
            fa="خرید دودقیقه‌ای با موبایل و تحویل سریع",
        ),
        share=0.31,
        women=0.58,
        age=(16, 24, 38),
        jobs=("دانشجو", "دانش‌آموز", "فریلنسر", "طراح", "فروشنده", "باریستا", "آرایشگر", "کارمند"),
        city_pull=1.10,
        owns=(0.08, 0.75, 0.88),
        ios=0.34,
        email=0.45,
        consent=0.60,
        english=0.12,
        before=0.18,
        origins=(0.06, 0.44, 0.20, 0.16, 0.03, 0.11, 0.0, 0.0),
        pages={
            HOME_VIEWED: {SEARCH_USED: 0.30, CATEGORY_VIEWED: 0.36, PRODUCT_VIEWED: 0.34},
            SEARCH_USED: {SEARCH_USED: 0.08, CATEGORY_VIEWED: 0.10, PRODUCT_VIEWED: 0.82},
            CATEGORY_VIEWED: {CATEGORY_VIEWED: 0.12, SEARCH_USED: 0.08, PRODUCT_VIEWED: 0.80},
            PRODUCT_VIEWED: {
                PRODUCT_VIEWED: 0.42,
                CATEGORY_VIEWED: 0.24,
                REVIEWS_READ: 0.08,
                WISHLIST_ADDED: 0.14,
                SEARCH_USED: 0.12,
            },
            REVIEWS_READ: {PRODUCT_VIEWED: 0.75, CATEGORY_VIEWED: 0.25},
            PRODUCTS_COMPARED: {PRODUCT_VIEWED: 1.0},
            WISHLIST_ADDED: {PRODUCT_VIEWED: 0.60, CATEGORY_VIEWED: 0.40},
        },
        habits=Habits(
            back=0.66,
            gap_before=5.0,
            again=0.9,
            gap_after=14.0,
            dwell_seconds=11.0,
            leaves=1.45,
            cart=0.18,
            to_cart=0.80,
            checkout=0.72,
            patience=0.35,
            basket=780_000.0,
            basket_spread=0.50,
            joins=0.16,
            asks=0.05,
            by_phone=0.06,
            phone_order=0.0,
            store_trip=0.01,
            store_buys=0.30,
            tracks=1.4,
            complains=0.45,
            returns=0.07,
            answers=0.16,
            reviews=0.07,
            refers=0.06,
            opens=0.14,
            clicks=0.14,
            warmth=0.0,
            ad_again=0.14,
            points=0.10,
            desktop=0.04,
            mobile=0.16,
            app=0.8,
        ),
    ),
    Kind(
        name="family_buyer",
        title=Text(en="Traditional family buyer", fa="خریدار سنتی خانواده"),
        needs=Text(
            en="somebody to talk to, goods that last, no surprises for the household",
            fa="کسی که پاسخگو باشد، جنس بادوام، بی‌دردسر برای خانواده",
        ),
        share=0.24,
        women=0.55,
        age=(34, 50, 74),
        jobs=("خانه‌دار", "بازنشسته", "معلم", "کاسب", "راننده", "کارمند", "پرستار", "کشاورز"),
        city_pull=0.85,
        owns=(0.34, 0.62, 0.12),
        ios=0.10,
        email=0.25,
        consent=0.65,
        english=0.01,
        before=0.26,
        origins=(0.18, 0.06, 0.03, 0.20, 0.04, 0.09, 0.20, 0.20),
        pages={
            HOME_VIEWED: {SEARCH_USED: 0.18, CATEGORY_VIEWED: 0.70, PRODUCT_VIEWED: 0.12},
            SEARCH_USED: {SEARCH_USED: 0.22, CATEGORY_VIEWED: 0.22, PRODUCT_VIEWED: 0.56},
            CATEGORY_VIEWED: {
                CATEGORY_VIEWED: 0.20,
                SEARCH_USED: 0.06,
                PRODUCT_VIEWED: 0.64,
                HOME_VIEWED: 0.10,
            },
            PRODUCT_VIEWED: {
                PRODUCT_VIEWED: 0.30,
                CATEGORY_VIEWED: 0.40,
                REVIEWS_READ: 0.16,
                WISHLIST_ADDED: 0.02,
                SEARCH_USED: 0.12,
            },
            REVIEWS_READ: {PRODUCT_VIEWED: 0.70, CATEGORY_VIEWED: 0.30},
            PRODUCTS_COMPARED: {PRODUCT_VIEWED: 1.0},
            WISHLIST_ADDED: {PRODUCT_VIEWED: 0.50, CATEGORY_VIEWED: 0.50},
        },
        habits=Habits(
            back=0.66,
            gap_before=10.0,
            again=0.82,
            gap_after=30.0,
            dwell_seconds=46.0,
            leaves=1.10,
            cart=0.12,
            to_cart=0.70,
            checkout=0.62,
            patience=0.60,
            basket=1_900_000.0,
            basket_spread=0.50,
            joins=0.07,
            asks=0.2,
            by_phone=0.92,
            phone_order=0.30,
            store_trip=0.30,
            store_buys=0.48,
            tracks=0.5,
            complains=0.65,
            returns=0.04,
            answers=0.16,
            reviews=0.03,
            refers=0.05,
            opens=0.12,
            clicks=0.22,
            warmth=0.05,
            ad_again=0.05,
            points=0.04,
            desktop=0.35,
            mobile=0.55,
            app=0.10,
        ),
    ),
    Kind(
        name="loyal_enthusiast",
        title=Text(en="Loyal enthusiast", fa="هوادار وفادار"),
        needs=Text(
            en="the newest things first, to be known and thanked, something worth telling friends",
            fa="دسترسی زودتر به تازه‌ها، قدردانی از مشتری قدیمی، چیزی که به دوستان معرفی کند",
        ),
        share=0.18,
        women=0.64,
        age=(22, 33, 55),
        jobs=("مدیر", "پزشک", "عکاس", "معمار", "برنامه‌نویس", "مترجم", "کارمند", "داروساز"),
        city_pull=1.25,
        owns=(0.55, 0.60, 0.62),
        ios=0.52,
        email=0.95,
        consent=0.85,
        english=0.16,
        before=0.48,
        origins=(0.16, 0.20, 0.12, 0.28, 0.04, 0.20, 0.0, 0.0),
        pages={
            HOME_VIEWED: {SEARCH_USED: 0.30, CATEGORY_VIEWED: 0.40, PRODUCT_VIEWED: 0.30},
            SEARCH_USED: {SEARCH_USED: 0.10, CATEGORY_VIEWED: 0.15, PRODUCT_VIEWED: 0.75},
            CATEGORY_VIEWED: {CATEGORY_VIEWED: 0.15, SEARCH_USED: 0.08, PRODUCT_VIEWED: 0.77},
            PRODUCT_VIEWED: {
                PRODUCT_VIEWED: 0.28,
                CATEGORY_VIEWED: 0.26,
                REVIEWS_READ: 0.18,
                PRODUCTS_COMPARED: 0.05,
                WISHLIST_ADDED: 0.13,
                SEARCH_USED: 0.10,
            },
            REVIEWS_READ: {PRODUCT_VIEWED: 0.65, CATEGORY_VIEWED: 0.25, PRODUCTS_COMPARED: 0.10},
            PRODUCTS_COMPARED: {PRODUCT_VIEWED: 0.80, CATEGORY_VIEWED: 0.20},
            WISHLIST_ADDED: {PRODUCT_VIEWED: 0.60, CATEGORY_VIEWED: 0.40},
        },
        habits=Habits(
            back=0.76,
            gap_before=5.0,
            again=0.945,
            gap_after=18.0,
            dwell_seconds=22.0,
            leaves=1.0,
            cart=0.145,
            to_cart=0.78,
            checkout=0.70,
            patience=0.72,
            basket=2_900_000.0,
            basket_spread=0.60,
            joins=0.25,
            asks=0.06,
            by_phone=0.18,
            phone_order=0.0,
            store_trip=0.05,
            store_buys=0.40,
            tracks=1.2,
            complains=0.42,
            returns=0.05,
            answers=0.42,
            reviews=0.26,
            refers=0.26,
            opens=0.46,
            clicks=0.30,
            warmth=0.25,
            ad_again=0.08,
            points=0.35,
            desktop=0.30,
            mobile=0.22,
            app=0.48,
        ),
    ),
)
