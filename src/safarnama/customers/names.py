"""What a customer is called: the value of the strongest identifier known of it, from the vault."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safarnama.core.workspace import Workspace
from safarnama.events.store import EventStore


def names_of(workspace: Workspace, keys: np.ndarray) -> dict[int, str]:
    """The identifier of each of these customers (keys uint64) as it was spelled; those made of a doubtful one have none."""
    wanted = pa.array(keys, pa.uint64())
    store = EventStore(workspace)
    found: dict[int, str] = {}
    for segment in store.manifest.segments:
        for part in store.vault(segment):
            mine = part.filter(pc.is_in(part["handle"], wanted))
            for handle, value in zip(mine["handle"].to_pylist(), mine["value"].to_pylist(), strict=True):
                # One spelling, whichever file came first.
                found[handle] = min(value, found.get(handle, value))
    return found
