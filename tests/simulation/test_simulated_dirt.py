"""The dirt is there, in the stated proportions, and the truth folder points at it."""

from __future__ import annotations

import gzip

import pandas as pd
import pytest

from .reading import Files
from .test_simulated_files import EVENTS

COLUMNS = {"calls": ["شماره تماس", "تاریخ", "ساعت", "یادداشت"]}
TEXT_FILES = {
    "app_events.ndjson": "app_events",
    "chats.ndjson": "chats",
    "orders.csv": "orders",
    "messages.csv": "messages",
    "store.csv": "store",
    "reviews.csv": "reviews",
    "surveys.csv": "surveys",
    "referrals.csv": "referrals",
    "ads.csv.gz": "ads",
}


def share(count: int, of: int) -> float:
    return count / of


def test_duplicates(calm_files):
    truth = calm_files.truth
    assert share(truth["duplicate"].sum(), len(truth)) == pytest.approx(0.004, rel=0.25)
    web = calm_files.web_events
    again = web.duplicated("event_id")
    assert again.sum() == calm_files.truth.query("file == 'web_events' and duplicate").shape[0]
    app = calm_files.app_events[~calm_files.app_events["broken"]]
    assert app["messageId"].duplicated().sum() == calm_files.truth.query("file == 'app_events' and duplicate").shape[0]


def test_copies_in_files_without_ids_are_the_same_row(troubled_files):
    for name in ("orders", "calls", "messages", "ads"):
        rows = troubled_files.with_truth(name, clean=False)
        rows = rows[~rows["broken"]]
        known = [column for column in getattr(troubled_files, name).columns if column not in ("row", "broken", "time")]
        copies = rows[rows["duplicate"]]
        originals = {tuple(row) for row in rows.loc[~rows["duplicate"], known].astype(str).itertuples(index=False)}
        assert len(copies) and all(tuple(row) in originals for row in copies[known].astype(str).itertuples(index=False))


def test_late_rows_stand_at_the_end(calm_files):
    truth = calm_files.truth
    assert share(truth["late"].sum(), len(truth)) == pytest.approx(0.01, rel=0.15)
    web = calm_files.with_truth("web_events", clean=False)
    late = web["late"].to_numpy()
    first = late.argmax()
    assert late[first:].all()
    on_time = web.loc[~web["late"] & ~web["duplicate"], "timestamp"].dropna()
    assert on_time.is_monotonic_increasing
    assert web.loc[web["late"], "timestamp"].min() < on_time.iloc[len(on_time) // 4]


def test_robots_are_few_and_fast(calm_files):
    web = calm_files.with_truth("web_events", clean=False)
    robots = web[web["bot"]]
    assert share(len(robots), len(web)) == pytest.approx(0.03, abs=0.006)
    assert robots["anonymous_id"].nunique() <= 20
    assert robots.groupby("anonymous_id").size().min() > 200
    assert robots["person"].isna().all()
    pause = robots.sort_values("timestamp").groupby("session_id")["timestamp"].diff().dt.total_seconds()
    assert pause.median() < 1.0
    said = robots["user_agent"].str.contains("bot|python|Headless", case=False).mean()
    assert 0.6 <= said <= 1.0
    assert not web.loc[~web["bot"], "user_agent"].str.contains("bot|python|Headless", case=False, na=False).any()


def test_missing_fields(troubled_files):
    truth = troubled_files.truth
    refused = truth["rejected"].sum()
    broken = sum(getattr(troubled_files, name)["broken"].sum() for name in EVENTS)
    assert share(refused - broken, len(truth)) == pytest.approx(0.0005, rel=0.4)
    web = troubled_files.with_truth("web_events", clean=False)
    empty = web["event"].isna() | web["timestamp"].isna()
    assert (empty == web["rejected"]).all() and empty.any()
    orders = troubled_files.with_truth("orders", clean=False)
    assert ((orders["status"].isna() | orders["status_time"].isna()) == orders["rejected"]).all()


@pytest.mark.parametrize("name", TEXT_FILES)
def test_a_few_lines_are_broken(name, calm_files):
    rows = getattr(calm_files, TEXT_FILES[name])
    assert rows["broken"].sum() == min(5, (len(rows) - 5) // 60)
    told = calm_files.with_truth(TEXT_FILES[name], clean=False)
    assert told.loc[told["broken"], "rejected"].all()
    assert told.loc[told["broken"], ["person", "stage"]].isna().all(axis=None)


def test_one_file_mixes_encodings(calm_files):
    strange = {}
    for name in TEXT_FILES:
        raw = (calm_files.folder / name).read_bytes()
        raw = gzip.decompress(raw) if name.endswith(".gz") else raw
        lines = [line for line in raw.split(b"\n") if not _is_utf8(line)]
        strange[name] = len(lines)
    assert 1 <= strange.pop("reviews.csv") <= 4
    assert strange.pop("store.csv") > 10
    assert set(strange.values()) == {0}


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def test_a_few_devices_have_a_wrong_clock(troubled_files):
    app = troubled_files.app_events[~troubled_files.app_events["broken"]].dropna(subset="skew")
    wrong = app.groupby("anonymousId")["skew"].median().abs() > pd.Timedelta(minutes=30)
    assert wrong.mean() == pytest.approx(0.02, abs=0.01)
    hours = app["skew"].abs().dt.total_seconds()[app["anonymousId"].map(wrong)] / 3600
    assert hours.between(0.5, 15).mean() > 0.99


def test_small_shops_are_dirty_in_proportion(tmp_path):
    from safarnama.simulation import simulate

    simulate(tmp_path, 40, seed=3)
    files = Files(tmp_path)
    assert files.app_events["broken"].sum() <= 5
    assert len(files.truth) < 5000
