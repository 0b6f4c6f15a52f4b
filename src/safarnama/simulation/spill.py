"""Events on disk between the walk and the files: written person by person, read in order of arrival.

The year is cut into windows of about as many events each. A chunk of events is appended as it is; for each window
its part is known. Reading a window brings the parts of all chunks together, so memory holds one window,
whatever the size of the shop.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from safarnama.simulation.dirt import LATE_DAYS
from safarnama.simulation.journeys.walker import EVENT
from safarnama.simulation.plan import Plan
from safarnama.simulation.seasons import DAY, HOUR, busy_clock

_EVENTS_A_WINDOW = 120_000
_EVENTS_A_CUSTOMER = 45


class Spill:
    """The events of a shop on disk. Use as a context manager: the file goes when the work is done."""

    def __init__(self, plan: Plan, path: Path) -> None:
        expected = plan.customers * _EVENTS_A_CUSTOMER
        of_year = max(1, -(-expected // _EVENTS_A_WINDOW))
        of_late = max(1, -(-expected // (100 * _EVENTS_A_WINDOW)))
        # Even on the clock of busy days: a window of the November sale is short.
        clock = busy_clock(plan.start)
        hours = np.interp(np.linspace(0, len(clock) - 1, of_year + 1)[1:], np.arange(len(clock)), clock)
        year = plan.begin + hours * HOUR
        late = np.linspace(plan.end, plan.end + LATE_DAYS * DAY, of_late + 1)[1:]
        self._ends = np.concatenate((year, late)).astype(np.int64)
        self._ends[-1] = np.iinfo(np.int64).max
        self._bounds: list[np.ndarray] = []  # for each chunk: where its part of each window begins, in events
        self._written = 0
        self._path = path
        self._file = path.open("w+b")

    def __enter__(self) -> Spill:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    @property
    def windows(self) -> int:
        return len(self._ends)

    def add(self, events: np.ndarray) -> None:
        """Keep a chunk of events that are in order of arrival."""
        cuts = np.searchsorted(events["arrival"], self._ends)
        self._bounds.append(self._written + np.concatenate(([0], cuts)))
        self._written += len(events)
        self._file.write(events.tobytes())

    def read(self) -> Iterator[np.ndarray]:
        """The events window by window, in order of arrival; chunk by chunk where they arrive together."""
        self._file.flush()
        size = EVENT.itemsize
        bounds = np.array(self._bounds, np.int64).reshape(-1, self.windows + 1)
        for window in range(self.windows):
            begins, ends = bounds[:, window], bounds[:, window + 1]
            events = np.empty(int((ends - begins).sum()), EVENT)
            filled = 0
            view: Any = events.view(np.uint8)
            for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
                if end > begin:
                    self._file.seek(begin * size)
                    self._file.readinto(memoryview(view[filled * size : (filled + end - begin) * size]))
                    filled += end - begin
            yield events[np.argsort(events["arrival"], kind="stable")]
