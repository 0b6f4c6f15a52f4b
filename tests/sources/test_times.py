"""Times as people and programs write them. Oracles: zoneinfo for wall clocks, persiantools for the Jalali calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

import safarnama as sn
from safarnama.core.errors import Mistake
from safarnama.core.words.digits import ARABIC, persian
from safarnama.core.workspace import Workspace
from safarnama.sources.reading import times
from tests.sources.reading import moments, put, rejected

EPOCH = datetime(1970, 1, 1)
NAIVE = st.datetimes(datetime(1901, 1, 1), datetime(2099, 12, 31)).map(lambda at: at.replace(microsecond=0))


def read_one(text: str, order: int = times.DAY_FIRST) -> datetime | int:
    """The moment a text is read as (naive, of its own clock), or the kind where it is none."""
    read = times.read(pa.array([text]), order)
    if read.kinds[0] in (times.LOCAL, times.ABSOLUTE, times.DAY, times.EPOCH):
        return EPOCH + timedelta(microseconds=int(read.values[0]))
    return int(read.kinds[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-21T14:05:09Z", datetime(2026, 3, 21, 14, 5, 9)),
        ("2026-03-21T14:05:09.123456789Z", datetime(2026, 3, 21, 14, 5, 9, 123456)),
        ("2026-03-21 14:05:09,5", datetime(2026, 3, 21, 14, 5, 9, 500000)),
        ("2026-03-21T14:05:09+03:30", datetime(2026, 3, 21, 10, 35, 9)),
        ("2026-03-21 14:05:09 -0500", datetime(2026, 3, 21, 19, 5, 9)),
        ("2026-03-21 14:05:09+03", datetime(2026, 3, 21, 11, 5, 9)),
        ("2026-03-21 14:05:09 UTC", datetime(2026, 3, 21, 14, 5, 9)),
        ("20260321T140509Z", datetime(2026, 3, 21, 14, 5, 9)),
        ("20260321 1405", datetime(2026, 3, 21, 14, 5)),
        ("20260321140509", datetime(2026, 3, 21, 14, 5, 9)),
        ("20260321", datetime(2026, 3, 21)),
        ("2026/3/5", datetime(2026, 3, 5)),
        ("21.03.2026 14:05", datetime(2026, 3, 21, 14, 5)),
        ("21/03/2026, 14:05", datetime(2026, 3, 21, 14, 5)),
        ("21/03/26 2:05 PM", datetime(2026, 3, 21, 14, 5)),
        ("21/03/2026 12:05 a.m.", datetime(2026, 3, 21, 0, 5)),
        ("21/03/2026 12:05 pm", datetime(2026, 3, 21, 12, 5)),
        ("2026-03-21 24:00", datetime(2026, 3, 22)),
        ("2026-03-21 24:00:00", datetime(2026, 3, 22)),
        ("1960-02-29 23:59", datetime(1960, 2, 29, 23, 59)),
        ("13 Mar 2024 10:30", datetime(2024, 3, 13, 10, 30)),
        ("March 13, 2024", datetime(2024, 3, 13)),
        ("Wed, 13 Mar 2024 10:30:00 +0330", datetime(2024, 3, 13, 7, 0)),
        ("1405/01/01 08:30", datetime(2026, 3, 21, 8, 30)),
        ("۱۴۰۵/۰۱/۰۱ ۰۸:۳۰", datetime(2026, 3, 21, 8, 30)),
        ("١٤٠٥-١-١ ٠٨:٣٠", datetime(2026, 3, 21, 8, 30)),
        ("\u200f۱۴۰۵/۰۱/۰۱", datetime(2026, 3, 21)),  # a mark of direction in front
        ("۱۲ خرداد ۱۴۰۵", datetime(2026, 6, 2)),
        ("۱۴۰۵/۰۱/۰۱ ۰۲:۳۰ ب.ظ", datetime(2026, 3, 21, 14, 30)),
        ("۱۴۰۵/۰۱/۰۱ ۱۲:۳۰ ق.ظ", datetime(2026, 3, 21, 0, 30)),
        ("۱۴:۳۰ - ۱۴۰۵/۰۱/۰۱", datetime(2026, 3, 21, 14, 30)),
        (
            "1774101909",
            datetime(1970, 1, 1, 0, 29, 34, 101909),
        ),  # a bare number keeps its own unit until the file tells
        ("1774101909.25", datetime(2026, 3, 21, 14, 5, 9, 250000)),
        ("1774101909250.5", datetime(2026, 3, 21, 14, 5, 9, 250500)),
    ],
)
def test_one_time_of_every_form(text: str, expected: datetime) -> None:
    assert read_one(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-29",
        "2026-04-31 10:00",
        "31/06/2026",
        "2026-13-01",
        "2026-00-10",
        "1404/12/30",
        "1405/07/31",
        "0001-01-01",
        "99999-01-01",
        "999999999999-01-01 10:00",
        "1900-02-29",
    ],
)
def test_days_that_no_calendar_has(text: str) -> None:
    assert read_one(text) == times.NO_SUCH_DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "tomorrow",
        "2026-03-21 25:00",
        "2026-03-21 24:30",
        "2026-03-21 10:61",
        "2026-03-21 10:00:61",
        "2026-03",
        "10.0.0.1",
        "1-2-3-4",
        "٠",
        "2026-03-21 10:00 +9",
        "1" * 25,
        "2026--03-21",
        "::",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert read_one(text) in (times.UNREADABLE, EPOCH)


def test_every_jalali_day_of_two_centuries() -> None:
    """All first and last days of months, and every leap day, of the years 1300 to 1500."""
    texts, expected = [], []
    for year in range(1300, 1501):
        for month in range(1, 13):
            last = JalaliDate.days_in_month(month, year)
            for day in (1, last):
                texts.append(f"{year}/{month:02}/{day:02}")
                expected.append((JalaliDate(year, month, day).to_gregorian() - date(1970, 1, 1)).days * 86_400_000_000)
            beyond = times.read(pa.array([f"{year}/{month:02}/{last + 1:02}"]))
            assert beyond.kinds[0] == times.NO_SUCH_DAY
    read = times.read(pa.array(texts))
    assert (read.kinds == times.DAY).all()
    assert read.values.tolist() == expected


@given(NAIVE, st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M:%S", "%Y%m%dT%H%M%S"]))
def test_every_moment_in_every_form(at: datetime, form: str) -> None:
    text = at.strftime(form)
    assert read_one(text) == at
    assert read_one(persian(text)) == at
    assert read_one(text.translate(str.maketrans("0123456789", ARABIC))) == at


@given(NAIVE, st.sampled_from([(times.DAY_FIRST, "%d/%m/%Y %I:%M:%S %p"), (times.MONTH_FIRST, "%m/%d/%Y %I:%M:%S %p")]))
def test_half_days_and_both_orders(at: datetime, order: tuple[int, str]) -> None:
    assert read_one(at.strftime(order[1]), order[0]) == at


ZONES = [
    "Asia/Tehran",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu",
]


@given(st.lists(NAIVE, min_size=1, max_size=20), st.sampled_from(ZONES))
def test_wall_clocks_of_any_zone(moments: list[datetime], zone: str) -> None:
    local = np.array([(at - EPOCH) // timedelta(microseconds=1) for at in moments], np.int64)
    expected = [at.replace(tzinfo=ZoneInfo(zone)).timestamp() for at in moments]
    assert (times.to_utc(local, zone) / 1e6).tolist() == expected


@pytest.mark.parametrize("zone", ZONES)
def test_every_half_hour_around_the_changes_of_the_clock(zone: str) -> None:
    # The days before and after each change in two years: gaps, folds, and half-hour changes.
    info = ZoneInfo(zone)
    days = [datetime(2021, 1, 1) + timedelta(days=n) for n in range(730)]
    near = [
        day
        for day in days
        if day.replace(tzinfo=info).utcoffset() != (day + timedelta(1)).replace(tzinfo=info).utcoffset()
    ]
    walls = [day + timedelta(minutes=30 * n) for day in near for n in range(-4, 56)]
    local = np.array([(at - EPOCH) // timedelta(microseconds=1) for at in walls], np.int64)
    expected = [at.replace(tzinfo=info).timestamp() for at in walls]
    assert (times.to_utc(local, zone) / 1e6).tolist() == expected


def test_far_placeholders_cost_no_time() -> None:
    local = np.array([-8_500_000_000_000_000, 253_402_214_400_000_000], np.int64)  # 1700 and 9999
    assert times.to_utc(local, "Asia/Tehran").size == 2
    assert times._offset.cache_info().currsize < 10_000


def test_the_zone_of_the_file_wins_over_the_workspace(tmp_path: Path) -> None:
    text = "user_id,event,time\nu1,view,2026-07-01 12:00\nu1,view,2026-07-01T12:00:00+00:00\n"
    for told, hour in (("Europe/Berlin", 10), (None, 8), ("UTC", 12)):
        shop = Workspace.new(tmp_path / str(told).replace("/", "-"), timezone="Asia/Tehran")
        shop.import_files(put(tmp_path, "a.csv", text), timezone=told)
        minute = 30 if told is None else 0
        assert moments(shop) == [datetime(2026, 7, 1, hour, minute, tzinfo=UTC), datetime(2026, 7, 1, 12, tzinfo=UTC)]
    with pytest.raises(Mistake, match="Time zone Asia/Atlantis does not exist"):
        shop.import_files(tmp_path / "a.csv", timezone="Asia/Atlantis")


@pytest.mark.parametrize(
    ("first", "told", "expected", "asked"),
    [
        ("03/25/2026", "", (4, 5), False),  # only the month can come first: proven
        ("25/03/2026", "", (5, 4), False),
        ("04/06/2026", "", (5, 4), True),  # nothing proves it: said, and it can be told
        ("04/06/2026", ":month-first", (4, 5), False),
        ("04/06/2026", ":day-first", (5, 4), False),
    ],
)
def test_month_first_against_day_first(
    shop: Workspace, tmp_path: Path, first: str, told: str, expected: tuple[int, int], asked: bool
) -> None:
    file = put(tmp_path, "a.csv", f"user_id,event,when\nu1,view,{first}\nu1,view,04/05/2026\n")
    done = shop.import_files(file, columns={"time": f"when{told}"})[0]
    assert (moments(shop)[1].month, moments(shop)[1].day) == expected
    notices = [text.say("en", **arguments) for text, arguments in done.notices]
    assert any("first" in notice for notice in notices) is asked


@pytest.mark.parametrize("unit", [1, 1_000, 1_000_000, 1_000_000_000])
def test_epochs_know_their_unit_whatever_stands_beside_them(shop: Workspace, tmp_path: Path, unit: int) -> None:
    seconds = [1_774_101_909, 1_700_000_000, 1_600_000_000, 1_774_101_908]
    rows = "".join(f"u1,view,{at * unit}\n" for at in seconds)
    rows += f"u1,view,{9_999_999_999_999_999}\n" if unit == 1 else ""
    shop.import_files(put(tmp_path, "a.csv", "user_id,event,ts\n" + rows))
    assert [at.timestamp() for at in moments(shop)] == seconds
    assert rejected(shop) == ([(6, "time_in_future")] if unit == 1 else [])


def test_a_day_in_one_column_and_its_clock_in_another(shop: Workspace, tmp_path: Path) -> None:
    text = "user_id,event,day,clock\nu1,view,1405/01/01,08:30\nu1,view,1405/01/02,۲۳:۱۵:۳۰\nu1,view,1405/01/02,noon\n"
    shop.import_files(put(tmp_path, "a.csv", text), columns={"time": "day+clock"})
    assert moments(shop) == [datetime(2026, 3, 21, 8, 30, tzinfo=UTC), datetime(2026, 3, 22, 23, 15, 30, tzinfo=UTC)]
    assert rejected(shop) == [(4, "time_unreadable")]


def test_a_time_in_the_future_is_set_aside(shop: Workspace, tmp_path: Path) -> None:
    tomorrow, later = (datetime.now(UTC) + timedelta(days=days) for days in (1, 30))
    text = f"user_id,event,time\nu1,view,{tomorrow.isoformat()}\nu1,view,{later.isoformat()}\nu1,view,2020-01-01\n"
    shop.import_files(put(tmp_path, "a.csv", text))
    assert rejected(shop) == [(3, "time_in_future")]


def test_the_order_of_the_file_stands_where_the_clock_is_too_coarse(shop: Workspace, tmp_path: Path) -> None:
    steps = ["view", "cart", "pay", "thanks"]
    rows = "".join(f"u{who},{step},2026-01-01\n" for step in steps for who in (1, 2))
    shop.import_files(put(tmp_path, "a.csv", "user_id,event,date\n" + rows))
    finding = shop.journeys().ask(sn.Funnel(steps=steps))
    assert finding.table["customers"].to_pylist() == [2, 2, 2, 2]


@pytest.mark.parametrize("at", ["2017-05", "1396-02-11", "۱۳۹۶/۰۲/۱۱", "2017-05-01 00:00", "2017/5"])
def test_a_file_without_times_can_be_dated(shop: Workspace, tmp_path: Path, at: str) -> None:
    file = put(tmp_path, "a.csv", "user_id,event\nu1,view\nu2,buy\n")
    with pytest.raises(Mistake, match="No column could be read as a time"):
        shop.import_files(file)
    shop.import_files(file, at=at)
    assert {moment.date() for moment in moments(shop)} == {date(2017, 5, 1)}


@pytest.mark.parametrize("at", ["May", "2017-13", "2017-02-30", "1404-12-30", "", "5"])
def test_a_date_that_is_none_teaches(shop: Workspace, tmp_path: Path, at: str) -> None:
    file = put(tmp_path, "a.csv", "user_id,event\nu1,view\n")
    with pytest.raises(Mistake, match=r"--at|No column"):
        shop.import_files(file, at=at)
