"""Every file opens the way it claims to, with the columns and forms a company's files have."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from safarnama.simulation import simulate
from safarnama.simulation.files import writing

from .reading import Files, phone, read_xlsx

EVENTS = (
    "web_events",
    "app_events",
    "orders",
    "messages",
    "calls",
    "chats",
    "store",
    "reviews",
    "surveys",
    "referrals",
    "ads",
)
NAMES = {
    "web_events": "event",
    "app_events": "event",
    "orders": "status",
    "calls": "رویداد",
    "store": "رويداد",
}


def test_files_come_in_the_order_to_import(calm):
    assert [path.name for path in calm.files] == [
        "crm.csv",
        "web_events.parquet",
        "app_events.ndjson",
        "orders.csv",
        "messages.csv",
        "calls.xlsx",
        "chats.ndjson",
        "store.csv",
        "reviews.csv",
        "surveys.csv",
        "referrals.csv",
        "ads.csv.gz",
        "costs.csv",
    ]
    assert all(path.is_file() for path in calm.files)
    assert sorted(path.name for path in calm.folder.iterdir()) == sorted([*(p.name for p in calm.files), "truth"])


@pytest.mark.parametrize("customers", [1, 7, 300, 3000])
def test_truth_counts_every_row_of_every_file(customers, tmp_path):
    shop = simulate(tmp_path, customers, seed=2)
    files = Files(tmp_path)
    told = files.truth.groupby("file", observed=True)["row"].agg(["size", "min", "max"])
    total = 0
    for name in EVENTS:
        rows = len(getattr(files, name))
        total += rows
        if rows:
            assert told.loc[name].tolist() == [rows, 0, rows - 1], name
        else:
            assert name not in told.index
    assert shop.events == total
    assert not files.truth.duplicated(["file", "row"]).any()


def test_about_forty_touchpoints_and_no_others(calm_files):
    seen = set()
    for name in EVENTS:
        seen |= set(getattr(calm_files, name)[NAMES.get(name, "event")].dropna())
    assert 36 <= len(seen) <= 42
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in seen)


def test_web_columns(calm_files):
    schema = pq.read_schema(calm_files.folder / "web_events.parquet")
    assert schema.names == [
        *("event_id", "timestamp", "anonymous_id", "user_id", "session_id", "event", "page", "platform"),
        *(
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "city",
            "product_id",
            "value",
            "currency",
            "user_agent",
        ),
    ]
    assert schema.field("timestamp").type == pa.timestamp("us", "UTC")
    web = calm_files.web_events
    assert set(web["platform"]) == {"desktop_web", "mobile_web"}
    assert web["event_id"].str.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").all()
    assert (web["value"].notna() == (web["event"] == "order_placed"))[web["event"].notna()].all()
    people = calm_files.with_truth("web_events")
    assert people["city"].notna().mean() == pytest.approx(0.85, abs=0.02)


def test_app_events_are_segment_calls(calm_files):
    app = calm_files.app_events[~calm_files.app_events["broken"]]
    assert (app["type"] == "track").all()
    assert set(app["platform"]) == {"android", "ios"}
    assert set(app["context"].iloc[0]) == {"platform", "app", "locale"}
    assert app["originalTimestamp"].dropna().str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z").all()
    assert app["userId"].isna().any() and app["userId"].notna().any()


def test_orders_are_a_spreadsheet_export(calm_files):
    raw = (calm_files.folder / "orders.csv").read_bytes()
    assert raw.startswith("\ufefforder_id;customer_id;mobile;status;status_time;city;مبلغ (تومان);items\r\n".encode())
    orders = calm_files.orders[~calm_files.orders["broken"]]
    assert orders["status_time"].dropna().str.fullmatch(r"14\d\d/\d\d/\d\d \d\d:\d\d").all()
    assert orders["مبلغ (تومان)"].str.fullmatch(r"\d{1,3}(,\d{3})*").all()
    steps = ["order_confirmed", "order_shipped", "order_delivered", "return_requested", "refund_paid"]
    assert set(orders["status"].dropna()) == set(steps)
    clean = calm_files.with_truth("orders")
    times = clean.pivot_table(index="order_id", columns="status", values="time", aggfunc="min", observed=True)
    for before, after in itertools.pairwise(steps):
        both = times[[before, after]].dropna()
        assert (both[after] >= both[before]).all()


def test_store_is_in_windows_1256(calm_files):
    raw = (calm_files.folder / "store.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    head = raw.decode("cp1256").split("\r\n")[0].split("\t")
    assert [name.replace("ي", "ی") for name in head] == [
        "کد مشتری",
        "موبایل",
        "تاریخ و ساعت",
        "رویداد",
        "مبلغ",
        "فروشگاه",
    ]
    store = calm_files.store
    assert store["کد مشتري"].isna().any() and store["کد مشتري"].notna().any()


def test_calls_are_a_persian_sheet(calm_files):
    calls = calm_files.calls
    head = ["شماره تماس", "تاریخ", "ساعت", "رویداد", "انتظار (ثانیه)", "مدت (ثانیه)", "موضوع", "یادداشت"]
    assert calls.columns[:8].tolist() == head
    assert calls["تاریخ"].dropna().str.fullmatch(r"[۰-۹]{4}/[۰-۹]{2}/[۰-۹]{2}").all()
    assert set(calls["رویداد"].dropna()) == {"call_answered", "call_abandoned", "call_back"}
    assert calls["شماره تماس"].dropna().str.contains("[۰-۹]").mean() == pytest.approx(0.25, abs=0.08)
    assert calls["شماره تماس"].dropna().map(phone).str.fullmatch(r"\+989\d{9}").all()


def test_the_other_files_have_their_forms(calm_files):
    chats = calm_files.chats[~calm_files.chats["broken"]]
    assert (chats["user_id"].notna() ^ chats["anonymous_id"].notna()).all()
    assert set(chats["rating"].dropna()) <= {1, 2, 3, 4, 5}
    messages = calm_files.messages[~calm_files.messages["broken"]]
    assert messages["sent_at"].dropna().str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d").all()
    assert (messages["phone"].notna() == (messages["channel"] == "sms")).all()
    ads = calm_files.ads[~calm_files.ads["broken"]]
    assert ads["clicked_at"].dropna().str.endswith("+03:30").all()
    surveys = calm_files.surveys[~calm_files.surveys["broken"]]
    for survey, low, high in (("NPS", 0, 10), ("CSAT", 1, 5), ("CES", 1, 7)):
        scores = surveys.loc[surveys["survey"] == survey, "score"]
        assert scores.between(low, high).all() and scores.max() == high
    referrals = calm_files.referrals[~calm_files.referrals["broken"]]
    assert set(referrals["event"].dropna()) == {"referral_sent", "referral_joined"}
    joined = referrals[referrals["event"] == "referral_joined"]
    assert set(joined["code"]) <= set(referrals.loc[referrals["event"] == "referral_sent", "code"])


def test_costs_add_up(calm_files):
    costs = calm_files.costs
    assert costs.columns[:5].tolist() == ["month", "channel", "campaign", "cost", "clicks"]
    assert set(costs["channel"]) == {"search", "instagram", "influencer", "email", "sms"}
    paid = costs[costs["channel"].isin(["search", "instagram", "influencer"])]
    clicks = calm_files.with_truth("ads", clean=False)
    clicked = len(clicks[~clicks["duplicate"] & ~clicks["broken"]])
    assert clicked <= pd.to_numeric(paid["clicks"]).sum() <= 1.15 * clicked
    assert (pd.to_numeric(costs["cost"]) > 0).all()


def test_everything_happens_in_the_year(calm_files):
    begin, end = pd.Timestamp("2025-11-21T20:30Z"), pd.Timestamp("2026-11-21T20:30Z")
    for times in (
        calm_files.web_events["timestamp"],
        calm_files.app_events["time"],
        calm_files.orders["time"],
        calm_files.calls["time"],
        calm_files.surveys["time"],
        pd.to_datetime(pd.to_numeric(calm_files.chats["time"]), unit="ms", utc=True),
        pd.to_datetime(pd.to_numeric(calm_files.reviews["created_at"]), unit="s", utc=True),
    ):
        assert times.min() >= begin.floor("min") and times.max() < end
    assert calm_files.web_events["timestamp"].max() - calm_files.web_events["timestamp"].min() > pd.Timedelta(days=363)


def test_parquet_only_has_the_same_columns_and_events(tmp_path):
    mixed = simulate(tmp_path / "mixed", 300, seed=9)
    parquet = simulate(tmp_path / "parquet", 300, seed=9, parquet_only=True)
    assert [path.suffix for path in parquet.files] == [".csv", *[".parquet"] * 11, ".csv"]
    files = Files(mixed.folder)
    for name in EVENTS:
        table = pq.read_table(parquet.folder / f"{name}.parquet")
        whole = getattr(files, name)
        whole = whole[~whole["broken"]]
        assert set(table.column_names) <= {column.replace("ي", "ی") for column in whole.columns}
        assert table.num_rows == len(whole)
    assert parquet.troubles == mixed.troubles
    assert parquet.events == mixed.events - sum(getattr(files, name)["broken"].sum() for name in EVENTS)


def test_a_full_workbook_is_followed_by_another(tmp_path, monkeypatch):
    whole = simulate(tmp_path / "whole", 300, seed=9)
    monkeypatch.setattr(writing, "_SHEET_ROWS", 40)
    parts = simulate(tmp_path / "parts", 300, seed=9)
    names = [path.name for path in parts.files if path.suffix == ".xlsx"]
    assert names[:3] == ["calls.xlsx", "calls-2.xlsx", "calls-3.xlsx"]
    rows = pd.concat([read_xlsx(parts.folder / name) for name in names], ignore_index=True).drop(columns="row")
    pd.testing.assert_frame_equal(rows, Files(whole.folder).calls.drop(columns=["row", "time"]), check_dtype=False)
    assert parts.events == whole.events


def test_importing_the_simulation_is_light():
    code = "import sys, safarnama.simulation; print([n for n in ('numba', 'xlsxwriter') if n in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], check=True, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
