"""chats: conversations of the website's chat, times in milliseconds since 1970."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from safarnama.simulation import identity
from safarnama.simulation.chance import hashed, picked
from safarnama.simulation.files.batch import Batch
from safarnama.simulation.lettering import blanked, chosen
from safarnama.simulation.texts.spoken import CHAT
from safarnama.simulation.touchpoints import CHAT_ENDED

_AGENT = 6_500
_AGENTS = ("رها", "سامان", "مهتاب", "آرمان", "نوا")


def table(batch: Batch) -> pa.Table:
    events = batch.events
    known = events["known"] == 1
    number = events["number"].astype(np.int64)
    score = events["score"].astype(np.int64)
    agent = picked(hashed(batch.plan.key, _AGENT, batch.person, number), (0.3, 0.25, 0.2, 0.15, 0.1))
    return pa.table(
        {
            "conversation_id": identity.conversation_ids(batch.plan, batch.person, number),
            "time": batch.timed(pa.array(batch.time // 1000)),
            "user_id": batch.user_ids(known),
            "anonymous_id": blanked(batch.device_ids(), known),
            "event": batch.event_names(),
            "text": batch.texts(CHAT),
            "rating": pa.array(score, mask=(batch.touch != CHAT_ENDED) | (score < 0)),
            "agent": chosen(_AGENTS, agent),
        }
    )
