"""Answers to surveys: a score that fits what happened, and words that fit the score."""

from __future__ import annotations

import numpy as np

from safarnama.simulation.chance import step, uniform
from safarnama.simulation.journeys.walker import emit, put_down
from safarnama.simulation.people import LEFT_EMAIL
from safarnama.simulation.texts.subjects import DELIVERY, PAYMENT, PRAISED, QUALITY

_COMMENTS = 0.55  # of those who answer, so many write something


@step
def answer(w, time, touch, score, bad, good, sore_point, order, trouble):
    """Answer a survey. Up to ``bad`` is an unhappy score, from ``good`` on a happy one.

    Who is unhappy writes about the sore point; who is happy about what people praise.
    """
    put_down(w)
    place = emit(w, time, touch)
    event = w.log[place]
    event.score = score
    event.number = order
    event.trouble = trouble
    if uniform(w) < _COMMENTS:
        event.feeling = -1 if score <= bad else 1 if score >= good else 0
        event.subject = sore_point if event.feeling < 1 else praised(w, sore_point)
    if w.cursor > place and w.people[w.row].email:
        w.left = w.left | LEFT_EMAIL
    return place


@step
def praised(w, sore_point):
    """What a happy customer speaks of: not the road or the paying that has just been sore."""
    draw = uniform(w)
    subject = np.int64(0)
    while subject < len(PRAISED) - 1 and draw >= PRAISED[subject]:
        subject += 1
    if subject == sore_point and subject in (DELIVERY, PAYMENT):
        return QUALITY
    return subject
