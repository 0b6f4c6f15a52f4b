"""app_events: what the app's tracker sent, in Segment's form. A few devices have a wrong clock."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.simulation.chance import hashed, picked
from safarnama.simulation.dirt import DUPLICATE, NO_TIME, clock_skew
from safarnama.simulation.files.batch import Batch, product_ids
from safarnama.simulation.lettering import blanked, chosen
from safarnama.simulation.people import SHARED
from safarnama.simulation.seasons import DAY, SECOND
from safarnama.simulation.timing import utc_iso
from safarnama.simulation.touchpoints import (
    CART_ADDED,
    ORDER_PLACED,
    PAYMENT_FAILED,
    PAYMENT_STARTED,
    PLATFORMS,
    PRODUCT_VIEWED,
    REVIEWS_READ,
    WISHLIST_ADDED,
)

_BATCHED, _TRAVEL, _VERSION = range(6_100, 6_103)
_VERSIONS = ("4.12.0", "4.11.2", "4.9.1", "3.8.0")
_VERSION_SHARES = (0.55, 0.25, 0.15, 0.05)
_WITH_PRODUCT = (
    PRODUCT_VIEWED,
    REVIEWS_READ,
    WISHLIST_ADDED,
    CART_ADDED,
    PAYMENT_STARTED,
    PAYMENT_FAILED,
    ORDER_PLACED,
)


def table(batch: Batch) -> pa.Table:
    events, touch = batch.events, batch.touch
    device = events["device"].astype(np.int64)
    owner = np.where(device == SHARED, batch.person // 2, batch.person) * 4 + device
    skew = clock_skew(batch.plan, owner)
    # Sent a few seconds later, all in one go; a copy is sent once more.
    sent = batch.time + (batch.chance(_BATCHED) * 10 * SECOND).astype(np.int64)
    sent += np.where(batch.has(DUPLICATE), 30 * SECOND, 0)
    # Late rows lay on a phone without a network, and say so.
    received = sent + ((0.05 + 0.4 * batch.chance(_TRAVEL)) * SECOND).astype(np.int64)
    received = np.where(events["arrival"] > received + DAY, events["arrival"], received)
    sent = np.where(received - sent > DAY, received - SECOND // 5, sent)
    ordered = touch == ORDER_PLACED
    item = events["item"].astype(np.int64)
    hidden = batch.has(NO_TIME)
    count = len(events)
    version = picked(hashed(batch.plan.key, _VERSION, owner), _VERSION_SHARES)
    app = pa.StructArray.from_arrays([chosen(_VERSIONS, version)], ["version"])
    context = pa.StructArray.from_arrays(
        [
            chosen(PLATFORMS, events["platform"]),
            app,
            pc.if_else(pa.array(batch.people["english"] == 1), "en-US", "fa-IR"),
        ],
        ["platform", "app", "locale"],
    )
    properties = pa.StructArray.from_arrays(
        [
            product_ids(item, np.isin(touch, _WITH_PRODUCT) & (item >= 0)),
            pa.array(events["value"], pa.int64(), mask=~ordered),
            chosen(["IRR"], np.zeros(count, np.int64), ~ordered),
        ],
        ["product_id", "value", "currency"],
    )
    return pa.table(
        {
            "messageId": batch.event_ids(),
            "type": chosen(["track"], np.zeros(count, np.int64)),
            "event": batch.event_names(),
            "anonymousId": batch.device_ids(),
            "userId": batch.user_ids(events["known"] == 1),
            "originalTimestamp": blanked(utc_iso(batch.time + skew), hidden),
            "sentAt": blanked(utc_iso(sent + skew), hidden),
            "receivedAt": blanked(utc_iso(received), hidden),
            "context": context,
            "properties": properties,
        }
    )
