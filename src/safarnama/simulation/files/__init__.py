"""The files of the shop: one module a file, each turning events into the table of that file."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pyarrow as pa

from safarnama.simulation.files import (
    ads,
    app,
    calls,
    chats,
    messages,
    orders,
    referrals,
    reviews,
    store,
    surveys,
    web,
)
from safarnama.simulation.files.batch import Batch
from safarnama.simulation.files.writing import Csv, Format, JsonLines, Parquet, Workbook


class EventFile(NamedTuple):
    """One file: how events become its rows, and how the rows are written."""

    table: Callable[[Batch], pa.Table]
    format: Format
    foreign: bool = False  # a few of its lines are in another encoding


# In the order of touchpoints.EVENT_FILES.
FILES = (
    EventFile(web.table, Parquet(unique=("event_id",))),
    EventFile(app.table, JsonLines()),
    EventFile(orders.table, Csv(";", encoding="utf-8-sig", line_end="\r\n")),
    EventFile(messages.table, Csv()),
    EventFile(calls.table, Workbook()),
    EventFile(chats.table, JsonLines()),
    EventFile(store.table, Csv("\t", encoding="cp1256", line_end="\r\n")),
    EventFile(reviews.table, Csv(quoted=("text",)), foreign=True),
    EventFile(surveys.table, Csv(quoted=("comment",))),
    EventFile(referrals.table, Csv()),
    EventFile(ads.table, Csv(suffix=".csv.gz")),
)
