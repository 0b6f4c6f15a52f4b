"""Who the people are: fragmented identities that the truth folder ties together, and kinds that differ."""

from __future__ import annotations

import pandas as pd
import pytest

from safarnama.simulation.kinds import KINDS

from .reading import email, phone


def owners(files, kind: str) -> dict[str, set[int]]:
    found = files.identifiers[files.identifiers["type"] == kind]
    return found.groupby("value")["person"].agg(set).to_dict()


@pytest.mark.parametrize(
    ("name", "column", "kind", "form"),
    [
        ("web_events", "anonymous_id", "device", str),
        ("web_events", "user_id", "user_id", str),
        ("app_events", "anonymousId", "device", str),
        ("app_events", "userId", "user_id", str),
        ("orders", "customer_id", "customer_id", str),
        ("orders", "mobile", "phone", phone),
        ("messages", "email", "email", email),
        ("messages", "phone", "phone", phone),
        ("calls", "شماره تماس", "phone", phone),
        ("chats", "anonymous_id", "device", str),
        ("store", "کد مشتري", "customer_id", str),
        ("store", "موبايل", "phone", phone),
        ("reviews", "user_id", "user_id", str),
        ("surveys", "email", "email", email),
        ("referrals", "user_id", "user_id", str),
        ("ads", "anonymous_id", "device", str),
    ],
)
def test_every_identifier_belongs_to_the_person_of_its_row(name, column, kind, form, calm_files):
    known = owners(calm_files, kind)
    rows = calm_files.with_truth(name)
    rows = rows[rows[column].notna()]
    assert len(rows)
    for value, person in zip(rows[column], rows["person"], strict=True):
        assert int(person) in known[form(value)], value


def test_crm_ties_identifiers_together(calm_files):
    crm = calm_files.crm.set_index("customer_id")
    people = calm_files.people.dropna(subset="customer_id").set_index("customer_id").loc[crm.index]
    assert crm.index.is_unique and len(crm) == calm_files.people["customer_id"].notna().sum()
    assert (crm["user_id"].fillna("") == people["user_id"].fillna("")).all()
    assert (crm["mobile"].dropna().map(phone) == people["phone"][crm["mobile"].notna()]).all()
    assert (crm["email"].dropna().map(email) == people["email"][crm["email"].notna()]).all()
    assert set(crm["consent"].dropna()) == {"yes", "no"} and crm["consent"].isna().any()
    assert crm["joined_on"].str.fullmatch(r"14\d\d/\d\d/\d\d").all()
    assert pd.to_numeric(crm["birth_year"]).dropna().between(1325, 1395).all()


def test_phones_and_emails_come_in_every_format(calm_files):
    written = calm_files.orders["mobile"].dropna()
    for pattern in (
        r"09\d{9}",
        r"\+989\d{9}",
        r"00989\d{9}",
        r"9\d{9}",
        r"09\d\d \d{3} \d{4}",
        r"09\d\d-\d{3}-\d{4}",
        r"[۰-۹]{11}",
    ):
        assert written.str.fullmatch(pattern).mean() > 0.02, pattern
    emails = calm_files.messages["email"].dropna()
    assert emails.str.contains("[A-Z]").mean() > 0.05 and (emails != emails.str.strip()).mean() > 0.02


def test_families_share_devices(troubled_files):
    people = troubled_files.people
    devices = owners(troubled_files, "device")
    shared = {device: persons for device, persons in devices.items() if len(persons) > 1}
    home = people.set_index("person")["household"]
    assert all(len(persons) == 2 and home.loc[sorted(persons)].nunique() == 1 for persons in shared.values())
    assert len(shared) / people["household"].nunique() == pytest.approx(0.07, abs=0.025)
    web = troubled_files.with_truth("web_events")
    log_ins = web[web["anonymous_id"].isin(shared)].groupby("anonymous_id")["user_id"].nunique()
    assert (log_ins == 2).any()


def test_people_own_one_to_three_devices_and_some_never_identify(calm_files):
    people = calm_files.people
    count = people["devices"].map(len)
    assert count.max() <= 3 and count.between(0, 3).all() and (count >= 2).mean() > 0.1
    nameless = people[["customer_id", "user_id", "phone", "email"]].isna().all(axis=1)
    assert 0.2 < nameless.mean() < 0.6


def test_log_in_happens_in_about_half_of_the_sessions_of_users(calm_files):
    web = calm_files.with_truth("web_events")
    with_account = set(calm_files.people.dropna(subset="user_id")["person"])
    web = web[web["person"].isin(with_account)]
    assert web.groupby("session_id")["user_id"].count().gt(0).mean() == pytest.approx(0.55, abs=0.08)
    # Never known before the log-in of the session, always after it.
    whole = web[~web["late"]].sort_values(["session_id", "timestamp"])
    known = whole["user_id"].notna()
    assert not (known.groupby(whole["session_id"]).cummax() & ~known).any()


def test_about_two_in_five_ever_order(calm_files):
    orders = calm_files.with_truth("orders")
    store = calm_files.with_truth("store")
    buyers = set(orders["person"]) | set(store.loc[store["رويداد"] == "store_purchase", "person"])
    assert 0.34 <= len(buyers) / 3000 <= 0.46
    per_person = calm_files.truth.dropna(subset="person").groupby("person").size()
    assert 35 <= len(calm_files.truth) / 3000 <= 46
    assert per_person.max() > 6 * per_person.mean()


def test_kinds_differ(calm_files):
    people = calm_files.people.set_index("person")
    assert set(people["kind"]) == {kind.name for kind in KINDS}
    orders = calm_files.with_truth("orders")
    confirmed = orders[orders["status"] == "order_confirmed"]
    toman = pd.to_numeric(confirmed["مبلغ (تومان)"].str.replace(",", ""))
    value = toman.groupby(confirmed["person"].map(people["kind"])).median()
    assert value["careful_researcher"] > 1.5 * value["loyal_enthusiast"] > 2 * value["hurried_app_user"]
    in_app = calm_files.with_truth("app_events")["person"].map(people["kind"]).value_counts()
    on_web = calm_files.with_truth("web_events")["person"].map(people["kind"]).value_counts()
    app = in_app / (in_app + on_web)
    assert app["hurried_app_user"] > 0.45 > app["loyal_enthusiast"] > 4 * app["careful_researcher"]
    web = calm_files.with_truth("web_events")
    desktop = (web["platform"] == "desktop_web").groupby(web["person"].map(people["kind"])).mean()
    assert desktop["careful_researcher"] > 0.6 > 5 * desktop["hurried_app_user"]
    calls = calm_files.with_truth("calls")["person"].map(people["kind"]).value_counts(normalize=True)
    assert calls["family_buyer"] > 0.5
    reviews = calm_files.with_truth("reviews")["person"].map(people["kind"]).value_counts(normalize=True)
    assert reviews["loyal_enthusiast"] > 0.4


def test_every_stage_is_lived_through(calm_files):
    stages = calm_files.truth["stage"].value_counts(normalize=True)
    assert set(stages.index) == {"awareness", "evaluation", "purchase", "delivery", "loyalty"}
    assert stages.min() > 0.01


def test_journeys_have_silences_and_cross_devices(calm_files):
    web, app = calm_files.with_truth("web_events"), calm_files.with_truth("app_events")
    both = set(web.dropna(subset="user_id")["person"]) & set(app.dropna(subset="userId")["person"])
    assert len(both) > 100
    visits = web.groupby(["person", "session_id"])["timestamp"].min().sort_values().reset_index()
    gaps = visits.groupby("person")["timestamp"].diff().dropna()
    assert (gaps > pd.Timedelta(days=21)).mean() > 0.1
    abandoned = set(web.loc[web["event"] == "cart_added", "person"]) - set(
        web.loc[web["event"] == "order_placed", "person"]
    )
    assert len(abandoned) > 100
