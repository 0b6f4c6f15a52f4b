"""orders: the shop's own system; each row is a change of an order's status, in Jalali time."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.simulation import identity
from safarnama.simulation.catalogue import PRODUCTS
from safarnama.simulation.chance import hashed
from safarnama.simulation.files.batch import Batch
from safarnama.simulation.lettering import blanked, grouped, joined, numbered
from safarnama.simulation.timing import clock_times, jalali_days

_SECOND_ITEM, _PHONE_LOST = range(6_200, 6_202)


def table(batch: Batch) -> pa.Table:
    events = batch.events
    order = events["number"].astype(np.int64)
    # A third of the orders hold something else besides.
    other = hashed(batch.plan.key, _SECOND_ITEM, batch.person, order)
    more = joined(",", numbered("P", (other % np.uint64(PRODUCTS)).astype(np.int64) + 1000))
    more = pc.fill_null(blanked(more, other % np.uint64(3) != 0), "")
    return pa.table(
        {
            "order_id": identity.order_ids(batch.plan, batch.person, order),
            "customer_id": batch.customer_ids(),
            "mobile": batch.phones(batch.chance(_PHONE_LOST) >= 0.02),
            "status": batch.event_names(),
            "status_time": batch.timed(joined(jalali_days(batch.plan, batch.time), " ", clock_times(batch.time))),
            "city": batch.cities(),
            "مبلغ (تومان)": grouped(events["value"] // 10),
            "items": joined(numbered("P", events["item"].astype(np.int64) + 1000), more),
        }
    )
