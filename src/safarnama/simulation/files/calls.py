"""calls: the call centre's workbook, with Persian headers, Jalali days and notes of those who answered."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from safarnama.simulation.files.batch import Batch
from safarnama.simulation.lettering import chosen
from safarnama.simulation.texts.spoken import ABOUT, NOTE
from safarnama.simulation.texts.subjects import SUBJECTS
from safarnama.simulation.timing import clock_times, jalali_days
from safarnama.simulation.touchpoints import CALL_ABANDONED, CALL_BACK

_NOTED, _HIDDEN = range(6_400, 6_402)
_SUBJECT_NAMES = [ABOUT[subject].name.fa for subject in SUBJECTS]


def table(batch: Batch) -> pa.Table:
    events = batch.events
    subject = events["subject"].astype(np.int64)
    silent = batch.touch == CALL_ABANDONED
    return pa.table(
        {
            "شماره تماس": batch.phones(batch.chance(_HIDDEN) >= 0.015, persian=0.25),
            "تاریخ": batch.timed(jalali_days(batch.plan, batch.time, persian_digits=True)),
            "ساعت": batch.timed(clock_times(batch.time)),
            "رویداد": batch.event_names(),
            "انتظار (ثانیه)": pa.array(events["number"].astype(np.int64), mask=batch.touch == CALL_BACK),
            "مدت (ثانیه)": pa.array(np.where(silent, 0, events["value"])),
            "موضوع": chosen(_SUBJECT_NAMES, subject, subject < 0),
            "یادداشت": batch.texts(NOTE),
        }
    )
