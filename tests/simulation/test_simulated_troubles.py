"""Troubles: measured from the files, compared with what the truth folder says of them."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import numpy as np
import pandas as pd
import pytest

from safarnama.simulation import TROUBLE_KINDS, simulate
from safarnama.simulation.places import CITIES
from safarnama.simulation.plan import planned
from safarnama.simulation.troubles import asked


def attempts(files) -> pd.DataFrame:
    """Payment attempts with platform, time and whether they failed."""
    web, app = files.with_truth("web_events"), files.with_truth("app_events")
    columns = ["event", "platform", "time", "person"]
    both = pd.concat([web.rename(columns={"timestamp": "time"})[columns], app[columns]])
    started, failed = both[both["event"] == "payment_started"], both[both["event"] == "payment_failed"]
    keys = Counter(zip(failed["person"], failed["platform"], strict=True))
    started = started.sort_values("time").reset_index(drop=True)
    # Failures follow their attempt within two minutes.
    merged = pd.merge_asof(
        started.rename(columns={"time": "begun"}).assign(time=started["time"]),
        failed.sort_values("time")[["person", "time"]]
        .rename(columns={"time": "over"})
        .assign(time=lambda f: f["over"]),
        on="time",
        by="person",
        direction="forward",
        tolerance=pd.Timedelta(seconds=80),
    )
    assert keys.total() == len(failed)
    return merged.assign(failed=merged["over"].notna(), day=merged["begun"].dt.tz_convert("Asia/Tehran").dt.date)


def transit(files) -> pd.DataFrame:
    """Days from shipping to delivery of each order, with its city."""
    orders = files.with_truth("orders")
    shipped = orders[orders["status"] == "order_shipped"].set_index("order_id")
    delivered = orders[orders["status"] == "order_delivered"].set_index("order_id")
    both = shipped[["city", "time"]].join(delivered["time"].rename("end"), how="inner")
    days = (both["end"] - both["time"]).dt.total_seconds() / 86_400
    usual = both["city"].map({city.name.fa: city.transit_days for city in CITIES})
    return both.assign(days=days, late=days > 1.5 * usual, day=both["time"].dt.tz_convert("Asia/Tehran").dt.date)


def last_views(files) -> pd.DataFrame:
    """Page views of the website with whether they ended their visit."""
    web = files.with_truth("web_events").sort_values(["session_id", "timestamp"])
    last = web["session_id"] != web["session_id"].shift(-1)
    return web.assign(last=last, day=web["timestamp"].dt.tz_convert("Asia/Tehran").dt.date)


def within(rows: pd.DataFrame, trouble) -> pd.Series:
    return (rows["day"] >= trouble.start) & (rows["day"] <= trouble.end)


def of_kind(shop, kind: str):
    return next(trouble for trouble in shop.troubles if trouble.kind == kind)


def test_a_calm_shop_has_base_rates(calm, calm_files):
    assert calm.troubles == []
    assert json.loads((calm.truth / "troubles.json").read_text()) == []
    assert calm_files.truth["trouble"].isna().all()
    paid = attempts(calm_files)
    assert paid["failed"].mean() == pytest.approx(0.01, abs=0.006)
    calls = calm_files.with_truth("calls")
    answered = calls[calls["رویداد"] != "call_back"]
    assert (answered["رویداد"] == "call_abandoned").mean() == pytest.approx(0.04, abs=0.015)
    road = transit(calm_files)
    assert road["late"].mean() < 0.06
    assert 1.9 < road["days"].median() < 4
    assert road["days"].quantile(0.98) < 6.5
    csat = calm_files.surveys.loc[calm_files.surveys["survey"] == "CSAT", "score"]
    assert csat.mean() == pytest.approx(4.2, abs=0.15)


def test_a_calm_shop_is_steady_through_the_year(calm_files):
    """Seasons change how much happens, not the rates inside a step."""
    paid = attempts(calm_files)
    visits = last_views(calm_files)
    month = pd.to_datetime(visits["day"]).dt.to_period("M")
    volume = visits.groupby(month).size().iloc[1:-1]
    assert volume.max() > 1.3 * volume.median()
    for page in ("product_viewed", "category_viewed", "checkout_started"):
        views = visits[visits["event"] == page]
        quarter = pd.to_datetime(views["day"]).dt.to_period("Q")
        rate = views.groupby(quarter)["last"].agg(["mean", "size"])
        error = np.sqrt(rate["mean"] * (1 - rate["mean"]) / rate["size"])
        overall = views["last"].mean()
        assert ((rate["mean"] - overall).abs() < 4.5 * error + 0.01).all(), page
    quarter = pd.to_datetime(paid["day"]).dt.to_period("Q")
    assert paid.groupby(quarter)["failed"].mean().max() < 0.035


def test_payment_gateway(troubled, troubled_files):
    trouble = of_kind(troubled, "payment_gateway")
    assert trouble.dimension == "platform" and trouble.touchpoints == ("payment_started", "payment_failed")
    paid = attempts(troubled_files)
    here = paid[within(paid, trouble) & (paid["platform"] == trouble.value)]
    elsewhere = paid.drop(here.index)
    assert len(here) == pytest.approx(trouble.exposed, rel=0.04)
    assert here["failed"].mean() == pytest.approx(trouble.trouble_rate, abs=0.03)
    assert 0.10 < trouble.trouble_rate < 0.55
    assert elsewhere["failed"].mean() < 0.02
    assert trouble.excess == pytest.approx((trouble.trouble_rate - trouble.base_rate) * trouble.exposed, abs=4)
    angry = troubled_files.texts.merge(troubled_files.truth, on=["file", "row"])
    hit = angry[(angry["trouble"] == troubled.troubles.index(trouble)) & (angry["sentiment"] == -1)]
    assert len(hit) and (hit["subject"] == "payment").mean() > 0.8


def test_slow_delivery(troubled, troubled_files):
    trouble = of_kind(troubled, "slow_delivery")
    road = transit(troubled_files)
    here = road[within(road, trouble) & (road["city"] == trouble.value)]
    elsewhere = road.drop(here.index)
    assert trouble.dimension == "city" and len(here) == pytest.approx(trouble.exposed, rel=0.05, abs=2)
    assert here["late"].mean() == pytest.approx(trouble.trouble_rate, abs=0.05) and trouble.trouble_rate > 0.9
    assert elsewhere["late"].mean() < 0.05
    usual = elsewhere.loc[elsewhere["city"] == trouble.value, "days"].median()
    assert here["days"].median() / usual == pytest.approx(trouble.factor, rel=0.25)
    surveys = troubled_files.surveys
    csat = surveys[surveys["survey"] == "CSAT"].set_index("order_id")["score"]
    assert csat[csat.index.isin(here.index)].mean() < csat[~csat.index.isin(here.index)].mean() - 0.8


def test_confusing_page(troubled, troubled_files):
    trouble = of_kind(troubled, "confusing_page")
    (page,) = trouble.touchpoints
    views = last_views(troubled_files)
    views = views[views["event"] == page]
    here = views[within(views, trouble)]
    if trouble.dimension == "platform":
        here = here[here["platform"] == trouble.value]
    elsewhere = views.drop(here.index)
    base = elsewhere["last"].mean()
    assert base == pytest.approx(trouble.base_rate, abs=0.03)
    assert here["last"].mean() == pytest.approx(trouble.trouble_rate, abs=0.04)
    assert trouble.trouble_rate > base + 0.06
    assert trouble.excess == pytest.approx(
        (trouble.trouble_rate - trouble.base_rate) * trouble.exposed, rel=0.25, abs=8
    )


def test_call_queue(troubled, troubled_files):
    trouble = of_kind(troubled, "call_queue")
    calls = troubled_files.with_truth("calls")
    calls = calls[calls["رویداد"] != "call_back"].assign(day=lambda f: f["time"].dt.tz_convert("Asia/Tehran").dt.date)
    here, elsewhere = calls[within(calls, trouble)], calls[~within(calls, trouble)]
    assert len(here) == pytest.approx(trouble.exposed, rel=0.03, abs=2)
    assert (here["رویداد"] == "call_abandoned").mean() == pytest.approx(trouble.trouble_rate, abs=0.03)
    assert (elsewhere["رویداد"] == "call_abandoned").mean() == pytest.approx(0.04, abs=0.015)
    waits = [rows.loc[rows["رویداد"] == "call_answered", "انتظار (ثانیه)"].median() for rows in (here, elsewhere)]
    assert waits[0] / waits[1] == pytest.approx(trouble.factor, rel=0.2)
    again = (
        here.groupby(["person", "day"]).size().gt(1).mean(),
        elsewhere.groupby(["person", "day"]).size().gt(1).mean(),
    )
    assert again[0] > 3 * again[1]
    ces = troubled_files.surveys[troubled_files.surveys["survey"] == "CES"].dropna(subset="time")
    ces = ces.assign(day=ces["time"].dt.tz_convert("Asia/Tehran").dt.date)
    assert ces.loc[within(ces, trouble), "score"].mean() < ces.loc[~within(ces, trouble), "score"].mean() - 0.6


def test_what_is_told_of_a_trouble(troubled):
    told = json.loads((troubled.truth / "troubles.json").read_text())
    assert [trouble.kind for trouble in troubled.troubles] == [each["kind"] for each in told]
    for trouble, each in zip(troubled.troubles, told, strict=True):
        assert date(2025, 12, 22) <= trouble.start < trouble.end <= date(2026, 10, 24)
        assert each["start"] == trouble.start.isoformat() and each["excess"] == trouble.excess
        assert each["sentence"] == {"en": trouble.sentence.en, "fa": trouble.sentence.fa}
        assert 0 < trouble.excess <= trouble.exposed
        assert f"{trouble.exposed:,}" in trouble.sentence.en


def test_troubles_are_drawn_by_the_seed():
    """None to three of them; about one shop in five has none; every kind, many places and sizes."""
    until = date(2026, 11, 21)
    shops = [planned(300, seed, until, None).troubles for seed in range(400)]
    counts = Counter(len(shop) for shop in shops)
    assert set(counts) == {0, 1, 2, 3}
    assert counts[0] / 400 == pytest.approx(0.2, abs=0.06)
    drawn = np.concatenate(shops)
    assert set(drawn["kind"]) == set(range(len(TROUBLE_KINDS)))
    weeks = (drawn["end"] - drawn["start"]) / (7 * 86_400_000_000)
    assert weeks.min() >= 3 and weeks.max() <= 10 and len(set(weeks)) >= 7
    payment = drawn[drawn["kind"] == 0]
    assert set(payment["place"]) == {0, 1, 2, 3}
    assert payment["rate"].min() >= 0.15 and payment["rate"].max() <= 0.45
    slow = drawn[drawn["kind"] == 1]
    assert slow["factor"].min() >= 2 and slow["factor"].max() <= 3.5 and len(set(slow["place"])) >= 6
    for shop in shops:
        assert len(set(shop["kind"])) == len(shop)


def test_kinds_can_be_forced(tmp_path):
    shop = simulate(tmp_path, 300, seed=5, troubles=["call_queue", "payment_gateway"])
    assert sorted(trouble.kind for trouble in shop.troubles) == ["call_queue", "payment_gateway"]
    assert len(planned(300, 5, date(2026, 11, 21), asked(4)).troubles) == 4
