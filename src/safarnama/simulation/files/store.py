"""store: the cash desks of the two stores; Persian headers, an old encoding."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from safarnama.simulation.files.batch import Batch
from safarnama.simulation.lettering import chosen, joined
from safarnama.simulation.places import STORES
from safarnama.simulation.timing import clock_times, jalali_days
from safarnama.simulation.touchpoints import STORE_PURCHASE

_CARD, _PHONE = range(6_600, 6_602)


def table(batch: Batch) -> pa.Table:
    bought = batch.touch == STORE_PURCHASE
    member = batch.people["customer"] == 1
    joined_already = member & (batch.people["joined"] <= batch.time)
    return pa.table(
        {
            "کد مشتری": batch.customer_ids(joined_already & (batch.chance(_CARD) < np.where(bought, 0.85, 0.45))),
            "موبایل": batch.phones(joined_already & (batch.chance(_PHONE) < np.where(bought, 0.80, 0.35)), persian=0.0),
            "تاریخ و ساعت": batch.timed(joined(jalali_days(batch.plan, batch.time), " ", clock_times(batch.time))),
            "رویداد": batch.event_names(),
            "مبلغ": pa.array(batch.events["value"], mask=~bought),
            "فروشگاه": chosen(STORES, batch.events["item"].astype(np.int64)),
        }
    )
