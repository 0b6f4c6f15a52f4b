"""After the order: the road, looks at the parcel, returns, and what people then say of it all."""

from __future__ import annotations

import numpy as np

from safarnama.simulation.chance import exponential, normal, step, uniform
from safarnama.simulation.journeys.pages import become_customer, dwell, log_in, show
from safarnama.simulation.journeys.surveys import answer, praised
from safarnama.simulation.journeys.walker import (
    NO,
    NOTHING,
    choose_device,
    count,
    emit,
    in_hours,
    online,
    put_down,
    trouble_at,
    wish,
)
from safarnama.simulation.kinds import REFERRAL
from safarnama.simulation.people import CIRCLE
from safarnama.simulation.seasons import DAY, HOUR
from safarnama.simulation.texts.subjects import (
    AUTHENTICITY,
    DELIVERY,
    FINE,
    PAYMENT,
    PLAIN,
    QUALITY,
    RETURNS,
    SLIPS,
    UNHAPPY,
)
from safarnama.simulation.touchpoints import (
    ANDROID,
    APP_OPENED,
    CSAT_ANSWERED,
    HOME_VIEWED,
    NPS_ANSWERED,
    ORDER_CONFIRMED,
    ORDER_DELIVERED,
    ORDER_SHIPPED,
    REFERRAL_SENT,
    REFUND_PAID,
    RETURN_REQUESTED,
    REVIEW_WRITTEN,
    TRACKING_VIEWED,
)
from safarnama.simulation.touchpoints import DELIVERY as DELIVERY_STAGE
from safarnama.simulation.troubles import LATE_FACTOR, SLOW_DELIVERY


@step
def fulfil(w):
    """Everything that follows the order that waits."""
    w.ordered = 0
    time, value, item = w.order_time, w.order_value, w.order_item
    strain, blame = min(1.0, 0.6 * w.order_failures), w.order_blame
    w.orders += 1
    w.loyal = 1
    w.cart = NOTHING
    become_customer(w, time)
    put_down(w)
    order = w.orders
    habits = w.habits[w.kind]
    _status(w, time + np.int64((0.01 + 0.15 * uniform(w)) * HOUR), ORDER_CONFIRMED, order, value, item)
    shipped = in_hours(time + np.int64((5.0 + 20.0 * uniform(w)) * HOUR), 9.0, 18.0, uniform(w))
    _status(w, shipped, ORDER_SHIPPED, order, value, item)

    usual = w.cities[w.city].transit_days
    road = usual * np.exp(0.12 * normal(w))
    if uniform(w) < 0.02:
        road *= 1.3 + uniform(w)
    knock = uniform(w)
    delivered = in_hours(shipped + np.int64(road * DAY), 9.0, 21.0, knock)
    trouble = trouble_at(w, SLOW_DELIVERY, w.city, NOTHING, shipped)
    anyway = delivered - shipped > LATE_FACTOR * usual * DAY
    if trouble != NOTHING:
        delivered = in_hours(shipped + np.int64(road * w.troubles[trouble].factor * DAY), 9.0, 21.0, knock)
    late = delivered - shipped > LATE_FACTOR * usual * DAY
    if trouble != NOTHING and delivered < w.end:
        count(w, trouble, late, anyway, 1.0 if anyway else 0.0)
    if not late or anyway:
        trouble = NOTHING
    days = (delivered - shipped) / DAY
    if w.user:
        _track(w, shipped, delivered, habits.tracks * (1.0 if days < 1.3 * usual else days / usual), trouble)
    if late and uniform(w) < (0.3 if anyway else 0.9) * habits.complains:
        waited = (1.25 + (days / usual - 1.25) * uniform(w)) * usual
        wish(w, shipped + np.int64(waited * DAY), DELIVERY_STAGE, DELIVERY, UNHAPPY, trouble)
    place = _status(w, delivered, ORDER_DELIVERED, order, value, item)
    w.log[place].trouble = trouble

    slip = _slip(w)
    if trouble == NOTHING:
        trouble = blame
    good_will = 4.58 + habits.warmth
    sore_point = slip
    if slip != NOTHING:
        good_will -= 1.9
    if strain > 0.0:
        good_will -= 1.4 * strain
        sore_point = PAYMENT
    if late:
        good_will -= 1.3 + min(1.0, 0.35 * (days / usual - 1.0))
        sore_point = DELIVERY
    if _return(w, delivered, order, value, item, slip, late, trouble):
        good_will -= 0.5
    if sore_point == NOTHING:
        sore_point = _sooner_or_later(w)
    _say(w, delivered, good_will, sore_point, order, item, trouble)


@step
def _status(w, time, touch, order, value, item):
    place = emit(w, time, touch)
    w.log[place].number = order
    w.log[place].value = value
    w.log[place].item = item
    return place


@step
def _track(w, shipped, delivered, looks, trouble):
    """Short visits to see where the parcel is; ``looks`` is their mean number."""
    left = exponential(w, 1.0)
    while left < looks:
        time = shipped + np.int64((delivered - shipped) * uniform(w))
        choose_device(w, NO)
        w.session += 1
        show(w, time, APP_OPENED if w.platform >= ANDROID else HOME_VIEWED, NOTHING)
        time += dwell(w)
        log_in(w, time)
        time += dwell(w)
        place = online(w, time, TRACKING_VIEWED, NOTHING)
        w.log[place].trouble = trouble
        left += exponential(w, 1.0)
    put_down(w)


@step
def _slip(w):
    """What goes wrong with the order even in a good year, or NOTHING."""
    if uniform(w) < FINE:
        return NOTHING
    return _sooner_or_later(w)


@step
def _sooner_or_later(w):
    draw = uniform(w)
    for subject in range(len(SLIPS)):
        if draw < SLIPS[subject]:
            return subject
    return QUALITY


@step
def _return(w, delivered, order, value, item, slip, late, trouble):
    """Some send the goods back. True if they do."""
    draw = uniform(w)
    limit = w.habits[w.kind].returns * 0.6
    if slip in (QUALITY, AUTHENTICITY, RETURNS):
        limit += 0.30
    usual = limit
    if late:
        limit += 0.10
    if draw >= limit:
        return False
    time = in_hours(delivered + np.int64((0.3 + exponential(w, 2.0)) * DAY), 9.0, 22.0, uniform(w))
    place = _status(w, time, RETURN_REQUESTED, order, value, item)
    if draw >= usual:
        w.log[place].trouble = trouble
    paid = in_hours(time + np.int64((2.0 + exponential(w, 2.5)) * DAY), 9.0, 17.0, uniform(w))
    _status(w, paid, REFUND_PAID, order, value, item)
    if uniform(w) < 0.30:
        feeling = UNHAPPY if uniform(w) < 0.6 else PLAIN
        asked = time + np.int64((paid - time) * uniform(w))
        wish(w, asked, DELIVERY_STAGE, RETURNS, feeling, NOTHING)
    return True


@step
def _say(w, delivered, good_will, sore_point, order, item, trouble):
    """Surveys, a review, an invitation to a friend; or staying away from now on."""
    habits = w.habits[w.kind]
    felt = good_will + 0.72 * normal(w)
    hurt = trouble if felt < 3.6 else NOTHING
    if uniform(w) < habits.answers:
        later = delivered + np.int64((0.3 + exponential(w, 1.0)) * DAY)
        score = min(5, max(1, round(felt)))
        answer(w, later, CSAT_ANSWERED, score, 2.0, 4.0, sore_point, order, hurt)
    if uniform(w) < 0.55 * habits.answers:
        later = delivered + np.int64((8.0 + exponential(w, 8.0)) * DAY)
        score = min(10, max(0, round(8.6 + 2.2 * (felt - 4.4) + 0.8 * normal(w))))
        answer(w, later, NPS_ANSWERED, score, 6.0, 9.0, sore_point, order, hurt)
    if uniform(w) < habits.reviews * (1.0 if w.user else 0.0):
        later = delivered + np.int64((1.0 + exponential(w, 5.0)) * DAY)
        place = emit(w, later, REVIEW_WRITTEN)
        event = w.log[place]
        event.item = item
        event.score = min(5, max(1, round(felt + 0.1 + 0.4 * normal(w))))
        event.feeling = -1 if event.score <= 2 else 1 if event.score >= 4 else 0
        event.subject = sore_point if event.feeling < 1 else praised(w, sore_point)
        event.trouble = hurt
    if felt > 3.9 and w.user and uniform(w) < habits.refers:
        _invite(w, delivered + np.int64((0.5 + exponential(w, 7.0)) * DAY))
    if felt < 2.8 and uniform(w) < 0.5:
        w.gone = min(w.gone, delivered)


@step
def _invite(w, time):
    """Invite somebody of the circle who is waiting to hear of the shop, else a stranger who never comes."""
    place = emit(w, time, REFERRAL_SENT)
    if w.cursor == place:
        return
    last = min(w.crowd, (w.row // CIRCLE + 1) * CIRCLE)
    for row in range(w.row + 1, last):
        if w.people[row].origin == REFERRAL and w.invited[row].time == 0:
            w.invited[row].time = time
            w.invited[row].by = w.person
            w.log[place].item = w.person + row - w.row
            return
