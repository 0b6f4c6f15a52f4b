"""Getting in touch: the telephone queue, the chat, and the survey afterwards."""

from __future__ import annotations

import numpy as np

from safarnama.simulation.chance import exponential, normal, step, uniform
from safarnama.simulation.journeys.surveys import answer
from safarnama.simulation.journeys.walker import (
    NO,
    NOTHING,
    choose_device,
    count,
    emit,
    in_hours,
    put_down,
    trouble_at,
)
from safarnama.simulation.people import LEFT_PHONE
from safarnama.simulation.seasons import HOUR, SECOND
from safarnama.simulation.texts.subjects import SUPPORT, UNHAPPY
from safarnama.simulation.touchpoints import (
    CALL_ABANDONED,
    CALL_ANSWERED,
    CALL_BACK,
    CES_ANSWERED,
    CHAT_ENDED,
    CHAT_STARTED,
)
from safarnama.simulation.troubles import CALL_IS_ABANDONED, CALL_QUEUE, EVERYWHERE

_USUAL_WAIT = 38.0  # seconds, median
_ATTEMPTS = np.int64(4)


@step
def call(w, time, stage, subject, feeling, trouble):
    """Call the call centre, wait, and call again if need be. True if somebody answered in the end."""
    put_down(w)
    for attempt in range(_ATTEMPTS):
        time = in_hours(time, 8.0, 21.5, uniform(w))
        wait = _USUAL_WAIT * np.exp(0.6 * normal(w))
        gives_up = uniform(w)
        queue = trouble_at(w, CALL_QUEUE, EVERYWHERE, NOTHING, time)
        limit = CALL_IS_ABANDONED
        if queue != NOTHING:
            wait *= w.troubles[queue].factor
            limit = w.troubles[queue].rate
        abandoned = gives_up < limit
        if time < w.end:
            w.left = w.left | LEFT_PHONE
            if queue != NOTHING:
                count(w, queue, abandoned, gives_up < CALL_IS_ABANDONED, CALL_IS_ABANDONED)
        if not abandoned:
            if queue != NOTHING and uniform(w) < 0.45:
                subject, feeling = SUPPORT, UNHAPPY
            _talk(w, time, CALL_ANSWERED, wait, stage, subject, feeling, queue if queue != NOTHING else trouble)
            if uniform(w) < w.habits[w.kind].answers:
                _say_how_easy(w, time, stage, attempt, queue)
            return True
        place = emit(w, time, CALL_ABANDONED)
        event = w.log[place]
        event.number = np.int64(wait * (0.35 + 0.6 * uniform(w)))
        event.stage = stage
        event.subject = NOTHING
        event.trouble = queue
        if uniform(w) < 0.25:
            # The company calls those back who left the queue.
            later = in_hours(time + np.int64((1.0 + 4.0 * uniform(w)) * HOUR), 9.0, 20.0, uniform(w))
            _talk(w, later, CALL_BACK, 0.0, stage, subject, feeling, trouble)
            return True
        if uniform(w) > 0.65:
            break
        time += np.int64((6.0 + exponential(w, 35.0)) * 60 * SECOND)
    if uniform(w) < 0.4 * w.habits[w.kind].answers:
        _say_how_easy(w, time, stage, _ATTEMPTS, trouble_at(w, CALL_QUEUE, EVERYWHERE, NOTHING, time))
    return False


@step
def _talk(w, time, touch, wait, stage, subject, feeling, trouble):
    place = emit(w, time, touch)
    event = w.log[place]
    event.number = np.int64(wait)
    event.value = np.int64(25.0 + 150.0 * np.exp(0.6 * normal(w)))
    event.stage = stage
    event.subject = subject
    event.feeling = feeling
    event.trouble = trouble


@step
def _say_how_easy(w, time, stage, attempt, queue):
    # 1 to 7, where 7 is very easy.
    lost = 1.2 * attempt + (1.9 if queue != NOTHING else 0.0)
    score = min(7, max(1, round(6.1 - lost + 0.85 * normal(w))))
    later = time + np.int64((0.2 + exponential(w, 5.0)) * HOUR)
    place = answer(w, later, CES_ANSWERED, score, 3.0, 5.0, SUPPORT, NOTHING, queue)
    w.log[place].stage = stage
    if w.log[place].subject != NOTHING:
        w.log[place].subject = SUPPORT


@step
def chat(w, time, stage, subject, feeling, trouble):
    """Write to the chat; in the visit at hand if there is one, else from a device."""
    time = in_hours(time, 8.0, 24.0, uniform(w))
    if w.device == NOTHING:
        choose_device(w, NO)
        w.known = 1 if w.user and uniform(w) < 0.6 else 0
    w.conversations += 1
    place = emit(w, time, CHAT_STARTED)
    event = w.log[place]
    event.number = w.conversations
    event.stage = stage
    event.subject = subject
    event.feeling = feeling
    event.trouble = trouble
    if w.cursor > place:
        w.used = w.used | (1 << w.device)
    time += np.int64((90.0 + exponential(w, 320.0)) * SECOND)
    place = emit(w, time, CHAT_ENDED)
    event = w.log[place]
    event.number = w.conversations
    event.stage = stage
    event.trouble = trouble
    warm = 4.35 + 0.5 * w.habits[w.kind].warmth + 0.9 * min(feeling, 0) + 0.8 * normal(w)
    if uniform(w) < 0.6:
        event.score = min(5, max(1, round(warm)))
    return True
