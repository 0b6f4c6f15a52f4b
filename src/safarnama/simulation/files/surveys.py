"""surveys: NPS (0 to 10), CSAT (1 to 5), CES (1 to 7, 7 is very easy); Jalali times, Persian digits."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from safarnama.simulation import identity
from safarnama.simulation.files.batch import Batch
from safarnama.simulation.lettering import blanked, chosen, joined
from safarnama.simulation.texts.spoken import COMMENT
from safarnama.simulation.timing import clock_times, jalali_days
from safarnama.simulation.touchpoints import NPS_ANSWERED

_EMAIL = 6_800


def table(batch: Batch) -> pa.Table:
    events = batch.events
    order = events["number"].astype(np.int64)
    when = joined(
        jalali_days(batch.plan, batch.time, persian_digits=True),
        " ",
        clock_times(batch.time, persian_digits=True),
    )
    return pa.table(
        {
            "answered_at": batch.timed(when),
            "email": batch.emails(batch.chance(_EMAIL) >= 0.08),
            "survey": chosen(["NPS", "CSAT", "CES"], batch.touch.astype(np.int64) - int(NPS_ANSWERED)),
            "event": batch.event_names(),
            "score": pa.array(events["score"].astype(np.int64)),
            "comment": batch.texts(COMMENT),
            "order_id": blanked(identity.order_ids(batch.plan, batch.person, np.maximum(order, 0)), order < 0),
        }
    )
