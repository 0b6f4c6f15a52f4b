"""Chunks of people walked into chunks of events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from safarnama.simulation.campaigns import mailing_table
from safarnama.simulation.chance import hashed
from safarnama.simulation.journeys.life import live
from safarnama.simulation.journeys.tables import city_table, habits_table, leave_table, page_table
from safarnama.simulation.journeys.walker import MOST_EVENTS, world_type
from safarnama.simulation.people import CIRCLE, PERSON, people
from safarnama.simulation.plan import Plan
from safarnama.simulation.seasons import busy_clock

CHUNK = 4_096  # people; whole circles
_LIVES = 8_888  # purpose of the streams of chance
_SPACE = 2 * MOST_EVENTS * CIRCLE  # room for the longest lives of a circle
_USUAL = 60  # events of a person, with some to spare


@dataclass(frozen=True, slots=True, eq=False)
class Walked:
    """A chunk: its people with what became of them, their events, and the counts of troubles."""

    people: np.ndarray
    events: np.ndarray
    tally: np.ndarray


def chunks(plan: Plan, size: int = CHUNK) -> Iterator[tuple[int, int]]:
    """The ranges of people to walk."""
    for first in range(0, plan.customers, size):
        yield first, min(first + size, plan.customers)


def prepare() -> None:
    """Have the compiled walk at hand, so that threads do not each make it."""
    _ = live.machine


def walk(plan: Plan, first: int, last: int) -> Walked:
    """Walk the people numbered ``first`` up to ``last``."""
    count = last - first
    worlds = np.zeros(1, world_type(CHUNK, CHUNK * _USUAL + _SPACE))
    world = worlds[0]
    world["begin"], world["end"], world["crowd"] = plan.begin, plan.end, count
    world["habits"], world["leave"], world["pages"] = habits_table(), leave_table(), page_table()
    world["cities"], world["clock"] = city_table(), busy_clock(plan.start)
    world["mailings"][: len(plan.mailings)] = mailing_table(plan.mailings)
    world["mailing_count"] = len(plan.mailings)
    world["troubles"][: len(plan.troubles)] = plan.troubles
    world["trouble_count"] = len(plan.troubles)
    world["people"][:count] = people(plan.key, first, last, plan.customers)
    keys = hashed(plan.key, _LIVES, np.arange(first, last))
    room = len(world["log"]) - _SPACE
    parts = []
    row = 0
    while row < count:
        world["cursor"] = 0
        while row < count and world["cursor"] <= room:
            live(worlds, keys, first, row, min(row + CIRCLE, count))
            row += CIRCLE
        parts.append(world["log"][: world["cursor"]].copy())
    found = np.zeros(count, PERSON)
    found[:] = world["people"][:count]
    return Walked(found, np.concatenate(parts), world["tally"][: len(plan.troubles)].copy())
