"""crm: the table of customers that ties their numbers, accounts, addresses and telephones together."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.words.calendar import to_jalali
from safarnama.simulation import identity
from safarnama.simulation.chance import hashed, unit
from safarnama.simulation.files.batch import CITIES_FA
from safarnama.simulation.kinds import KINDS
from safarnama.simulation.lettering import blanked, chosen
from safarnama.simulation.people import CONSENT
from safarnama.simulation.plan import Plan
from safarnama.simulation.seasons import DAY, DAYS

_GENDER, _JOB, _PHONE, _ROW, _BIRTH = range(7_200, 7_205)
_EARLIEST = 900  # days before the year
_JOBS = [job for kind in KINDS for job in kind.jobs]
_FIRST_JOB = np.cumsum([0] + [len(kind.jobs) for kind in KINDS])[:-1]


def table(plan: Plan, people: np.ndarray, first: int) -> pa.Table:
    """The customers among the people from number ``first`` on."""
    numbers = first + np.flatnonzero(people["customer"] == 1)
    people = people[people["customer"] == 1]

    def missing(purpose: int, share: float) -> np.ndarray:
        return unit(hashed(plan.key, purpose, numbers)) < share

    birth = to_jalali(plan.start + timedelta(days=DAYS))[0] - people["age"].astype(np.int64)
    job = _FIRST_JOB[people["kind"]] + people["job"]
    day = (people["joined"] - plan.begin) // DAY + _EARLIEST
    row = np.full(len(numbers), _ROW)
    return pa.table(
        {
            "customer_id": identity.customer_ids(plan, numbers),
            "user_id": blanked(identity.user_ids(plan, numbers), people["user"] == 0),
            "full_name": identity.full_names(people),
            "gender": blanked(chosen(["male", "female"], people["woman"]), missing(_GENDER, 0.04)),
            "birth_year": pa.array(birth, mask=missing(_BIRTH, 0.12)),
            "city": CITIES_FA.take(pa.array(people["city"])),
            "job": blanked(chosen(_JOBS, job), missing(_JOB, 0.20)),
            "joined_on": chosen(_days(plan.start), day),
            "email": identity.typed_emails(plan, people, numbers, numbers, row),
            "mobile": blanked(identity.typed_phones(plan, numbers, numbers, row), missing(_PHONE, 0.02)),
            "consent": pc.if_else(pa.array(people["consent"] == 2), "", chosen(CONSENT, people["consent"])),
        }
    )


def _days(start: date) -> list[str]:
    found = []
    for day in range(-_EARLIEST, DAYS):
        year, month, number = to_jalali(start + timedelta(days=day))
        found.append(f"{year}/{month:02d}/{number:02d}")
    return found
