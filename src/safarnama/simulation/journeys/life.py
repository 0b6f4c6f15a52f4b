"""A customer's year: first contact, coming back, silences, messages, stores, calls, staying away."""

from __future__ import annotations

import numpy as np

from safarnama.core.compiled import compiled
from safarnama.simulation.campaigns import COMPARISON_SITE, EMAIL, FIRST_MAILING
from safarnama.simulation.chance import exponential, step, uniform
from safarnama.simulation.coding import codes
from safarnama.simulation.journeys.care import call, chat
from safarnama.simulation.journeys.delivery import fulfil
from safarnama.simulation.journeys.pages import become_customer, favourite
from safarnama.simulation.journeys.purchase import basket_value, check_out, pay
from safarnama.simulation.journeys.visits import accept, visit
from safarnama.simulation.journeys.walker import (
    MOST_EVENTS,
    MOST_ORDERS,
    NOTHING,
    emit,
    in_hours,
    moment,
    put_down,
    wish,
)
from safarnama.simulation.kinds import COMPARISON, INFLUENCER, PHONE, REFERRAL, SEARCH, WALK_IN
from safarnama.simulation.people import LEFT_EMAIL, LEFT_PHONE
from safarnama.simulation.seasons import DAY, DAYS, GRID, HOUR
from safarnama.simulation.texts.subjects import ASKED, HAPPY, PLAIN, QUALITY
from safarnama.simulation.touchpoints import (
    EVALUATION,
    MESSAGE_CLICKED,
    MESSAGE_OPENED,
    MESSAGE_SENT,
    STORE_PURCHASE,
    STORE_VISIT,
)

_ADS_EACH = 3  # advertisements of a channel
_BRAND_SEARCH, *_, _RETARGETING = codes(6)  # bring people back

_MAILED = 0.34  # a mailing goes to this share of those it may go to
_SILENCE = 0.10  # a gap that becomes weeks without anything

# An occasion that is not a visit: a number no campaign has.
_CALLS, _WALKS_IN = codes(2, -3)


@compiled(error_model="numpy")
def live(worlds, keys, first, row, last):
    """Walk the people from ``row`` up to ``last`` of the one world; ``first`` is the number of row 0."""
    w = worlds[0]
    for one in range(row, last):
        w.luck = keys[one]
        _begin(w, one, first + one)
        person = w.people[one]
        habits = w.habits[w.kind]
        lively = np.float64(person.pace)
        invited = person.origin == REFERRAL and w.invited[one].time > 0
        busy_day = _invited_day(w, one) if invited else np.float64(person.reach)
        origin = NOTHING if person.before else np.int64(person.origin)
        mailing = np.int64(0)
        while w.serial < MOST_EVENTS:
            time = moment(w, busy_day)
            if time < w.busy:
                time = w.busy + np.int64((0.2 + exponential(w, 2.0)) * HOUR)
            if time >= w.gone:
                time = w.end
            # Either a mailing comes first, and may be clicked, or the next occasion of their own.
            comes_by_itself = True
            campaign = NOTHING
            while mailing < w.mailing_count and w.mailings[mailing].time < time:
                clicked = _receive(w, mailing)
                mailing += 1
                if clicked > w.busy:
                    campaign = FIRST_MAILING + mailing - 1
                    comes_by_itself = False
                    time = clicked
                    break
            if time >= w.end:
                break
            if comes_by_itself:
                campaign = _occasion(w, origin)
            if campaign == _WALKS_IN:
                _walk_in(w, time)
            elif campaign == _CALLS:
                put_down(w)
                wish(w, -time, EVALUATION, _question(w), _tone(w), NOTHING)
            elif comes_by_itself and invited:
                accept(w, time, w.invited[one].by)
            else:
                item = visit(w, time, campaign)
                if item != NOTHING:
                    time = w.busy
                    ready, time = check_out(w, time)
                    if ready:
                        time = pay(w, time, item)
                    w.busy = time
                if w.ordered == 0 and w.wishes == 0 and uniform(w) < habits.asks:
                    wish(w, w.busy + HOUR // 60, EVALUATION, _question(w), _tone(w), NOTHING)
            while w.wishes > 0 or w.ordered > 0:
                while w.wishes > 0:
                    _contact(w)
                if w.ordered > 0:
                    fulfil(w)
            put_down(w)
            if not comes_by_itself:
                continue
            invited = False
            origin = NOTHING
            busy_day = _next_day(w, busy_day, lively)
        person.joined = w.joined
        person.user = w.user
        person.customer = w.customer
        person.used = w.used
        person.left = w.left


@step
def _begin(w, row, number):
    person = w.people[row]
    w.person = number
    w.row = row
    w.kind = person.kind
    w.city = person.city
    w.serial = 0
    w.session = 0
    w.user = 0
    w.customer = 0
    w.joined = 0
    w.loyal = 0
    w.orders = 0
    w.conversations = 0
    w.visits = 0
    w.cart = NOTHING
    w.busy = 0
    w.gone = w.end
    w.used = 0
    w.left = 0
    w.ordered = 0
    w.wishes = 0
    put_down(w)
    if person.before:
        w.loyal = 1
        w.customer = 1
        w.user = 1 if uniform(w) < 0.95 - 0.5 * w.habits[w.kind].store_trip else 0
        w.joined = w.begin - np.int64((20.0 + 800.0 * uniform(w)) * DAY)


@step
def _invited_day(w, row):
    """The busy day on which somebody follows their invitation."""
    hours = (w.invited[row].time - w.begin + np.int64((0.05 + exponential(w, 4.0)) * DAY)) / HOUR
    low, high = 0, DAYS * GRID
    while low < high:
        middle = (low + high) // 2
        if w.clock[middle] < hours:
            low = middle + 1
        else:
            high = middle
    return low / GRID


@step
def _next_day(w, busy_day, lively):
    """The busy day of their next occasion; the end of the year if they stay away."""
    habits = w.habits[w.kind]
    stays = habits.again if w.loyal else habits.back
    gap = habits.gap_after if w.loyal else habits.gap_before
    if uniform(w) > stays ** (1.0 / np.sqrt(lively)):
        return np.float64(DAYS)
    busy_day += 0.05 + exponential(w, gap) / lively
    if uniform(w) < _SILENCE:
        busy_day += 18.0 + 50.0 * uniform(w)
    return busy_day


@step
def _occasion(w, origin):
    """What an occasion is: the campaign of a visit, _WALKS_IN or _CALLS. ``origin`` shapes the first."""
    habits = w.habits[w.kind]
    draw = uniform(w)
    share = uniform(w)
    if origin == NOTHING:
        if draw < habits.store_trip and w.cities[w.city].store >= 0:
            return _WALKS_IN
        if draw > 1.0 - 1.6 * habits.asks * habits.by_phone:
            return _CALLS
        if share < habits.ad_again:
            return _RETARGETING if share < 0.6 * habits.ad_again else _BRAND_SEARCH
        return NOTHING
    if origin == WALK_IN:
        return _WALKS_IN
    if origin == PHONE:
        return _CALLS
    if SEARCH <= origin <= INFLUENCER:
        return origin * _ADS_EACH + (0 if share < 0.5 else 1 if share < 0.8 else 2)
    return COMPARISON_SITE if origin == COMPARISON else NOTHING


@step
def _question(w):
    draw = uniform(w)
    for subject in range(len(ASKED)):
        if draw < ASKED[subject]:
            return subject
    return QUALITY


@step
def _tone(w):
    """How a question is put: plainly; by those who have bought before, now and then with thanks."""
    return HAPPY if w.loyal and uniform(w) < 0.2 else PLAIN


@step
def _contact(w):
    """See to the wish that came last, in the way of one's kind.

    Some who call with a question order there and then.
    """
    w.wishes -= 1
    wanted = w.waiting[w.wishes]
    habits = w.habits[w.kind]
    asks = wanted.time < 0  # a call for its own sake
    time = abs(wanted.time)
    if asks or uniform(w) < habits.by_phone:
        answered = call(w, time, wanted.stage, wanted.subject, wanted.feeling, wanted.trouble)
        if asks and answered and w.orders < MOST_ORDERS and uniform(w) < habits.phone_order:
            w.left = w.left | LEFT_PHONE
            w.ordered = 1
            w.order_time = in_hours(time, 8.0, 21.5, 0.5) + np.int64((0.1 + 0.3 * uniform(w)) * HOUR)
            w.order_value = basket_value(w)
            w.order_item = favourite(w)
            w.order_failures = 0
            w.order_blame = NOTHING
    else:
        chat(w, time, wanted.stage, wanted.subject, wanted.feeling, wanted.trouble)
    put_down(w)


@step
def _walk_in(w, time):
    """Go to the store of one's city; some buy, and of those most take the customer card."""
    put_down(w)
    store = w.cities[w.city].store
    time = in_hours(time, 10.0, 21.0, uniform(w))
    place = emit(w, time, STORE_VISIT)
    w.log[place].item = store
    if uniform(w) >= w.habits[w.kind].store_buys:
        return
    time += np.int64((0.1 + 0.5 * uniform(w)) * HOUR)
    place = emit(w, time, STORE_PURCHASE)
    w.log[place].item = store
    w.log[place].value = basket_value(w)
    if w.cursor > place:
        w.loyal = 1
        if uniform(w) < 0.7:
            become_customer(w, time)
        if w.customer:
            w.left = w.left | LEFT_PHONE


@step
def _receive(w, index):
    """A mailing, if it goes to this person: sent, opened, clicked. Returns when clicked, or NOTHING."""
    person = w.people[w.row]
    mailing = w.mailings[index]
    by_email = mailing.channel == EMAIL
    if not w.customer or w.joined > mailing.time or person.consent != 1 or (by_email and not person.email):
        return NOTHING
    if uniform(w) >= _MAILED:
        return NOTHING
    habits = w.habits[w.kind]
    time = mailing.time + np.int64(0.6 * uniform(w) * HOUR)
    place = _message(w, time, MESSAGE_SENT, index)
    if w.cursor > place:
        w.left = w.left | (LEFT_EMAIL if by_email else LEFT_PHONE)
    if by_email:
        if uniform(w) >= habits.opens:
            return NOTHING
        time += np.int64((0.05 + exponential(w, 6.0)) * HOUR)
        _message(w, time, MESSAGE_OPENED, index)
    if uniform(w) >= (habits.clicks if by_email else 0.25 * habits.clicks):
        return NOTHING
    time += np.int64((0.005 + exponential(w, 0.05 if by_email else 3.0)) * HOUR)
    _message(w, time, MESSAGE_CLICKED, index)
    return time + HOUR // 1000


@step
def _message(w, time, touch, index):
    place = emit(w, time, touch)
    w.log[place].campaign = FIRST_MAILING + index
    w.log[place].number = index
    return place
