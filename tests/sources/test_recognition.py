"""What columns are taken for: from names and contents, Persian and English, and what is told wins."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace
from safarnama.sources.reading.numbers import number, numbers
from safarnama.sources.reading.roles import recognise
from tests.sources.reading import column, events, put, rejected

TIMES = ["2026-01-01 10:00", "2026-01-02 11:00"]


def roles(**columns: list[str | None]) -> dict[str, str]:
    return recognise(pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()}), {})


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["user_id", "event", "timestamp"], ["user", "touchpoint", "time"]),
        (["userId", "eventName", "originalTimestamp"], ["user", "touchpoint", "time"]),
        (["کد مشتری", "نام رویداد", "تاریخ و ساعت"], ["customer", "touchpoint", "time"]),
        (["شناسه كاربر", "رويداد", "زمان"], ["user", "touchpoint", "time"]),  # Arabic letters
        (["case:concept:name", "concept:name", "time:timestamp"], ["customer", "touchpoint", "time"]),
        (["CUSTOMER ID", "Activity", "InvoiceDate"], ["customer", "touchpoint", "time"]),
    ],
)
def test_names_of_both_languages_and_many_tools(names: list[str], expected: list[str]) -> None:
    found = roles(**dict(zip(names, (["u1", "u2"], ["view", "buy"], TIMES), strict=True)))
    assert found == dict(zip(expected, names, strict=True)) or set(found.items()) == set(
        zip(expected, names, strict=True)
    )


@pytest.mark.parametrize("name", ["agent_email", "referred_email", "seller email", "courier_phone", "ایمیل معرف"])
def test_somebody_elses_contact_is_not_the_customers(name: str) -> None:
    found = roles(event=["a", "b"], time=TIMES, **{name: ["a@b.ir", "c@d.ir"]})
    assert name not in found.values()


def test_contents_have_a_say() -> None:
    found = roles(time=["12", "15"], email=["yes", "no"], event=TIMES, amount=["none", "many"], created_at=TIMES)
    assert found == {"time": "created_at"}


def test_one_bad_row_of_three_does_not_hide_the_time() -> None:
    assert roles(event=["a", "b", "c"], time=["2026-01-01", "never", ""])["time"] == "time"


def test_a_column_that_fills_late_is_still_recognised(shop: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"u1,view,{1_767_261_600 + n},\n" for n in range(21_000)) + "u1,buy,1767300000,12.5\n"
    done = shop.import_files(put(tmp_path, "a.csv", "user_id,event,ts,value\n" + rows))[0]
    assert done.roles["value"] == "value"
    assert column(shop, "value")[-1] == 1250


def test_what_is_told_wins_and_the_rest_becomes_properties(shop: Workspace, tmp_path: Path) -> None:
    text = "user_id,member,event,what,time,card\nu1,m1,e1,view,2026-01-01,c1\nu2,m2,e2,buy,2026-01-02,\n"
    file = put(tmp_path, "a.csv", text)
    told = {"customer": "member", "user": "user_id", "touchpoint": "what", "id:card": "card"}
    done = shop.import_files(file, columns=told)[0]
    assert done.roles == {**told, "time": "time"}
    assert done.properties == ("event",)
    first, second = events(shop)
    assert {name for name in first if name.startswith("who:")} == {"who:customer", "who:user", "who:card"}
    assert "who:card" not in second


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"custmer": "user_id"}, "Role custmer is not here. Nearest: customer"),
        ({"customer": "user_ids"}, "Column user_ids is not here. Nearest: user_id"),
        ({"time": "event+clock"}, "Column clock is not here"),
    ],
)
def test_a_wrong_role_or_column_teaches(shop: Workspace, tmp_path: Path, columns: dict[str, str], message: str) -> None:
    file = put(tmp_path, "a.csv", "user_id,event,time\nu1,view,2026-01-01\n")
    with pytest.raises(Mistake, match=message.replace(".", r"\.").replace("+", r"\+")):
        shop.import_files(file, columns=columns)
    assert events(shop) == []


def test_a_file_without_touchpoints_can_name_one(shop: Workspace, tmp_path: Path) -> None:
    file = put(tmp_path, "a.csv", "user_id,time,amount\nu1,2026-01-01,5\n")
    with pytest.raises(Mistake, match="--touchpoint purchase"):
        shop.import_files(file)
    shop.import_files(file, touchpoint="خرید حضوری")
    assert column(shop, "what") == ["خرید حضوری"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234", 1234.0),
        ("1,234", 1234.0),
        ("1,234,567.89", 1234567.89),
        ("1.234.567,89", 1234567.89),
        ("1.234.567", 1234567.0),
        ("12,5", 12.5),
        ("۱۲٫۵", 12.5),
        ("۱٬۲۳۴٬۰۰۰ تومان", 1234000.0),
        ("250 هزار", 250_000.0),
        ("۱٫۵ میلیون تومان", 1_500_000.0),
        ("$1 234", 1234.0),
        ("−7", -7.0),
        ("(12.50)", -12.5),
        ("1e3", 1000.0),
        ("12 apples", None),
        ("1.2.3", None),
        ("", None),
        ("-", None),
        ("هزار", None),
    ],
)
def test_numbers_as_people_write_them(text: str, expected: float | None) -> None:
    assert number(text) == expected


def test_cells_that_say_there_is_no_number_are_empty_not_bad(shop: Workspace, tmp_path: Path) -> None:
    values, bad = numbers(pa.array(["1", "NULL", "\\N", "nan", "-", None, "N/A", "x"]))
    assert bad.tolist() == [False] * 7 + [True] and values[0] == 1
    rows = "".join(f"u{n},view,2026-01-01,NULL\n" for n in range(8)) + "u8,buy,2026-01-01,5\nu9,buy,2026-01-01,lots\n"
    shop.import_files(put(tmp_path, "a.csv", "user_id,event,time,value\n" + rows))
    assert column(shop, "value") == [None] * 8 + [500]
    assert rejected(shop) == [(11, "value_unreadable")]


@pytest.mark.parametrize(
    ("header", "currency", "minor"),
    [
        ("value", "IRR", 1500),
        ("مبلغ (تومان)", "IRR", 15000),
        ("مبلغ (ریال)", "IRR", 1500),
        ("amount", "EUR", 150000),
        ("amount", "KWD", 1500000),
        ("amount", "JPY", 1500),
        ("amount toman", "EUR", 150000),
    ],
)
def test_money_is_kept_in_minor_units(tmp_path: Path, header: str, currency: str, minor: int) -> None:
    shop = Workspace.new(tmp_path / "shop", currency=currency)
    file = put(tmp_path, "a.csv", f"user_id,event,time,{header}\nu1,buy,2026-01-01,۱٬۵۰۰\n".replace("٬", ""))
    shop.import_files(file, columns={"value": header})
    assert column(shop, "value") == [minor]


def test_robots_are_flagged_and_kept(shop: Workspace, tmp_path: Path) -> None:
    agents = ["Mozilla/5.0 (Linux)", "Googlebot/2.1", "python-requests/2", "Mozilla/5.0 HeadlessChrome/90", ""]
    rows = "".join(f"u{n},view,2026-01-01 10:00,{agent}\n" for n, agent in enumerate(agents))
    shop.import_files(put(tmp_path, "a.csv", "user_id,event,time,user_agent\n" + rows))
    assert [flags == 4 for flags in column(shop, "flags")] == [False, True, True, True, False]


def test_a_time_of_day_that_a_spreadsheet_wrote_as_1899_is_no_moment(tmp_path: Path) -> None:
    file = tmp_path / "flights.csv"
    rows = [f"p{n},12/31/1899 {1 + n % 11:02}:30:00 AM,{n % 5 + 1}" for n in range(40)]
    file.write_text("\n".join(["customer_id,DEPTIME,Q1", *rows]))
    shop = Workspace.new(tmp_path / "shop")
    with pytest.raises(Mistake, match="--at"):
        shop.import_files(file, scores=["Q1"])
    assert shop.import_files(file, scores=["Q1"], at="2017-05")[0].rows == 40
