"""Excel workbooks."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from safarnama.core.errors import Mistake
from safarnama.core.workspace import Workspace
from safarnama.maps.reading import read as read_map
from safarnama.sources.reading.extent import too_wide
from tests.sources.reading import column, moments, put, rejected

HEADER = ["user_id", "event", "time", "note"]


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        clock = book.add_format({"num_format": "hh:mm:ss"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, time):
                        sheet.write_datetime(number, place, cell, clock)
                    elif isinstance(cell, date):
                        sheet.write_datetime(number, place, cell)
                    elif cell is not None:
                        sheet.write(number, place, cell)
    return path


def test_real_dates_numbers_as_ids_and_empty_rows(shop: Workspace, tmp_path: Path) -> None:
    at = datetime(2026, 3, 21, 10, 30, 15)
    rows: list[list[Any]] = [HEADER, [12345.0, "view", at, "a"], [], [1e15, "buy", "2026-03-22 09:00", 2.5], [None] * 4]
    rows += [[3, "view", "someday", True], [4, None, at, "d"]]
    shop.import_files(workbook(tmp_path / "a.xlsx", Data=rows))
    assert moments(shop) == [at.replace(tzinfo=UTC), datetime(2026, 3, 22, 9, tzinfo=UTC)]
    assert column(shop, "property:note") == ["a", "2.5"]
    assert rejected(shop) == [(6, "time_unreadable"), (7, "touchpoint_missing")]
    text = "user_id,event,time,note\n12345,x,2026-01-01,\n1000000000000000,x,2026-01-01,\n"
    shop.import_files(put(tmp_path, "b.csv", text))
    assert shop.journeys().customers == 2  # the same two, as a workbook and as text


def test_a_day_and_a_clock_in_two_columns(shop: Workspace, tmp_path: Path) -> None:
    rows = [["user_id", "event", "date", "time"], ["u1", "call", date(2026, 3, 21), time(14, 5)]]
    done = shop.import_files(workbook(tmp_path / "a.xlsx", Calls=rows))[0]
    assert done.roles["time"] == "date+time"
    assert moments(shop) == [datetime(2026, 3, 21, 14, 5, tzinfo=UTC)]


def test_a_title_above_and_sheets_beside_are_said(shop: Workspace, tmp_path: Path) -> None:
    rows = [["Calls of March"], [], HEADER, ["u1", "call", "2026-03-01", "x"], ["u2", "call", "bad", "x"]]
    done = shop.import_files(workbook(tmp_path / "a.xlsx", Cover=[], Calls=rows, Notes=[["a"], ["b"]]))[0]
    assert (done.rows, rejected(shop)) == (1, [(5, "time_unreadable")])
    assert "Cover and Notes" in done.notices[-1][0].say("en", **done.notices[-1][1])


@pytest.mark.parametrize("rows", [[], [HEADER]])
def test_an_empty_workbook_teaches(shop: Workspace, tmp_path: Path, rows: list[list[Any]]) -> None:
    with pytest.raises(Mistake, match=r"header and no rows|it is empty"):
        shop.import_files(workbook(tmp_path / "a.xlsx", Data=rows))


def test_something_else_called_xlsx_teaches(shop: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="not a table"):
        shop.import_files(put(tmp_path, "a.xlsx", b"PK\x03\x04 nothing"))


def _packed(path: Path, name: str, inside: str) -> Path:
    """A workbook of one part, as no program would write it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(name, inside)
    return path


FAR = "<row r='1'><c r='A1'><v>1</v></c></row><row r='2'><c r = 'xfd1048576'><v>1</v></c></row>"
LIES = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'
REPEATED = (
    '<a xmlns:table="t" xmlns:office="o"><table:table><table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    '<table:table-row><table:table-cell table:number-columns-repeated="16383"/><table:table-cell office:value-type="float"/></table:table-row></table:table></a>'
)


@pytest.mark.parametrize(
    ("name", "part", "inside"),
    [
        ("far.xlsx", "xl/worksheets/sheet1.xml", FAR),
        ("lies.xlsx", "xl/anything.xml", LIES),
        ("repeated.ods", "content.xml", REPEATED),
    ],
)
def test_a_small_file_that_wants_a_mountain_of_memory_is_refused(
    shop: Workspace, tmp_path: Path, name: str, part: str, inside: str
) -> None:
    file = _packed(tmp_path / name, part, inside)
    assert file.stat().st_size < 1_000
    for reads in (lambda: shop.import_files(file), lambda: read_map(file)):
        with pytest.raises(Mistake) as refused:
            reads()
        assert name in refused.value.say("en") and name in refused.value.say("fa")
        assert "far apart" in refused.value.say("en") or "larger than any map" in refused.value.say("en")


def test_a_wide_and_a_tall_table_are_read(tmp_path: Path) -> None:
    full = [[f"{row}-{column}" for column in range(60)] for row in range(300)]
    assert not too_wide(workbook(tmp_path / "full.xlsx", Data=full))
    corner = [[None] * 700 for _ in range(1_000)]
    corner[0][0] = corner[999][699] = "a"
    assert not too_wide(workbook(tmp_path / "corner.xlsx", Data=corner))
