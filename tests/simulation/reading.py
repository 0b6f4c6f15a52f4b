"""The files of a simulated shop, read back the way a patient person would."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import UTC, datetime, timedelta, timezone
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
from persiantools.jdatetime import JalaliDateTime
from python_calamine import load_workbook

LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


def phone(text: object) -> str | None:
    """Any way of writing a mobile number as +98 and ten digits."""
    if not isinstance(text, str):
        return None
    digits = "".join(letter for letter in str(text).translate(LATIN) if letter.isdigit())
    return "+98" + digits[-10:]


def email(text: object) -> str | None:
    return text.strip().lower() if isinstance(text, str) else None


def jalali(text: object) -> datetime:
    """A Jalali day and time of Tehran as UTC."""
    if not isinstance(text, str):
        return pd.NaT
    day, _, clock = text.translate(LATIN).partition(" ")
    hour, minute = (int(part) for part in (clock or "00:00").split(":"))
    return _midnight(day) + timedelta(hours=hour, minutes=minute)


@lru_cache(maxsize=1000)
def _midnight(day: str) -> datetime:
    year, month, number = (int(part) for part in day.split("/"))
    first = JalaliDateTime(year, month, number).to_gregorian()
    return first.replace(tzinfo=timezone(timedelta(hours=3, minutes=30))).astimezone(UTC)


def read_csv(path: Path, delimiter: str = ",", encoding: str = "utf-8") -> pd.DataFrame:
    """Rows with their number in the file; one with too few or too many cells is empty and ``broken``."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    lines = raw.split(b"\n")
    assert lines[-1] == b""
    texts = []
    for line in lines[:-1]:
        try:
            texts.append(line.decode(encoding))
        except UnicodeDecodeError:
            texts.append(line.decode("cp1256"))
    rows = list(csv.reader(io.StringIO("\n".join(texts)), delimiter=delimiter))
    head, rows = rows[0], rows[1:]
    whole = [dict(zip(head, row, strict=True)) if len(row) == len(head) else None for row in rows]
    found = pd.DataFrame([row or dict.fromkeys(head) for row in whole], columns=head).replace("", None)
    found["row"] = range(len(rows))
    found["broken"] = [row is None for row in whole]
    return found


def read_ndjson(path: Path) -> pd.DataFrame:
    rows = []
    for line in path.read_bytes().split(b"\n")[:-1]:
        try:
            rows.append(json.loads(line))
        except json.JSONDecodeError:
            rows.append(None)
    found = pd.DataFrame([row or {} for row in rows])
    found["row"] = range(len(rows))
    found["broken"] = [row is None for row in rows]
    return found


def read_xlsx(path: Path) -> pd.DataFrame:
    rows = load_workbook(path).get_sheet_by_index(0).to_python()
    found = pd.DataFrame(rows[1:], columns=rows[0]).replace("", None)
    found["row"] = range(len(found))
    found["broken"] = False
    return found


def read_parquet(path: Path) -> pd.DataFrame:
    found = pq.read_table(path).to_pandas()
    found["row"] = range(len(found))
    found["broken"] = False
    return found


def _times(texts: pd.Series) -> pd.Series:
    return pd.to_datetime(pd.Series([jalali(text) for text in texts], index=texts.index), utc=True)


class Files:
    """All files of a shop folder, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def web_events(self) -> pd.DataFrame:
        return read_parquet(self.folder / "web_events.parquet")

    @cached_property
    def app_events(self) -> pd.DataFrame:
        found = read_ndjson(self.folder / "app_events.ndjson")
        found["platform"] = [context["platform"] if isinstance(context, dict) else None for context in found["context"]]
        original, sent, received = (
            pd.to_datetime(found[name], utc=True) for name in ("originalTimestamp", "sentAt", "receivedAt")
        )
        found["time"] = received - (sent - original)
        found["skew"] = sent - received
        return found

    @cached_property
    def orders(self) -> pd.DataFrame:
        found = read_csv(self.folder / "orders.csv", ";", "utf-8-sig")
        found["time"] = _times(found["status_time"])
        return found

    @cached_property
    def messages(self) -> pd.DataFrame:
        return read_csv(self.folder / "messages.csv")

    @cached_property
    def calls(self) -> pd.DataFrame:
        found = read_xlsx(self.folder / "calls.xlsx")
        found["time"] = _times(found["تاریخ"] + " " + found["ساعت"])
        return found

    @cached_property
    def chats(self) -> pd.DataFrame:
        return read_ndjson(self.folder / "chats.ndjson")

    @cached_property
    def store(self) -> pd.DataFrame:
        return read_csv(self.folder / "store.csv", "\t", "cp1256")

    @cached_property
    def reviews(self) -> pd.DataFrame:
        return read_csv(self.folder / "reviews.csv")

    @cached_property
    def surveys(self) -> pd.DataFrame:
        found = read_csv(self.folder / "surveys.csv")
        found["time"] = _times(found["answered_at"])
        found["score"] = pd.to_numeric(found["score"])
        return found

    @cached_property
    def referrals(self) -> pd.DataFrame:
        return read_csv(self.folder / "referrals.csv")

    @cached_property
    def ads(self) -> pd.DataFrame:
        return read_csv(self.folder / "ads.csv.gz")

    @cached_property
    def crm(self) -> pd.DataFrame:
        return read_csv(self.folder / "crm.csv")

    @cached_property
    def costs(self) -> pd.DataFrame:
        return read_csv(self.folder / "costs.csv")

    @cached_property
    def truth(self) -> pd.DataFrame:
        return pq.read_table(self.folder / "truth" / "events.parquet").to_pandas()

    @cached_property
    def people(self) -> pd.DataFrame:
        return pq.read_table(self.folder / "truth" / "people.parquet").to_pandas()

    @cached_property
    def identifiers(self) -> pd.DataFrame:
        return pq.read_table(self.folder / "truth" / "identifiers.parquet").to_pandas()

    @cached_property
    def texts(self) -> pd.DataFrame:
        return pq.read_table(self.folder / "truth" / "texts.parquet").to_pandas()

    def with_truth(self, name: str, clean: bool = True) -> pd.DataFrame:
        """A file's rows beside the truth; ``clean`` leaves out copies, robots and rows to refuse."""
        truth = self.truth[self.truth["file"] == name].drop(columns="file")
        both = getattr(self, name).merge(truth, on="row", validate="one_to_one")
        return both[~(both["duplicate"] | both["bot"] | both["rejected"])] if clean else both
