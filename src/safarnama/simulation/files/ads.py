"""ads: clicks on advertisements, with the device that landed; local times with their zone."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from safarnama.simulation.campaigns import ADVERTISEMENTS
from safarnama.simulation.chance import hashed, picked
from safarnama.simulation.files.batch import Batch
from safarnama.simulation.lettering import chosen, joined
from safarnama.simulation.timing import local_iso

_CREATIVE = 7_100
_CREATIVES = ("video_15s", "carousel", "story_sticker", "text_ad", "banner_300x250")


def table(batch: Batch) -> pa.Table:
    campaign = batch.events["campaign"].astype(np.int64)
    creative = picked(hashed(batch.plan.key, _CREATIVE, batch.person, batch.serial), (0.3, 0.25, 0.2, 0.15, 0.1))
    search = np.array([ad.channel == "search" for ad in ADVERTISEMENTS])[campaign]
    return pa.table(
        {
            "clicked_at": batch.timed(joined(local_iso(batch.time), "+03:30")),
            "anonymous_id": batch.device_ids(),
            "event": batch.event_names(),
            "channel": chosen([ad.channel for ad in ADVERTISEMENTS], campaign),
            "campaign": chosen([ad.name for ad in ADVERTISEMENTS], campaign),
            "creative": chosen(_CREATIVES, np.where(search, 3, creative)),
        }
    )
