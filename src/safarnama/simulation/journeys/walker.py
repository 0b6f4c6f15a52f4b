"""What the compiled walk carries: the log it writes, the person it follows, the tables it reads.

A person's life is one sequential walk; every function of journeys/ takes the walker ``w`` and a time in
microseconds.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from safarnama.simulation.campaigns import MAILING_DTYPE
from safarnama.simulation.chance import step, uniform
from safarnama.simulation.coding import codes
from safarnama.simulation.journeys.tables import CITY, HABITS
from safarnama.simulation.kinds import KINDS
from safarnama.simulation.people import APP_DEVICE, DESKTOP, MOBILE, PERSON, SHARED
from safarnama.simulation.places import CITIES
from safarnama.simulation.seasons import DAYS, GRID, HOUR, OFFSET
from safarnama.simulation.touchpoints import DESKTOP_WEB, MOBILE_WEB, PAGES, STAGE_OF, TOUCHPOINTS
from safarnama.simulation.troubles import EVERYWHERE, PLANTED, TALLY, TROUBLE_KINDS

(NOTHING,) = codes(1, -1)
YES, NO = np.array([True, False])
MOST_EVENTS = 4_000  # of one person; the tail is heavy, memory is not
MOST_ORDERS = 63

EVENT = np.dtype(
    [
        ("arrival", np.int64),  # when the row reaches its file; microseconds UTC, as all times
        ("time", np.int64),
        ("value", np.int64),  # rial; seconds of talk of a call
        ("person", np.int32),  # bots are NOTHING
        ("item", np.int32),  # product; category; store; who is invited
        ("number", np.int32),  # of the order or conversation; seconds waited of a call
        ("serial", np.uint16),  # of the event in the person's life
        ("session", np.uint16),
        ("campaign", np.int16),
        ("touch", np.uint8),
        ("stage", np.uint8),
        ("device", np.int8),  # slot
        ("platform", np.int8),
        ("known", np.int8),  # logged in
        ("subject", np.int8),  # of its text, and the feeling: -1, 0, 1
        ("feeling", np.int8),
        ("score", np.int8),
        ("trouble", np.int8),
        ("flags", np.uint8),  # bits of dirt
    ],
    align=True,
)

# Compiled code is cached by the types it was made for. A field named after the sources makes the walk of
# other sources another type, so that an older walk is never run by mistake.
_HERE = Path(__file__).parent
_SOURCES = [
    *sorted(_HERE.glob("*.py")),
    *sorted(_HERE.parent.glob("*.py")),
    _HERE.parent / "texts" / "subjects.py",
]
_FINGERPRINT = hashlib.sha256(b"".join(path.read_bytes() for path in _SOURCES)).hexdigest()[:12]

MOST_MAILINGS = 64
MOST_TROUBLES = len(TROUBLE_KINDS)

# One record holds the world of a walk: compiled functions then hand on a single pointer, which keeps
# compiling quick. Aligned, or the machine code would have to load every field byte by byte.
_ME = [
    ("luck", np.uint64),  # the state of the person's own stream of chance
    ("cursor", np.int64),  # where the next event goes in the log
    ("person", np.int64),
    ("row", np.int64),  # among the people of the chunk
    ("kind", np.int64),
    ("city", np.int64),
    ("serial", np.int64),
    ("session", np.int64),
    ("device", np.int64),
    ("platform", np.int64),
    ("known", np.int64),
    ("user", np.int64),
    ("customer", np.int64),
    ("joined", np.int64),
    ("loyal", np.int64),  # has bought, this year or before
    ("orders", np.int64),
    ("conversations", np.int64),
    ("visits", np.int64),
    ("cart", np.int64),  # a product, or NOTHING
    ("busy", np.int64),  # until when the last visit goes on
    ("gone", np.int64),  # from when on they stay away
    ("used", np.int64),
    ("left", np.int64),
    ("ordered", np.int64),  # 1 when an order waits to be fulfilled; the next four say which
    ("order_time", np.int64),
    ("order_value", np.int64),
    ("order_item", np.int64),
    ("order_failures", np.int64),  # of payment, before it went through
    ("order_blame", np.int64),  # the trouble behind them
    ("wishes", np.int64),  # how many contacts wait
]
MOST_WISHES = 4
WISH = np.dtype(
    [(name, np.int64) for name in ("time", "stage", "subject", "feeling", "trouble")], align=True
)  # to get in touch
INVITED = np.dtype([("time", np.int64), ("by", np.int64)])


def world_type(people: int, events: int) -> np.dtype:
    """The record of a walk over that many people with room for that many events."""
    return np.dtype(
        [
            *_ME,
            ("waiting", WISH, (MOST_WISHES,)),
            ("begin", np.int64),  # of the year
            ("end", np.int64),
            ("crowd", np.int64),  # how many of the people are there
            ("mailing_count", np.int64),
            ("trouble_count", np.int64),
            ("habits", HABITS, (len(KINDS),)),
            ("leave", np.float64, (len(KINDS), len(TOUCHPOINTS))),
            ("pages", np.float64, (len(KINDS), len(PAGES), len(PAGES))),
            ("cities", CITY, (len(CITIES),)),
            ("clock", np.float64, (DAYS * GRID + 1,)),
            ("mailings", MAILING_DTYPE, (MOST_MAILINGS,)),
            ("troubles", PLANTED, (MOST_TROUBLES,)),
            ("tally", TALLY, (MOST_TROUBLES,)),
            ("people", PERSON, (people,)),
            ("invited", INVITED, (people,)),
            ("log", EVENT, (events,)),
            (f"made_of_{_FINGERPRINT}", np.int8),
        ],
        align=True,
    )


@step
def emit(w, time, touch):
    """Write an event and return its place in the log. One after the year's end is written, but not kept."""
    place = w.cursor
    event = w.log[place]
    event.arrival = time
    event.time = time
    event.value = 0
    event.person = w.person
    event.item = NOTHING
    event.number = NOTHING
    event.serial = w.serial
    event.session = w.session
    event.campaign = NOTHING
    event.touch = touch
    event.stage = STAGE_OF[touch]
    event.device = w.device
    event.platform = w.platform
    event.known = w.known
    event.subject = NOTHING
    event.feeling = 0
    event.score = NOTHING
    event.trouble = NOTHING
    event.flags = 0
    if w.begin <= time < w.end and w.serial < MOST_EVENTS:
        w.cursor = place + 1
        w.serial = w.serial + 1
    return place


@step
def online(w, time, touch, item):
    """An event on the person's device, about ``item``."""
    place = emit(w, time, touch)
    w.log[place].item = item
    if w.cursor > place:
        w.used = w.used | (1 << w.device)
    return place


@step
def moment(w, busy_day):
    """The time at which that many busy days of the year have passed."""
    point = busy_day * GRID
    step = int(point)
    if step >= DAYS * GRID:
        return w.end
    hours = w.clock[step] + (point - step) * (w.clock[step + 1] - w.clock[step])
    return w.begin + np.int64(hours * HOUR)


@step
def in_hours(time, opens, closes, chance):
    """The same time if somebody is there, else a moment after they open; hours of the day in Tehran."""
    hour = ((time + OFFSET) % (24 * HOUR)) / HOUR
    if hour < opens:
        return time + np.int64((opens - hour + 1.5 * chance) * HOUR)
    if hour >= closes:
        return time + np.int64((24 - hour + opens + 1.5 * chance) * HOUR)
    return time


@step
def trouble_at(w, kind, place, page, time):
    """The index of the trouble of that kind that reigns there and then, or NOTHING."""
    for index in range(w.trouble_count):
        trouble = w.troubles[index]
        if (
            trouble.kind == kind
            and trouble.start <= time < trouble.end
            and trouble.page == page
            and (trouble.place == EVERYWHERE or trouble.place == place)
        ):
            return index
    return NOTHING


@step
def count(w, trouble, harmed, anyway, base):
    """Count one who was exposed: harmed or not, and whether that would have been so without the trouble."""
    tally = w.tally[trouble]
    tally.exposed = tally.exposed + 1
    tally.base_ppm = tally.base_ppm + np.int64(round(base * 1e6))
    if harmed:
        tally.harmed = tally.harmed + 1
        if not anyway:
            tally.excess = tally.excess + 1


@step
def hold(w, slot):
    """Take the device of that slot in hand, nobody logged in."""
    person = w.people[w.row]
    w.device = slot
    w.known = 0
    if slot == DESKTOP:
        w.platform = DESKTOP_WEB
    elif slot == MOBILE:
        w.platform = MOBILE_WEB
    elif slot == APP_DEVICE:
        w.platform = person.app_platform
    else:
        w.platform = person.shared_platform


@step
def choose_device(w, browser):
    """Take one of the person's devices in hand, as their habits go; an advertisement needs a browser.

    True if there was one.
    """
    person = w.people[w.row]
    habits = w.habits[w.kind]
    desktop = habits.desktop if person.owns & (1 << DESKTOP) else 0.0
    mobile = habits.mobile if person.owns & (1 << MOBILE) else 0.0
    app = habits.app if person.owns & (1 << APP_DEVICE) else 0.0
    shared = 0.0
    if person.owns & (1 << SHARED):
        shared = 0.8 * (desktop + mobile + app) + 0.05
        if browser and person.shared_platform > MOBILE_WEB:
            shared = 0.0
    if browser:
        app = 0.0
        mobile *= 2.0
    left = uniform(w) * (desktop + mobile + app + shared)
    if desktop + mobile + app + shared == 0.0:
        return False
    if left < desktop:
        hold(w, DESKTOP)
    elif left < desktop + mobile:
        hold(w, MOBILE)
    elif left < desktop + mobile + app:
        hold(w, APP_DEVICE)
    else:
        hold(w, SHARED)
    return True


@step
def put_down(w):
    """No device in hand: what follows happens by telephone, in a store, by e-mail."""
    w.device = NOTHING
    w.platform = NOTHING
    w.known = 0


@step
def wish(w, time, stage, subject, feeling, trouble):
    """Want to get in touch with the shop. life.py sees to it once the matter at hand is done.

    A call that is an occasion of its own, and may end in an order, bears its time with a minus.

    Matters wait on a list, because a function compiles with all it calls, and again in each of its callers.
    """
    if w.wishes < MOST_WISHES:
        waiting = w.waiting[w.wishes]
        waiting.time = time
        waiting.stage = stage
        waiting.subject = subject
        waiting.feeling = feeling
        waiting.trouble = trouble
        w.wishes += 1
