"""referrals: invitations sent, and friends who joined by them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.simulation import identity
from safarnama.simulation.files.batch import Batch
from safarnama.simulation.lettering import blanked
from safarnama.simulation.touchpoints import REFERRAL_SENT

_EMAIL = 6_900


def table(batch: Batch) -> pa.Table:
    item = batch.events["item"].astype(np.int64)
    sent = batch.touch == REFERRAL_SENT
    friend = np.maximum(item, 0)
    # The code is the inviter's: of the one who sends, and on a joining the one they followed.
    inviter = np.where(sent, batch.person, friend)
    known = identity.typed_emails(batch.plan, batch.census[friend], friend, batch.person, batch.serial)
    stranger = identity.strangers_emails(batch.plan, batch.person, batch.serial)
    email = pc.if_else(pa.array(item < 0), stranger, known)
    return pa.table(
        {
            "time": batch.timed(pa.array(batch.time // 1000)),
            "user_id": batch.user_ids(),
            "event": batch.event_names(),
            "code": identity.referral_codes(batch.plan, inviter),
            "referred_email": blanked(email, ~sent | (batch.chance(_EMAIL) < 0.3)),
        }
    )
