"""reviews: stars and words on products, times in seconds since 1970."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from safarnama.simulation.chance import hashed
from safarnama.simulation.files.batch import Batch, product_ids
from safarnama.simulation.lettering import hexadecimal, joined
from safarnama.simulation.seasons import SECOND
from safarnama.simulation.texts.spoken import COMMENT

_REVIEW = 6_700


def table(batch: Batch) -> pa.Table:
    events = batch.events
    return pa.table(
        {
            "review_id": joined("r", hexadecimal(hashed(batch.plan.key, _REVIEW, batch.person, batch.serial), 10)),
            "user_id": batch.user_ids(),
            "product_id": product_ids(events["item"], np.ones(len(events), bool)),
            "created_at": batch.timed(pa.array(batch.time // SECOND)),
            "event": batch.event_names(),
            "stars": pa.array(events["score"].astype(np.int64)),
            "text": batch.texts(COMMENT),
        }
    )
