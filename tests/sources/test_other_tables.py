"""Tables of customers and of campaign costs: recognised, said, and read as what they are. And real logs whole."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace
from tests.sources.reading import column, events, moments, put, rejected

CRM = """customer_id,email,mobile,city,status,consent,birth_date
1,A@b.ir,0912 000 0001,Tehran,active,analytics,1370/02/03
2,c@d.ir,+989120000002,Shiraz,lapsed,none,1365/01/01
,,,Qom,active,,
2,c@d.ir,,Shiraz,lapsed,,
3,null,,Rasht,active,analytics+sharing,
"""
COSTS = """month,channel,campaign,cost
1405-01,sms,نوروز,۱٬۵۰۰٬۰۰۰
۱۴۰۵/۰۲,email,بهار,250 هزار
2026-05,ads,x,12.000.000
خرداد ۱۴۰۵,sms,y,5
13,sms,z,5
,sms,z,5
1405-03,sms,z,lots
"""


@pytest.fixture
def iran(tmp_path: Path) -> Workspace:
    return Workspace.new(tmp_path / "iran", timezone="Asia/Tehran", currency="IRR")


def test_a_table_of_customers_is_recognised_and_says_so(iran: Workspace, tmp_path: Path) -> None:
    done = iran.import_files(put(tmp_path, "crm.csv", CRM))[0]
    assert (done.kind, done.rows) == ("customers", 4)
    assert rejected(iran) == [(4, "identifier_missing")]
    assert "--as customers" in done.notices[0][0].say("en")
    assert column(iran, "property:status", "customers") == ["active", "lapsed", "lapsed", "active"]
    assert column(iran, "property:consent", "customers")[0] == "analytics"
    customers = iran.customers()
    assert customers.count == 3


def test_a_table_of_customers_joins_what_its_rows_name(iran: Workspace, tmp_path: Path) -> None:
    iran.import_files(put(tmp_path, "crm.csv", CRM))
    web = "email,event,time\na@B.ir,view,2026-01-01\nc@d.ir,view,2026-01-01\n"
    calls = "phone,event,time\n۰۹۱۲۰۰۰۰۰۰۱,call,2026-01-02\n00989120000002,call,2026-01-02\n"
    iran.import_files(put(tmp_path, "web.csv", web), put(tmp_path, "calls.csv", calls))
    assert iran.journeys().customers == 2
    assert iran.journeys().events == 4


def test_told_as_events_it_needs_a_time(iran: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="No column could be read as a time"):
        iran.import_files(put(tmp_path, "crm.csv", CRM), kind="events")


@pytest.mark.parametrize(("kind", "role"), [("customers", "customer"), ("costs", "cost")])
def test_told_as_what_it_is_not_teaches(iran: Workspace, tmp_path: Path, kind: str, role: str) -> None:
    file = put(tmp_path, "a.csv", "colour,size\nred,big\n")
    with pytest.raises(Mistake, match=f"--column {role}=NAME"):
        iran.import_files(file, kind=kind)


def test_costs_by_gregorian_and_jalali_month(iran: Workspace, tmp_path: Path) -> None:
    done = iran.import_files(put(tmp_path, "spend.csv", COSTS))[0]
    assert (done.kind, done.rows) == ("costs", 4)
    assert "--as costs" in done.notices[0][0].say("en")
    assert column(iran, "value", "costs") == [1_500_000, 250_000, 12_000_000, 5]
    tehran = ZoneInfo("Asia/Tehran")
    starts = [datetime(2026, month, day, tzinfo=tehran) for month, day in ((3, 21), (4, 21), (5, 1), (5, 22))]
    assert [when / 1e6 for when in column(iran, "when", "costs")] == [start.timestamp() for start in starts]
    assert rejected(iran) == [(6, "time_unreadable"), (7, "time_missing"), (8, "cost_unreadable")]


def test_costs_in_toman_are_kept_in_rial(iran: Workspace, tmp_path: Path) -> None:
    iran.import_files(put(tmp_path, "spend.csv", "ماه,کانال,هزینه (تومان)\n1405-01,sms,1500\n"))
    assert column(iran, "value", "costs") == [15_000]


@pytest.mark.data
def test_a_process_log_keeps_its_instants(shop: Workspace, data: Path) -> None:
    file = data / "pm4py_logs" / "receipt.csv"
    done = shop.import_files(file)[0]
    assert (done.rows, done.rejected) == (8_577, 0)
    assert shop.journeys().customers == 1_434
    oracle = pd.to_datetime(pd.read_csv(file)["time:timestamp"], utc=True, format="ISO8601")
    assert moments(shop) == [at.floor("ms").to_pydatetime() for at in oracle]


@pytest.mark.data
def test_a_log_of_purchases_with_a_named_touchpoint(shop: Workspace, data: Path) -> None:
    file = data / "completejourney" / "transactions.parquet"
    done = shop.import_files(file, touchpoint="purchase")[0]
    assert (done.rows, done.rejected) == (1_469_307, 0)
    customers = shop.customers()
    assert customers.count == 2_469


def test_the_earliest_and_latest_events_are_kept_with_the_file(shop: Workspace, tmp_path: Path) -> None:
    shop.import_files(put(tmp_path, "a.csv", "user_id,event,time\nu1,view,1960-01-01\nu1,view,2026-01-01\n"))
    assert moments(shop) == [datetime(1960, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)]
    assert len(events(shop)) == 2
