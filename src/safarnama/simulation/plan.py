"""What the seed decides for the shop as a whole, before anybody has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from safarnama.simulation.campaigns import Mailing, mailings
from safarnama.simulation.chance import seed_key
from safarnama.simulation.seasons import DAY, DAYS, midnight
from safarnama.simulation.troubles import planted


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One simulated year: everything else follows from it."""

    customers: int
    key: int  # 64 bits of the seed
    start: date
    begin: int  # of the year, and its end; microseconds UTC
    end: int
    mailings: tuple[Mailing, ...]
    troubles: np.ndarray  # PLANTED


def planned(customers: int, seed: int, until: date, wanted: tuple[int, ...] | int | None) -> Plan:
    """The plan of that seed for the 365 days up to and including ``until``."""
    key = seed_key(seed)
    start = until - timedelta(days=DAYS - 1)
    begin = midnight(start)
    return Plan(
        customers=customers,
        key=key,
        start=start,
        begin=begin,
        end=begin + DAYS * DAY,
        mailings=mailings(start, key),
        troubles=planted(wanted, start, key),
    )
