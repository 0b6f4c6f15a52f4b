"""messages: e-mails and texts sent, opened, clicked; local times without a zone."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from safarnama.simulation.campaigns import EMAIL, FIRST_MAILING
from safarnama.simulation.chance import hashed
from safarnama.simulation.files.batch import Batch
from safarnama.simulation.lettering import chosen, hexadecimal, joined
from safarnama.simulation.timing import local_iso

_MESSAGE = 6_300


def table(batch: Batch) -> pa.Table:
    mailing = batch.events["campaign"].astype(np.int64) - FIRST_MAILING
    by_email = np.array([sent.channel == EMAIL for sent in batch.plan.mailings])[mailing]
    return pa.table(
        {
            "sent_at": batch.timed(local_iso(batch.time)),
            "channel": chosen(["sms", "email"], by_email.astype(np.int64)),
            "event": batch.event_names(),
            "campaign": chosen([sent.name for sent in batch.plan.mailings], mailing),
            "email": batch.emails(by_email),
            "phone": batch.phones(~by_email, persian=0.02),
            "message_id": joined("m-", hexadecimal(hashed(batch.plan.key, _MESSAGE, batch.person, mailing), 10)),
        }
    )
