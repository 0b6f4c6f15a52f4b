"""Opening the journeys of a workspace: as they are stored, made anew first when the events have changed."""

from __future__ import annotations

from safarnama.core.taxonomy import Taxonomy
from safarnama.core.workspace import Workspace
from safarnama.customers.view import customers_of
from safarnama.events.store import EventStore
from safarnama.journeys.journeys import Journeys
from safarnama.journeys.shaping.rename import by_taxonomy
from safarnama.journeys.store import JourneyStore, Progress


def journeys_of(workspace: Workspace, progress: Progress | None = None, renamed: bool = True) -> Journeys:
    """The journeys of all customers, up to date with the events of the workspace; under the names that the workspace's taxonomy
    gives, unless not ``renamed``."""
    store = JourneyStore(workspace)
    if store.manifest.events_version != EventStore(workspace).manifest.version:
        with workspace.writing():
            store.make(customers_of(workspace), progress)
    journeys = Journeys.stored(workspace, *store.open())
    # A rule of the workspace may wait for data that is still to come.
    return by_taxonomy(journeys, Taxonomy.of(workspace), strict=False) if renamed else journeys
