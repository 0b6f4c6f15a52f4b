"""Some events of one file with all that is known of the people behind them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from safarnama.simulation import identity
from safarnama.simulation.chance import hashed, unit
from safarnama.simulation.dirt import NO_EVENT, NO_TIME
from safarnama.simulation.lettering import blanked, chosen, numbered
from safarnama.simulation.places import CITIES
from safarnama.simulation.plan import Plan
from safarnama.simulation.texts.spoken import texts
from safarnama.simulation.touchpoints import TOUCHPOINTS

CITIES_FA = pa.array([city.name.fa for city in CITIES])
NAMES = pa.array([touchpoint.name for touchpoint in TOUCHPOINTS])


@dataclass(frozen=True, eq=False)
class Batch:
    """Events of one file (EVENT) in the order of its rows; ``census`` are all people of the shop (PERSON)."""

    plan: Plan
    census: np.ndarray
    events: np.ndarray

    @cached_property
    def person(self) -> np.ndarray:
        return self.events["person"].astype(np.int64)

    @cached_property
    def serial(self) -> np.ndarray:
        return self.events["serial"].astype(np.int64)

    @cached_property
    def people(self) -> np.ndarray:
        """The person of each event; for robots some person, to be masked by the caller."""
        return self.census[np.minimum(self.person, len(self.census) - 1)]

    @property
    def time(self) -> np.ndarray:
        return self.events["time"]

    @property
    def touch(self) -> np.ndarray:
        return self.events["touch"]

    def has(self, flag: int) -> np.ndarray:
        return (self.events["flags"] & flag) > 0

    def chance(self, purpose: int) -> np.ndarray:
        """A number from 0 to 1 for each event; the same for its copies."""
        return unit(hashed(self.plan.key, purpose, self.person, self.serial))

    def event_names(self) -> pa.Array:
        return blanked(NAMES.take(pa.array(self.touch)), self.has(NO_EVENT))

    def timed(self, times: pa.Array) -> pa.Array:
        """Times with those missing that the file lacks."""
        return blanked(times, self.has(NO_TIME))

    def event_ids(self) -> pa.Array:
        return identity.event_ids(self.plan, self.person, self.serial)

    def device_ids(self) -> pa.Array:
        return identity.device_ids(self.plan, self.person, self.events["device"].astype(np.int64))

    def user_ids(self, known: np.ndarray | None = None) -> pa.Array:
        """The account of each event; null where it is not ``known``."""
        ids = identity.user_ids(self.plan, self.person)
        return ids if known is None else blanked(ids, ~known)

    def customer_ids(self, known: np.ndarray | None = None) -> pa.Array:
        ids = identity.customer_ids(self.plan, self.person)
        return ids if known is None else blanked(ids, ~known)

    def phones(self, known: np.ndarray | None = None, persian: float = 0.10) -> pa.Array:
        ids = identity.typed_phones(self.plan, self.person, self.person, self.serial, persian=persian)
        return ids if known is None else blanked(ids, ~known)

    def emails(self, known: np.ndarray | None = None) -> pa.Array:
        ids = identity.typed_emails(self.plan, self.people, self.person, self.person, self.serial)
        return ids if known is None else blanked(ids, ~known)

    def cities(self) -> pa.Array:
        return chosen(CITIES_FA, self.people["city"])

    def texts(self, voice: int) -> pa.Array:
        """The words of each event that has a subject."""
        events = self.events
        return texts(
            self.plan.key,
            voice,
            events["subject"],
            events["feeling"],
            self.people["english"],
            self.person,
            self.serial,
        )


def product_ids(items: np.ndarray, where: np.ndarray) -> pa.Array:
    """The shop's product numbers, such as P1042; null elsewhere than ``where``."""
    return blanked(numbered("P", items.astype(np.int64) + 1000), ~where)
